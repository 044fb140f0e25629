"""Quels essais disent quelque chose d'un moteur de base de données :
eux seuls se jouent aussi sur PostgreSQL.

Le reste décide en Python et dans l'ORM, les mêmes sur les deux moteurs. Ce qui les sépare, verrous,
contraintes, SQL écrit à la main, transactions rompues, types et longueurs, se voit dès qu'un acte
est joué une fois (`actes_joues` échoue s'il en manque un) et chaque adresse visitée une fois
(`tests/architecture/test_cloisonnement.py`). La série longue rejoue tout.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.moteurs.parole import ceux_qui_parlent, parle
from tests.moteurs.premiers import les_premiers_a_jouer

# Les fondations, le registre et la recherche écrivent leur SQL :
# tout ce qu'ils éprouvent tient au moteur.
ECRIVENT_LEUR_SQL = {"fondations", "journal", "recherche"}
BASES = {"db", "transactional_db", "django_db_setup", "django_db_serialized_rollback"}


def marquer(item: pytest.Item) -> None:
    """`base` : touche à la base. `moteurs` : et se joue sur les deux."""
    if not (item.get_closest_marker("django_db") or BASES & set(getattr(item, "fixturenames", ()))):
        return
    item.add_marker(pytest.mark.base)
    if dit_quelque_chose_d_un_moteur(item.path, nom_de(item)):
        item.add_marker(pytest.mark.moteurs)


def nom_de(item: pytest.Item) -> str:
    """Celui de sa fonction, ou de la classe où elle est rangée."""
    return item.nodeid.split("::")[1].partition("[")[0]


def dit_quelque_chose_d_un_moteur(fichier: Path, essai: str) -> bool:
    """Qui en parle ; tous ceux de qui écrit son SQL ; dans un module d'actes, le premier essai de
    chaque acte. Un module peut choisir les siens en les marquant.
    """
    if essai in ceux_qui_parlent(fichier):
        return True
    if se_marque_lui_meme(fichier):
        return False
    if ECRIVENT_LEUR_SQL & set(fichier.parts):
        return True
    return joue_des_actes(fichier) and essai in les_premiers_a_jouer(fichier)


@cache
def se_marque_lui_meme(fichier: Path) -> bool:
    return "mark.moteurs" in fichier.read_text("utf-8")


def joue_des_actes(fichier: Path) -> bool:
    return fichier.name.startswith("test_services")


def fichiers_a_lire(parmi: Iterable[Path]) -> Iterator[Path]:
    """Les seuls où peut naître la marque : lire les autres, quatre sur cinq, prend à chaque
    processus plus de temps que bien des essais.
    """
    for chemin in parmi:
        for fichier in sorted(chemin.rglob("test_*.py")) if chemin.is_dir() else [chemin]:
            if (
                joue_des_actes(fichier)
                or ECRIVENT_LEUR_SQL & set(fichier.parts)
                or se_marque_lui_meme(fichier)
                or parle(fichier)
            ):
                yield fichier
