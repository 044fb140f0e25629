"""D’un accord-cadre à un marché subséquent, au navigateur : inviter, déposer, ouvrir, conclure ;
les autres n’entrent pas.
"""

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.parcours.depot import texte
from tests.parcours.gestes import acheteur, entreprise, seance
from tests.parcours.gestes.confirmation import rester_reconnue
from tests.parcours.gestes.connexion import connecter
from tests.parcours.gestes.fichiers import ecrire
from tests.parcours.gestes.surveillance import sans_faute
from tests.parcours.regards import regarder
from tests.parcours.test_bout_en_bout import attendre
from tests.parcours.test_deux_temps import ouvrir_en_seance
from tests.parcours.test_marches import envoyer, ouvrir_le_contrat, suivre

ACCORD, TITRE, NUMERO = "2026-010", "Fauchage des accotements", "2026-055"
LE_TEMPS_DE_REPONDRE = timedelta(seconds=110)


# Chaque jour, `remises_en_concurrence` joue l'invitation et le rattachement par ses actes.
@pytest.mark.long
def test_les_titulaires_seuls_sont_consultes_et_le_contrat_se_rattache(
    plateforme: Any, ouvrir: Any, tmp_path: Path
) -> None:
    martine = connecter(ouvrir(), plateforme.compte("martine"), vers="/acheteur/marches/")
    reference = demander(martine)
    preparer_les_cles(plateforme, ouvrir, martine, reference)
    limite = envoyer_l_invitation(martine, reference)

    sophie = connecter(ouvrir(), plateforme.compte("sophie"), vers="/a-faire/")
    offre = offrir(sophie, reference, tmp_path)
    porte_fermee(
        connecter(ouvrir(), plateforme.compte("emile"), vers="/mes-reponses/"),
        ouvrir(),
        sophie,
        reference,
    )
    attendre(limite)
    helene, bernard = (
        connecter(ouvrir(), plateforme.compte(nom), vers=f"/consultations/{reference}/suivre/")
        for nom in ("helene", "bernard")
    )
    ouvrir_en_seance(plateforme, helene, bernard, reference, attendues=1)
    assert offre in seance.fichiers_ouverts(helene, reference)

    attribuer(martine, reference)
    conclure(martine, reference)
    for page in (martine, sophie, helene, bernard):
        sans_faute(page)


def demander(page: Any) -> str:
    ouvrir_le_contrat(page, ACCORD)
    suivre(page, "Remettre en concurrence les titulaires")
    assert regarder(page) == []
    page.locator("[name=titre]").fill(TITRE)
    page.locator("[name=besoin]").fill("Douze kilomètres d'accotements, deux passages.")
    page.locator("[name=criteres]").fill("Prix, 60 points ; délai, 40 points.")
    page.locator("[name=jour_limite]").fill((date.today() + timedelta(days=20)).isoformat())
    envoyer(page, "Préparer la demande")
    page.wait_for_url("**/preparer/")
    reference = str(page.url.rstrip("/").split("/")[-2])
    page.goto(f"/consultations/{reference}/preparer/documents/")
    page.locator("select[name=sorte]").select_option("rc")
    page.locator("input[name=fichier]").set_input_files(
        {
            "name": "lettre-de-consultation.pdf",
            "mimeType": "application/pdf",
            "buffer": b"%PDF-1.7 lettre",
        }
    )
    page.get_by_role("button", name="Ajouter au dossier").click()
    page.locator("td bdi", has_text="lettre-de-consultation.pdf").wait_for()
    return reference


def preparer_les_cles(plateforme: Any, ouvrir: Any, martine: Any, reference: str) -> None:
    """Les mêmes clés que toute consultation : créées ici, essayées par deux personnes."""
    acheteur.designer(martine, reference, ("Martine Caron", "Hélène Duriez", "Bernard Lefebvre"))
    acheteur.une_cle_suffit(martine)
    acheteur.creer_les_cles(martine, reference, plateforme.compte("martine")["phrase_de_cle"])
    helene = connecter(ouvrir(), plateforme.compte("helene"), vers="/cles/")
    for page, nom in ((martine, "martine"), (helene, "helene")):
        acheteur.essayer_sa_cle(page, plateforme.compte(nom)["phrase_de_cle"])


