"""Quels essais disent quelque chose d'un moteur de base de données :
eux seuls se jouent aussi sur PostgreSQL.

Le reste décide en Python et dans l'ORM, les mêmes sur les deux moteurs. Ce qui les sépare, verrous,
contraintes, SQL écrit à la main, transactions rompues, types et longueurs, se voit dès qu'un acte
est joué une fois (`actes_joues` échoue s'il en manque un) et chaque adresse visitée une fois
(`tests/architecture/test_cloisonnement.py`). La série longue rejoue tout.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

# Un module qui parle de la connexion, de ses erreurs, de ses verrous ou de plusieurs personnes à la
# fois. Compter les requêtes n'en est pas : c'est l'ORM qui les fait, autant sur les deux.
PARLE_D_UN_MOTEUR = re.compile(
    r"\bconnections?\b[.,]|\b(?:Integrity|Database|Data|Operational)Error\b|select_for_update"
    r"|RunSQL"
    r"|\bThread\(|ThreadPool|cursor\(|transaction=True|transactional_db"
)
# Les fondations, le registre et la recherche écrivent leur SQL :
# tout ce qu'ils éprouvent tient au moteur.
ECRIVENT_LEUR_SQL = {"fondations", "journal", "recherche"}
BASES = {"db", "transactional_db", "django_db_setup", "django_db_serialized_rollback"}


def marquer(item: pytest.Item) -> None:
    """`base` : touche à la base. `moteurs` : et se joue sur les deux."""
    if not (item.get_closest_marker("django_db") or BASES & set(getattr(item, "fixturenames", ()))):
        return
    item.add_marker(pytest.mark.base)
    if dit_quelque_chose_d_un_moteur(item.path):
        item.add_marker(pytest.mark.moteurs)


@cache
def dit_quelque_chose_d_un_moteur(fichier: Path) -> bool:
    """Les actes d'un contexte (`test_services…`),
    ceux qui écrivent leur SQL, ceux qui parlent d'un moteur.

    Un module qui marque lui-même ses essais en décide seul.
    """
    return not se_marque_lui_meme(fichier) and (
        fichier.name.startswith("test_services")
        or bool(ECRIVENT_LEUR_SQL & set(fichier.parts))
        or bool(PARLE_D_UN_MOTEUR.search(fichier.read_text("utf-8")))
    )


def se_marque_lui_meme(fichier: Path) -> bool:
    return "mark.moteurs" in fichier.read_text("utf-8")


def fichiers_a_lire(parmi: Iterable[Path]) -> Iterator[Path]:
    """Les seuls où peut naître la marque : lire les autres, quatre sur cinq, prend à chaque
    processus plus de temps que bien des essais.
    """
    for chemin in parmi:
        for fichier in sorted(chemin.rglob("test_*.py")) if chemin.is_dir() else [chemin]:
            if se_marque_lui_meme(fichier) or dit_quelque_chose_d_un_moteur(fichier):
                yield fichier
