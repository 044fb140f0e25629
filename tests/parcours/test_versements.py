"""Verser aux archives :
un paquet part par le dossier d'échange, revient refusé, se remet à la main, est pris en charge.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from beffroi.contrat.achevement.tests.ecrans import SIGNEE
from formats.seda.tests.reponses import UNITES, accuse, refus, reponse
from tests.parcours.ecran import Objets
from tests.parcours.gestes.connexion import connecter
from tests.parcours.regards import regarder
from tests.plateforme import Plateforme

ATTENTE_S = 240


@pytest.fixture(scope="module")
def sae(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ce que le système d'archivage relève, et ce qu'il écrit."""
    dossier = tmp_path_factory.mktemp("sae")
    for nom in ("entrants", "reponses"):
        (dossier / nom).mkdir()
    return dossier


@pytest.fixture(scope="module")
def plateforme(
    origine: Plateforme, sae: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Plateforme]:
    copie = origine.copie(tmp_path_factory.mktemp("versements") / "donnees")
    copie.demarrer(
        BEFFROI_ARCHIVAGE_DOSSIER=str(sae / "entrants"),
        BEFFROI_ARCHIVAGE_REPONSES=str(sae / "reponses"),
    )
    try:
        yield copie
    finally:
        copie.arreter()


# Chaque jour, `versements` joue la demande et la prise en charge par ses actes.
@pytest.mark.long
def test_un_paquet_de_la_demande_a_la_prise_en_charge(
    plateforme: Plateforme, sae: Path, ouvrir: Any, tmp_path: Path
) -> None:
    page, fautes = (
        connecter(ouvrir(), plateforme.compte("martine"), vers="/archives/versements/"),
        list[str](),
    )
    fautes += vues(page)
    consultation = SIGNEE(Objets(plateforme.dossier, plateforme.recit))["reference"]
    page.goto(f"/archives/consultations/{consultation}/")
    page.get_by_role("button", name="Préparer un paquet").click()
    attendre(page, lambda dit: "Établi" in dit)
    fautes += vues(page)
    page.get_by_role("link", name="Verser : ").click()
    fautes += vues(page)

    paquet = page.url.rstrip("/").split("/")[-2]
    (sae / "reponses" / f"{paquet}.xml").write_bytes(refus(paquet))
    page.get_by_role("button", name="Verser au service d").click()
    fautes += vues(page)
    dit = attendre(page, lambda dit: "Refusé" in dit)
    assert "Règle DUA-5-ANS inconnue" in dit
    fautes += vues(page)
    assert len(list((sae / "entrants").glob(f"{paquet}-*.zip"))) == 1

    page.get_by_role("link", name="Verser de nouveau").click()
    page.get_by_label("À qui, quand et comment").fill("à Claire Monchy, sur une clé")
    page.get_by_role("button", name="J’ai remis ce paquet").click()
    fautes += vues(page)
    page.get_by_role("link", name="Abandonner ce versement").click()
    fautes += vues(page)
    page.go_back()
    deposer(page, tmp_path, reponse("PQ-AUTRE222"))
    assert page.get_by_text("celle du transfert « PQ-AUTRE222 »").count()
    fautes += vues(page)
    page.get_by_role("link", name="Revenir au versement").click()
    for recu in (accuse(paquet), reponse(paquet, unites=UNITES)):
        deposer(page, tmp_path, recu)
    assert "cote 3 E 118" in page.locator("main").inner_text()
    fautes += vues(page)
    page.get_by_role("link", name="Versements", exact=True).click()
    assert page.locator("main table").inner_text().count("Pris en charge par") == 2
    fautes += vues(page)
    assert (fautes, page.erreurs) == ([], [])


def vues(page: Any) -> list[str]:
    return [f"{page.url} : {faute}" for faute in regarder(page)]


def deposer(page: Any, dossier: Path, octets: bytes) -> None:
    """Par le lien de la page du versement ; la page d'après est là quand l'appel revient."""
    fichier = dossier / "reponse.xml"
    fichier.write_bytes(octets)
    page.get_by_role("link", name="Déposer la réponse").click()
    page.locator("main [name=fichier]").set_input_files(fichier)
    page.get_by_role("button", name="Déposer la réponse").click()


def attendre(page: Any, est_la: Callable[[str], bool]) -> str:
    """Recharge jusqu'à ce que l'ouvrier ait fait son travail."""
    fin = time.monotonic() + ATTENTE_S
    while not est_la(dit := str(page.locator("main").inner_text())):
        assert "Arrêté" not in dit and time.monotonic() < fin, dit
        time.sleep(1)
        page.reload()
    return dit
