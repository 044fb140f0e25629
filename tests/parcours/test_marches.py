"""Un contrat signé par l'acheteur, notifié, modifié, commandé ;
sa fiche publiée se lit dans `/donnees/decp.json`.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.parcours.gestes.connexion import connecter
from tests.parcours.regards import regarder
from tests.plateforme import Plateforme, une_copie

LAVOIR, ESPACES_VERTS = "2026-021", "2026-003"


@pytest.fixture(scope="module")
def plateforme(
    origine: Plateforme, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Plateforme]:
    """La sienne : un contrat y prend effet, sa fiche s'y publie."""
    with une_copie(origine, tmp_path_factory.mktemp("marches") / "donnees") as copie:
        yield copie


@pytest.fixture
def acte(tmp_path: Path) -> Path:
    fichier = tmp_path / "acte-signe.pdf"
    fichier.write_bytes(b"%PDF-1.7 acte signe")
    return fichier


def envoyer(page: Any, bouton: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=bouton, exact=True).click()


def ouvrir_le_contrat(page: Any, numero: str) -> None:
    page.goto("/acheteur/marches/")
    page.get_by_role("link", name=numero, exact=True).click()


def suivre(page: Any, geste: str) -> None:
    page.get_by_role("link", name=geste, exact=True).click()


# Chaque jour, `test_de_la_seance_au_contrat.py` va jusqu'à la ligne publiée.
@pytest.mark.long
def test_d_un_contrat_a_signer_a_sa_ligne_dans_les_donnees_ouvertes(
    ouvrir: Any, plateforme: Plateforme, acte: Path
) -> None:
    martine, jour = ouvrir(), date.today().isoformat()
    connecter(martine, plateforme.compte("martine"))
    ouvrir_le_contrat(martine, LAVOIR)
    assert regarder(martine) == []
    with martine.expect_download() as recu:
        martine.get_by_role("link", name="en PDF").click()
    assert Path(recu.value.path()).read_bytes().startswith(b"%PDF")
    suivre(martine, "Déposer une signature")
    martine.get_by_label("L’acheteur").check()
    martine.get_by_label("Date de la signature").fill(jour)
    martine.locator("input[type=file]").set_input_files(acte)
    envoyer(martine, "Garder l’exemplaire signé")
    suivre(martine, "Dire si le contrat se transmet")
    martine.get_by_label("Non", exact=True).check()
    martine.get_by_label("Pourquoi").fill("38 450 € HT : sous le seuil.")
    envoyer(martine, "Garder la réponse")
    suivre(martine, "Noter la notification reçue")
    martine.get_by_label("Date (obligatoire)", exact=True).fill(jour)
    martine.locator("input[type=file]").set_input_files(acte)
    envoyer(martine, "Noter la réception")
    martine.get_by_text("La fiche est prête").wait_for()
    assert regarder(martine) == []

    martine.get_by_role("link", name="la relire et la publier").click()
    envoyer(martine, "Publier")
    contrats = json.loads(ouvrir().request.get("/donnees/decp.json").text())["marches"]["marche"]
    (publie,) = [
        contrat for contrat in contrats if contrat["id"] == LAVOIR and "lavoir" in contrat["objet"]
    ]
    assert (publie["montant"], publie["dateNotification"]) == (38450, jour)


def test_une_commande_au_dela_du_maximum_est_refusee_sans_perdre_la_saisie(
    ouvrir: Any, plateforme: Plateforme
) -> None:
    martine = ouvrir(largeur=360)
    connecter(martine, plateforme.compte("martine"))
    ouvrir_le_contrat(martine, ESPACES_VERTS)
    suivre(martine, "Noter un bon de commande")
    martine.get_by_label("Numéro du bon").fill("BC-03")
    martine.get_by_label("Ce qui est commandé").fill("Élagage")
    martine.get_by_label("Montant hors taxes").fill("12 000")
    martine.get_by_label("Émis le").fill(date.today().isoformat())
    envoyer(martine, "Garder la commande")
    martine.get_by_text("Il reste").first.wait_for()
    assert martine.get_by_label("Ce qui est commandé").input_value() == "Élagage"
    martine.get_by_label("Montant hors taxes").fill("11 000")
    envoyer(martine, "Garder la commande")
    martine.get_by_role("rowheader", name="BC-03").wait_for()
