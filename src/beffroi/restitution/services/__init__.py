"""Les actes de la restitution."""

from beffroi.restitution.services.demandes import demander, etablir
from beffroi.restitution.services.effacement import faire_effacer
from beffroi.restitution.services.exportation import exporter
from beffroi.restitution.services.reception import accuser_reception
from beffroi.restitution.services.reprises import reprendre

__all__ = ["accuser_reception", "demander", "etablir", "exporter", "faire_effacer", "reprendre"]
