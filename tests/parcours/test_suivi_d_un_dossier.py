"""Télécharger sans rien dire, demander à être prévenu,
l'être quand le dossier change, et l'arrêter d'un clic.
"""

import re
import urllib.request

from playwright.sync_api import expect

from tests.parcours.gestes.connexion import connecter
from tests.parcours.gestes.courriels import lettre, texte_de
from tests.parcours.gestes.surveillance import sans_faute
from tests.parcours.regards import regarder

CURIEUSE = "curieuse@couverture.example"


def test_d_un_telechargement_anonyme_a_l_arret_en_un_clic(plateforme, ouvrir):
    reference = [c for c in plateforme.recit["consultations"] if c["etat"] == "publiee"][1][
        "reference"
    ]
    # Qui lit n'a pas besoin de JavaScript.
    lectrice = ouvrir(java_script_enabled=False)
    telecharger_sans_rien_dire(lectrice, reference)
    demander_a_etre_prevenue(lectrice)
    confirmer(
        lectrice, lien_dans(lettre(plateforme, CURIEUSE, "Confirmez"), "confirmer"), plateforme
    )

    martine = connecter(
        ouvrir(), plateforme.compte("martine"), vers=f"/consultations/{reference}/suivre/dossier/"
    )
    publier_une_version(martine)
    avis = lettre(plateforme, CURIEUSE, "Le dossier a changé")
    se_lit_par_tous(ouvrir(), avis, lettre(plateforme, CURIEUSE, "Confirmez"))

    dit_ce_que_dit_la_page(lectrice, avis, reference)
    arreter_en_un_clic(avis)
    lectrice.goto(avis["List-Unsubscribe"].strip("<>"))
    expect(lectrice.get_by_role("heading", level=1)).to_have_text("C’est déjà arrêté")
    lire_le_registre(martine, reference)


def telecharger_sans_rien_dire(page, reference):
    page.goto(f"/consultations/{reference}/documents/")
    with page.expect_download() as telechargement:
        page.get_by_role("link", name="Télécharger le dossier").click()
    assert telechargement.value.suggested_filename == f"dossier-{reference}.zip"
    assert page.context.cookies() == []


def demander_a_etre_prevenue(page):
    page.get_by_label("Votre adresse électronique").fill(CURIEUSE)
    page.get_by_label("Me prévenir si le dossier change").check()
    page.get_by_role("button", name="M’inscrire, puis télécharger").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vous êtes inscrit")
    with page.expect_download():
        page.get_by_role("link", name="Télécharger le dossier").click()


def confirmer(page, lien, plateforme):
    """Une messagerie qui visite le lien ne confirme rien ; le bouton, si."""
    urllib.request.urlopen(lien).close()
    page.goto(lien)
    page.get_by_role("button", name="Oui, prévenez-moi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mes suivis")


def se_lit_par_tous(page, avis, demande):
    """Les pages que seuls ouvrent les liens des courriels : axe, et rien qui déborde."""
    mes_suivis = texte_de(avis).partition("Voir tous vos suivis : ")[2].split()[0]
    for lien in (lien_dans(demande, "confirmer"), lien_dans(avis, "arreter"), mes_suivis):
        page.goto(lien)
        assert regarder(page) == [], lien


def publier_une_version(page):
    page.get_by_role("link", name=re.compile("^Remplacer")).first.click()
    page.set_input_files(
        "input[name=fichier]",
        {"name": "v2.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 v2"},
    )
    page.get_by_role("button", name="Préparer ce remplacement").click()
    page.get_by_role("link", name=re.compile("^Continuer vers la version")).click()
    page.locator("[name=explication]").fill("Une cote manquait.")
    page.locator("[name=portee][value=negligeable]").check()
    page.locator("[name=prolonger][value=non]").check()
    page.get_by_role("button", name=re.compile("^Publier la version")).click()
    page.wait_for_url("**/suivre/")
    sans_faute(page)


def lien_dans(recu, genre):
    return re.search(rf"https?://\S+/suivis/{genre}/\S+", texte_de(recu)).group()


def dit_ce_que_dit_la_page(page, recu, reference):
    page.goto(f"/consultations/{reference}/")
    lue = " ".join(page.locator("main").inner_text().split())
    jour, _, heure = (
        texte_de(recu)
        .partition("Heure limite : ")[2]
        .splitlines()[0]
        .replace("\xa0", " ")
        .partition(" à ")
    )
    assert reference in recu["Subject"] and reference in texte_de(recu)
    # La page tait des secondes nulles : c'est le même instant.
    assert jour in lue.lower() and heure.split()[0].removesuffix(":00") in lue


def arreter_en_un_clic(recu):
    """Ce que fait une messagerie : un envoi, sans cookie, sans rien lire (RFC 8058)."""
    assert recu["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    envoi = urllib.request.Request(
        recu["List-Unsubscribe"].strip("<>"), data=b"List-Unsubscribe=One-Click"
    )
    with urllib.request.urlopen(envoi) as reponse:
        assert reponse.status == 200


def lire_le_registre(page, reference):
    page.goto(f"/consultations/{reference}/suivre/")
    page.get_by_role("link", name="Registre des retraits").click()
    expect(page.get_by_role("cell", name="Anonyme")).not_to_have_count(0)
    assert CURIEUSE in page.locator("main").inner_text()
    page.get_by_role("button", name="Sceller le registre au journal").click()
    with page.expect_download() as telechargement:
        page.get_by_role("link", name="CSV").click()
    assert telechargement.value.suggested_filename == f"retraits-{reference}.csv"
    sans_faute(page)
