"""Garder une pièce, la reprendre dans une réponse, déposer :
le fichier ouvert est le même, à l'octet près.
"""

import hashlib
import json
import re
import time
import zipfile
from datetime import datetime, timedelta

import pytest

from tests.parcours.depot import (
    aller_aux_pieces,
    attendre_recus,
    commencer,
    deposer,
    fichiers,
    texte,
)
from tests.parcours.gestes import acheteur, entreprise, seance
from tests.parcours.gestes.connexion import connecter
from tests.parcours.gestes.courriels import arrives, texte_de
from tests.parcours.gestes.surveillance import sans_faute
from tests.parcours.regards import regarder
from tests.parcours.test_bout_en_bout import LOTS, attendre, publier


def garder(page, sorte, fichier, fin):
    page.goto(f"/entreprise/pieces/ajouter/{sorte}/")
    page.locator("[name=fichier]").set_input_files(str(fichier))
    page.locator("[name=valable_jusqu_au]").fill(fin)
    with page.expect_navigation():
        page.get_by_role("button", name="Garder cette pièce").click()


def reprendre(page, intitule):
    page.locator("label", has_text=intitule).locator("[data-gardee]").check()
    page.get_by_role("button", name="Ajouter les pièces cochées").click()


def sha256(chemin):
    return hashlib.sha256(chemin.read_bytes()).hexdigest()


def dans_trente_jours():
    return (datetime.now(acheteur.PARIS) + timedelta(days=30)).strftime("%Y-%m-%d")


