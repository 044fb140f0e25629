"""La maison en quartiers :
un seul ordre, celui des contrats, et entre quartiers les seuls modules publics (ADR 0046).
"""

import ast
import re
from pathlib import Path

import pytest

from beffroi.commandes.outillage import document_de_la_maison, quartiers
from tests.architecture.arbre import RACINE, SOURCES
from tests.architecture.emprunts import Emprunt, emprunts, montres, pris

MAISON = SOURCES / "beffroi"
QUARTIERS = [quartier for etage in quartiers.quartiers() for quartier in etage]
# Ce que tout contexte montre hors de son quartier, chacun dans son rôle (ARCHITECTURE.md).
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
}
# Ce qu'aucun contexte ne montre : ses écrans sont à lui.
JAMAIS = {"views", "forms", "ecrans", "gestes", "urls", "prises"}
# Le plus large en montre onze (`depots`, `cles`, `preparation`). Plus, il ferait deux contextes, ou
# ce qu'il prête serait une lecture.
NOMS_MONTRES = 12
TITRE = "## Ce qu'il montre\n"
MONTRENT = {f"{q}.{c}": noms for q, c in quartiers.tous() if (noms := montres(f"{q}.{c}"))}


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


def test_entre_quartiers_ne_s_importe_que_ce_qui_est_public_ou_montre():
    assert [
        f"{un.par} prend {un.nom or un.module} à {un.contexte}.{un.module}"
        for un in emprunts()
        if un.module not in PUBLICS and un.module not in MONTRENT.get(un.contexte, ())
    ] == []


@pytest.mark.parametrize("contexte", MONTRENT)
def test_un_module_montre_n_est_ni_deja_public_ni_un_ecran(contexte):
    assert {*MONTRENT[contexte]} & (PUBLICS | JAMAIS) == set()


@pytest.mark.parametrize("contexte", MONTRENT)
def test_un_module_montre_sert_dans_un_autre_quartier(contexte):
    servis = {un.module for un in emprunts() if un.contexte == contexte}

    assert {*MONTRENT[contexte]} - servis == set(), "personne ne l'y prend : ne plus le montrer"


@pytest.mark.parametrize("contexte", sorted(f"{q}.{c}" for q, c in quartiers.tous()))
def test_le_mode_d_emploi_dit_a_quoi_sert_chaque_module_montre(contexte):
    lu = (MAISON / contexte.replace(".", "/") / "README.md").read_text("utf-8")
    dits = re.findall(r"^- `(\w+)` : ", lu.partition(TITRE)[2].partition("\n## ")[0], re.MULTILINE)

    assert tuple(dits) == MONTRENT.get(contexte, ())


def test_un_contexte_montre_peu_de_noms():
    noms = {
        contexte: {
            f"{un.module}.{un.nom}"
            for un in emprunts()
            if un.contexte == contexte and un.module in montres
        }
        for contexte, montres in MONTRENT.items()
    }

    assert len(MONTRENT) > 10
    assert {c: sorted(siens) for c, siens in noms.items() if len(siens) > NOMS_MONTRES} == {}


@pytest.mark.parametrize(
    ("code", "module", "nom"),
    [
        ("from beffroi.personnes.cles.signature import Usage", "signature", "Usage"),
        ("from beffroi.personnes.cles import signature\nsignature.Usage()", "signature", "Usage"),
        ("from beffroi.personnes.cles import signature as s\ns.Usage()", "signature", "Usage"),
        ("def f():\n    from beffroi.personnes.cles.signature import Usage", "signature", "Usage"),
        ("import beffroi.personnes.cles.signature", "signature", ""),
        ("from beffroi.personnes.cles.views import membre\nmembre.page()", "views", "membre.page"),
        ("from beffroi.personnes.cles import MONTRE", "", "MONTRE"),
    ],
    ids=[
        "un nom",
        "le module",
        "le module sous un autre nom",
        "au fond d'une fonction",
        "le chemin entier",
        "un sous-module",
        "le contexte lui-même",
    ],
)
def test_un_emprunt_se_voit_de_quelque_facon_qu_il_s_ecrive(code, module, nom):
    vus = list(pris(ast.parse(code), par="ici"))

    assert vus == [Emprunt("ici", "personnes.cles", module, nom)]


def test_chaque_quartier_a_son_mode_d_emploi():
    assert [
        q for q in QUARTIERS if not (RACINE / "src" / "beffroi" / q / "README.md").exists()
    ] == []
