"""Le rapport annuel d'un acheteur : ce qu'une année a compté, en PDF."""

from dataclasses import dataclass
from datetime import datetime

from formats import composition, dates
from formats.caracteres import lisible, morceaux
from formats.typographie import typographier


@dataclass(frozen=True, slots=True)
class LigneDuRapport:
    """« Plis hors délai », « 2 », et ce qui le précise."""

    nom: str
    valeur: str
    precision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rapport:
    """`mois` : le nom du mois, les consultations créées, les publiées ; `parts` :
    un titre, puis des libellés comptés.
    """

    acheteur: str
    exploitant: str
    annee: int
    chiffres: tuple[LigneDuRapport, ...]
    mois: tuple[tuple[str, int, int], ...]
    parts: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
    etabli_le: datetime


def pdf(rapport: Rapport) -> bytes:
    """Le rapport en PDF/A-2a et PDF/UA-1."""
    return composition.composer("rapport_annuel", _donnees(rapport), etabli_le=rapport.etabli_le)


def _donnees(rapport: Rapport) -> dict[str, object]:
    return {
        "titre": f"Rapport {rapport.annee} des consultations de {lisible(rapport.acheteur)}",
        "exploitant": lisible(rapport.exploitant),
        "etabli": f"{dates.jour(rapport.etabli_le)} à {dates.heure(rapport.etabli_le)}",
        "annee": str(rapport.annee),
        "acheteur": morceaux(rapport.acheteur),
        "chiffres": [
            {
                "nom": typographier(c.nom),
                "valeur": typographier(c.valeur),
                "precision": typographier(c.precision),
            }
            for c in rapport.chiffres
        ],
        "mois": [
            {"nom": nom, "creees": str(creees), "publiees": str(publiees)}
            for nom, creees, publiees in rapport.mois
        ],
        "maximum": max((max(creees, publiees) for _, creees, publiees in rapport.mois), default=0),
        "parts": [
            {
                "titre": titre,
                "lignes": [
                    {"nom": typographier(nom), "nombre": str(nombre)} for nom, nombre in lignes
                ],
            }
            for titre, lignes in rapport.parts
        ],
    }
