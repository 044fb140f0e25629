"""Relire au clavier : J, K, Entrée ;
les champs gardent leurs lettres, les raccourcis se coupent, et rien ne s'y enferme.
"""

from tests.parcours.gestes.connexion import connecter
from tests.parcours.gestes.surveillance import sans_faute

VISE = "document.activeElement.textContent.trim().slice(0, 12)"


def relire(ouvrir, plateforme):
    page = connecter(ouvrir(), plateforme.compte("claire"), vers="/cdg/relectures/")
    page.locator("[data-raccourcis]").wait_for()
    return page


def test_j_et_k_vont_d_un_point_a_l_autre_et_entree_ouvre(plateforme, ouvrir):
    page = relire(ouvrir, plateforme)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cdg/relectures/L-*/")
    prendre(page)

    page.keyboard.press("j")
    premier = page.evaluate(VISE)
    page.keyboard.press("j")
    second = page.evaluate(VISE)
    page.keyboard.press("k")

    assert premier != second
    assert page.evaluate(VISE) == premier
    sans_faute(page)


def test_entree_sur_un_paragraphe_mene_a_la_remarque_et_les_lettres_s_y_ecrivent(
    plateforme, ouvrir
):
    page = relire(ouvrir, plateforme)
    page.locator("[data-points] a").first.click()
    prendre(page)
    page.locator(".texte-relu > li").nth(1).focus()
    page.keyboard.press("Enter")
    page.keyboard.type("jk")

    assert page.locator("[name=paragraphe]").input_value() == "2"
    assert page.locator("textarea[name=texte]").input_value() == "jk"
    sans_faute(page)


def test_les_raccourcis_se_coupent_et_restent_coupes(plateforme, ouvrir):
    page = relire(ouvrir, plateforme)
    page.get_by_role("button", name="Couper les raccourcis").click()
    page.reload()
    page.get_by_role("button", name="Remettre les raccourcis").wait_for()
    page.keyboard.press("j")

    assert page.evaluate("document.activeElement === document.body")
    sans_faute(page)


def test_la_touche_tab_traverse_la_page_sans_s_arreter_aux_points(plateforme, ouvrir):
    page = relire(ouvrir, plateforme)
    page.locator("[data-points] a").first.click()
    page.locator("[data-raccourcis] button").focus()
    page.keyboard.press("Tab")

    assert page.evaluate(
        "document.activeElement.matches('a, button, input, textarea, select, summary')"
    )


def test_sans_script_la_page_marche_et_ne_parle_pas_de_raccourcis(plateforme, ouvrir):
    page = connecter(
        ouvrir(java_script_enabled=False), plateforme.compte("claire"), vers="/cdg/relectures/"
    )
    page.locator("[data-points] a").first.click()

    assert page.locator(".texte-relu > li").count() > 0
    assert not page.locator("[data-raccourcis]").is_visible()


def prendre(page):
    """La première personne qui passe s'en charge ; ensuite, c'est fait."""
    bouton = page.get_by_role("button", name="en charge")
    if bouton.count():
        bouton.click()
    page.locator("textarea[name=texte]").wait_for()
