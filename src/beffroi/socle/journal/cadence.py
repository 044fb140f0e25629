"""La cadence du registre : il avance avec l'horloge, jamais avec les actes (ADR 0009, REQ-68).

Fonctions pures. Tant que les actes tiennent dans la cadence,
tout ce qui se voit du dehors ne dépend que de l'heure.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

PERIODE = timedelta(hours=1)
# Soixante-quatre lignes pour les actes,
# et soixante-quatre que la sonde prend à heure fixe (ADR 0039).
PAS = 128
ANCIEN_PAS = 64  # celui des têtes publiées avant la sonde, qui restent régulières
RATTRAPAGE = 24  # pas repris, au plus, après un arrêt de la plateforme
RETARD = 512  # feuilles que la tête publique peut laisser derrière elle avant de sauter


@dataclass(frozen=True)
class Repere:
    """La dernière publication : à ce rang, la tête publique avait cette taille."""

    rang: int
    taille: int


def rang(le: datetime) -> int:
    """Le nombre de pas écoulés depuis 1970."""
    return int(le.timestamp() // PERIODE.total_seconds())


def instant(rang: int) -> datetime:
    """L'heure à laquelle un pas commence."""
    return datetime.fromtimestamp(rang * PERIODE.total_seconds(), UTC)


def horloge(repere: Repere, le: datetime) -> int:
    """La taille que le registre doit avoir à cette heure, que quelqu'un ait agi ou non."""
    pas = rang(le) - repere.rang
    if pas < 0:
        return repere.taille
    if pas >= RATTRAPAGE:
        return repere.taille + PAS * RATTRAPAGE
    return repere.taille + PAS * pas + int(PAS * ((le - instant(rang(le))) / PERIODE))


def arrondir(taille: int, *, pas: int = PAS) -> int:
    """Le premier multiple du pas qui n'est pas plus petit."""
    return -(-taille // pas) * pas


def place_reservee(taille: int, horloge: int) -> int:
    """La place d'une écriture que l'acheteur provoque et dont il voit le numéro.

    Elle est la même, que la plateforme ait reçu depuis peu aucun acte ou jusqu'à
    `PAS` de plus que son horloge.
    """
    return arrondir(max(taille, horloge + PAS))


def taille_a_publier(repere: Repere | None, taille: int, le: datetime) -> int | None:
    """La taille de la tête publique de ce pas ; rien si elle est déjà publiée.

    Elle ne dépend pas de la taille réelle, sauf quand celle-ci a pris plus de `RETARD` feuilles
    d'avance : le registre saute alors, et un observateur apprend que la plateforme est très active.
    """
    if repere is None:
        return arrondir(max(taille, 1), pas=ANCIEN_PAS)
    pas = rang(le) - repere.rang
    if pas <= 0:
        return None
    due = repere.taille + PAS * min(pas, RATTRAPAGE)
    avance = taille - due
    return due + avance // PAS * PAS if avance > RETARD else due


def est_reguliere(avant: Repere, apres: Repere) -> bool:
    """Deux publications qui se suivent ont-elles l'écart que la cadence donne, ou donnait ?"""
    return apres.rang > avant.rang and any(
        _est_au_pas(avant, apres, pas) for pas in (PAS, ANCIEN_PAS)
    )


def _est_au_pas(avant: Repere, apres: Repere, pas: int) -> bool:
    saut = apres.taille - avant.taille - pas * min(apres.rang - avant.rang, RATTRAPAGE)
    return saut % pas == 0 and (saut == 0 or saut > RETARD - pas)
