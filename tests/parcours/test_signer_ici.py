"""Signer ici, d'un certificat fait pour l'essai :
un contrat, puis un accord-cadre à deux titulaires, chacun son acte.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from formats.signature import Cle, signer_un_pdf
from formats.signature.tests import cles, pki
from tests.parcours.gestes.confirmation import rester_reconnue
from tests.parcours.gestes.connexion import connecter
from tests.parcours.regards import DEBORDE, regarder
from tests.parcours.test_attribution import A_ATTRIBUER, tout_envoyer
from tests.parcours.test_courriers import base
from tests.parcours.test_marches import LAVOIR, envoyer, ouvrir_le_contrat, suivre
from tests.plateforme import Plateforme, attendre


@pytest.fixture(scope="module")
def plateforme(
    origine: Plateforme, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Plateforme]:
    """La sienne : l'exploitant y a posé l'autorité d'essai et sa liste de révocation."""
    normes = tmp_path_factory.mktemp("normes")
    for nom, octets in (
        ("racines/essai.cer", pki.autorite().der),
        ("revocations/essai.crl", pki.revocations()),
    ):
        fichier = normes / "signature" / nom
        fichier.parent.mkdir(parents=True)
        fichier.write_bytes(octets)
    copie = origine.copie(tmp_path_factory.mktemp("signer") / "donnees")
    copie.demarrer(BEFFROI_NORMES=str(normes))
    yield copie
    copie.arreter()


@pytest.fixture
def certificat(tmp_path: Path) -> Path:
    fichier = tmp_path / "martine.p12"
    fichier.write_bytes(cles.en_p12(cles.porteur("Martine Delattre")))
    return fichier


@pytest.mark.parametrize("largeur", [1280, 360])
def test_un_mot_de_passe_faux_le_dit_puis_le_bon_signe_et_la_signature_est_valable(
    ouvrir: Any, plateforme: Plateforme, certificat: Path, largeur: int
) -> None:
    martine = ouvrir(largeur=largeur)
    connecter(martine, plateforme.compte("martine"))
    ouvrir_le_contrat(martine, LAVOIR)
    if largeur == 360:
        martine.get_by_text("Signature valable : Martine Delattre").first.wait_for()
        assert regarder(martine) == []
        return
    rester_reconnue(martine)
    ouvrir_le_contrat(martine, LAVOIR)
    confirmer_le_signataire(martine)
    suivre(martine, "Signer ici avec mon certificat")
    assert regarder(martine) == []
    for secret in ("un autre", cles.MOT_DE_PASSE):
        martine.locator("input[type=file]").set_input_files(certificat)
        martine.get_by_label("Mot de passe du certificat").fill(secret)
        martine.get_by_label("J’ai lu le document").check()
        envoyer(martine, "Signer le document")
        if secret == "un autre":
            martine.get_by_text("le mot de passe n’est pas le bon").first.wait_for()
            assert martine.get_by_label("Mot de passe du certificat").input_value() == ""
    martine.get_by_text("Signature valable : Martine Delattre").first.wait_for()
    assert regarder(martine) == []


def confirmer_le_signataire(page: Any) -> None:
    """Le nom que porte la signature, la qualité, la preuve lue : l'alerte s'en va."""
    page.get_by_text("Signataire à confirmer").wait_for()
    page.get_by_text("Autres actes", exact=True).click()
    suivre(page, "Confirmer le signataire")
    page.get_by_label("Qui a signé pour le titulaire").fill("Hélène Duriez")
    page.get_by_label("Sa qualité").fill("gérante")
    page.get_by_label("Ce que vous avez lu").fill("Extrait Kbis")
    page.get_by_label("Oui", exact=True).check()
    envoyer(page, "Noter ma confirmation")
    page.get_by_text("gérante : peut l’engager").wait_for()
    assert page.get_by_text("Signataire à confirmer").count() == 0


