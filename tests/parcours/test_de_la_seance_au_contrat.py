"""De la séance à `/donnees/decp.json` :
ouvrir, admettre, noter, classer, attribuer, écrire, signer, notifier, publier.
"""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.parcours.gestes.confirmation import rester_reconnue
from tests.parcours.gestes.connexion import connecter
from tests.parcours.gestes.surveillance import sans_faute
from tests.parcours.regards import regarder
from tests.parcours.scenes import consultation_close
from tests.parcours.test_attribution import tout_envoyer
from tests.parcours.test_deux_temps import ouvrir_en_seance
from tests.parcours.test_marches import envoyer, suivre

LA_RETENUE, L_AUTRE = "Zingueurs de la Lys", "Atelier du Faîtage"
MONTANTS = {L_AUTRE: "48 000", LA_RETENUE: "41 250,50"}
NOTES = {L_AUTRE: "14", LA_RETENUE: "17"}
NUMERO = "2026-099"


@pytest.fixture
def acte(tmp_path: Path) -> Path:
    fichier = tmp_path / "acte-signe.pdf"
    fichier.write_bytes(b"%PDF-1.7 acte signe")
    return fichier


def test_de_la_seance_a_la_ligne_publiee(plateforme: Any, ouvrir: Any, acte: Path) -> None:
    close = consultation_close(plateforme, politique="standard")
    helene, bernard, martine = (
        connecter(
            ouvrir(), plateforme.compte(nom), vers=f"/consultations/{close.reference}/suivre/"
        )
        for nom in ("helene", "bernard", "martine")
    )
    ouvrir_en_seance(plateforme, helene, bernard, close.reference, attendues=4)

    admettre(martine, close.reference)
    analyser(martine, close.reference)
    attribuer(martine, close.reference)
    conclure(martine, close.reference, acte)

    (publie,) = [c for c in contrats_publies(ouvrir()) if c["id"] == NUMERO]
    assert (publie["montant"], publie["dateNotification"]) == (41250.5, date.today().isoformat())
    assert publie["offresRecues"] == 2
    assert [titulaire["titulaire"]["id"] for titulaire in publie["titulaires"]] == [
        "99910002700013"
    ]
    for page in (helene, bernard, martine):
        sans_faute(page)


def contrats_publies(page: Any) -> list[dict[str, Any]]:
    contrats: list[dict[str, Any]] = json.loads(page.request.get("/donnees/decp.json").text())[
        "marches"
    ]["marche"]
    return contrats


def admettre(page: Any, reference: str) -> None:
    for entreprise in MONTANTS:
        rester_reconnue(page)
        page.goto(f"/consultations/{reference}/suivre/")
        suivre(page, "Examiner les candidatures")
        page.locator("tr", has_text=entreprise).get_by_role("link", name="Décider").click()
        page.get_by_label("Admise", exact=True).check()
        page.locator("[name=motif-0]").fill("Ce qui manque se lit dans l'offre.")
        envoyer(page, "Inscrire la décision")
        page.get_by_text("La décision est inscrite").wait_for()


def analyser(page: Any, reference: str) -> None:
    """Une évaluatrice, deux critères, un rapport validé."""
    page.goto(f"/consultations/{reference}/suivre/")
    suivre(page, "Analyser les offres")
    envoyer(page, "Commencer l’analyse de ces offres")
    arreter_la_grille(page)
    se_nommer_evaluatrice(page)
    for entreprise, montant in MONTANTS.items():
        retenir_le_montant(page, entreprise, montant)
    noter(page)
    onglet(page, "Classement")
    rangs = page.locator("main table").first.locator("tbody tr").all_inner_texts()
    assert [LA_RETENUE in rangs[0], L_AUTRE in rangs[1]] == [True, True]
    assert regarder(page) == []
    onglet(page, "Rapport")
    page.locator("[name=proposition]").fill(f"Attribuer à {LA_RETENUE}, première avec 94 points.")
    envoyer(page, "Valider le rapport")
    page.get_by_text("Le rapport est validé").first.wait_for()


def onglet(page: Any, nom: str) -> None:
    """L'étape, par le menu de l'analyse : la page la nomme aussi dans ce qu'il y a à faire."""
    menu = page.get_by_role("navigation", name=re.compile("analyse de ce lot"))
    menu.get_by_role("link", name=nom, exact=True).click()


