"""L'appel annuel : un tableur d'effectifs relu, puis les exceptions décidées au téléphone."""

from datetime import date

from tests.parcours.gestes.connexion import connecter
from tests.parcours.regards import regarder

ANNEE = date.today().year
FAUX = "SIREN;Agents;Date\n123;dix;hier\n"
MOTIF = "Effectif demandé à la mairie au téléphone ce matin."


def deposer(page, octets):
    page.goto("/cdg/adherents/")
    page.get_by_role("link", name="Importer des effectifs").click()
    page.locator("[name=tableau]").set_input_files(
        {"name": "effectifs.csv", "mimeType": "text/csv", "buffer": octets}
    )
    with page.expect_navigation():
        page.get_by_role("button", name="Relire ce tableur").click()


def decider(page):
    with page.expect_navigation():
        page.get_by_role("button", name="Décider ensemble").click()


def test_un_tableur_se_relit_et_les_exceptions_se_decident_ensemble_au_telephone(
    ouvrir, plateforme
):
    page = ouvrir(largeur=360)
    connecter(page, plateforme.compte("nadege"))
    deposer(page, FAUX.encode("cp1252"))
    assert regarder(page) == []
    page.get_by_text("Un SIREN a 9 chiffres.").wait_for()
    assert page.get_by_role("button", name="Confirmer l’import").count() == 0

    page.goto("/cdg/contributions/")
    page.locator(f"main a[href='/cdg/contributions/{ANNEE}/']").first.click()
    page.get_by_role("heading", name="exceptions").wait_for()
    page.locator("#toutes").check()
    page.locator("main [name=motif]").fill("ok")
    decider(page)
    assert regarder(page) == []
    page.get_by_text("ne dit pas pourquoi").first.wait_for()

    page.locator("#toutes").check()
    page.locator("main [name=motif]").fill(MOTIF)
    decider(page)

    page.get_by_role("heading", name="Aucune exception").wait_for()
    page.get_by_role("link", name="Valider en premier").wait_for()
    assert page.erreurs == []
