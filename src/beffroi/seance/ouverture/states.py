"""Le cycle de vie d'une séance d'ouverture."""

from beffroi.socle.fondations.mots import Mots
from beffroi.socle.journal.cycles import Transition


class EtatDeSeance(Mots):
    PREPAREE = "preparee", "En préparation"
    CLES_EN_COURS = "cles_en_cours", "Clés à tourner"
    OUVERTE = "ouverte", "Ouverte"
    SUSPENDUE = "suspendue", "Suspendue : les clés sont à tourner de nouveau"
    CLOSE = "close", "Close"
    ABANDONNEE = "abandonnee", "Abandonnée avant toute ouverture"


FINIES = (EtatDeSeance.CLOSE, EtatDeSeance.ABANDONNEE)

CYCLE_DE_SEANCE = (
    Transition(
        "installer", depuis=frozenset({EtatDeSeance.PREPAREE}), vers=EtatDeSeance.CLES_EN_COURS
    ),
    Transition(
        "tourner_les_cles",
        depuis=frozenset({EtatDeSeance.CLES_EN_COURS, EtatDeSeance.SUSPENDUE}),
        vers=EtatDeSeance.OUVERTE,
    ),
    Transition("suspendre", depuis=frozenset({EtatDeSeance.OUVERTE}), vers=EtatDeSeance.SUSPENDUE),
    Transition(
        "clore",
        depuis=frozenset({EtatDeSeance.OUVERTE, EtatDeSeance.SUSPENDUE}),
        vers=EtatDeSeance.CLOSE,
    ),
    Transition(
        "abandonner",
        depuis=frozenset({EtatDeSeance.PREPAREE, EtatDeSeance.CLES_EN_COURS}),
        vers=EtatDeSeance.ABANDONNEE,
    ),
)
