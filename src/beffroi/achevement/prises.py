"""Achèvement de la procédure : ce que ce contexte branche dans la maison."""

from beffroi.achevement import a_faire, abonnes
from beffroi.achevement.permissions import ACTES
from beffroi.avis.events import ParutionEnvoyee, ParutionRefusee
from beffroi.socle.a_faire import DesConsultations
from beffroi.socle.prises import Prises

PRISES = Prises(
    abonnes={
        ParutionEnvoyee: (abonnes.arreter_le_delai,),
        ParutionRefusee: (abonnes.relancer_le_delai,),
    },
    a_faire=(
        DesConsultations(
            a_faire.rapports_a_etablir, apres="attribution.attributions_a_mener", permis=("etablir_le_rapport", ACTES)
        ),
    ),
)
