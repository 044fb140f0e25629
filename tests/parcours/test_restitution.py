"""S'en aller : la convention finit, tout est rendu, reçu, repris et lu ailleurs ;
puis effacé, et l'ancienne adresse le dit.
"""

import hashlib
import json
import re
import sqlite3
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from beffroi.commandes.cli import demo
from beffroi.garde.restitution import forme
from formats.tests.exemples import texte as texte_du_pdf
from tests.parcours.gestes.confiance import connue
from tests.parcours.gestes.connexion import connecter
from tests.parcours.regards import regarder
from tests.parcours.scenes import mener_tout_a_son_terme
from tests.parcours.test_elimination import envoyer, lire, remplir_le_visa, telecharger
from tests.plateforme import Plateforme, attendre, une_copie
from tests.serveurs.souche import beffroi

ATTENTE_S = 240
CLOSE_S = 90
BOMY = "Commune de Bomy"


@pytest.fixture(scope="module")
def plateforme(
    origine: Plateforme, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Plateforme]:
    """La sienne : une convention y finit, et des pièces y sont détruites."""
    with une_copie(origine, tmp_path_factory.mktemp("restitution") / "donnees") as copie:
        yield copie


@pytest.fixture
def ailleurs(origine: Plateforme, tmp_path: Path) -> Iterator[Plateforme]:
    """Une seconde instance : sa base, ses fichiers, son adresse."""
    with une_copie(origine, tmp_path / "ailleurs") as copie:
        yield copie


# Chaque jour, `tests/restitutions` rend, reprend et efface par les actes et la commande.
@pytest.mark.long
def test_de_la_fin_de_la_convention_a_l_effacement_de_ce_qui_a_ete_rendu(
    plateforme: Plateforme, ailleurs: Plateforme, ouvrir: Any, chromium: Any, tmp_path: Path
) -> None:
    centre = connecter(ouvrir(), plateforme.compte("nadege"), vers="/cdg/conventions/?vue=liste")
    finir_la_convention(centre, plateforme, tmp_path)
    assert mener_tout_a_son_terme(plateforme) > 3
    centre.reload()
    assert centre.get_by_text("Aucune consultation publiée ne court").count() == 1

    page = connecter(ouvrir(), plateforme.compte("martine"), vers="/archives/")
    archive = recuperer(page, tmp_path)
    fanny = connecter(ouvrir(), plateforme.compte("fanny"), vers="/cdg/restitutions/")
    assert "Reçue" in fanny.locator("main tbody tr").first.inner_text()
    with chromium.new_context(base_url=ailleurs.adresse, locale="fr-FR") as contexte:
        lire_ailleurs(contexte.new_page(), archive, plateforme, ailleurs)

    reference = plateforme.consultation("archivee")["reference"]
    public = ouvrir()
    assert [public.goto(adresse).status for adresse in adresses(reference)] == [200] * 3
    effacer(page, plateforme, tmp_path, reference)
    for adresse in adresses(reference):
        assert public.goto(adresse).status == 410, adresse
        assert BOMY in public.locator("main").inner_text() and regarder(public) == []
    with chromium.new_context(base_url=ailleurs.adresse, locale="fr-FR") as contexte:
        la_bas = connecter(
            contexte.new_page(), ailleurs.compte("martine"), vers="/archives/restitution/"
        )
        la_bas.get_by_role("link", name=plateforme.adresse).click()
        assert la_bas.locator("main li", has_text=reference).count() == 1
    verifiee = plateforme.verifier()
    assert verifiee.returncode == 0, verifiee.stdout + verifiee.stderr
    assert page.erreurs == centre.erreurs == []


def adresses(reference: str) -> tuple[str, ...]:
    """La page, ses documents, l'adresse courte qu'un avis imprimé porte."""
    return (
        f"/consultations/{reference}/",
        f"/consultations/{reference}/documents/",
        f"/c/{reference}",
    )


