"""La maison en quartiers :
un seul ordre, celui des contrats, et entre quartiers les seuls modules publics (ADR 0046).
"""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from beffroi.commandes.outillage import document_de_la_maison, quartiers
from tests.architecture.arbre import RACINE, SOURCES, du_produit, syntaxe

MAISON = SOURCES / "beffroi"
QUARTIERS = [quartier for etage in quartiers.quartiers() for quartier in etage]
# Ce qu'un contexte montre hors de son quartier.
# Le socle, lui, est fait pour être employé de partout.
PUBLICS = {
    "models",
    "queries",
    "services",
    "rules",
    "events",
    "ports",
    "permissions",
    "archivage",
    "a_faire",
    "states",
    "errors",
    "limits",
    "decorateurs",
    "echeances",
}
# Personne n'est au-dessus d'eux : la commande de l'exploitant, l'outil de qui écrit la plateforme,
# ce qui parle à un autre serveur entrent dans les pièces, comme un test. Si un nom y change, le
# contrôle des types le dit.
ENTRENT_PARTOUT = {"commandes", "integrations"}
PRIVES = Path(__file__).parent / "modules_prives.toml"
# Le nombre de modules privés qu'un autre quartier importe encore. Il ne fait que baisser.
AU_PLUS = 21


def test_chaque_contexte_est_dans_un_contrat_et_un_seul():
    dossiers = sorted(
        (lu.parent.parent.name, lu.parent.name)
        for quartier in QUARTIERS
        for lu in (MAISON / quartier).glob("*/__init__.py")
    )

    assert sorted(quartiers.tous()) == dossiers


def test_il_n_y_a_rien_hors_des_quartiers():
    dossiers = {lu.parent.name for lu in MAISON.glob("*/__init__.py")}

    assert dossiers == {*QUARTIERS, "integrations"}


def test_la_carte_de_l_architecture_est_celle_des_contrats():
    page = document_de_la_maison.PAGE.read_text("utf-8")

    assert page == document_de_la_maison.page(), "périmée : ./beffroi docs"
    assert [
        c for q, c in quartiers.tous() if f"({Path('src/beffroi') / q / c}/README.md)" not in page
    ] == []


@pytest.mark.parametrize("quartier,contexte", quartiers.tous())
def test_chaque_mode_d_emploi_dit_d_abord_ce_que_le_contexte_tient(quartier, contexte):
    titre = (MAISON / quartier / contexte / "README.md").read_text("utf-8").partition("\n")[0]

    assert titre.startswith(f"# {contexte} : ")
    assert f"]({contexte}/README.md) : {titre.partition(' : ')[2]}" in (
        MAISON / quartier / "README.md"
    ).read_text("utf-8")


def test_les_applications_sont_installees_dans_l_ordre_des_contrats():
    from django.conf import settings

    # `portail` est le premier de tous : ses gabarits l'emportent.
    notres = [
        app
        for app in settings.INSTALLED_APPS
        if app.startswith("beffroi.") and app != "beffroi.faces.portail"
    ]
    ordre = [f"beffroi.{quartier}.{contexte}" for quartier, contexte in quartiers.tous()]

    assert notres == sorted(
        notres, key=lambda app: (ordre.index(".".join(app.split(".")[:3])), app)
    )


def test_entre_quartiers_seuls_les_modules_publics_s_importent():
    ecrits = tomllib.loads(PRIVES.read_text("utf-8"))
    vus = prives_vus()

    assert [
        f"{c}.{nom}"
        for c, noms in sorted(vus.items())
        for nom in sorted(noms - {*ecrits.get(c, ())})
    ] == []


def test_la_liste_des_modules_prives_ne_fait_que_raccourcir():
    ecrits = tomllib.loads(PRIVES.read_text("utf-8"))
    vus = prives_vus()
    de_trop = [
        f"{c}.{nom}" for c, noms in ecrits.items() for nom in noms if nom not in vus.get(c, ())
    ]

    assert de_trop == [], "ceux-ci ne sont plus importés : les ôter de la liste"
    assert sum(map(len, ecrits.values())) <= AU_PLUS


@cache
def prives_vus() -> dict[str, set[str]]:
    """Par contexte, les modules qu'un autre quartier importe et qui ne sont pas publics."""
    vus: dict[str, set[str]] = {}
    for fichier in du_produit():
        ici = fichier.relative_to(SOURCES).parts if SOURCES in fichier.parents else ()
        if len(ici) < 3 or ici[0] != "beffroi" or ici[1] in ENTRENT_PARTOUT:
            continue
        for module in importes(fichier):
            _, quartier, contexte, *suite = [*module.split("."), "", ""]
            if (
                quartier in QUARTIERS
                and quartier not in {ici[1], "socle"}
                and suite[0]
                and suite[0] not in PUBLICS
            ):
                vus.setdefault(f"{quartier}.{contexte}", set()).add(suite[0])
    return vus


def importes(fichier: Path) -> Iterator[str]:
    """Les modules de la maison qu'un fichier importe ;
    de `from paquet import nom`, `nom` s'il est un module.
    """
    for noeud in ast.walk(syntaxe(fichier)):
        if isinstance(noeud, ast.Import):
            yield from (nom.name for nom in noeud.names if nom.name.startswith("beffroi."))
        elif (
            isinstance(noeud, ast.ImportFrom)
            and noeud.module
            and noeud.module.startswith("beffroi.")
        ):
            dossier = SOURCES.joinpath(*noeud.module.split("."))
            for nom in noeud.names:
                est_un_module = (dossier / f"{nom.name}.py").exists() or (
                    dossier / nom.name / "__init__.py"
                ).exists()
                yield f"{noeud.module}.{nom.name}" if est_un_module else noeud.module


def test_chaque_quartier_a_son_mode_d_emploi():
    assert [
        q for q in QUARTIERS if not (RACINE / "src" / "beffroi" / q / "README.md").exists()
    ] == []
