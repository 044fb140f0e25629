"""Attribution et lettres : ce que ce contexte branche dans la maison."""

from beffroi.attribution import a_faire
from beffroi.attribution.permissions import ACTES
from beffroi.socle.a_faire import DesConsultations
from beffroi.socle.prises import Prises

PRISES = Prises(
    a_faire=(
        DesConsultations(
            a_faire.attributions_a_mener, apres="candidatures.candidatures_a_reprendre", permis=("attribuer", ACTES)
        ),
    ),
)
