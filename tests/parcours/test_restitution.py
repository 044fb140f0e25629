"""Tout récupérer : demander son archive, la télécharger, la vérifier sans réseau, en accuser réception."""

import hashlib
import time
from pathlib import Path
from typing import Any

import pytest

from tests.parcours.conftest import connecter
from tests.plateforme import Plateforme, beffroi

pytestmark = pytest.mark.lent
ATTENTE_S = 240


def test_une_archive_de_la_demande_a_la_reception(plateforme: Plateforme, ouvrir: Any, tmp_path: Path) -> None:
    page = connecter(ouvrir(), plateforme.compte("martine"), vers="/archives/")
    page.get_by_role("link", name="Tout récupérer en une archive").click()
    page.get_by_role("button", name="Préparer l").click()
    derniere = attendre_qu_elle_soit_prete(page)
    with page.expect_download() as attendu:
        derniere.get_by_role("link", name="Télécharger").click()
    archive = tmp_path / "archive.zip"
    attendu.value.save_as(archive)
    verifiee = beffroi("verifier", str(archive))
    assert verifiee.returncode == 0, verifiee.stdout + verifiee.stderr

    derniere.get_by_role("link", name="Accuser réception").click()
    page.get_by_label("Empreinte (SHA-256)").fill("00000000")
    page.get_by_role("button", name="Accuser réception").click()
    assert page.get_by_text("le téléchargement est incomplet").count()
    page.get_by_label("Empreinte (SHA-256)").fill(hashlib.sha256(archive.read_bytes()).hexdigest()[:8])
    page.get_by_role("button", name="Accuser réception").click()
    assert "Reçue" in page.locator("main tbody tr").first.inner_text()
    assert page.erreurs == []

    centre = connecter(ouvrir(), plateforme.compte("fanny"), vers="/cdg/restitutions/")
    assert "Reçue" in centre.locator("main tbody tr").first.inner_text()


def attendre_qu_elle_soit_prete(page: Any) -> Any:
    """La ligne de la dernière archive demandée, une fois que l'ouvrier l'a écrite."""
    fin = time.monotonic() + ATTENTE_S
    while "Prête" not in (texte := page.locator("main tbody tr").first.inner_text()):
        assert "Arrêtée" not in texte and time.monotonic() < fin, texte
        time.sleep(1)
        page.reload()
    return page.locator("main tbody tr").first
