"""Le cycle de vie d'une répétition. Aucun de ses états n'est un état de la consultation."""

from beffroi.socle.fondations.mots import Mots
from beffroi.socle.journal.cycles import Transition


class EtatDeRepetition(Mots):
    CLES_EN_COURS = "cles_en_cours", "Clés à tourner"
    OUVERTE = "ouverte", "Clés tournées"
    REUSSIE = "reussie", "Réussie"
    ECHOUEE = "echouee", "À refaire : le texte trouvé n'était pas le bon"
    ABANDONNEE = "abandonnee", "Abandonnée"


EN_COURS = (EtatDeRepetition.CLES_EN_COURS, EtatDeRepetition.OUVERTE)

CYCLE_DE_REPETITION = (
    Transition(
        "tourner_les_cles",
        depuis=frozenset({EtatDeRepetition.CLES_EN_COURS}),
        vers=EtatDeRepetition.OUVERTE,
    ),
    Transition(
        "reprendre",
        depuis=frozenset({EtatDeRepetition.OUVERTE}),
        vers=EtatDeRepetition.CLES_EN_COURS,
    ),
    Transition(
        "reussir", depuis=frozenset({EtatDeRepetition.OUVERTE}), vers=EtatDeRepetition.REUSSIE
    ),
    Transition(
        "echouer", depuis=frozenset({EtatDeRepetition.OUVERTE}), vers=EtatDeRepetition.ECHOUEE
    ),
    Transition("abandonner", depuis=frozenset(EN_COURS), vers=EtatDeRepetition.ABANDONNEE),
)
