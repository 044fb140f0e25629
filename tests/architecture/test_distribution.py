"""Une fixture se trouve par son nom, dans le conftest de son dossier ou dans la distribution :
elle ne s'importe pas.
"""

import ast
from collections.abc import Iterator

import pytest

from tests import distribution
from tests.architecture.arbre import RACINE, SOURCES, fichiers_python, relatif, syntaxe
from tests.architecture.cercles import nom_du_module

PARTS = sorted((RACINE / "tests" / "distribution").glob("[!_]*.py"))


def noms_importes(arbre: ast.Module) -> Iterator[tuple[int, str]]:
    """La ligne, et le nom entier : `paquet.module.nom`."""
    for noeud in ast.walk(arbre):
        match noeud:
            case ast.Import(names=noms):
                yield from ((noeud.lineno, alias.name) for alias in noms)
            case ast.ImportFrom(module=str(module), names=noms):
                yield from ((noeud.lineno, f"{module}.{alias.name}") for alias in noms)


def fixtures(arbre: ast.Module) -> Iterator[ast.FunctionDef]:
    for noeud in ast.walk(arbre):
        if isinstance(noeud, ast.FunctionDef) and decorateur_de_fixture(noeud):
            yield noeud


def decorateur_de_fixture(fonction: ast.FunctionDef) -> str:
    dits = (ast.unparse(decorateur) for decorateur in fonction.decorator_list)
    return next((dit for dit in dits if dit.startswith("pytest.fixture")), "")


def d_un_conftest(arbre: ast.Module) -> list[str]:
    return [nom for _, nom in noms_importes(arbre) if "conftest" in nom.split(".")]


def test_rien_ne_s_importe_d_un_conftest():
    """Ce qui n'est pas une fixture a son module, à côté, et un nom du métier."""
    fautes = [
        f"{relatif(fichier)} : {nom}"
        for fichier in fichiers_python()
        for nom in d_un_conftest(syntaxe(fichier))
    ]

    assert fautes == []


@pytest.mark.parametrize(
    "code",
    [
        "from beffroi.tests.conftest import scene",
        "from beffroi.tests import conftest",
        "import beffroi.tests.conftest",
        "def f():\n    from conftest import NORMES",
    ],
)
def test_un_import_de_conftest_se_voit_ou_qu_il_soit(code):
    assert d_un_conftest(ast.parse(code)) != []


def test_aucune_fixture_ne_s_importe():
    definies = {
        f"{nom_du_module(fichier, racine)}.{fixture.name}"
        for fichier in fichiers_python()
        for racine in [SOURCES if SOURCES in fichier.parents else RACINE]
        for fixture in fixtures(syntaxe(fichier))
    }
    fautes = [
        f"{relatif(fichier)}:{ligne} {nom}"
        for fichier in fichiers_python()
        for ligne, nom in noms_importes(syntaxe(fichier))
        if nom in definies
    ]

    assert {"tests.distribution.centre.fanny", "tests.parcours.conftest.ouvrir"} <= definies
    assert fautes == []


def test_chaque_part_de_la_distribution_est_chargee():
    assert distribution.pytest_plugins == [nom_du_module(part, RACINE) for part in PARTS]


def test_la_distribution_ne_s_impose_a_personne():
    """Un `autouse` y vaudrait pour tous les tests de la maison."""
    d_office = [
        f"{relatif(part)}:{fixture.lineno} {fixture.name}"
        for part in PARTS
        for fixture in fixtures(syntaxe(part))
        if "autouse" in decorateur_de_fixture(fixture)
    ]

    assert d_office == []
