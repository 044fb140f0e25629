"""Les écrans d'une réponse, tels que l'entreprise les voit."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from beffroi.achat.consultations.models import PieceAttendue
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.personnes.pieces import services as pieces
from beffroi.reponse.depots import services
from beffroi.reponse.depots.models import BrouillonDeReponse
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.tests.factories import VEILLE
from beffroi.reponse.reponses.queries.avancement import avancement, formats_lisibles
from beffroi.socle.fondations import horloge
from droit.pieces_de_candidature import Sorte

pytestmark = pytest.mark.django_db


@pytest.fixture
def candidat():
    return factories.Candidat(
        factories.consultation(limite=horloge.maintenant() + timedelta(hours=1))
    )


@pytest.fixture
def client(candidat):
    return connecter(Client(), candidat.personne)


def attendre(consultation, intitule="Acte d'engagement", enveloppe="offre", formats="pdf"):
    return PieceAttendue.objects.create(
        consultation=consultation, intitule=intitule, enveloppe=enveloppe, formats=formats
    )


def page(client, nom, *arguments):
    reponse = client.get(reverse(f"reponses:{nom}", args=arguments))
    assert reponse.status_code == 200, reponse.status_code
    return reponse.content.decode().replace("\N{NO-BREAK SPACE}", " ").replace("’", "'")


def test_avant_de_commencer_on_sait_ce_qui_attend_sans_compte(candidat):
    attendre(candidat.consultation)

    texte = page(Client(), "commencer", candidat.consultation.reference)

    assert "Acte d'engagement" in texte
    assert "20 Go en tout" in texte and "10 000 fichiers" in texte
    assert (
        f"/compte/inscription/?next=/consultations/{candidat.consultation.reference}/deposer/"
        in texte
    )


def test_commencer_ouvre_une_reponse_pour_la_seule_equipe(client, candidat):
    reponse = client.post(reverse("reponses:commencer", args=[candidat.consultation.reference]))

    brouillon = BrouillonDeReponse.objects.get()
    assert reponse.headers["Location"] == reverse("reponses:reponse", args=[brouillon.reference])
    assert brouillon.equipe == candidat.membre.equipe


def test_commencer_demande_un_lot_quand_il_y_en_a():
    consultation = factories.consultation(lots=2, limite=horloge.maintenant() + timedelta(hours=1))
    candidat = factories.Candidat(consultation)
    reponse = connecter(Client(), candidat.personne).post(
        reverse("reponses:commencer", args=[consultation.reference])
    )

    assert reponse.status_code == 422
    assert "Choisissez au moins un lot" in reponse.content.decode()


def test_une_consultation_sans_suite_dit_non():
    consultation = factories.consultation(etat="sans_suite", sans_suite_le=VEILLE)
    texte = page(
        connecter(Client(), factories.membre().utilisateur), "commencer", consultation.reference
    )

    assert "ne reçoit plus de réponse" in texte
    assert "<form method" not in texte


def test_apres_l_heure_limite_on_peut_encore_commencer():
    consultation = factories.consultation(limite=horloge.maintenant() - timedelta(minutes=5))
    texte = page(
        connecter(Client(), factories.membre().utilisateur), "commencer", consultation.reference
    )

    assert "L'heure limite est passée" in texte
    assert "marquée hors délai" in texte
    assert "Commencer ma réponse" in texte


def test_les_etapes_disent_leur_etat(client, candidat):
    attendre(candidat.consultation)
    attendre(candidat.consultation, "Bordereau des prix")
    brouillon = candidat.commence(le=horloge.maintenant())
    candidat.envoie(brouillon, "candidature", None, "lettre.pdf", b"x", horloge.maintenant())

    etat = avancement(brouillon, le=horloge.maintenant())
    texte = page(client, "reponse", brouillon.reference)

    assert [place.mention.mot for place in etat.places] == ["Complet, 1 fichier", "À faire"]
    assert "Rien n'est encore déposé" in texte
    assert texte.count("À faire") >= 3


def test_un_fichier_repond_a_la_piece_pour_laquelle_il_est_envoye(candidat):
    attendue = attendre(candidat.consultation)
    brouillon = candidat.commence(le=horloge.maintenant())
    services.ouvrir_fichier(
        brouillon=brouillon,
        enveloppe="offre",
        lot=None,
        nom="x.pdf",
        taille=len(factories.sceller(b"x").octets),
        maintenant=horloge.maintenant(),
        piece=attendue.reference,
    )

    place = avancement(brouillon, le=horloge.maintenant()).places[1]

    assert place.pieces[0].fichier.nom == "x.pdf"
    assert place.mention.mot == "En cours, 0 sur 1"


def test_un_envoi_dont_plus_rien_n_arrive_est_a_reprendre(candidat):
    brouillon = candidat.commence(le=horloge.maintenant())
    services.ouvrir_fichier(
        brouillon=brouillon,
        enveloppe="offre",
        lot=None,
        nom="x.pdf",
        taille=len(factories.sceller(b"x").octets),
        maintenant=horloge.maintenant() - timedelta(minutes=10),
    )

    assert (
        avancement(brouillon, le=horloge.maintenant()).places[1].mention.mot
        == "À reprendre, 0 fichiers"
    )


def test_deposer_puis_changer_se_voit(client, candidat):
    maintenant = horloge.maintenant()
    pli = candidat.depose(("offre", None), le=maintenant)
    assert "Votre réponse est déposée" in page(client, "reponse", pli.brouillon.reference)

    candidat.envoie(pli.brouillon, "offre", None, "nouveau.pdf", b"y", maintenant)

    assert "Vos changements ne sont pas déposés" in page(client, "reponse", pli.brouillon.reference)


def test_ecarter_un_fichier_depose_le_garde_dans_son_depot(client, candidat):
    pli = candidat.depose(("offre", None), le=horloge.maintenant())
    fichier = pli.enveloppes.get().fichiers.get()

    reponse = client.post(
        reverse("reponses:ecarter", args=[pli.brouillon.reference, fichier.reference])
    )

    fichier.refresh_from_db()
    assert reponse.status_code == 204
    assert fichier.ecarte_le is not None
    assert pli.enveloppes.get().fichiers.count() == 1
    assert avancement(pli.brouillon, le=horloge.maintenant()).situation == "modifiee"


def test_le_groupement_se_declare_et_se_corrige(client, candidat):
    brouillon = candidat.commence(le=horloge.maintenant())
    adresse = reverse("reponses:groupement", args=[brouillon.reference])
    gestion = {"membre-TOTAL_FORMS": "2", "membre-INITIAL_FORMS": "0"}

    vide = client.post(adresse, {"forme": "conjoint", **gestion})
    juste = client.post(
        adresse,
        {
            "forme": "conjoint",
            **gestion,
            "membre-0-identifiant": "732 829 320 00074",
            "membre-0-nom": "Zingueurs",
        },
    )

    brouillon.refresh_from_db()
    assert vide.status_code == 422 and "au moins un autre membre" in vide.content.decode()
    assert juste.status_code == 302
    assert brouillon.groupement["membres"] == [
        {"identifiant": "73282932000074", "nom": "Zingueurs"}
    ]


def test_un_lot_qui_a_des_fichiers_ne_se_retire_pas():
    consultation = factories.consultation(lots=2, limite=horloge.maintenant() + timedelta(hours=1))
    candidat = factories.Candidat(consultation)
    brouillon = candidat.commence(1, 2, le=horloge.maintenant())
    candidat.envoie(brouillon, "offre", 1, "x.pdf", b"x", horloge.maintenant())

    reponse = connecter(Client(), candidat.personne).post(
        reverse("reponses:lots", args=[brouillon.reference]), {"lots": ["2"]}
    )

    assert reponse.status_code == 422
    assert "a déjà des fichiers" in reponse.content.decode()


def test_la_page_des_fichiers_porte_de_quoi_sceller_et_une_politique_stricte(client, candidat):
    brouillon = candidat.commence(le=horloge.maintenant())
    reponse = client.get(reverse("reponses:pieces_d_offre", args=[brouillon.reference, "offre"]))

    assert candidat.consultation.cle_offre.destinataire in reponse.content.decode()
    assert "default-src 'none'" in reponse.headers["Content-Security-Policy"]
    assert "no-store" in reponse.headers["Cache-Control"]
    assert "Ce navigateur ne peut pas sceller" in reponse.content.decode()


def test_la_verification_annonce_ce_qui_sera_remplace(client, candidat):
    maintenant = horloge.maintenant()
    pli = candidat.depose(("offre", None), le=maintenant)
    candidat.envoie(pli.brouillon, "offre", None, "nouveau.pdf", b"y", maintenant)

    texte = page(client, "verifier_la_reponse", pli.brouillon.reference)

    assert "Ce dépôt remplacera" in texte and pli.reference in texte
    assert "Déposer maintenant" in texte


def test_la_seance_expiree_se_dit_sans_redirection(candidat):
    brouillon = candidat.commence(le=horloge.maintenant())
    reponse = Client().get(reverse("reponses:seance", args=[brouillon.reference]))

    assert reponse.status_code == 401
    assert reponse.json() == {"connecte": False}
    assert "csrftoken" in reponse.cookies


def test_mes_reponses_mettent_le_danger_d_abord(client, candidat):
    assert "Vous n'avez encore rien commencé" in page(client, "mes_reponses")

    brouillon = candidat.commence(le=horloge.maintenant())
    assert "En préparation" in page(client, "mes_reponses")

    candidat.envoie(brouillon, "offre", None, "x.pdf", b"x", horloge.maintenant())
    texte = page(client, "mes_reponses")
    assert "Envoyé, mais pas déposé" in texte and "Rien n'est déposé pour cette réponse" in texte


def test_un_envoi_non_depose_a_l_heure_limite_le_dit():
    candidat = factories.Candidat(
        factories.consultation(limite=horloge.maintenant() - timedelta(minutes=3))
    )
    brouillon = candidat.commence(le=horloge.maintenant() - timedelta(hours=1))
    candidat.envoie(brouillon, "offre", None, "x.pdf", b"x", horloge.maintenant())
    client = connecter(Client(), candidat.personne)

    for texte in (page(client, "reponse", brouillon.reference), page(client, "mes_reponses")):
        assert "Non déposé : l'heure limite est passée" in texte
        assert "Vous pouvez encore déposer" in texte


@pytest.mark.parametrize(
    "extensions, lus",
    [("", ""), ("pdf", "PDF"), ("ods,xlsx, pdf", "ODS, XLSX ou PDF"), ("pdf,odt", "PDF ou ODT")],
)
def test_les_formats_se_lisent(extensions, lus):
    assert formats_lisibles(extensions) == lus


def test_un_collegue_lit_sur_la_verification_ce_qui_est_a_verifier(candidat):
    attendue = attendre(candidat.consultation, formats="pdf")
    brouillon = candidat.commence(le=horloge.maintenant())
    acte = candidat.envoie(brouillon, "offre", None, "acte.dwg", b"x", horloge.maintenant())
    type(acte).objects.filter(pk=acte.pk).update(piece=attendue)
    candidat.envoie(brouillon, "offre", None, "prix 12000€.pdf", b"", horloge.maintenant())
    candidat.envoie(brouillon, "candidature", None, "=DPGF.pdf", b"y", horloge.maintenant())
    collegue = factories.membre("Kévin Masson", chez=candidat.membre.equipe)

    texte = page(
        connecter(Client(), collegue.utilisateur), "verifier_la_reponse", brouillon.reference
    )

    assert "Ce format n'est pas dans la liste de l'acheteur : pdf." in texte
    assert "semble dire un montant" in texte and "Ce fichier est vide." in texte
    assert "prendrait pour une formule" in texte and "Un prix se met dans l'offre" in texte


def test_le_meme_fichier_dans_deux_enveloppes_se_signale(client, candidat):
    brouillon = candidat.commence(le=horloge.maintenant())
    for enveloppe in ("candidature", "offre"):
        candidat.envoie(brouillon, enveloppe, None, "mémoire.pdf", b"le meme", horloge.maintenant())

    texte = page(client, "verifier_la_reponse", brouillon.reference)

    assert (
        texte.count(
            "Un fichier de même nom et de même taille est aussi dans : Pièces de candidature."
        )
        == 1
    )


def test_un_fichier_sans_reproche_ne_dit_rien(client, candidat):
    brouillon = candidat.commence(le=horloge.maintenant())
    candidat.envoie(brouillon, "offre", None, "mémoire technique.pdf", b"x", horloge.maintenant())

    assert "À vérifier" not in page(client, "verifier_la_reponse", brouillon.reference)


def test_l_ecran_des_pieces_dit_que_les_noms_ne_sont_pas_scelles(client, candidat):
    brouillon = candidat.commence(le=horloge.maintenant())

    texte = page(client, "pieces_d_offre", brouillon.reference, "offre")

    assert "Leurs noms, eux, ne sont pas scellés" in texte


def test_les_pieces_gardees_se_proposent_a_qui_est_confirme(client, candidat):
    garder_une_piece(candidat.membre)
    brouillon = candidat.commence(le=horloge.maintenant())

    texte = page(client, "pieces", brouillon.reference)

    assert (
        "Reprendre nos pièces" in texte
        and "Expirée depuis le" in texte
        and "decennale.pdf" in texte
    )


def test_qui_dit_le_meme_siret_ne_voit_pas_les_pieces_de_l_equipe(candidat):
    garder_une_piece(candidat.membre)
    kevin = factories.membre("Kévin Masson", factories.equipe(meme_que=candidat.membre.equipe))
    brouillon = factories.Candidat(candidat.consultation, kevin).commence(le=horloge.maintenant())

    texte = page(connecter(Client(), kevin.utilisateur), "pieces", brouillon.reference)

    assert "decennale.pdf" not in texte


def test_les_pieces_proposees_sont_celles_de_l_equipe_qui_repond(client, candidat):
    garder_une_piece(factories.membre("Nadia Fauquet"))
    brouillon = candidat.commence(le=horloge.maintenant())

    assert "decennale.pdf" not in page(client, "pieces", brouillon.reference)


def garder_une_piece(membre):
    expiree = (horloge.maintenant() - timedelta(days=3)).date()
    fichier = pieces.Fichier("decennale.pdf", b"%PDF", pieces.Validite(None, expiree))
    pieces.ajouter_une_piece(
        equipe=membre.equipe,
        sorte=Sorte.DECENNALE,
        intitule="",
        fichier=fichier,
        par=membre.utilisateur,
        maintenant=horloge.maintenant(),
    )