def finir_la_convention(page: Any, plateforme: Plateforme, dossier: Path) -> None:
    """La lettre est arrivée il y a cent jours :
    le préavis est passé, et l'ouvrier clôt à sa ronde.
    """
    preuve = dossier / "avis-de-reception.pdf"
    preuve.write_bytes(b"%PDF-1.7 avis de reception")
    page.get_by_role("link", name=BOMY, exact=True).click()
    page.get_by_role("link", name="Finir la convention").click()
    page.get_by_role("link", name=re.compile("Noter la lettre.*se retire")).click()
    page.locator("main [name=recue_le]").fill((date.today() - timedelta(days=100)).isoformat())
    page.locator("main [name=fichier]").set_input_files(str(preuve))
    page.get_by_role("button", name="Garder la lettre").click()
    page.get_by_role("heading", name="La fin").wait_for()
    suspendu = "SELECT peut_creer_des_consultations FROM organismes_organisme WHERE nom = ?"
    attendre(lambda: lire(plateforme, suspendu, BOMY) == [(0,)], delai_s=CLOSE_S)


def recuperer(page: Any, dossier: Path) -> Path:
    """L'archive demandée, téléchargée, vérifiée sans réseau ;
    sa réception se prouve par son empreinte.
    """
    page.get_by_role("link", name="Tout récupérer en une archive").click()
    page.get_by_role("button", name="Préparer").click()
    derniere = attendre_qu_elle_soit_prete(page)
    archive = dossier / "archive.zip"
    with page.expect_download() as attendu:
        derniere.get_by_role("link", name="Télécharger").click()
    attendu.value.save_as(archive)
    verifiee = beffroi("verifier", str(archive), *connue(page, dossier))
    assert verifiee.returncode == 0, verifiee.stdout + verifiee.stderr

    derniere.get_by_role("link", name="Accuser réception").click()
    page.get_by_label("Empreinte (SHA-256)").fill("00000000")
    page.get_by_role("button", name="Accuser réception").click()
    assert page.get_by_text("le téléchargement est incomplet").count()
    page.get_by_label("Empreinte (SHA-256)").fill(
        hashlib.sha256(archive.read_bytes()).hexdigest()[:8]
    )
    page.get_by_role("button", name="Accuser réception").click()
    assert "Reçue" in page.locator("main tbody tr").first.inner_text()
    return archive


def effacer(page: Any, plateforme: Plateforme, dossier: Path, reference: str) -> None:
    """Le bordereau, le visa des Archives, la destruction ;
    le certificat nomme ce qui n'est plus ici.
    """
    page.locator("main tbody tr").first.get_by_role(
        "link", name="Effacer ce qui a été rendu"
    ).click()
    assert regarder(page) == []
    envoyer(page, "Établir le bordereau")
    cles = [
        cle for (cle,) in lire(plateforme, "SELECT cle_de_stockage FROM archives_pieceaeliminer")
    ]
    fichiers = [
        chemin for cle in cles for chemin in (plateforme.dossier / "fichiers").glob(f"{cle}*")
    ]
    assert len(fichiers) >= len(cles) > 10
    code = page.locator("dl.fiche strong").inner_text()
    page.get_by_role("link", name="Déposer le visa").click()
    remplir_le_visa(page, code)
    page.get_by_role("link", name="Détruire les pièces").click()
    envoyer(page, "Détruire")
    page.get_by_text("C’est détruit").wait_for()
    certificat = texte_du_pdf(
        telecharger(page, "Certificat de destruction", dossier / "certificat.pdf")
    )
    assert (
        "Certificat de destruction" in certificat
        and "Claire Monchy" in certificat
        and reference in certificat
    )
    attendre(lambda: not any(chemin.exists() for chemin in fichiers), delai_s=CLOSE_S)


def lire_ailleurs(page: Any, archive: Path, ici: Plateforme, la: Plateforme) -> None:
    """La commande reprend l'archive ;
    l'écran de l'autre instance en montre les consultations, et le même registre.
    """
    reglages = demo.reglages(la.dossier.resolve(), la.adresse)
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
        page.locator("main li", has_text="Journal de la procédure").get_by_role(
            "link"
        ).first.click()
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
            base.execute(
                f"SELECT numero, contenu FROM journal_ecriture WHERE numero IN ({places})",
                [*numeros],
            )
        )


def attendre_qu_elle_soit_prete(page: Any) -> Any:
    """La ligne de la dernière archive demandée, une fois que l'ouvrier l'a écrite."""
    fin = time.monotonic() + ATTENTE_S
    while "Prête" not in (texte := page.locator("main tbody tr").first.inner_text()):
        assert "Arrêtée" not in texte and time.monotonic() < fin, texte
        time.sleep(1)
        page.reload()
    return page.locator("main tbody tr").first
