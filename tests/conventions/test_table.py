"""Chaque règle que la convention laisse ouverte a ses tests, à chaque valeur de son paramètre."""

import ast
import tomllib
from functools import cache
from pathlib import Path

import pytest

from beffroi.centre.conventions.parametres import PARAMETRES
from beffroi.centre.tarif.rules.parametres import QUESTIONS
from tests.architecture.arbre import DOSSIERS

ICI = Path(__file__).parent
TABLE = tomllib.loads((ICI / "regles.toml").read_text("utf-8"))
# 18 et 19 sont libres.
REGLES = [
    "1",
    "2",
    "3",
    "3b",
    "4",
    "4b",
    "5",
    "5b",
    *map(str, range(6, 16)),
    "15b",
    "16",
    "17",
    *map(str, range(20, 42)),
]
VALEURS = {
    *(f"{cle}={valeur}" for cle, question in QUESTIONS.items() for valeur in question.reponses),
    *(f"duree_reconduite={valeur}" for valeur, _ in PARAMETRES["duree_reconduite"].choix),
    "date_effectif=01-01",
}
# Une seule valeur : la date est celle que tout test de l'effectif emploie.
SANS_AUTRE_VALEUR = {"date_effectif=01-01"}


def fichier_de(test: str) -> Path:
    lieu = test.partition("::")[0]
    if "/" not in lieu:
        return ICI / f"test_{lieu}.py"
    contexte, _, nom = lieu.partition("/")
    return DOSSIERS[contexte] / "tests" / f"{nom}.py"


@cache
def sources(fichier: Path) -> dict[str, str]:
    """Chaque test d'un fichier, ses décorateurs et les constantes qu'ils nomment compris."""
    texte = fichier.read_text("utf-8")
    module = ast.parse(texte)
    constantes = {
        cible.id: ast.get_source_segment(texte, noeud.value) or ""
        for noeud in module.body
        if isinstance(noeud, ast.Assign)
        for cible in noeud.targets
        if isinstance(cible, ast.Name)
    }
    return {
        noeud.name: _source(noeud, constantes)
        for noeud in module.body
        if isinstance(noeud, ast.FunctionDef) and noeud.name.startswith("test_")
    }


def _source(fonction: ast.FunctionDef, constantes: dict[str, str]) -> str:
    noms = {noeud.id for noeud in ast.walk(fonction) if isinstance(noeud, ast.Name)}
    return ast.unparse(fonction) + " ".join(constantes.get(nom, "") for nom in sorted(noms))


def nommes() -> list[tuple[str, str]]:
    return [
        (numero, test)
        for numero, regle in TABLE.items()
        for test in [*regle["tests"], *regle.get("valeurs", {}).values()]
    ]


def test_chaque_regle_est_a_la_table_dans_l_ordre():
    assert list(TABLE) == REGLES


def test_chaque_regle_a_au_moins_un_test():
    assert [numero for numero, regle in TABLE.items() if not regle["tests"]] == []


@pytest.mark.parametrize(("numero", "test"), nommes())
def test_le_test_nomme_existe(numero, test):
    assert test.partition("::")[2] in sources(fichier_de(test)), f"règle {numero}"


def test_chaque_valeur_de_chaque_parametre_a_son_test():
    eprouvees = {valeur for regle in TABLE.values() for valeur in regle.get("valeurs", {})}

    assert eprouvees == VALEURS


@pytest.mark.parametrize("valeur", sorted(VALEURS - SANS_AUTRE_VALEUR))
def test_le_test_d_une_valeur_l_emploie(valeur):
    (test,) = [
        regle["valeurs"][valeur] for regle in TABLE.values() if valeur in regle.get("valeurs", {})
    ]
    source = sources(fichier_de(test))[test.partition("::")[2]]

    reponse = valeur.partition("=")[2]
    assert f"'{reponse}'" in source or f'"{reponse}"' in source
