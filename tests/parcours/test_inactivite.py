"""Un agent s'absente :
la page le prévient deux minutes avant, le laisse rester, et dit quand c'est trop tard.
"""

from datetime import timedelta

from tests.parcours.gestes.clavier import presser
from tests.parcours.gestes.connexion import connecter
from tests.parcours.gestes.surveillance import sans_faute
from tests.parcours.regards import regarder

PREAVIS = timedelta(minutes=2)


def s_absenter(page, minutes):
    """L'horloge de la page avance ; celle du serveur, non."""
    avis = page.locator("[data-presence]")
    assert not avis.is_visible()
    page.clock.fast_forward(
        int((timedelta(minutes=minutes) - PREAVIS).total_seconds() * 1000) + 1000
    )
    avis.wait_for()
    return avis


def test_un_agent_est_prevenu_puis_reste_ou_apprend_que_sa_seance_est_fermee(plateforme, ouvrir):
    page = connecter(ouvrir(), plateforme.compte("odile"))
    page.clock.install()
    page.goto("/a-faire/")
    minutes = int(page.locator("[data-presence]").get_attribute("data-minutes"))

    avis = s_absenter(page, minutes)
    assert "Votre séance se ferme" in avis.inner_text()
    assert regarder(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    presser(page, page.get_by_role("button", name="Rester connecté"))
    avis.wait_for(state="hidden")
    assert page.request.get("/a-faire/").url.endswith("/a-faire/")

    avis = s_absenter(page, minutes)
    page.context.clear_cookies()
    presser(page, page.get_by_role("button", name="Rester connecté"))
    page.get_by_text("Elle est fermée").wait_for()
    assert "Copiez ce que vous avez écrit" in avis.inner_text()
    assert regarder(page) == []
    assert page.erreurs == []


def test_une_entreprise_n_est_jamais_interrompue(plateforme, ouvrir):
    page = connecter(ouvrir(), plateforme.compte("lucie"), vers="/mes-reponses/")

    assert page.locator("[data-presence]").count() == 0
    sans_faute(page)
