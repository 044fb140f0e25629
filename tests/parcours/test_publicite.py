"""Annoncer un achat européen : l'avis écrit, envoyé à la main avec sa preuve, le JOUE d'abord, la France ensuite."""

from datetime import datetime

from tests.parcours.conftest import connecter
from tests.parcours.gestes import acheteur
from tests.parcours.gestes.surveillance import sans_faute

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
    """La mention qui manque mène où elle se corrige : le tribunal, que l'avis européen demande en entier."""
    page.goto(f"/consultations/{reference}/publicite/ecrire/europeenne/")
    page.locator("li", has_text="SIRET").get_by_role("link", name="Corriger").first.click()
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
        {"name": "accuse.eml", "mimeType": "message/rfc822", "buffer": b"Votre avis est bien arrive."}
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
