"""Ce que valent les mesures : quand alerter, quand les figer, comment les résumer.

Fonctions pures.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise, takewhile
from math import ceil

# Un échec peut être un redémarrage ;
# trois de suite empêchent de déposer depuis deux minutes au moins.
ECHECS_AVANT_L_ALERTE = 3
# Trois écritures par heure, une purge, soixante dépôts d'essai :
# les soixante-quatre lignes que le registre leur garde.
DUREE_D_UN_LOT = timedelta(minutes=20)
GARDE_DES_ESSAIS = timedelta(hours=1)
ENTRE_DEUX_PURGES = timedelta(hours=1)
ENTRE_DEUX_HEURES = timedelta(minutes=10)
# Au-delà, la sonde elle-même ne donne plus signe de vie.
SILENCE = timedelta(minutes=5)
DELAI_DE_LA_TECHNIQUE = timedelta(days=400)
RESTE_AVANT_DE_REPOUSSER = timedelta(days=30)


class Bascule(StrEnum):
    """Ce qu'une mesure change à ce que l'on savait."""

    RIEN = ""
    PANNE = "panne"
    RETOUR = "retour"


def bascule(suite: Sequence[bool]) -> Bascule:
    """Du plus ancien résultat au plus récent : la panne se dit au troisième échec, une fois ;
    puis le retour, une fois.
    """
    if not suite:
        return Bascule.RIEN
    *avant, reussie = suite
    echecs = len(list(takewhile(lambda resultat: not resultat, reversed(avant))))
    if reussie:
        return Bascule.RETOUR if echecs >= ECHECS_AVANT_L_ALERTE else Bascule.RIEN
    return Bascule.PANNE if echecs + 1 == ECHECS_AVANT_L_ALERTE else Bascule.RIEN


def est_a_figer(*, plus_ancienne: datetime | None, maintenant: datetime, change: bool) -> bool:
    """Les mesures qui attendent entrent au journal au bout de vingt minutes,
    ou dès qu'un résultat change.
    """
    return plus_ancienne is not None and (change or maintenant - plus_ancienne >= DUREE_D_UN_LOT)


def centile(valeurs: Sequence[int], rang: int) -> int | None:
    """La valeur sous laquelle se trouvent `rang` mesures sur cent, prise parmi les
    mesures ; rien s'il n'y en a pas.
    """
    if not valeurs:
        return None
    return sorted(valeurs)[max(0, ceil(len(valeurs) * rang / 100) - 1)]


def est_decalee(*, ecart_ms: int | None, marge_ms: int | None, seuil_ms: int) -> bool:
    """L'écart dépasse le seuil, même en retirant ce que la mesure a d'incertain."""
    return ecart_ms is not None and abs(ecart_ms) - (marge_ms or 0) > seuil_ms


def attendues(debut: datetime, fin: datetime, periode: timedelta) -> int:
    """Combien de mesures la fenêtre devait contenir."""
    return max(0, int((fin - debut) / periode))


def plus_long_silence(instants: Sequence[datetime], *, debut: datetime, fin: datetime) -> timedelta:
    """Le plus long moment sans mesure, bords compris."""
    bornes = [debut, *sorted(instants), fin]
    return max((apres - avant for avant, apres in pairwise(bornes)), default=timedelta())


@dataclass(frozen=True)
class Part:
    """Une part de dépôts réussis, en dix-millièmes : 9 993 se lit 99,93 %."""

    reussies: int
    mesures: int

    @property
    def dix_milliemes(self) -> int | None:
        # Arrondie vers le bas : un seul échec ne laisse jamais lire 100 %.
        return self.reussies * 10_000 // self.mesures if self.mesures else None

    @property
    def en_clair(self) -> str:
        part = self.dix_milliemes
        if part is None:
            return "aucune mesure"
        entier, reste = divmod(part, 100)
        return f"{entier},{reste:02d} %".replace(",00 %", " %")
