"""Les tailles de la maison. On raccourcit le code ; on n'allonge pas la limite."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.arbre import (
    CONTEXTES,
    DOSSIERS,
    RACINE,
    SOURCES,
    du_produit,
    est_un_test,
    est_une_migration,
    fichiers_python,
    fonctions,
    lignes_de,
    relatif,
)

LIGNES_D_UN_FICHIER = 500
LIGNES_D_UN_TEST = 700
LIGNES_D_UNE_FONCTION = 50
LIGNES_D_UNE_VUE = 25
PARAMETRES = 9
CARACTERES_D_UNE_LIGNE = 100
CARACTERES_D_UNE_LIGNE_DE_GABARIT = 120
TABLES_ALIGNEES_A_LA_MAIN = 40
NOMS_PUBLICS_DU_SCEAU = 10
MARQUE_D_OUTIL = re.compile(r"\s+# (type: ignore|noqa\b).*")
GARDEE_TELLE_QUELLE = re.compile(r"# fmt: (skip|off)$")


def lignes(fichier) -> int:
    return len(fichier.read_text("utf-8").splitlines())


def test_un_fichier_se_lit_d_une_traite():
    """Une migration se génère des modèles, qui, eux, se lisent."""
    trop_longs = [
        f"{relatif(fichier)} : {lignes(fichier)}"
        for fichier in fichiers_python()
        if not est_une_migration(fichier)
        and lignes(fichier) > (LIGNES_D_UN_TEST if est_un_test(fichier) else LIGNES_D_UN_FICHIER)
    ]

    assert trop_longs == []


def test_une_fonction_tient_sous_les_yeux():
    trop_longues = [
        f"{relatif(fichier)}:{fonction.lineno} {fonction.name} : {lignes_de(fonction)}"
        for fichier in du_produit()
        for fonction in fonctions(fichier)
        if lignes_de(fonction) > LIGNES_D_UNE_FONCTION
    ]

    assert trop_longues == []


def test_une_vue_reste_mince():
    epaisses = [
        f"{relatif(fichier)}:{fonction.lineno} {fonction.name} : {lignes_de(fonction)}"
        for fichier in du_produit()
        if "views" in relatif(fichier)
        for fonction in fonctions(fichier)
        if lignes_de(fonction) > LIGNES_D_UNE_VUE
    ]

    assert epaisses == []


def test_une_fonction_a_peu_de_parametres():
    bavardes = [
        f"{relatif(fichier)}:{fonction.lineno} {fonction.name}"
        for fichier in du_produit()
        for fonction in fonctions(fichier)
        if len(fonction.args.args) + len(fonction.args.kwonlyargs) > PARAMETRES
    ]

    assert bavardes == []


def gabarits() -> list[Path]:
    return sorted(fichier for fichier in SOURCES.rglob("*.html") if "templates" in fichier.parts)


def test_une_ligne_de_gabarit_se_relit_et_se_compare():
    trop_longues = [
        f"{relatif(gabarit)}:{numero} : {len(ligne)}"
        for gabarit in gabarits()
        for numero, ligne in enumerate(gabarit.read_text("utf-8").splitlines(), start=1)
        if len(ligne) > CARACTERES_D_UNE_LIGNE_DE_GABARIT
    ]

    assert len(gabarits()) > 600
    assert trop_longues == []


def test_une_ligne_de_python_se_lit_sans_defiler():
    """Les marques que lisent les outils, en fin de ligne, ne se lisent pas."""
    trop_longues = [
        f"{relatif(fichier)}:{numero} : {len(ligne)}"
        for fichier in fichiers_python()
        if not est_une_migration(fichier)
        for numero, ligne in enumerate(lignes_sans_marque(fichier), start=1)
        if len(ligne) > CARACTERES_D_UNE_LIGNE
    ]

    assert trop_longues == []


def lignes_sans_marque(fichier: Path) -> list[str]:
    lues = fichier.read_text("utf-8").splitlines()
    return [MARQUE_D_OUTIL.sub("", ligne) for ligne in lues]


def test_une_marque_d_outil_n_est_pas_de_la_prose():
    assert MARQUE_D_OUTIL.sub("", "x = 1  # type: ignore[misc]  # noqa: F401  le même") == "x = 1"
    assert MARQUE_D_OUTIL.sub("", "x = 1  # ce que dit l'article") != "x = 1"


def test_seules_des_tables_gardent_leur_alignement():
    """Une personne les lit comme des tables ; ailleurs, l'outil met en forme."""
    gardees = [
        f"{relatif(fichier)}:{numero}"
        for fichier in fichiers_python()
        for numero, ligne in enumerate(fichier.read_text("utf-8").splitlines(), start=1)
        if GARDEE_TELLE_QUELLE.search(ligne)
    ]

    assert len(gardees) <= TABLES_ALIGNEES_A_LA_MAIN, gardees


def test_les_gabarits_sont_mis_en_forme():
    commande = [Path(sys.executable).parent / "djangofmt", "--check", "-q", SOURCES]

    assert subprocess.run(commande, cwd=RACINE, check=False).returncode == 0


def test_le_sceau_a_une_petite_surface():
    import sceau

    assert len(sceau.__all__) <= NOMS_PUBLICS_DU_SCEAU


@pytest.mark.parametrize("nom,limite", [("README.md", 60), ("ARCHITECTURE.md", 200)])
def test_les_documents_d_entree_sont_courts(nom, limite):
    assert lignes(RACINE / nom) <= limite


def test_chaque_contexte_a_son_mode_d_emploi():
    sans = [c for c in CONTEXTES if not (DOSSIERS[c] / "README.md").exists()]

    assert sans == []


def test_les_modes_d_emploi_et_les_decisions_sont_courts():
    longs = [relatif(f) for f in SOURCES.rglob("README.md") if lignes(f) > 80]
    longs += [relatif(f) for f in (RACINE / "docs" / "adr").glob("*.md") if lignes(f) > 120]

    assert longs == []
