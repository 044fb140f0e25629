"""Les actes de la restitution."""

from beffroi.garde.restitution.services.demandes import demander, etablir
from beffroi.garde.restitution.services.effacement import faire_effacer
from beffroi.garde.restitution.services.exportation import exporter
from beffroi.garde.restitution.services.reception import accuser_reception
from beffroi.garde.restitution.services.reprises import reprendre

__all__ = ["accuser_reception", "demander", "etablir", "exporter", "faire_effacer", "reprendre"]
