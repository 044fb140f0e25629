"""Chercher dans les phrases d'un règlement, et reprocher une absence avec prudence."""

import re
from collections.abc import Iterator

from beffroi.achat.controles.rules.constat import Ecart
from beffroi.achat.controles.rules.faits import Reglement
from beffroi.achat.relectures.rules.reperage import Sujet, Trouvaille, est_niee, peut_suivre

PAS_TROUVE = "Le texte peut le dire avec d'autres mots."


def phrases_qui_disent(reglement: Reglement, *motifs: re.Pattern[str]) -> Iterator[Trouvaille[str]]:
    """Les phrases où tous les motifs se trouvent.

    Elles sont pliées : sans majuscules ni accents.
    """
    if all(peut_suivre(motif, reglement.plie) for motif in motifs):
        yield from (phrase for phrase in reglement.phrases if _suit(phrase.valeur, motifs))


def _suit(phrase: str, motifs: tuple[re.Pattern[str], ...]) -> bool:
    return all(peut_suivre(motif, phrase) and motif.search(phrase) for motif in motifs)


def dit(reglement: Reglement, *motifs: re.Pattern[str]) -> bool:
    return any(True for _ in phrases_qui_disent(reglement, *motifs))


def affirme(reglement: Reglement, *motifs: re.Pattern[str]) -> Iterator[Trouvaille[str]]:
    """Les phrases qui le disent sans le nier."""
    return (
        phrase for phrase in phrases_qui_disent(reglement, *motifs) if not est_niee(phrase.valeur)
    )


def tait(reglement: Reglement, *sujets: Sujet) -> bool:
    """Aucune phrase ne parle d'aucun de ces sujets."""
    return not any(reglement.mentions(sujet) for sujet in sujets)


def absence(quoi: str, *, remede: str, attendu: str = "", champ: str = "") -> Ecart:
    """Le règlement ne dit pas quelque chose, dans les mots cherchés :
    on le signale, on ne bloque pas.
    """
    return Ecart(
        quoi=quoi, remede=remede, attendu=attendu, champ=champ, doute=PAS_TROUVE, absence=True
    )
