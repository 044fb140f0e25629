"""Les écrans des pièces : ce que l'entreprise y fait, et qui n'y entre pas."""

import html
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from beffroi.personnes.comptes.tests.personnes import LUNDI, connecter
from beffroi.personnes.entreprises.services import detacher_membre, reconnaitre, reunir
from beffroi.personnes.pieces.models import PieceDEntreprise, VersionDePiece
from beffroi.personnes.pieces.tests.gestes import (
    MEME_SIREN,
    PDF,
    ajouter,
    en_cours,
    membre,
    un_fichier,
)
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet import envois
from beffroi.socle.guichet.limites import OCTETS_PAR_PIECE

pytestmark = pytest.mark.django_db
ICI = "/entreprise/pieces/"


@pytest.fixture
def sophie():
    return membre()


@pytest.fixture
def client_de_sophie(sophie):
    return connecter(Client(), sophie.utilisateur)


def pdf(nom: str = "urssaf.pdf", octets: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(nom, octets)


def page(reponse) -> str:
    texte = html.unescape(reponse.content.decode()).replace("’", "'")
    return texte.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def test_une_piece_s_ajoute_et_se_lit_dans_la_liste(client_de_sophie):
    recue = client_de_sophie.post(
        f"{ICI}ajouter/vigilance/",
        {"fichier": pdf(), "valable_jusqu_au": "2099-12-31"},
        follow=True,
    )

    assert "Attestation de vigilance (URSSAF)" in page(recue)
    assert "Valable jusqu'au 31 décembre 2099" in page(recue)


def test_l_espace_vide_dit_par_ou_commencer(client_de_sophie):
    assert "Vous ne gardez encore aucune pièce" in page(client_de_sophie.get(ICI))


def test_la_limite_et_la_place_se_disent_avant_le_clic(client_de_sophie):
    vue = page(client_de_sophie.get(ICI))

    assert "sur 200 Mo" in vue and "10 Mo au plus" in vue


def test_la_loi_se_lit_avec_son_article(client_de_sophie):
    vue = page(client_de_sophie.get(f"{ICI}ajouter/vigilance/"))

    assert "moins de 6" in vue and "D. 8222-5" in vue


def test_une_sorte_inconnue_est_introuvable(client_de_sophie):
    assert client_de_sophie.get(f"{ICI}ajouter/passeport/").status_code == 404


@pytest.mark.parametrize(
    ("fichier", "dit"),
    [
        (("vide.pdf", b""), "Ce fichier est vide"),
        (("virus.exe", b"MZ"), "est un programme"),
        (("virus.pdf", b"MZ\x90\x00"), "est un programme"),
    ],
)
def test_un_fichier_refuse_se_dit_d_une_phrase_et_la_saisie_reste(client_de_sophie, fichier, dit):
    recue = client_de_sophie.post(
        f"{ICI}ajouter/autre/", {"fichier": pdf(*fichier), "intitule": "Mon agrément"}
    )

    assert recue.status_code == 422
    assert dit in page(recue) and "Mon agrément" in page(recue)
    assert not PieceDEntreprise.objects.exists()


def test_un_fichier_trop_gros_est_refuse_avec_la_limite(client_de_sophie, petite_limite):
    recue = client_de_sophie.post(
        f"{ICI}ajouter/autre/", {"fichier": pdf(octets=b"x" * 300_000), "intitule": "Gros"}
    )

    assert recue.status_code == 422 and "par fichier" in page(recue)


def test_un_fichier_trop_gros_ne_remplit_pas_le_disque(rf):
    recu = envois.EnvoiBorne(rf.get("/"))

    assert recu.receive_data_chunk(b"x", OCTETS_PAR_PIECE) == b"x"
    assert recu.receive_data_chunk(b"x", OCTETS_PAR_PIECE + 1) is None


def test_une_date_du_document_a_venir_se_dit_a_son_champ(client_de_sophie):
    recue = client_de_sophie.post(
        f"{ICI}ajouter/vigilance/", {"fichier": pdf(), "datee_du": "2099-01-01"}
    )

    assert recue.context["form"].errors["datee_du"] == [
        "Cette date est à venir. Recopiez celle qui est écrite sur le document."
    ]


def test_un_envoi_sans_jeton_de_formulaire_est_refuse(sophie):
    strict = connecter(Client(enforce_csrf_checks=True), sophie.utilisateur)

    assert strict.post(f"{ICI}ajouter/vigilance/", {"fichier": pdf()}).status_code == 403
    assert not PieceDEntreprise.objects.exists()


def test_une_piece_expiree_se_montre_telle(client_de_sophie, sophie):
    ajouter(sophie, un_fichier(fin=date(2026, 11, 30)))
    VersionDePiece.objects.update(valable_jusqu_au=(maintenant() - timedelta(days=3)).date())

    assert "Expirée depuis le" in page(client_de_sophie.get(ICI))


def test_le_fichier_se_telecharge_et_ne_s_execute_pas(client_de_sophie, sophie):
    version = en_cours(ajouter(sophie, un_fichier("été « 2026 ».pdf")))

    recu = client_de_sophie.get(f"{ICI}versions/{version.reference}/fichier")

    assert recu.content == PDF
    assert (
        recu["Content-Disposition"].startswith("attachment;")
        and "%C3%A9t%C3%A9" in recu["Content-Disposition"]
    )
    assert (recu["X-Content-Type-Options"], recu["Cache-Control"]) == (
        "nosniff",
        "private, no-store",
    )


def test_remplacer_puis_supprimer_l_ancienne_version(client_de_sophie, sophie):
    piece = ajouter(sophie)
    ancienne = en_cours(piece)
    client_de_sophie.post(
        f"{ICI}{piece.reference}/remplacer/", {"fichier": pdf("neuve.pdf", b"%PDF neuve")}
    )

    client_de_sophie.post(f"{ICI}versions/{ancienne.reference}/supprimer/")

    assert [version.nom for version in VersionDePiece.objects.all()] == ["neuve.pdf"]


def test_corriger_change_le_nom_sans_toucher_au_fichier(client_de_sophie, sophie):
    piece = ajouter(sophie)

    client_de_sophie.post(f"{ICI}{piece.reference}/corriger/", {"intitule": "URSSAF du siège"})

    assert "URSSAF du siège" in page(client_de_sophie.get(ICI))
    assert en_cours(piece).nom == "urssaf.pdf"


def test_supprimer_se_confirme(client_de_sophie, sophie):
    piece = ajouter(sophie)

    assert "Rien ne les rendra" in page(client_de_sophie.get(f"{ICI}{piece.reference}/supprimer/"))
    client_de_sophie.post(f"{ICI}{piece.reference}/supprimer/")

    assert not PieceDEntreprise.objects.exists()


def test_un_collegue_reconnu_lit_les_memes_pieces(sophie):
    ajouter(sophie)
    kevin = membre("Kévin Masson", confirme_par=sophie)

    assert "urssaf.pdf" in page(connecter(Client(), kevin.utilisateur).get(ICI))


def test_qui_dit_le_meme_siret_ne_lit_rien(sophie):
    version = en_cours(ajouter(sophie))
    kevin = connecter(Client(), membre("Kévin Masson").utilisateur)

    assert "urssaf.pdf" not in page(kevin.get(ICI))
    assert kevin.get(f"{ICI}versions/{version.reference}/fichier").status_code == 404


def test_un_autre_siret_de_la_meme_entreprise_ne_lit_rien(sophie):
    version = en_cours(ajouter(sophie))
    intrus = connecter(Client(), membre("Ivan Lentour", MEME_SIREN).utilisateur)

    assert "urssaf.pdf" not in page(intrus.get(ICI))
    assert intrus.get(f"{ICI}versions/{version.reference}/fichier").status_code == 404


def test_ce_qu_un_collegue_apporte_en_reunissant_se_lit_dans_la_meme_liste(sophie):
    kevin = membre("Kévin Masson")
    ajouter(kevin, un_fichier("rib.pdf"))
    demande = sophie.equipe.demandes.get(utilisateur=kevin.utilisateur)
    avec = reconnaitre(demande=demande, par=sophie, maintenant=LUNDI)
    assert "rib.pdf" not in page(connecter(Client(), sophie.utilisateur).get(ICI))

    reunir(seule=kevin, avec=avec, maintenant=LUNDI)

    assert "rib.pdf" in page(connecter(Client(), sophie.utilisateur).get(ICI))


def test_qui_quitte_l_equipe_n_y_lit_plus_rien(sophie):
    version = en_cours(ajouter(sophie))
    parti = connecter(Client(), sophie.utilisateur)
    detacher_membre(membre=sophie, par=sophie.utilisateur.acteur, maintenant=LUNDI)

    assert parti.get(f"{ICI}versions/{version.reference}/fichier").status_code == 404