def arreter_la_grille(page: Any) -> None:
    onglet(page, "Grille")
    page.locator("[name=criteres]").fill("Prix ; prix ; 60\nValeur technique ; technique ; 40")
    page.locator("[name=echelle]").fill("20")
    page.locator("[name=formule]").select_option(label="Proportionnelle à la moins chère")
    envoyer(page, "Arrêter la grille")


def se_nommer_evaluatrice(page: Any) -> None:
    onglet(page, "Évaluateurs")
    page.locator("[name=personne]").select_option(label="Martine Caron")
    envoyer(page, "Nommer cette personne")
    envoyer(page, "Je le déclare")
    suivre(page, "L’analyse des offres")


def retenir_le_montant(page: Any, entreprise: str, montant: str) -> None:
    onglet(page, "Offres")
    suivre(page, entreprise)
    page.locator("[name=montant]").fill(montant)
    page.get_by_label("Lu dans l’acte d’engagement").check()
    envoyer(page, "Retenir ce montant")
    page.get_by_label("Régulière", exact=True).check()
    envoyer(page, "Inscrire")


def noter(page: Any) -> None:
    onglet(page, "Mes notes")
    for entreprise, note in NOTES.items():
        page.get_by_label(f"{entreprise}, Valeur technique").fill(note)
    envoyer(page, "Enregistrer mes notes")
    onglet(page, "Notes retenues")
    envoyer(page, "Retenir la moyenne pour les notes qui restent")


def attribuer(page: Any, reference: str) -> None:
    rester_reconnue(page)
    page.goto(f"/consultations/{reference}/suivre/")
    suivre(page, "Choisir l’attributaire")
    suivre(page, "Choisir une offre")
    page.get_by_label(re.compile(LA_RETENUE)).check()
    page.locator("[name=montant]").fill(MONTANTS[LA_RETENUE])
    page.locator("[name=motif]").fill("Première au classement : 94 points sur 100.")
    envoyer(page, "Attribuer")
    suivre(page, "Préparer les lettres")
    envoyer(page, "Préparer les lettres")
    suivre(page, L_AUTRE)
    lettre = page.locator("[name=texte]").input_value()
    assert "classée 2e" in lettre and "Valeur technique : 28 sur 40" in lettre
    page.get_by_label("Pourquoi n’est-elle pas retenue").fill(
        "Elle est moins bien notée sur les deux critères."
    )
    envoyer(page, "Récrire la lettre")
    envoyer(page, "Cette lettre est relue")
    suivre(page, LA_RETENUE)
    envoyer(page, "Cette lettre est relue")
    tout_envoyer(page)


def conclure(page: Any, reference: str, acte: Path) -> None:
    """Le contrat naît de l'attribution : titulaire, montant, objet et numéro sont déjà là."""
    rester_reconnue(page)
    page.goto(f"/consultations/{reference}/suivre/")
    suivre(page, "Ouvrir le contrat")
    page.get_by_role("link", name=re.compile("Ouvrir le contrat")).click()
    assert page.locator("[name=objet]").input_value() == "Entretien des chemins communaux"
    page.locator("[name=numero]").fill(NUMERO)
    page.locator("[name=duree_en_mois]").fill("2")
    envoyer(page, "Ouvrir le contrat")
    suivre(page, NUMERO)
    for partie in ("Le titulaire", "L’acheteur"):
        signer(page, partie, acte)
    suivre(page, "Dire si le contrat se transmet")
    page.get_by_label("Non", exact=True).check()
    page.get_by_label("Pourquoi").fill("41 250,50 € HT : sous le seuil de transmission.")
    envoyer(page, "Garder la réponse")
    notifier_et_publier(page, acte)


def signer(page: Any, partie: str, acte: Path) -> None:
    page.get_by_role("link", name="Déposer une signature").first.click()
    page.get_by_label(partie, exact=True).check()
    page.get_by_label("Date de la signature").fill(date.today().isoformat())
    page.locator("input[type=file]").set_input_files(acte)
    envoyer(page, "Garder l’exemplaire signé")


def notifier_et_publier(page: Any, acte: Path) -> None:
    rester_reconnue_ici(page)
    suivre(page, "Noter la notification reçue")
    page.get_by_label("Date (obligatoire)", exact=True).fill(date.today().isoformat())
    page.locator("input[type=file]").set_input_files(acte)
    envoyer(page, "Noter la réception")
    suivre(page, "la relire et la publier")
    assert regarder(page) == []
    envoyer(page, "Publier")


def rester_reconnue_ici(page: Any) -> None:
    """Confirme sans perdre la page où l'on est."""
    ici = page.url
    rester_reconnue(page)
    page.goto(ici)
