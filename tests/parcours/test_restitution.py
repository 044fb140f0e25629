"""Tout récupérer : son archive demandée, téléchargée, vérifiée sans réseau, reçue ; reprise et lue dans une autre instance."""

import hashlib
import json
import sqlite3
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from beffroi.cli import demo
from beffroi.restitution import forme
from tests.parcours.conftest import connecter
from tests.parcours.test_ecrans import regarder
from tests.plateforme import Plateforme, beffroi, une_copie

pytestmark = pytest.mark.lent
ATTENTE_S = 240


@pytest.fixture
def ailleurs(origine: Plateforme, tmp_path: Path) -> Iterator[Plateforme]:
    """Une seconde instance : sa base, ses fichiers, son adresse."""
    with une_copie(origine, tmp_path / "ailleurs") as copie:
        yield copie


def test_une_archive_de_la_demande_a_la_reception_puis_a_la_reprise_ailleurs(
    plateforme: Plateforme, ailleurs: Plateforme, ouvrir: Any, chromium: Any, tmp_path: Path
) -> None:
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
    with chromium.new_context(base_url=ailleurs.adresse, locale="fr-FR") as contexte:
        lire_ailleurs(contexte.new_page(), archive, plateforme, ailleurs)


def lire_ailleurs(page: Any, archive: Path, ici: Plateforme, la: Plateforme) -> None:
    """La commande reprend l'archive ; l'écran de l'autre instance en montre les consultations, et le même registre."""
    reglages = demo.reglages(la.dossier.resolve(), la.adresse, essai=False)
    faite = beffroi("archives", "importer", str(archive), **reglages)
    assert faite.returncode == 0, faite.stderr
    reference = ici.consultation("archivee")["reference"]
    attendu = registre_de(archive, reference)

    connecter(page, la.compte("martine"), vers="/archives/restitution/")
    page.get_by_role("link", name=ici.adresse).click()
    assert regarder(page) == []
    page.locator("main li", has_text=reference).get_by_role("link").click()
    page.get_by_text(f"reprises avec leurs preuves : {len(attendu)}").wait_for()
    assert regarder(page) == []
    with page.expect_download() as telecharge:
        page.locator("main li", has_text="Journal").get_by_role("link").first.click()
    lus = Path(telecharge.value.path()).read_text("utf-8")
    assert contenus(lus) == attendu == au_journal(ici, attendu)


def registre_de(archive: Path, reference: str) -> dict[int, str]:
    with zipfile.ZipFile(archive) as lue:
        pieces = json.loads(lue.read(forme.donnees_de(reference)))["pieces"]
        (journal,) = [piece["chemin"] for piece in pieces if piece["nom"] == forme.JOURNAL]
        return contenus(lue.read(journal).decode())


def contenus(lignes: str) -> dict[int, str]:
    return {dit["numero"]: dit["contenu"] for dit in map(json.loads, lignes.splitlines())}


def au_journal(plateforme: Plateforme, numeros: dict[int, str]) -> dict[int, str]:
    """Ce que la première instance tient, elle, à ces numéros."""
    with closing(sqlite3.connect(plateforme.dossier / "beffroi.sqlite3", timeout=20)) as base:
        places = ", ".join("?" * len(numeros))
        return dict(
            base.execute(f"SELECT numero, contenu FROM journal_ecriture WHERE numero IN ({places})", [*numeros])
        )


def attendre_qu_elle_soit_prete(page: Any) -> Any:
    """La ligne de la dernière archive demandée, une fois que l'ouvrier l'a écrite."""
    fin = time.monotonic() + ATTENTE_S
    while "Prête" not in (texte := page.locator("main tbody tr").first.inner_text()):
        assert "Arrêtée" not in texte and time.monotonic() < fin, texte
        time.sleep(1)
        page.reload()
    return page.locator("main tbody tr").first