DEUX, MONTANTS = "2026-088", {"Faîtage": "41 250", "Zingueurs": "38 000"}
INFECTES = (
    "SELECT f.reference FROM ouverture_fichierouvert f JOIN antivirus_analysedefichier a ON "
    "a.fichier_id = f.id"
    " JOIN ouverture_ouverturepli o ON o.id = f.ouverture_id JOIN depots_pli p ON p.id = o.pli_id"
    " JOIN consultations_consultation c ON c.id = p.consultation_id WHERE a.etat = 'infecte' "
    "AND c.reference = ?"
    " AND a.id NOT IN (SELECT analyse_id FROM antivirus_leveedequarantaine)"
)
LEUR_PLI = (
    "SELECT p.reference, e.reference, f.reference FROM engagements_engagement e JOIN depots_pli p "
    "ON p.id = e.pli_id"
    " LEFT JOIN echanges_exemplaire x ON x.id = e.notification_id LEFT JOIN echanges_fil f "
    "ON f.id = x.fil_id"
    " JOIN marches_marche m ON m.id = e.marche_id WHERE m.numero = ? ORDER BY e.montant DESC"
)


# Chaque jour, un titulaire signe ici ; à deux, `engagements` le joue par ses actes.
@pytest.mark.long
def test_deux_titulaires_de_la_decision_au_bon_de_commande(
    ouvrir: Any, plateforme: Plateforme, certificat: Path
) -> None:
    martine = connecter(ouvrir(), plateforme.compte("martine"))
    [(reference,)] = base(plateforme, A_ATTRIBUER)
    lever_la_quarantaine(martine, plateforme, reference)
    retenir_les_deux(martine, reference)
    ouvrir_l_accord_cadre(martine, reference)
    (pli_de_sophie, acte_de_sophie, _), (pli_de_zoe, acte_de_zoe, _) = base(
        plateforme, LEUR_PLI, DEUX
    )

    sophie, zoe = (
        connecter(ouvrir(largeur=360), plateforme.compte(nom)) for nom in ("sophie", "zoe")
    )
    signer_ici_en_titulaire(sophie, pli_de_sophie, certificat)
    assert zoe.request.get(f"/depots/{pli_de_sophie}/engagements/{acte_de_sophie}/").status == 404
    assert (
        zoe.request.get(f"/depots/{pli_de_zoe}/engagements/{acte_de_sophie}/document/").status
        == 404
    )
    deposer_en_titulaire(zoe, f"/depots/{pli_de_zoe}/engagements/{acte_de_zoe}/")

    signer_et_notifier(martine, certificat)
    (*_, fil_de_sophie), (*_, fil_de_zoe) = base(plateforme, LEUR_PLI, DEUX)
    for page, fil in ((sophie, fil_de_sophie), (zoe, fil_de_zoe)):
        page.goto(f"/messages/{fil}/")
    recues = "SELECT COUNT(*) FROM engagements_engagement WHERE recue_le IS NOT NULL"
    attendre(lambda: base(plateforme, recues) == [(2,)], delai_s=90)
    commander(martine)
    zoe.goto(f"/depots/{pli_de_zoe}/engagements/{acte_de_zoe}/")
    zoe.get_by_text("Signé des deux parties").wait_for()
    assert regarder(zoe) == [] and "41 250" not in zoe.locator("main").inner_text()


def lever_la_quarantaine(page: Any, plateforme: Plateforme, reference: str) -> None:
    """L'une des deux offres a un fichier que l'antivirus retient :
    on ne la retient, elle, qu'en disant pourquoi.
    """
    for (fichier,) in base(plateforme, INFECTES, reference):
        page.goto(f"/plis-ouverts/{fichier}/antivirus/")
        page.locator("main textarea").fill("Fausse alerte, vérifiée par le service informatique.")
        envoyer(page, "Lever la quarantaine")


def retenir_les_deux(page: Any, reference: str) -> None:
    page.goto(f"/consultations/{reference}/suivre/")
    suivre(page, "Choisir l’attributaire")
    suivre(page, "Choisir une offre")
    suivre(page, "Retenir plusieurs offres")
    page.locator("[name=titulaires_prevus]").fill("2")
    for nom, montant in MONTANTS.items():
        offre = page.locator("fieldset", has_text=nom)
        offre.locator("[name^=retenir]").check()
        offre.locator("[name^=montant]").fill(montant)
    page.locator("[name=motif]").fill("Deux entreprises, pour intervenir partout.")
    page.locator("[name=motif_de_l_ecart]").fill("Notre tableau finit l'analyse.")
    envoyer(page, "Attribuer")
    suivre(page, "Préparer les lettres")
    envoyer(page, "Préparer les lettres")
    for nom in MONTANTS:
        page.get_by_role("link", name=re.compile(nom)).first.click()
        envoyer(page, "Cette lettre est relue")
    tout_envoyer(page)


