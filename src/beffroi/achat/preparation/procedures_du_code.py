"""Toutes les façons d'acheter que le code connaît, et ce que la plateforme sait en mener.

Rien n'est tu.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.preparation.rules.defense import POURQUOI_PAS
from droit.regime import Alternative
from droit.tables import Procedure, charger

_AXES = (
    ("procédure", "Les procédures"),
    ("technique d'achat", "Les techniques d'achat"),
    ("forme d'exécution", "Les formes d'exécution"),
    ("régime", "Les régimes particuliers"),
)
_ETATS = {
    "entière": ("ok", "Menée ici"),
    "partielle": ("cours", "Menée ici en partie"),
    "plus tard": ("gris", "Pas encore menée ici"),
}


@dataclass(frozen=True)
class FaconDAcheter:
    """Une ligne : son nom, son article, ce qu'il faut en savoir, et où la plateforme en est."""

    cle: str
    libelle: str
    article: str
    note: str
    ton: str
    etat: str
    retenue: bool


def facons_d_acheter(consultation: Consultation) -> list[tuple[str, list[FaconDAcheter]]]:
    """Par axe, dans l'ordre des tables ; celle de cette consultation est marquée."""
    lignes = charger().procedures.values()
    return [
        (
            titre,
            [_facon(ligne, consultation.type_de_procedure) for ligne in lignes if ligne.axe == axe],
        )
        for axe, titre in _AXES
    ]


def _facon(ligne: Procedure, retenue: str) -> FaconDAcheter:
    ton, etat, note = (*_ETATS[ligne.servie], ligne.note)
    if ligne.cle == "defense_securite":
        ton, etat, note = _defense()
    return FaconDAcheter(
        cle=ligne.cle,
        libelle=ligne.libelle,
        article=str(ligne.article),
        note=note,
        ton=ton,
        etat=etat,
        retenue=ligne.cle == retenue,
    )


def _defense() -> tuple[str, str, str]:
    """Permis par l'exploitant, ou non : jamais tu (CCP, art. R. 2332-5)."""
    if settings.DEFENSE_OU_SECURITE:
        note = (
            "Leurs délais et leurs avis propres ne sont pas dans nos tables : "
            "faites relire avant de publier."
        )
        return (*_ETATS["partielle"], note)
    return "gris", "Pas permise ici", POURQUOI_PAS


def a_venir(cle: str, voies: Sequence[Alternative]) -> list[str]:
    """Les voies que le droit permet et que la plateforme ne mène pas encore."""
    lignes = charger().procedures
    if cle != "procedure":
        return []
    return list(
        dict.fromkeys(
            voie.libelle for voie in voies if lignes[voie.valeurs[0]].servie == "plus tard"
        )
    )
