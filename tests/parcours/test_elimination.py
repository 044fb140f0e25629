"""Éliminer : un bordereau, le visa des Archives, la destruction,
le certificat, et un registre qui reste intact.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.parcours.gestes.connexion import connecter
from tests.parcours.regards import regarder
from tests.plateforme import Plateforme, attendre, une_copie

CONTRAT = "2026-022"
IL_Y_A_SIX_ANS = {"signe_le": "2020-01-06", "notifie_le": "2020-01-08"}
VISA = b"%PDF-1.7 visa du directeur des Archives departementales"
EFFACEES_S = 60


@pytest.fixture(scope="module")
def plateforme(
    origine: Plateforme, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Plateforme]:
    """La sienne : des pièces y sont détruites."""
    with une_copie(origine, tmp_path_factory.mktemp("elimination") / "donnees") as copie:
        yield copie


def lire(plateforme: Plateforme, requete: str, *valeurs: object) -> list[tuple[Any, ...]]:
    connexion = sqlite3.connect(plateforme.dossier / "beffroi.sqlite3", timeout=20, autocommit=True)
    try:
        return connexion.execute(requete, valeurs).fetchall()
    finally:
        connexion.close()


@contextmanager
def un_contrat_d_il_y_a_six_ans(plateforme: Plateforme) -> Iterator[str]:
    """L'horloge ne s'avance pas : c'est le contrat que l'on recule, le temps
    d'éliminer ; rend sa consultation.
    """
    requete = (
        "SELECT c.reference, m.signe_le, m.notifie_le FROM marches_marche m"
        " JOIN consultations_consultation c ON c.id = m.consultation_id WHERE m.numero = ?"
    )
    [(reference, *vraies)] = lire(plateforme, requete, CONTRAT)
    changer = "UPDATE marches_marche SET signe_le = ?, notifie_le = ? WHERE numero = ?"
    lire(plateforme, changer, *IL_Y_A_SIX_ANS.values(), CONTRAT)
    yield reference
    lire(plateforme, changer, *vraies, CONTRAT)


def envoyer(page: Any, bouton: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=bouton, exact=True).click()


def telecharger(page: Any, lien: str, vers: Path) -> bytes:
    with page.expect_download() as attendu:
        page.get_by_role("link", name=lien).click()
    attendu.value.save_as(vers)
    return vers.read_bytes()


def remplir_le_visa(page: Any, code: str) -> None:
    page.get_by_label("Code écrit sur le visa").fill(code)
    page.get_by_label("Qui a signé le visa").fill("Claire Monchy, directrice")
    page.get_by_label("Date du visa").fill(date.today().isoformat())
    visa = {"name": "visa.pdf", "mimeType": "application/pdf", "buffer": VISA}
    page.get_by_label("Le visa signé").set_input_files(visa)
    envoyer(page, "Déposer le visa")


# Chaque jour, `archives` joue le bordereau, le visa et le certificat par ses actes.
@pytest.mark.long
def test_du_bordereau_au_certificat_de_destruction(
    plateforme: Plateforme, ouvrir: Any, tmp_path: Path
) -> None:
    page = ouvrir()
    with un_contrat_d_il_y_a_six_ans(plateforme) as reference:
        connecter(page, plateforme.compte("martine"), vers="/archives/")
        assert "À éliminer" in page.locator("main tbody tr", has_text=reference).inner_text()
        page.locator("main tbody tr", has_text=reference).get_by_role("link").click()
        page.get_by_role("link", name="Voir ce qui peut s’éliminer").click()
        assert regarder(page) == []
        envoyer(page, "Établir le bordereau")

        cles = [
            cle
            for (cle,) in lire(plateforme, "SELECT cle_de_stockage FROM archives_pieceaeliminer")
        ]
        fichiers = [
            chemin for cle in cles for chemin in (plateforme.dossier / "fichiers").glob(f"{cle}*")
        ]
        assert len(fichiers) >= len(cles) > 0
        assert regarder(page) == []
        code = page.locator("dl.fiche strong").inner_text()
        assert telecharger(page, "Bordereau en PDF", tmp_path / "bordereau.pdf").startswith(b"%PDF")

        page.get_by_role("link", name="Déposer le visa").click()
        remplir_le_visa(page, "0123-4567-89AB-CDEF")
        page.get_by_text("autre liste").first.wait_for()
        assert regarder(page) == []
        remplir_le_visa(page, code)
        page.get_by_text("Le visa est reçu").wait_for()
        assert telecharger(page, "Télécharger le visa", tmp_path / "visa.pdf") == VISA
        assert all(chemin.exists() for chemin in fichiers)

        page.get_by_role("link", name="Détruire les pièces").click()
        page.get_by_text("On ne peut pas revenir en arrière").wait_for()
        assert regarder(page) == []
        envoyer(page, "Détruire")
        page.get_by_text("C’est détruit").wait_for()
        assert regarder(page) == []
        certificat = telecharger(page, "Certificat de destruction", tmp_path / "certificat.pdf")
        assert certificat.startswith(b"%PDF")
        attendre(lambda: not any(chemin.exists() for chemin in fichiers), delai_s=EFFACEES_S)
    verifiee = plateforme.verifier()
    assert verifiee.returncode == 0, verifiee.stdout + verifiee.stderr
    assert page.erreurs == []
