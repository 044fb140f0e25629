"""Sélection des candidatures : ce que ce contexte branche dans la maison."""

from beffroi.choix.selection import a_faire, queries
from beffroi.seance.ouverture.permissions import ACTES
from beffroi.socle.fondations.a_faire import DesConsultations
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    a_faire=(
        DesConsultations(
            a_faire.suites_a_mener,
            apres="ouverture.seance_a_mener",
            s_il_y_a=a_faire.candidatures_ouvertes,
            permis=("preparer_la_seance", ACTES),
        ),
    ),
    ports={
        "consultations.SuitesDesProcedures": queries.suite_de_la_procedure,
    },
)