def ouvrir_l_accord_cadre(page: Any, reference: str) -> None:
    """Retenues ensemble, les offres ne donnent qu'un accord-cadre, et son maximum est exigé."""
    rester_reconnue(page)
    page.goto(f"/consultations/{reference}/contrats/0/")
    assert page.locator("[name=nature] option").all_inner_texts() == ["Accord-cadre"]
    assert "facultatif" not in page.locator("label[for=id_maximum]").inner_text()
    page.locator("[name=numero]").fill(DEUX)
    page.locator("[name=duree_en_mois]").fill("12")
    page.locator("[name=maximum]").fill("60 000")
    envoyer(page, "Ouvrir le contrat")


def signer_ici_en_titulaire(page: Any, pli: str, certificat: Path) -> None:
    page.goto(f"/depots/{pli}/")
    suivre(page, f"Signer l’accord-cadre {DEUX}")
    assert regarder(page) == [] and not page.evaluate(DEBORDE)
    donner_sa_cle(page, certificat)
    page.get_by_text("Quand tous les titulaires ont signé").first.wait_for()
    assert regarder(page) == [] and not page.evaluate(DEBORDE)


def donner_sa_cle(page: Any, certificat: Path) -> None:
    page.locator("input[type=file]").set_input_files(certificat)
    page.get_by_label("Mot de passe du certificat").fill(cles.MOT_DE_PASSE)
    page.get_by_label("J’ai lu le document").check()
    envoyer(page, "Signer le document")


def deposer_en_titulaire(page: Any, adresse: str) -> None:
    acte = page.request.get(f"{adresse}document/").body()
    le = datetime.now(UTC)
    signe = signer_un_pdf(
        acte, Cle(cles.MOT_DE_PASSE, cles.en_p12(cles.porteur("Zoé Blondel"))), le=le
    ).octets
    page.goto(adresse)
    suivre(page, "déposez le fichier signé")
    for octets in (acte, signe):
        page.get_by_label("Date de la signature").fill(date.today().isoformat())
        page.locator("input[type=file]").set_input_files(
            {"name": "acte.pdf", "mimeType": "application/pdf", "buffer": octets}
        )
        envoyer(page, "Déposer l’acte signé")
        if octets == acte:
            page.get_by_text("Aucune signature électronique intacte").first.wait_for()
            assert regarder(page) == [] and not page.evaluate(DEBORDE)
    page.get_by_text("Signature valable : Zoé Blondel").first.wait_for()


def signer_et_notifier(page: Any, certificat: Path) -> None:
    rester_reconnue(page)
    ouvrir_le_contrat(page, DEUX)
    assert regarder(page) == []
    suivre(page, "Faire signer et notifier chaque titulaire")
    for _ in MONTANTS:
        page.get_by_role("link", name=re.compile("Signer ici avec mon certificat")).first.click()
        donner_sa_cle(page, certificat)
    suivre(page, "Avant de notifier : la transmission au préfet")
    suivre(page, "Dire si le contrat se transmet")
    page.get_by_label("Non", exact=True).check()
    page.get_by_label("Pourquoi").fill("60 000 € HT : sous le seuil.")
    envoyer(page, "Garder la réponse")
    suivre(page, "Faire signer et notifier chaque titulaire")
    assert regarder(page) == []
    envoyer(page, "Notifier chaque titulaire")
    assert page.get_by_text("Le titulaire ouvre sa notification").count() == len(MONTANTS)


def commander(page: Any) -> None:
    """Le contrat a pris effet pour tous : une commande se retranche du maximum."""
    rester_reconnue(page)
    ouvrir_le_contrat(page, DEUX)
    suivre(page, "Noter un bon de commande")
    for nom, valeur in (("numero", "BC-01"), ("objet", "Curage"), ("montant", "12 000")):
        page.locator(f"[name={nom}]").fill(valeur)
    page.locator("[name=emis_le]").fill(date.today().isoformat())
    envoyer(page, "Garder la commande")
    page.get_by_text("Dites à quel titulaire").first.wait_for()
    assert regarder(page) == [] and page.locator("[name=montant]").input_value() == "12 000"
    page.get_by_label("À quel titulaire").select_option(index=2)
    envoyer(page, "Garder la commande")
    page.get_by_text("soit 20 %").wait_for()
    page.get_by_text("Commandé à chaque titulaire").wait_for()
    assert regarder(page) == [] and not page.evaluate(DEBORDE)
