"""La grille montre la pièce qui manque ; une lettre la demande à toutes ;
qui répond est admise, l'autre est écartée.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.parcours.depot import texte
from tests.parcours.gestes import acheteur
from tests.parcours.gestes.confirmation import rester_reconnue
from tests.parcours.gestes.connexion import connecter
from tests.parcours.gestes.surveillance import sans_faute
from tests.parcours.regards import regarder
from tests.parcours.scenes import consultation_close
from tests.parcours.test_deux_temps import ouvrir_en_seance
from tests.plateforme import Plateforme, une_copie

MANQUE = "Capacités du candidat"
MOTIF = "Ses capacités, demandées de nouveau, ne sont pas venues."


@pytest.fixture(scope="module")
def plateforme(
    origine: Plateforme, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Plateforme]:
    """La sienne : une lettre y part, une décision s'y prend."""
    with une_copie(origine, tmp_path_factory.mktemp("candidatures") / "donnees") as copie:
        yield copie


# Chaque jour, `choix/candidatures` et `choix/echanges` jouent la demande, la réponse et
# l'admission par leurs écrans.
@pytest.mark.long
def test_une_piece_manque_se_demande_l_une_repond_et_est_admise_l_autre_est_ecartee(
    plateforme, ouvrir
):
    close = consultation_close(plateforme, politique="standard")
    helene, bernard, martine = (
        connecter(
            ouvrir(), plateforme.compte(nom), vers=f"/consultations/{close.reference}/suivre/"
        )
        for nom in ("helene", "bernard", "martine")
    )
    ouvrir_en_seance(plateforme, helene, bernard, close.reference, attendues=2 * 2)
    voir_ce_qui_manque(martine, close.reference)
    demander(martine)
    sophie = connecter(ouvrir(), plateforme.compte("sophie"), vers="/messages/")
    repondre(sophie)
    constater_et_admettre(martine, close.reference)
    ecarter(martine, close.reference)
    # La page a bien refusé d'écarter sans dire pourquoi : le navigateur le note, et rien d'autre.
    martine.console = [ligne for ligne in martine.console if "422" not in ligne]
    for page in (helene, bernard, martine, sophie):
        sans_faute(page)


def voir_ce_qui_manque(page: Any, reference: str) -> None:
    page.goto(f"/consultations/{reference}/suivre/")
    page.get_by_role("link", name="Examiner les candidatures").click()
    ligne = page.locator("tr", has_text="Faîtage")
    assert MANQUE in ligne.inner_text() and "Aucun fichier" in ligne.inner_text()
    assert regarder(page) == []


def demander(page: Any) -> None:
    """Aux deux entreprises, le même délai."""
    page.get_by_role("link", name="Demander ce qui manque").click()
    assert page.get_by_label(MANQUE, exact=True).count() == 2
    avant = datetime.now(acheteur.PARIS) + timedelta(days=2)
    page.locator("[name=jour_avant]").fill(avant.strftime("%Y-%m-%d"))
    page.locator("[name=heure_avant]").fill("12:00")
    assert regarder(page) == []
    page.get_by_role("button", name="Envoyer la demande").click()
    page.get_by_text("La demande est envoyée").wait_for()
    assert page.get_by_text("Réponse attendue").count() == 2


def repondre(page: Any) -> None:
    page.goto("/messages/")
    page.get_by_role(
        "link", name=re.compile("candidature est à compléter|Entretien des chemins")
    ).first.click()
    page.get_by_text(MANQUE).first.wait_for()
    page.locator("[name=texte]").fill("Voici la pièce demandée.")
    page.locator("[name=piece_1]").set_input_files(
        {
            "name": "capacités.pdf",
            "mimeType": "application/pdf",
            "buffer": b"%PDF-1.7 six personnes",
        }
    )
    page.get_by_role("button", name="Envoyer ma réponse").click()
    page.get_by_text("Votre réponse est reçue").wait_for()


def constater_et_admettre(page: Any, reference: str) -> None:
    page.goto(f"/consultations/{reference}/candidatures/")
    page.locator("tr", has_text="Faîtage").get_by_text("Répondu", exact=True).wait_for()
    page.get_by_role("link", name=re.compile("Faîtage")).first.click()
    page.get_by_role("link", name="capacités.pdf").wait_for()
    for groupe in page.locator("fieldset").all():
        groupe.get_by_label("Présente", exact=True).check()
    page.get_by_role("button", name=re.compile("Inscrire l.examen")).click()
    page.get_by_text(re.compile("L.examen est inscrit")).wait_for()
    assert regarder(page) == []
    rester_reconnue(page)
    page.goto(f"/consultations/{reference}/candidatures/")
    page.get_by_role("link", name=re.compile("Décider.*Faîtage")).click()
    page.get_by_label("Admise").check()
    page.get_by_role("button", name="Inscrire la décision").click()
    page.locator("tr", has_text="Faîtage").get_by_text("Admise", exact=True).wait_for()
    assert regarder(page) == []


def ecarter(page: Any, reference: str) -> None:
    """Sans réponse, l'autre est écartée : une base, un motif, et l'article qui la fonde."""
    rester_reconnue(page)
    page.goto(f"/consultations/{reference}/candidatures/")
    page.get_by_role("link", name=re.compile("Décider.*Zingueurs")).click()
    page.get_by_label("Écartée", exact=True).check()
    page.get_by_role("button", name="Inscrire la décision").click()
    page.get_by_text("Dites sur quelle base vous l").first.wait_for()
    page.locator("[name=base-0]").select_option("incomplete")
    page.locator("[name=motif-0]").fill(MOTIF)
    page.get_by_role("button", name="Inscrire la décision").click()
    page.locator("tr", has_text="Zingueurs").get_by_text("Écartée", exact=True).wait_for()
    page.get_by_role("link", name=re.compile("Zingueurs")).first.click()
    assert "CCP, art. R. 2144-7" in texte(page) and MOTIF in texte(page)
