"""Le courriel d'une alerte : combien, lesquelles, jusqu'à quand, où les lire.

Court, et sans rien qui suive le lecteur.
"""

from collections.abc import Sequence
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string

from beffroi.publicite.recherche.models import FicheIndexee
from formats import dates

MONTREES = 20
_LONGUEUR_DU_TITRE = 90


class Section(NamedTuple):
    """Une recherche gardée, sa page, et ce qu'elle a trouvé."""

    libelle: str
    page: str
    fiches: Sequence[FicheIndexee]


def objet(sections: Sequence[Section]) -> str:
    """« Une nouvelle consultation : Réfection de la toiture »."""
    fiches = [fiche for section in sections for fiche in section.fiches]
    premiere = min(fiches, key=lambda fiche: (fiche.limite, fiche.pk))
    combien = (
        "Une nouvelle consultation"
        if len(fiches) == 1
        else f"{len(fiches)} nouvelles consultations, dont"
    )
    return f"{combien} : {_court(premiere.titre)}"


def texte(sections: Sequence[Section], *, pied: str) -> str:
    adresse = str(settings.ADRESSE_PUBLIQUE).removesuffix("/")
    contexte = {
        "sections": [
            {
                "libelle": section.libelle,
                "lignes": [
                    ligne for fiche in section.fiches[:MONTREES] for ligne in lignes(fiche, adresse)
                ],
                "autres": max(0, len(section.fiches) - MONTREES),
                "page": f"{adresse}{section.page}",
            }
            for section in sections
        ],
        "pied": pied,
    }
    return render_to_string("alertes/courriels/alerte.txt", contexte)


def lignes(fiche: FicheIndexee, adresse: str) -> list[str]:
    """L'objet, l'acheteur, le lieu, l'heure et la référence de la page, puis son adresse."""
    return [
        f"- {fiche.titre}",
        f"  {', '.join(filter(None, [fiche.acheteur, fiche.lieu]))}",
        f"  Heure limite : {dates.jour_et_heure(fiche.limite)}",
        f"  Consultation {fiche.reference} : {adresse}/consultations/{fiche.reference}/",
    ]


def _court(titre: str) -> str:
    return titre if len(titre) <= _LONGUEUR_DU_TITRE else f"{titre[:_LONGUEUR_DU_TITRE].rstrip()}…"
