"""L'annuaire, du tableau importé à l'effectif qu'un adhérent déclare lui-même."""

from tests.parcours.depot import fichiers
from tests.parcours.gestes.connexion import connecter
from tests.parcours.regards import regarder

FAUX = "siren;nom;nature\n999630114;Commune d'Import;commune\n999630115;Commune fausse;royaume\n"
JUSTE = "N° SIREN,Dénomination,Type\n999 630 114,Commune d'Import-sur-Lys,Mairie\n"


def deposer(page, nom, octets):
    page.goto("/cdg/adherents/importer/")
    page.locator("[name=tableau]").set_input_files(
        {"name": nom, "mimeType": "text/csv", "buffer": octets}
    )
    with page.expect_navigation():
        page.get_by_role("button", name="Relire ce tableau").click()


def test_un_tableau_faux_se_corrige_puis_entre_d_un_coup(ouvrir, plateforme):
    page = ouvrir()
    connecter(page, plateforme.compte("nadege"))
    deposer(page, "faux.csv", FAUX.encode())
    assert regarder(page) == []
    page.get_by_text("n’est pas une nature connue").wait_for()
    assert page.get_by_role("button", name="Confirmer l’import").count() == 0

    deposer(page, "juste.csv", JUSTE.encode("cp1252"))
    assert regarder(page) == []
    with page.expect_navigation():
        page.get_by_role("button", name="Confirmer l’import").click()

    page.goto("/cdg/adherents/?q=import-sur")
    page.get_by_role("link", name="Commune d’Import-sur-Lys").wait_for()
    assert page.erreurs == []


def test_l_adherent_declare_son_effectif_et_le_centre_le_lit(ouvrir, plateforme, tmp_path):
    commune, centre = ouvrir(largeur=360), ouvrir()
    connecter(commune, plateforme.compte("odile"))
    connecter(centre, plateforme.compte("nadege"))
    etat = fichiers(tmp_path, etat_du_personnel=2_000)["etat_du_personnel"]
    commune.get_by_text("Plus", exact=True).first.click()
    commune.get_by_role("link", name="Adhésion").first.click()
    commune.get_by_role("link", name="Déclarer notre effectif").click()
    commune.locator("[name=agents]").fill("environ 400")
    declarer(commune, etat)
    commune.get_by_text("et non « environ 400 »").first.wait_for()
    assert commune.locator("[name=agents]").input_value() == "environ 400"

    commune.locator("[name=agents]").fill("9")
    declarer(commune, etat)

    commune.get_by_text("9 agents").first.wait_for()
    centre.goto("/cdg/adherents/216200691/")
    centre.get_by_text("par Odile Fasquelle").wait_for()
    with centre.expect_download() as telechargement:
        centre.get_by_role("link", name=etat.name).click()
    assert telechargement.value.path().read_bytes() == etat.read_bytes()
    assert commune.erreurs + centre.erreurs == []


def declarer(page, document):
    page.locator("[name=constate_le]").fill("2026-01-05")
    page.locator("[name=justificatif]").set_input_files(str(document))
    with page.expect_navigation():
        page.get_by_role("button", name="Déclarer cet effectif").click()
