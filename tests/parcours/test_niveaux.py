"""Prouver son entreprise : le défi signé d'un certificat d'essai, la lettre, la révocation."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from beffroi.personnes.niveaux.tests import gestes
from formats.signature.tests import pki
from tests.parcours.gestes.confirmation import rester_reconnue
from tests.parcours.gestes.connexion import connecter
from tests.parcours.regards import regarder
from tests.parcours.test_courriers import base
from tests.parcours.test_marches import envoyer, suivre
from tests.plateforme import Plateforme

CAPTURES = os.environ.get("BEFFROI_CAPTURES_DE_NIVEAUX", "")
DE_SOPHIE = (
    "SELECT e.reference, e.numero_d_entreprise FROM entreprises_equipe e "
    "JOIN entreprises_membre m ON m.equipe_id = e.id "
    "JOIN comptes_utilisateur u ON u.id = m.utilisateur_id "
    "WHERE u.courriel = ? AND m.jusqu_au IS NULL ORDER BY m.reconnu_par_id IS NULL, m.id"
)


@pytest.fixture(scope="module")
def plateforme(
    origine: Plateforme, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Plateforme]:
    """La sienne : l'exploitant y a posé une liste de confiance d'essai."""
    normes = gestes.poser_les_listes(tmp_path_factory.mktemp("normes"))
    copie = origine.copie(tmp_path_factory.mktemp("niveaux") / "donnees")
    copie.demarrer(BEFFROI_NORMES=normes)
    yield copie
    copie.arreter()


def voir(page: Any, nom: str) -> None:
    """La page tient, se lit, et se garde en image si on le demande."""
    assert regarder(page) == []
    for largeur in (1280, 360) if CAPTURES else ():
        page.set_viewport_size({"width": largeur, "height": 900})
        page.screenshot(path=f"{CAPTURES}/{nom}-{largeur}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})


def signer(defi: bytes, numero: str, fichier: Path) -> Path:
    """Dans un autre fil : celui du navigateur tient déjà une boucle, où pyHanko ne signe pas."""
    with ThreadPoolExecutor(1) as fil:
        signe = fil.submit(pki.pdf_signe, defi, par=gestes.certificat(numero)).result()
    fichier.write_bytes(signe)
    return fichier


def rendre(page: Any, fichier: Path) -> None:
    page.locator("input[type=file]").set_input_files(fichier)
    envoyer(page, "Vérifier et établir")


# Chaque jour, `personnes/niveaux` joue le défi, la preuve et la révocation par ses écrans.
@pytest.mark.long
def test_du_defi_signe_a_la_preuve_puis_a_sa_revocation(
    ouvrir: Any, plateforme: Plateforme, tmp_path: Path
) -> None:
    compte = plateforme.compte("sophie")
    [(equipe, siren), *_] = base(plateforme, DE_SOPHIE, compte["identifiant"])
    sophie = connecter(ouvrir(), compte, vers="/entreprise/")
    suivre(sophie, "Prouver votre entreprise")
    voir(sophie, "preuve")
    envoyer(sophie, "Préparer un défi")
    voir(sophie, "defi")
    with sophie.expect_download() as prise:
        sophie.get_by_role("link", name="Télécharger le défi (PDF)").click()
    defi = prise.value.path().read_bytes()

    rendre(sophie, signer(defi, "NTRFR-552100554", tmp_path / "autre.pdf"))
    sophie.get_by_text("celui d’une autre entreprise (552100554)").first.wait_for()
    voir(sophie, "defi-refuse")

    rendre(sophie, signer(defi, f"NTRFR-{siren}", tmp_path / "signe.pdf"))
    sophie.get_by_text("Entreprise prouvée").first.wait_for()
    voir(sophie, "prouvee")

    fanny = connecter(ouvrir(), plateforme.compte("fanny"), vers=f"/cdg/equipes/{equipe}/")
    voir(fanny, "centre-equipe")
    rester_reconnue(fanny)
    fanny.goto(f"/cdg/equipes/{equipe}/")
    fanny.get_by_role("link", name="Révoquer cette preuve").click()
    voir(fanny, "centre-revoquer")
    fanny.get_by_label("Pourquoi").fill("Certificat prêté à un tiers")
    envoyer(fanny, "Révoquer cette preuve")
    fanny.get_by_text("Certificat prêté à un tiers").first.wait_for()

    sophie.goto("/entreprise/preuve/")
    sophie.get_by_text("Certificat prêté à un tiers").first.wait_for()
    voir(sophie, "revoquee")


# Chaque jour, `personnes/niveaux` joue la lettre, de la demande au code, par ses écrans.
@pytest.mark.long
def test_la_lettre_se_demande_s_imprime_et_se_refuse(ouvrir: Any, plateforme: Plateforme) -> None:
    sophie = connecter(ouvrir(), plateforme.compte("sophie"), vers="/entreprise/preuve/")
    envoyer(sophie, "Demander la lettre")
    voir(sophie, "lettre-demandee")

    fanny = connecter(ouvrir(), plateforme.compte("fanny"), vers="/cdg/equipes/")
    voir(fanny, "centre-equipes")
    rester_reconnue(fanny)
    fanny.goto("/cdg/equipes/")
    fanny.get_by_role("link", name="Imprimer la lettre").first.click()
    voir(fanny, "centre-poster")
    fanny.get_by_label("Adresse lue dans Sirene").fill("1 place du Jeu\n62960 Bomy")
    with fanny.expect_download() as prise:
        fanny.get_by_role("button", name="Tirer le code et la lettre").click()
    lettre = prise.value.path().read_bytes()
    assert lettre.startswith(b"%PDF-")
    if CAPTURES:
        Path(CAPTURES, "lettre.pdf").write_bytes(lettre)

    sophie.goto("/entreprise/preuve/code/")
    voir(sophie, "code")
    sophie.get_by_label("Code de la lettre").fill("ABCD EFGH JKMN")
    envoyer(sophie, "Vérifier le code")
    sophie.get_by_text("n’est pas celui de la lettre").first.wait_for()
    voir(sophie, "code-faux")
