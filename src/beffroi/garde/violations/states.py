"""Le cycle d'une violation : déclarée, puis close quand tout ce qu'elle oblige à faire l'est.

Le risque, et ce qui dispense.
"""

from beffroi.socle.fondations.mots import Mots
from beffroi.socle.journal.cycles import Transition
from droit.citation import Article


class Etat(Mots):
    OUVERTE = "ouverte", "Ouverte"
    CLOSE = "close", "Close"


class Risque(Mots):
    AUCUN = "aucun", "Aucun risque probable pour les personnes"
    RISQUE = "risque", "Un risque pour les personnes"
    ELEVE = "eleve", "Un risque élevé pour les personnes"


class Cas(Mots):
    """Pourquoi les personnes ne sont pas prévenues (art. 34, § 1 et 3)."""

    PAS_ELEVE = "pas_eleve", "Le risque n'est pas élevé (art. 34, § 1)"
    ILLISIBLES = (
        "illisibles",
        "Les données étaient illisibles, chiffrées par exemple (art. 34, § 3, a)",
    )
    ECARTE = "ecarte", "Des mesures prises depuis écartent le risque élevé (art. 34, § 3, b)"
    DISPROPORTIONNE = (
        "disproportionne",
        "Trop d'efforts : une communication publique la remplace (art. 34, § 3, c)",
    )


CYCLE = (
    Transition(
        "clore", depuis=frozenset({Etat.OUVERTE}), vers=Etat.CLOSE, source=Article("RGPD", "33")
    ),
)
