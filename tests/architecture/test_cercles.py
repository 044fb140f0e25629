"""Aucun module n'importe, de proche en proche, ce qui l'importe :
on lit l'un sans avoir lu l'autre.
"""

import ast

import pytest

from tests.architecture.arbre import SOURCES, du_produit, syntaxe
from tests.architecture.cercles import cercles, graphe_des_imports, nom_du_module


def test_aucun_cercle_d_imports_entre_les_modules():
    modules = {
        nom_du_module(fichier, SOURCES): syntaxe(fichier)
        for fichier in du_produit()
        if SOURCES in fichier.parents
    }

    trouves = [" ↔ ".join(cercle) for cercle in cercles(graphe_des_imports(modules))]

    assert len(modules) > 2000
    assert trouves == []


def lus(**modules):
    return cercles(graphe_des_imports({nom: ast.parse(code) for nom, code in modules.items()}))


@pytest.mark.parametrize(
    "retour",
    [
        "from a import X",
        "import a",
        "def f():\n    from a import X",
        "if True:\n    from a import X",
        "if TYPE_CHECKING:\n    pass\nelse:\n    from a import X",
    ],
    ids=[
        "un nom",
        "le module",
        "au fond d'une fonction",
        "sous condition",
        "quand le typage ne lit pas",
    ],
)
def test_un_cercle_se_voit_ou_que_soit_l_import(retour):
    assert lus(a="from b import Y", b=retour) == [["a", "b"]]


def test_un_cercle_de_trois_se_nomme_en_entier_et_son_voisin_n_en_est_pas():
    assert lus(a="import b", b="import c", c="import a\nimport d", d="") == [["a", "b", "c"]]


def test_deux_cercles_se_disent_separement():
    assert lus(a="import b\nimport c", b="import a", c="import d", d="import c") == [
        ["a", "b"],
        ["c", "d"],
    ]


def test_un_import_que_le_typage_seul_lit_n_est_pas_un_cercle():
    assert lus(a="from b import Y", b="if TYPE_CHECKING:\n    from a import X") == []
