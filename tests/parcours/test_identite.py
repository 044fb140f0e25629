"""Une agente qui n'avait pas de clé en crée une, imprime son code de secours, et le recopie."""

import re

import pytest

from tests.parcours.conftest import connecter
from tests.parcours.gestes.surveillance import sans_faute

pytestmark = pytest.mark.lent

PHRASE = "quatre oies traversent la grand-place"
LENT_MS = 90_000


def test_yvette_cree_sa_cle_et_prouve_qu_elle_a_garde_sa_feuille(plateforme, ouvrir):
    yvette = connecter(ouvrir(), plateforme.compte("yvette"), vers="/cles/creer/")
    yvette.locator("#phrase").fill(PHRASE)
    yvette.locator("#phrase-encore").fill(PHRASE)
    yvette.get_by_role("button", name="Fabriquer ma clé").click()
    yvette.locator("[data-gardee]").wait_for(timeout=LENT_MS)
    code = yvette.locator("[data-code] b").all_inner_texts()
    assert [len(groupe) for groupe in code] == [4] * 7
    yvette.locator("[data-gardee]").click()

    recopier(yvette, ["0000"] * 7)
    yvette.get_by_text("Un groupe diffère de votre feuille").wait_for()
    # En minuscules : une feuille se recopie à la main.
    recopier(yvette, [groupe.lower() for groupe in code])
    yvette.wait_for_url("**/cles/")

    yvette.get_by_text("Recopié", exact=True).wait_for()
    assert yvette.get_by_text("Phrase de clé").count() == 1
    sans_faute(yvette)


def recopier(page, code):
    """Les quatre groupes que la page tire au sort."""
    for champ in page.locator("[data-groupes] .champ").all():
        rang = int(re.search(r"\d+", champ.locator("label").inner_text()).group())
        champ.locator("input").fill(code[rang - 1])
    page.get_by_role("button", name="Vérifier et terminer").click()
