"""À dix minutes de l'heure limite :
un appel auquel on répond, et un incident, de l'annonce à la prolongation.
"""

import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.parcours.gestes.connexion import connecter
from tests.parcours.gestes.courriels import lettre, texte_de
from tests.parcours.regards import regarder
from tests.plateforme import Plateforme, une_copie

SECONDES_POUR_REPONDRE = 20
TELEPHONE_DE_SOPHIE = "06 55 98 76 54"  # celui qu'elle a laissé à l'assistance
SIRET_DE_ZOE = "99910002700013"


@pytest.fixture(scope="module")
def plateforme(
    origine: Plateforme, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Plateforme]:
    """La sienne : l'heure limite de la première consultation y tombe dans une heure."""
    with une_copie(origine, tmp_path_factory.mktemp("assistance") / "donnees") as copie:
        limite = f"{datetime.now(UTC) + timedelta(hours=1):%Y-%m-%d %H:%M:%S}"
        base = sqlite3.connect(copie.dossier / "beffroi.sqlite3", timeout=20, autocommit=True)
        base.execute(
            "UPDATE consultations_consultation SET date_limite_remise = ? WHERE reference = ?",
            (limite, copie.consultation("publiee")["reference"]),
        )
        base.close()
        yield copie


def repondre(page: Any, dit: str) -> str:
    """De ce que la personne dicte à la phrase que l'agent lui lit :
    moins de vingt secondes, frappe comprise.
    """
    debut = time.monotonic()
    page.goto("/cdg/assistance/depot/")
    page.locator("input:focus").wait_for()  # le champ a le focus : rien à chercher
    page.keyboard.type(dit)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    phrase = page.locator(".pieces li").first.inner_text()
    assert time.monotonic() - debut < SECONDES_POUR_REPONDRE
    return str(phrase)


def test_un_appel_a_onze_heures_cinquante(ouvrir: Any, plateforme: Plateforme) -> None:
    fanny = connecter(ouvrir(), plateforme.compte("fanny"))
    reference = plateforme.consultation("publiee")["reference"]

    deposee = repondre(fanny, SIRET_DE_ZOE)
    assert "Oui, déposée le" in deposee and reference in deposee
    recepisse = deposee.partition("Récépissé ")[2].split(".")[0]
    assert f"Récépissé {recepisse}" in repondre(fanny, recepisse)

    assert "rien n’est arrivé" in repondre(fanny, TELEPHONE_DE_SOPHIE)
    fanny.locator(".pieces li").first.get_by_role("link").click()
    fanny.get_by_role("heading", name="Ce qu’elle voit en ce moment").wait_for()
    assert fanny.get_by_text("Rien n’est encore déposé").is_visible()
    assert fanny.get_by_role("cell", name="Réponse commencée").is_visible()
    assert fanny.locator("main .taches a, main [data-situation] a").count() == 0
    assert regarder(fanny) == []

    fanny.get_by_role("link", name="Noter l’appel").click()
    fanny.get_by_label("Ce qu’elle demande").fill("Où cliquer pour déposer ?")
    fanny.get_by_role("button", name="Garder cette note").click()
    fanny.get_by_text("Heure limite proche").wait_for()
    assert fanny.get_by_role("link", name="comme elle la voit").is_visible()
    assert regarder(fanny) == []
    fanny.goto("/cdg/assistance/")
    assert "Urgente" in fanny.locator("tbody tr").first.inner_text()


def telecharger(page: Any, reference: str) -> None:
    """Le dossier, en demandant à être prévenue s'il change."""
    page.goto(f"/consultations/{reference}/etre-averti/")
    page.get_by_label("Me prévenir à").check()
    with page.expect_navigation():
        page.locator("form", has=page.locator("#prevenir-compte")).get_by_role(
            "button"
        ).first.click()


def manquer(plateforme: Plateforme) -> None:
    """La sonde a manqué trois essais de suite :
    ce qu'elle écrit quand elle ne peut plus déposer.
    """
    base = sqlite3.connect(plateforme.dossier / "beffroi.sqlite3", timeout=20, autocommit=True)
    for rang in range(3):
        le = f"{datetime.now(UTC) - timedelta(seconds=3 - rang):%Y-%m-%d %H:%M:%S.%f}"
        base.execute(
            "INSERT INTO sonde_mesure (commencee_le, reussie, etape, phrase, durees, duree_ms, "
            "recepisse, origine, notee_le)"
            " VALUES (?, 0, 'depot', 'la plateforme a répondu 503', '{}', 9, '', 'mesuree', ?)",
            (le, le),
        )
    base.close()


def annoncer(page: Any) -> None:
    """De la panne que la sonde mesure à l'annonce : l'heure du premier essai manqué y est déjà."""
    page.goto("/cdg/supervision/")
    page.get_by_text("Déposer ne marche plus").wait_for()
    assert regarder(page) == []
    page.get_by_role("link", name="Annoncer l").click()
    page.get_by_label("En une ligne").fill("Les envois s'arrêtent")
    page.locator("main [name=texte]").fill(
        "Les envois de fichiers s'arrêtent. Déposer reste possible."
    )
    page.get_by_role("button", name="Publier l’annonce").click()
    page.get_by_text("L’annonce est en ligne").wait_for()


def test_un_incident_de_la_panne_mesuree_a_la_prolongation(
    ouvrir: Any, plateforme: Plateforme
) -> None:
    fanny, martine = ouvrir(), ouvrir(largeur=360)
    connecter(fanny, plateforme.compte("fanny"))
    reference = plateforme.consultation("publiee")["reference"]
    telecharger(connecter(ouvrir(), plateforme.compte("sophie")), reference)
    manquer(plateforme)
    annoncer(fanny)
    fanny.goto("/cdg/incidents/")
    fanny.get_by_role("button", name="Numéroter et voir ce qu’il touche").click()
    touchee = fanny.get_by_role("row").filter(has_text=reference)
    assert "À proposer" in touchee.inner_text()
    assert regarder(fanny) == []
    fanny.get_by_role("button", name="Proposer ").click()
    fanny.get_by_text("Acheteurs prévenus").wait_for()
    numero = fanny.url.rstrip("/").rpartition("/")[2]

    connecter(martine, plateforme.compte("martine"))
    assert numero in texte_de(
        lettre(plateforme, "martine@bomy.example", plateforme.consultation("publiee")["titre"])
    )
    martine.goto("/a-faire/")
    martine.locator(f"main a[href='/consultations/{reference}/incident/']").first.click()
    martine.get_by_role("heading", name="Un incident avant votre heure limite").wait_for()
    assert regarder(martine) == []
    with martine.expect_navigation():
        martine.get_by_role("button", name="Prolonger pour tous").click()
    assert martine.get_by_text("L’heure limite est prolongée").first.is_visible()

    public = ouvrir()
    public.goto(f"/consultations/{reference}/")
    assert numero in public.locator("main").inner_text()
    public.goto("/etat-du-service/")
    assert numero in public.locator("main").inner_text()
    fanny.reload()
    assert "Prolongée" in touchee.inner_text()
    assert numero in texte_de(
        lettre(plateforme, "sophie@faitage.example", "L'heure limite a changé")
    )
