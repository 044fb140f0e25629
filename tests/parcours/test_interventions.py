"""Le centre intervient à Bomy :
une personne est invitée, l'administratrice le lit, et passé l'heure plus rien ne change.
"""

import re
import sqlite3
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.parcours.gestes.connexion import connecter
from tests.parcours.regards import regarder
from tests.plateforme import Plateforme, une_copie

BOMY = "21620153300017"
MOT_DE_PASSE = "quatre mots pour la mairie"
TABLEAU = f"siret;nom;prénom;courriel;rôles\n{BOMY};Vandamme;Lise;lise@bomy.example;lectrice\n"


@pytest.fixture(scope="module")
def plateforme(
    origine: Plateforme, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Plateforme]:
    """La sienne : une intervention y expire avant l'heure."""
    with une_copie(origine, tmp_path_factory.mktemp("interventions") / "donnees") as copie:
        yield copie


def base(plateforme: Plateforme) -> sqlite3.Connection:
    return sqlite3.connect(plateforme.dossier / "beffroi.sqlite3", timeout=20, autocommit=True)


def invitation(plateforme: Plateforme, destinataire: str) -> str:
    connexion = base(plateforme)
    (texte,) = connexion.execute(
        "SELECT texte FROM socle_courriel WHERE destinataire = ?", [destinataire]
    ).fetchone()
    connexion.close()
    return urlsplit(re.search(r"https?://\S+/invitation/\S+", texte)[0]).path


def passer_l_heure(plateforme: Plateforme) -> None:
    """L'horloge ne s'avance pas : c'est la fin que l'on recule."""
    connexion = base(plateforme)
    connexion.execute(
        "UPDATE interventions_intervention SET expire_le = '2026-01-05 08:00:00' "
        "WHERE close_le IS NULL"
    )
    connexion.close()


def envoyer(page: Any, bouton: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=bouton, exact=True).click()


def saisir(page: Any, courriel: str, nom: str) -> None:
    page.goto(f"/cdg/comptes/{BOMY}/agents/ajouter/")
    page.get_by_label("Adresse électronique").fill(courriel)
    page.get_by_label("Nom et prénom").fill(nom)
    page.locator("main [name=service]").fill("Mairie")
    page.get_by_label("Lecteur").check()


# Chaque jour, `centre/interventions` ouvre, agit et ferme par ses écrans, l'heure passée comprise.
@pytest.mark.long
def test_d_une_intervention_ouverte_a_l_acte_refuse(ouvrir: Any, plateforme: Plateforme) -> None:
    fanny, martine, lise = ouvrir(), ouvrir(largeur=360), ouvrir()
    connecter(fanny, plateforme.compte("fanny"))
    fanny.get_by_text("Plus", exact=True).first.click()
    fanny.get_by_role("link", name="Comptes des organismes").first.click()
    fanny.get_by_role("link", name="Commune de Bomy").first.click()
    fanny.get_by_role("link", name="Ouvrir une intervention", exact=True).click()
    fanny.get_by_label("Pourquoi vous intervenez").fill("Une remplaçante arrive lundi")
    envoyer(fanny, "Ouvrir l’intervention")
    fanny.get_by_text("Vous intervenez ici").wait_for()
    assert regarder(fanny) == []
    saisir(fanny, "lise@bomy.example", "Lise Vandamme")
    envoyer(fanny, "Donner ces rôles")
    fanny.get_by_role("heading", name="Rôles en attente").wait_for()
    assert regarder(fanny) == []

    connecter(martine, plateforme.compte("martine"))
    martine.goto(f"/organisme/{BOMY}/")
    martine.get_by_role("rowheader", name="Lise Vandamme").wait_for()
    martine.get_by_text("Adresse non confirmée").wait_for()
    assert regarder(martine) == []

    lise.goto(invitation(plateforme, "lise@bomy.example"))
    assert regarder(lise) == []
    lise.locator("main input[type=password]").fill(MOT_DE_PASSE)
    with lise.expect_navigation():
        lise.locator("main form button[type=submit]").first.click()

    martine.goto(f"/organisme/{BOMY}/")
    martine.get_by_role("link", name="Interventions du centre").click()
    martine.get_by_text("Une remplaçante arrive lundi").wait_for()
    martine.get_by_text("Lise Vandamme (Mairie) : Lecteur, en attente").wait_for()
    assert regarder(martine) == []

    saisir(fanny, "marc@bomy.example", "Marc Tilloy")
    passer_l_heure(plateforme)
    envoyer(fanny, "Donner ces rôles")
    fanny.get_by_text("Votre intervention a pris fin").first.wait_for()
    assert fanny.get_by_label("Nom et prénom").input_value() == "Marc Tilloy"
    assert fanny.get_by_label("Lecteur").is_checked()
    assert fanny.erreurs + martine.erreurs + lise.erreurs == []


# Chaque jour, le tableau des adhérents s'importe au navigateur par le même assistant
# (`test_adherents.py`).
@pytest.mark.long
def test_un_tableau_d_agents_se_relit_et_dit_pourquoi(ouvrir: Any, plateforme: Plateforme) -> None:
    fanny = ouvrir(largeur=360)
    connecter(fanny, plateforme.compte("fanny"))
    fanny.goto("/cdg/comptes/importer/")
    tableau = {
        "name": "agents.csv",
        "mimeType": "text/csv",
        "buffer": TABLEAU.replace("lise@", "lea@").encode(),
    }
    fanny.locator("[name=tableau]").set_input_files(tableau)
    envoyer(fanny, "Relire ce tableau")
    assert regarder(fanny) == []
    fanny.get_by_label("Pourquoi vous intervenez").fill("Reprise des comptes de l'ancien service")
    envoyer(fanny, "Confirmer l’import")
    fanny.get_by_text("Ce tableau est appliqué").wait_for()
    assert fanny.erreurs == []
