"""Le dépôt d'essai, du lien de la consultation au récépissé et à l'ouverture, sans compte."""

import re
import time

import pytest

from formats.tests.exemples import texte as texte_du_pdf
from tests.parcours.depot import attendre_le_script, choisir, fichiers, texte
from tests.parcours.regards import AXE, DEBORDE, PASSER_AXE, REGLES

PREPARATION_S = 240
COMMENCER = re.compile("Commencer l.essai")

# L'espace d'essai coûte deux processus de plus. Chaque jour, `service/essai/tests/test_espace.py`
# y entre, y dépose et y ouvre par ses actes et ses pages.
pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def plateforme(origine, tmp_path_factory):
    copie = origine.copie(tmp_path_factory.mktemp("avec-essai") / "donnees")
    copie.avec_essai = True
    copie.demarrer()
    yield copie
    copie.arreter()


def arriver(page, plateforme):
    """À l'espace d'essai, par le lien de la consultation, dès qu'il est prêt."""
    page.goto(f"/consultations/{plateforme.consultation('publiee')['reference']}/")
    echeance = time.monotonic() + PREPARATION_S
    while not page.get_by_role("button", name=COMMENCER).count():
        assert time.monotonic() < echeance, texte(page)
        page.wait_for_timeout(1000)
        page.goto("/essai/depot/")
    return page.url.split("/essai/")[0]


def sans_reproche(page):
    """Axe, rien qui déborde sur un petit écran, ESSAI dans le titre et dans la page."""
    page.set_viewport_size({"width": 360, "height": 640})
    assert not page.evaluate(DEBORDE)
    page.evaluate(AXE)
    assert page.evaluate(PASSER_AXE, REGLES) == []
    assert page.title().startswith("ESSAI – ")
    assert page.locator(".filigrane").is_visible()
    page.set_viewport_size({"width": 1280, "height": 900})


def test_du_lien_de_la_consultation_au_recepisse_et_a_l_ouverture_sans_compte(
    plateforme, ouvrir, tmp_path
):
    page, visitees = ouvrir(), []
    page.on("framenavigated", lambda cadre: visitees.append(cadre.url))
    espace = arriver(page, plateforme)
    sans_reproche(page)
    acte = fichiers(tmp_path, acte_engagement=20_000)["acte_engagement"]

    page.get_by_role("button", name=COMMENCER).press("Enter")
    page.wait_for_url("**/deposer/")
    page.locator("main form input[type=checkbox]").first.check()
    page.locator("button", has_text="Commencer").click()
    page.wait_for_url("**/reponses/R-*/")
    reponse = page.url
    page.goto(f"{reponse}pieces/lot-1/")
    attendre_le_script(page)
    choisir(page, acte)
    page.locator("[data-compte]", has_text="1 fichier reçu").wait_for(timeout=60_000)
    page.goto(f"{reponse}verifier/")
    attendre_le_script(page)
    page.locator("[data-deposer]").click()
    page.wait_for_url("**/depots/D-*/", timeout=60_000)
    recepisse = page.url

    assert "Récépissé d'essai" in texte(page)
    assert not [adresse for adresse in visitees if "/compte/" in adresse]
    sans_reproche(page)
    with page.expect_download() as papier:
        page.get_by_role("link", name=re.compile("Récépissé .PDF")).click()
    assert "ESSAI" in texte_du_pdf(papier.value.path().read_bytes())
    page.get_by_role("link", name=re.compile("Ouvrir ma réponse d.essai")).click()
    page.wait_for_url("**/ouverte/")
    assert "acte-engagement.pdf" in texte(page) and "Intacte" in texte(page)
    sans_reproche(page)
    page.goto(f"{espace}/essai/depot/courriels/")
    assert "ESSAI : Récépissé" in texte(page)
    sans_reproche(page)
    le_recepisse_d_essai_ne_trompe_personne(page, recepisse, [espace, plateforme.adresse], tmp_path)
    assert page.erreurs == []


def le_recepisse_d_essai_ne_trompe_personne(page, recepisse, sites, tmp_path):
    """Ni à l'essai, ni sur la plateforme, il ne passe pour un vrai."""
    page.goto(recepisse)
    with page.expect_download() as preuves:
        page.get_by_role("link", name=re.compile("Récépissé et preuves")).click()
    preuves.value.save_as(tmp_path / "recu.zip")
    for site in sites:
        page.goto(f"{site}/verifier/")
        page.locator("html[data-verification=prete]").wait_for()
        page.locator("#recu").set_input_files(str(tmp_path / "recu.zip"))
        page.locator("[data-resultat] .banniere-attention").wait_for()
        assert "est un récépissé d'essai" in texte(page)


def test_la_seance_de_la_plateforme_survit_a_l_essai(plateforme, ouvrir):
    """Deux instances sur une même machine : leurs témoins de connexion ont chacun leur nom."""
    page = ouvrir()
    arriver(page, plateforme)
    page.get_by_role("button", name=COMMENCER).click()
    page.wait_for_url("**/deposer/")

    noms = {temoin["name"] for temoin in page.context.cookies()}

    assert {"session-essai", "csrftoken-essai"} <= noms and "session" not in noms


def test_sans_script_l_essai_se_lit_et_dit_qu_il_faut_un_script_pour_sceller(plateforme, ouvrir):
    page = ouvrir(java_script_enabled=False)
    arriver(page, plateforme)
    page.get_by_role("button", name=COMMENCER).click()
    page.locator("main form input[type=checkbox]").first.check()
    page.locator("button", has_text="Commencer").click()
    page.goto(f"{page.url}pieces/lot-1/")

    assert "Ce navigateur ne peut pas sceller votre réponse" in texte(page)
