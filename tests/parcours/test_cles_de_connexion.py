"""La clé d'accès comme second facteur : l'ajouter, la renommer, se connecter avec, la retirer."""

from tests.parcours.gestes.cles import ajouter_une_cle_de_connexion, mots
from tests.parcours.gestes.connexion import connecter, valider
from tests.parcours.gestes.surveillance import sans_faute

LISTE = "/compte/second-facteur/cles/"


def test_une_cle_d_acces_se_nomme_sert_a_se_connecter_et_se_retire(plateforme, ouvrir):
    lucie = connecter(ouvrir(), plateforme.compte("lucie"), vers=f"{LISTE}ajouter/")
    appareil = ajouter_une_cle_de_connexion(lucie, "Téléphone")
    lucie.goto(LISTE)
    lucie.get_by_role("link", name="Renommer").click()
    lucie.locator("main [name=name]").fill("Téléphone bleu")
    lucie.get_by_role("button", name="Garder ce nom").click()
    lucie.get_by_role("strong").filter(has_text="Téléphone bleu").wait_for()

    se_deconnecter(lucie)
    se_connecter_par_la_cle(lucie, plateforme.compte("lucie"))
    lucie.goto(LISTE)
    lucie.get_by_text("Dernier usage").wait_for()
    assert len(appareil.cles()) == 1

    lucie.get_by_role("link", name="Retirer").click()
    lucie.get_by_role("button", name="Retirer cette clé").click()
    lucie.goto(LISTE)
    lucie.get_by_text(mots("Vous n'avez pas de clé d'accès")).wait_for()
    sans_faute(lucie)


def se_deconnecter(page):
    page.goto("/compte/deconnexion/")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").click()


def se_connecter_par_la_cle(page, compte):
    page.goto("/compte/connexion/")
    page.fill("input[name=login]", compte["identifiant"])
    page.fill("input[name=password]", compte["mot_de_passe"])
    valider(page)
    with page.expect_navigation():
        page.get_by_role("button", name=mots("Présenter une clé d'accès")).click()
    assert "/connexion/" not in page.url
