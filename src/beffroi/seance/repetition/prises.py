"""Répétition : ce que ce contexte branche dans la maison."""

from beffroi.seance.repetition import a_faire, ecrans, taches
from beffroi.socle.fondations.a_faire import DeLaPersonne
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    rondes=(taches.rappeler, taches.effacer),
    a_faire=(
        DeLaPersonne(
            a_faire.ouvertures_a_repeter,
            apres="consultations.ouvertures_prochaines",
            s_il_y_a=a_faire.a_repeter,
        ),
    ),
    hors_preuve={
        "Repetition": HorsPreuve(
            "un essai sans aucune réponse, effacé ensuite",
            "un essai raterait ; aucune réponse n'y est",
        ),
        "PlaceDeRepetition": HorsPreuve(
            "un essai sans aucune réponse, effacé ensuite",
            "un essai raterait ; aucune réponse n'y est",
        ),
        "PartDeRepetition": HorsPreuve(
            "un essai sans aucune réponse, effacé ensuite",
            "un essai raterait ; aucune réponse n'y est",
        ),
    },
    ports={
        "consultations.RepetitionDeLOuverture": ecrans.etat_de_la_repetition,
    },
)
