"""Annoncer un achat européen, puis son attribution :
l'avis écrit, envoyé à la main avec sa preuve ; le rapport, ensuite.
"""

from datetime import datetime

import pytest
from playwright.sync_api import expect

from beffroi.contrat.achevement.tests.ecrans import CONTRAT, SIGNEE
from tests.parcours.ecran import Objets
from tests.parcours.gestes import acheteur
from tests.parcours.gestes.connexion import connecter
from tests.parcours.gestes.surveillance import sans_faute
from tests.parcours.regards import regarder

TRIBUNAL = {
    "tribunal_siret": "17590034400019",
    "tribunal_code_postal": "59014",
    "tribunal_ville": "Lille",
    "tribunal_courriel": "greffe@lille.example",
    "tribunal_telephone": "03 59 54 23 42",
}


def test_une_secretaire_annonce_en_europe_puis_en_france(plateforme, ouvrir):
    martine = connecter(ouvrir(), plateforme.compte("martine"), vers="/consultations/nouvelle/")
    reference = acheteur.repondre_aux_questions(martine, "Extension du groupe scolaire", ())
    passer_le_seuil_europeen(martine, reference)
    corriger_ce_qui_manque(martine, reference)
    europeen = ecrire(martine, reference, "l'avis européen")
    retenir(martine, "Journal officiel de l'Union")
    national = ecrire(martine, reference, "l'avis national")
    retenir(martine, "BOAMP")

    le_boamp_attend(martine, reference)
    envoyer_a_la_main(martine, europeen)
    le_boamp_attend(martine, reference, parce_que="sa réception n’est pas confirmée")
    paraitre(martine, europeen)

    martine.goto(f"/consultations/{reference}/preparer/verifier/")
    assert martine.get_by_text("L’avis européen d’abord").count() == 0
    envoyer_a_la_main(martine, national)
    sans_faute(martine)


def passer_le_seuil_europeen(page, reference):
    page.goto(f"/consultations/{reference}/preparer/montant/")
    page.locator("[name=estime]").fill("7 000 000")
    acheteur.continuer(page, "lots")


def corriger_ce_qui_manque(page, reference):
    """La mention qui manque mène où elle se corrige :
    le tribunal, que l'avis européen demande en entier.
    """
    page.goto(f"/consultations/{reference}/publicite/ecrire/europeenne/")
    page.locator("li", has_text="SIRET").get_by_role("link", name="Corriger").first.click()
    dire_le_tribunal(page)


def dire_le_tribunal(page):
    for nom, valeur in TRIBUNAL.items():
        page.locator(f"[name={nom}]").fill(valeur)
    page.locator("[name=tribunal_code_nuts]").select_option(label="Nord")
    page.get_by_role("button", name="Garder ces coordonnées").click()
    page.wait_for_url("**/publicite/")


def ecrire(page, reference, intitule):
    page.goto(f"/consultations/{reference}/publicite/")
    page.get_by_role("link", name=f"Écrire {intitule}".replace("'", "’")).click()
    page.get_by_role("button", name="Écrire cet avis").click()
    page.get_by_text("L’avis est écrit").wait_for()
    return page.url


def retenir(page, support):
    page.get_by_label(support.replace("'", "’")).check()
    page.get_by_role("button", name="Retenir ce support").click()
    page.get_by_text("puis joignez ici la preuve").wait_for()


def le_boamp_attend(page, reference, parce_que="l’avis n’y est pas encore envoyé"):
    for chemin in ("publicite", "preparer/verifier"):
        page.goto(f"/consultations/{reference}/{chemin}/")
        page.get_by_text(parce_que).first.wait_for()


def maintenant_a_paris(page):
    ici = datetime.now(acheteur.PARIS)
    page.locator("[name=jour_fait]").fill(ici.strftime("%Y-%m-%d"))
    page.locator("[name=heure_fait]").fill(ici.strftime("%H:%M"))


def envoyer_a_la_main(page, avis):
    page.goto(avis)
    page.get_by_role("link", name="joindre la preuve").click()
    maintenant_a_paris(page)
    page.locator("[name=preuve]").set_input_files(
        {
            "name": "accuse.eml",
            "mimeType": "message/rfc822",
            "buffer": b"Votre avis est bien arrive.",
        }
    )
    page.get_by_role("button", name="Garder cette preuve").click()
    page.get_by_role("link", name="accuse.eml").wait_for()


def paraitre(page, avis):
    page.goto(avis)
    page.get_by_role("link", name="L’avis est paru").click()
    maintenant_a_paris(page)
    page.locator("[name=numero]").fill("00123456-2026")
    page.get_by_role("button", name="Noter la parution").click()
    page.get_by_text("Son numéro").wait_for()


# Chaque jour, l'avis qui annonce s'écrit et s'envoie au navigateur (plus haut), et celui
# d'attribution par ses écrans (`contrat/achevement`).
@pytest.mark.long
def test_du_contrat_signe_a_l_avis_d_attribution_envoye_et_au_rapport_communique(
    plateforme, ouvrir
):
    objets = Objets(plateforme.dossier, plateforme.recit)
    martine = connecter(ouvrir(), plateforme.compte("martine"))
    martine.goto(f"/acheteur/marches/{CONTRAT(objets)['reference']}/")
    martine.get_by_role("link", name="Avis d’attribution", exact=True).click()
    expect(martine.get_by_role("heading", level=1)).to_have_text("Avis d’attribution")
    reference = SIGNEE(objets)["reference"]
    martine.goto(f"/consultations/{reference}/publicite/coordonnees/")
    dire_le_tribunal(martine)
    avis = ecrire_l_attribution(martine, reference)
    retenir(martine, "Journal officiel de l'Union")
    envoyer_a_la_main(martine, avis)
    martine.goto(f"/consultations/{reference}/avis-d-attribution/")
    expect(martine.get_by_text("dans le délai")).to_have_count(2)
    etablir_et_communiquer(martine, reference)
    sans_faute(martine)


def ecrire_l_attribution(page, reference):
    """Le lot dont rien n'est parti est déjà coché ;
    ce que l'avis d'avant disait de l'entreprise est déjà là.
    """
    page.goto(f"/consultations/{reference}/avis-d-attribution/europeenne/")
    assert page.get_by_label("Ville").input_value() == "Aire-sur-la-Lys"
    assert regarder(page) == []
    page.get_by_role("button", name="Écrire cet avis").click()
    page.get_by_text("L’avis est écrit").wait_for()
    return page.url


def etablir_et_communiquer(page, reference):
    """La version 1 de la démonstration est déjà partie au préfet ; la 2 part à son tour."""
    page.goto(f"/consultations/{reference}/rapport-de-presentation/")
    page.get_by_label("Conflits d’intérêts décelés").fill(
        "Aucun évaluateur n'a de lien avec une entreprise."
    )
    page.get_by_role("button", name="Établir cette version").click()
    page.get_by_text("La version 2 du rapport est établie").wait_for()
    page.get_by_role("link", name="Noter un envoi de la version 2").click()
    page.get_by_label("Le préfet, avec les pièces du contrat").check()
    page.locator("[name=faite_le]").fill(datetime.now(acheteur.PARIS).strftime("%Y-%m-%d"))
    page.get_by_role("button", name="Noter l’envoi").click()
    expect(page.get_by_text("Le préfet, avec les pièces du contrat")).to_have_count(2)
