"""Examen des candidatures : ce que ce contexte branche dans la maison."""

from beffroi.candidatures import a_faire
from beffroi.candidatures.permissions import ACTES
from beffroi.socle.a_faire import DesConsultations
from beffroi.socle.prises import Prises

PRISES = Prises(
    a_faire=(
        DesConsultations(
            a_faire.candidatures_a_reprendre,
            apres="echanges.courriers_a_suivre",
            permis=("decider_des_candidatures", ACTES),
        ),
    ),
)
