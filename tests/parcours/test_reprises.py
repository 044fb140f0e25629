"""Au centre : un tableur déposé, une faute corrigée, une copie jointe, une vague activée."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.parcours.gestes.connexion import connecter
from tests.parcours.regards import regarder
from tests.plateforme import Plateforme, attendre, une_copie

ENTETES = "SIREN;Nom;Signée le;Prise d'effet;Dernier jour;Effectif;Contact;Courriel;Copie"
# Deux communes inventées, aux numéros de clé juste ; la seconde écrit un O pour un zéro.
LIGNES = (
    "21629901600016;Commune de Champ;10/06/2025;01/07/2025;;9;Lise Champ;lise@champ.example;a.pdf",
    "216299O2400010;Commune de Val;10/06/2025;01/07/2025;;12;Marc Val;marc@val.example;b.pdf",
)


@pytest.fixture(scope="module")
def plateforme(
    origine: Plateforme, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Plateforme]:
    """La sienne : des conventions y naissent."""
    with une_copie(origine, tmp_path_factory.mktemp("reprises") / "donnees") as copie:
        yield copie


def fichier(nom: str, octets: bytes) -> Any:
    return {"name": nom, "mimeType": "application/octet-stream", "buffer": octets}


def copies() -> bytes:
    flux = io.BytesIO()
    with zipfile.ZipFile(flux, "w") as archive:
        archive.writestr("a.pdf", b"%PDF-1.7 la convention de Champ, signee")
        archive.writestr("b.txt", b"pas un PDF")
    return flux.getvalue()


def envoyer(page: Any, bouton: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=bouton, exact=True).click()


def deposer(page: Any) -> None:
    page.goto("/cdg/conventions/")
    page.get_by_role("link", name="Reprendre des conventions signées").click()
    tableur = "\r\n".join([ENTETES, *LIGNES]).encode("cp1252")
    page.locator("[name=tableur]").set_input_files(fichier("conventions.csv", tableur))
    envoyer(page, "Relire ce tableur")
    page.get_by_text("Une lettre O à la place d’un zéro").wait_for()
    assert regarder(page) == []
    envoyer(page, "Corriger cette ligne")


def joindre(page: Any) -> None:
    page.get_by_role("link", name="Joindre un ZIP, voir les copies").click()
    page.locator("[name=zip]").set_input_files(fichier("copies.zip", copies()))
    envoyer(page, "Joindre ce ZIP")
    page.get_by_text("Ce fichier n’est pas un PDF").wait_for()
    assert regarder(page) == []
    page.get_by_role("link", name="Revenir").click()


def activer(page: Any) -> None:
    page.get_by_role("link", name="Composer une vague parmi 2 prêtes").click()
    page.locator("main [name=le]").fill(date.today().isoformat())
    page.get_by_label("Combien de conventions").fill("2")
    assert regarder(page) == []
    envoyer(page, "Composer cette vague")
    page.get_by_role("link", name="Vague 1, 2 conventions").click()
    page.get_by_role("link", name="Activer cette vague").click()
    assert regarder(page) == []
    envoyer(page, "Activer ces 2 conventions")


def est_terminee(page: Any) -> bool:
    page.reload()
    return "Terminée" in page.locator("main").inner_text()


def test_un_centre_reprend_ses_conventions(ouvrir: Any, plateforme: Plateforme) -> None:
    nadege = ouvrir()
    connecter(nadege, plateforme.compte("nadege"))

    deposer(nadege)
    joindre(nadege)
    activer(nadege)
    attendre(lambda: est_terminee(nadege))

    assert regarder(nadege) == []
    nadege.get_by_role("link", name="Commune de Champ").click()
    nadege.get_by_text("hors de Beffroi").first.wait_for()
    assert nadege.erreurs == []