def envoyer_l_invitation(page: Any, reference: str) -> datetime:
    page.goto(f"/consultations/{reference}/demande/")
    limite = acheteur.minute_pleine(datetime.now(acheteur.PARIS) + LE_TEMPS_DE_REPONDRE)
    page.locator("[name=jour_limite]").fill(limite.strftime("%Y-%m-%d"))
    page.locator("[name=heure_limite]").fill(limite.strftime("%H:%M"))
    envoyer(page, "Garder")
    page.goto(f"/consultations/{reference}/preparer/verifier/")
    page.get_by_role("link", name="Aller à la publication").click()
    assert "Les titulaires invités reçoivent l’invitation" in texte(page).replace("'", "’")
    page.get_by_role("button", name="Publier", exact=True).click()
    page.get_by_text("L’invitation est partie à tous les titulaires").or_(
        page.get_by_text("L'invitation est partie à tous les titulaires")
    ).wait_for()
    return limite


def offrir(page: Any, reference: str, tmp_path: Path) -> tuple[str, bytes]:
    """De « À faire » au récépissé : une offre seule, la candidature est celle de l'accord-cadre."""
    contenu = b"%PDF-1.7 offre de Sophie"
    [fichier] = ecrire(tmp_path / "offre", {"offre de Sophie.pdf": contenu})
    page.goto("/a-faire/")
    page.locator("li", has_text=TITRE).get_by_role("link", name="Répondre").first.click()
    page.wait_for_url("**/remises-en-concurrence/*/")
    page.invitation = page.url
    assert regarder(page) == []
    page.get_by_role("link", name="Préparer mon offre").click()
    page.get_by_role("button", name="Commencer ma réponse").click()
    page.wait_for_url("**/reponses/R-*/")
    reponse = page.url.rstrip("/").rsplit("/", 1)[1]
    assert "Pièces de candidature" not in texte(page)
    entreprise.aller_aux_fichiers(page, reponse, "offre")
    entreprise.choisir(page, [fichier])
    entreprise.attendre_la_reception(page, [fichier.name])
    entreprise.deposer_en_cliquant_deux_fois(page, reponse)
    assert "hors délai" not in texte(page)
    return fichier.name, contenu


def porte_fermee(emile: Any, anonyme: Any, sophie: Any, reference: str) -> None:
    """Ni la consultation, ni ses documents, ni l'invitation :
    la même réponse qu'une référence inventée.
    """
    assert sophie.request.get(f"/consultations/{reference}/documents/").status == 200
    for adresse in (
        f"/consultations/{reference}/",
        f"/consultations/{reference}/documents/",
        f"/consultations/{reference}/documents/dossier.zip",
        f"/consultations/{reference}/deposer/",
        f"/consultations/{reference}/atom.xml",
        f"/api/v1/consultations/{reference}",
    ):
        assert [page.request.get(adresse).status for page in (emile, anonyme)] == [404, 404], (
            adresse
        )
    assert emile.request.get(sophie.invitation).status == 404
    assert TITRE not in anonyme.request.get("/consultations/?q=fauchage").text()


def attribuer(page: Any, reference: str) -> None:
    rester_reconnue(page)
    page.goto(f"/consultations/{reference}/suivre/")
    suivre(page, "Choisir l’attributaire")
    suivre(page, "Choisir une offre")
    page.get_by_label(re.compile("Atelier du Faîtage")).check()
    page.locator("[name=montant]").fill("9 800")
    page.locator("[name=motif]").fill("La seule offre, conforme à la demande.")
    envoyer(page, "Attribuer")


def conclure(page: Any, reference: str) -> None:
    """Le contrat naît marché subséquent, et se compte sur le maximum de son accord-cadre."""
    page.goto(f"/consultations/{reference}/suivre/")
    suivre(page, "Ouvrir le contrat")
    page.get_by_role("link", name=re.compile("Ouvrir le contrat")).click()
    assert page.locator("[name=nature]").input_value() == "marche_subsequent"
    page.locator("[name=numero]").fill(NUMERO)
    page.locator("[name=duree_en_mois]").fill("2")
    envoyer(page, "Ouvrir le contrat")
    ouvrir_le_contrat(page, ACCORD)
    assert NUMERO in texte(page)
    # De la démonstration, 10 050,50 € de bons et un marché subséquent de 12 400 € ;
    # 9 800 € de celui-ci ; sur 80 000 €.
    assert "32 250,50" in re.sub(r"\s", " ", texte(page))