def test_une_piece_gardee_se_reprend_et_se_depose_telle_quelle(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    piece = fichiers(tmp_path, attestation_vigilance=300_000)["attestation_vigilance"]
    reponse = commencer(page, plateforme, "zoe")
    garder(page, "vigilance", piece, dans_trente_jours())
    aller_aux_pieces(page, reponse, "")
    reprendre(page, "Attestation de vigilance")
    attendre_recus(page, 1)
    deposer(page, reponse)

    with page.expect_download() as telechargement:
        page.get_by_role("button", name="Enregistrer ma copie complète").click()
    telechargement.value.save_as(tmp_path / "copie.zip")
    manifeste = json.loads(zipfile.ZipFile(tmp_path / "copie.zip").read("manifeste.json"))
    assert [fichier["sha256"] for fichier in manifeste["fichiers"]] == [sha256(piece)]
    assert page.erreurs == []


def test_une_piece_expiree_se_reprend_et_se_dit_expiree(ouvrir, plateforme):
    page = ouvrir()
    reponse = commencer(page, plateforme, "sophie")
    aller_aux_pieces(page, reponse, "")

    assert "Expirée depuis le" in texte(page)
    reprendre(page, "Attestation d’assurance décennale")
    attendre_recus(page, 1)
    assert page.erreurs == []


def test_sans_rien_cocher_la_page_le_dit(ouvrir, plateforme):
    page = ouvrir()
    aller_aux_pieces(page, commencer(page, plateforme, "sophie"), "")

    page.get_by_role("button", name="Ajouter les pièces cochées").click()

    page.get_by_text("Aucune pièce n’est cochée").wait_for()


def test_une_piece_supprimee_entre_temps_n_est_pas_reprise_et_la_page_dit_pourquoi(
    ouvrir, plateforme, tmp_path
):
    page = ouvrir()
    reponse = commencer(page, plateforme, "emile")
    garder(page, "rib", fichiers(tmp_path, rib=3000)["rib"], "")
    aller_aux_pieces(page, reponse, "")
    ailleurs = connecter(ouvrir(), plateforme.compte("emile"), vers="/entreprise/pieces/")
    ailleurs.get_by_role("link", name="Relevé d’identité bancaire").first.click()
    ailleurs.get_by_role("link", name="Supprimer la pièce").click()
    ailleurs.get_by_role("button", name="Supprimer cette pièce").click()

    reprendre(page, "Relevé d’identité bancaire")

    page.get_by_text("elle n’est plus gardée").wait_for()
    assert page.locator("[data-compte]", has_text="0 fichier reçu").count()


def test_un_collegue_invite_par_courriel_lit_les_pieces(ouvrir, plateforme):
    sophie = connecter(ouvrir(), plateforme.compte("sophie"), vers="/entreprise/collegues/inviter/")
    adresse = plateforme.compte("lucie")["identifiant"]
    sophie.locator("[name=courriel]").fill(adresse)
    sophie.get_by_role("button", name="Envoyer l’invitation").click()
    sophie.get_by_text("Elle vaut sept jours").wait_for()

    lucie = connecter(ouvrir(), plateforme.compte("lucie"), vers=lien_recu(plateforme, adresse))
    assert regarder(lucie) == []
    lucie.get_by_role("button", name="Accepter l’invitation").click()
    lucie.goto("/entreprise/pieces/")

    assert "decennale.pdf" in texte(lucie)
    entreprise.repartir(lucie)
    lucie.goto("/entreprise/pieces/")
    assert "decennale.pdf" not in texte(lucie)
    sans_faute(lucie)


def lien_recu(plateforme, adresse):
    """L'adresse que porte l'invitation, une fois le courriel parti."""
    fin = time.monotonic() + 30
    while time.monotonic() < fin:
        for recu in arrives(plateforme):
            trouve = re.search(r"/entreprise/invitation/\S+", texte_de(recu))
            if recu["To"] == adresse and trouve:
                return trouve[0]
        time.sleep(0.3)
    raise AssertionError("l'invitation n'est pas arrivée")


# Chaque jour, la pièce gardée se reprend et se dépose ; ici, elle s'ouvre aussi, à deux.
@pytest.mark.long
def test_la_piece_ouverte_est_celle_qu_on_a_gardee(ouvrir, plateforme, tmp_path):
    """Garder, commencer, reprendre, déposer, ouvrir à deux :
    les octets ouverts ont la même empreinte.
    """
    martine = connecter(ouvrir(), plateforme.compte("martine"), vers="/consultations/nouvelle/")
    f = fichiers(tmp_path, assurance_de_tanguy=250_000, acte_lot_1=2000, acte_lot_2=2000)
    tanguy = connecter(ouvrir(), plateforme.compte("tanguy"), vers="/entreprise/pieces/")
    garder(tanguy, "assurance", f["assurance_de_tanguy"], dans_trente_jours())
    reference, limite = publier(plateforme, ouvrir, martine)
    reponse = entreprise.commencer(tanguy, reference)
    entreprise.aller_aux_fichiers(tanguy, reponse, "candidature")
    reprendre(tanguy, "Attestation d’assurance de responsabilité civile")
    entreprise.attendre_la_reception(tanguy, ["assurance-de-tanguy.pdf"])
    for rang in range(1, len(LOTS) + 1):
        entreprise.aller_aux_fichiers(tanguy, reponse, f"lot-{rang}")
        entreprise.choisir(tanguy, [f[f"acte_lot_{rang}"]])
        entreprise.attendre_la_reception(tanguy, [f"acte-lot-{rang}.pdf"])
    entreprise.deposer_en_cliquant_deux_fois(tanguy, reponse)
    attendre(limite)

    helene = ouvrir_les_trois(plateforme, ouvrir, reference)

    ouverts = dict(seance.fichiers_ouverts(helene, reference))
    assert hashlib.sha256(ouverts["assurance-de-tanguy.pdf"]).hexdigest() == sha256(
        f["assurance_de_tanguy"]
    )
    sans_faute(tanguy)


def ouvrir_les_trois(plateforme, ouvrir, reference):
    helene, bernard, tenue = seance.deux_a_table(
        plateforme, ouvrir, reference, autres="Martine Caron, secrétaire de mairie"
    )
    seance.tourner_les_cles(
        helene, bernard, tenue, phrase=plateforme.compte("helene")["phrase_de_cle"]
    )
    assert len(seance.ouvrir_les_enveloppes(helene)) == 3
    seance.clore(helene, tenue)
    return helene
