"""De « À faire » à l'avis d'attribution envoyé : compléter, écrire, joindre la preuve ; puis le rapport, établi et communiqué."""

import pytest
from playwright.sync_api import expect

from tests.parcours.conftest import connecter
from tests.parcours.ecran import Objets
from tests.parcours.ecrans_des_achevements import CONTRAT, SIGNEE
from tests.parcours.test_ecrans import regarder
from tests.parcours.test_publicite import TRIBUNAL, envoyer_a_la_main, retenir
from tests.plateforme import une_copie

pytestmark = pytest.mark.lent


@pytest.fixture(scope="module")
def plateforme(origine, tmp_path_factory):
    with une_copie(origine, tmp_path_factory.mktemp("achevement") / "donnees") as copie:
        yield copie


@pytest.fixture(scope="module")
def objets(plateforme):
    return Objets(plateforme.dossier, plateforme.recit)


@pytest.fixture
def page(plateforme, ouvrir):
    page = ouvrir()
    connecter(page, plateforme.compte("martine"))
    return page


def test_du_contrat_signe_a_l_avis_envoye_et_au_rapport_communique(page, objets):
    page.goto(f"/acheteur/marches/{CONTRAT(objets)['reference']}/")
    page.get_by_role("link", name="Avis d’attribution", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Avis d’attribution")
    reference = SIGNEE(objets)["reference"]
    dire_le_tribunal(page, reference)
    avis = ecrire_l_avis(page, reference)
    retenir(page, "Journal officiel de l'Union")
    envoyer_a_la_main(page, avis)
    page.goto(f"/consultations/{reference}/avis-d-attribution/")
    expect(page.get_by_text("dans le délai")).to_have_count(2)
    etablir_et_communiquer(page, reference)


def dire_le_tribunal(page, reference):
    page.goto(f"/consultations/{reference}/publicite/coordonnees/")
    for nom, valeur in TRIBUNAL.items():
        page.locator(f"[name={nom}]").fill(valeur)
    page.locator("[name=tribunal_code_nuts]").select_option(label="Nord")
    page.get_by_role("button", name="Garder ces coordonnées").click()
    page.wait_for_url("**/publicite/")


def ecrire_l_avis(page, reference):
    """Le lot dont rien n'est parti est déjà coché ; ce que l'avis d'avant disait de l'entreprise est déjà là."""
    page.goto(f"/consultations/{reference}/avis-d-attribution/europeenne/")
    assert page.get_by_label("Ville").input_value() == "Aire-sur-la-Lys"
    assert regarder(page) == []
    page.get_by_role("button", name="Écrire cet avis").click()
    page.get_by_text("L’avis est écrit").wait_for()
    return page.url


def etablir_et_communiquer(page, reference):
    page.goto(f"/consultations/{reference}/rapport-de-presentation/")
    page.get_by_label("Conflits d’intérêts décelés").fill("Aucun évaluateur n'a de lien avec une entreprise.")
    page.get_by_role("button", name="Établir cette version").click()
    page.get_by_text("La version 2 du rapport est établie").wait_for()
    page.get_by_role("link", name="Noter un envoi de la version 2").click()
    page.get_by_label("Le préfet, avec les pièces du contrat").check()
    page.locator("[name=faite_le]").fill(
        page.evaluate("new Date().toLocaleDateString('sv', {timeZone: 'Europe/Paris'})")
    )
    page.get_by_role("button", name="Noter l’envoi").click()
    expect(page.get_by_text("Le préfet, avec les pièces du contrat")).to_be_visible()
