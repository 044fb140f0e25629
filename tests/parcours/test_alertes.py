"""Chercher, recevoir la recherche par courriel en deux temps,
être averti de ce qui paraît, l'arrêter d'un clic.
"""

import re
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.parcours.gestes.connexion import connecter
from tests.parcours.gestes.surveillance import sans_faute
from tests.parcours.scenes import consultation_prete
from tests.parcours.test_suivi_d_un_dossier import arreter_en_un_clic, lettre, lien_dans, texte_de
from tests.plateforme import une_copie

CURIEUSE = "curieuse@couverture.example"


@pytest.fixture(scope="module")
def plateforme(origine, tmp_path_factory):
    """La sienne : ce qui y paraît écrit aux autres."""
    with une_copie(origine, tmp_path_factory.mktemp("alertes") / "donnees") as copie:
        yield copie


# Chaque jour, `publicite/alertes` joue la demande, l'annonce et l'arrêt par ses écrans, et un
# dossier suivi s'arrête au navigateur (`test_suivi_d_un_dossier.py`).
@pytest.mark.long
def test_d_une_recherche_a_l_arret_en_un_clic(plateforme, ouvrir):
    reference = consultation_prete(plateforme)
    # Qui cherche n'a pas besoin de JavaScript.
    lectrice = ouvrir(java_script_enabled=False)
    demander(lectrice)
    confirmation = lettre(plateforme, CURIEUSE, "Confirmez")
    confirmer(lectrice, lien_dans(confirmation, "confirmer"))

    publier(connecter(ouvrir(), plateforme.compte("martine"), vers="/a-faire/"), reference)
    alerte = lettre(plateforme, CURIEUSE, "Une nouvelle consultation : ")

    assert reference in texte_de(alerte) and "http" in texte_de(alerte)
    ne_va_rien_chercher(alerte)
    dit_ou_lire(lectrice, alerte, reference)
    arreter_en_un_clic(alerte)
    lectrice.goto(alerte["List-Unsubscribe"].strip("<>"))
    expect(lectrice.get_by_role("heading", level=1)).to_have_text("C’est déjà arrêté")


def demander(page):
    page.goto("/consultations/?q=toiture&etat=toutes")
    page.get_by_role("link", name="Recevoir ces consultations par courriel").click()
    expect(page.get_by_text("« toiture »")).to_be_visible()
    page.get_by_role("button", name="Recevoir ces consultations").click()
    expect(page.get_by_text("Donnez votre adresse électronique.").first).to_be_visible()
    page.get_by_label("Votre adresse électronique").fill(CURIEUSE)
    page.get_by_label("À l’instant").check()
    page.get_by_role("button", name="Recevoir ces consultations").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmez depuis votre courriel")
    assert page.context.cookies() == []


def confirmer(page, lien):
    urllib.request.urlopen(lien).close()
    page.goto(lien)
    page.get_by_role("button", name="Oui, prévenez-moi").click()
    expect(page.get_by_role("row", name=re.compile("toiture"))).to_have_count(1)


def publier(page, reference):
    page.goto(f"/consultations/{reference}/preparer/verifier/")
    page.get_by_role("link", name="Aller à la publication").click()
    page.get_by_role("button", name="Publier", exact=True).click()
    page.get_by_text("La consultation est publiée").wait_for()
    sans_faute(page)


def ne_va_rien_chercher(recu):
    """Ni image, ni feuille, ni lien qui compte les clics :
    les seules adresses sont celles du service.
    """
    page = recu.get_body(("html",)).get_content()
    assert not re.search(r"<(img|link|script|iframe)|url\(", page)
    assert not re.search(r"[?&](utm|mc_|track)", page)


def dit_ou_lire(page, recu, reference):
    page.goto(re.search(rf"https?://\S+/consultations/{reference}/", texte_de(recu)).group())
    assert reference in page.locator("main").inner_text()
    lue = " ".join(page.locator("main").inner_text().split()).lower()
    jour = texte_de(recu).partition("Heure limite : ")[2].partition(" à ")[0].replace("\xa0", " ")
    heure = re.search(r"à (\d\d:\d\d)", texte_de(recu)).group(1)
    assert jour in lue and heure in lue
    page.goto(texte_de(recu).partition("Voir tous vos suivis : ")[2].split()[0])
    expect(page.get_by_role("heading", level=1)).to_have_text("Mes suivis")
