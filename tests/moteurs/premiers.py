"""Quels essais d'un module nomment, les premiers, chacun des actes qu'il éprouve :
eux-mêmes, par ce qu'ils nomment du même module, ou par les gestes et la scène d'à côté.

    def test_une_question_se_pose(): poser(…)            # le premier à poser
    def test_une_question_vide_est_refusee(): poser(…)   # ne dit plus rien du moteur
    def test_elle_recoit_sa_reponse(): poser(…); repondre(…)   # le premier à répondre
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.architecture.arbre import SOURCES
from tests.moteurs.actes_joues import actes
from tests.moteurs.parole import MOT, definitions

A_COTE = ("gestes.py", "scene.py")


@cache
def noms_des_actes() -> frozenset[str]:
    return frozenset(acte.rpartition(":")[2] for acte in actes(SOURCES))


def gestes_a_cote(fichier: Path) -> set[str]:
    voisins = [voisin for nom in A_COTE if (voisin := fichier.with_name(nom)).exists()]
    return {nom for voisin in voisins for nom, _ in definitions(voisin.read_text("utf-8"))}


@cache
def les_premiers_a_jouer(fichier: Path) -> frozenset[str]:
    """Tous, si aucun ne nomme d'acte : ce qu'ils jouent se lit ailleurs."""
    dits = {nom: {*MOT.findall(texte)} for nom, texte in definitions(fichier.read_text("utf-8"))}
    essais = [nom for nom in dits if nom.lower().startswith("test")]
    noms = noms_des_actes() | gestes_a_cote(fichier)
    return frozenset(premiers(dits, essais, noms)) or frozenset(essais)


def premiers(dits: dict[str, set[str]], essais: list[str], noms: frozenset[str]) -> Iterator[str]:
    joues: set[str] = set()
    for essai in essais:
        siens = mots_suivis(essai, dits) & noms
        if siens - joues:
            yield essai
        joues |= siens


def mots_suivis(nom: str, dits: dict[str, set[str]]) -> set[str]:
    """Les siens, et ceux de tout ce qu'il nomme dans son module."""
    suivis, a_suivre, mots = set[str](), {nom}, set[str]()
    while a_suivre:
        suivis |= a_suivre
        mots |= {mot for suivi in a_suivre for mot in dits[suivi]}
        a_suivre = (mots & dits.keys()) - suivis
    return mots
