"""Les écrans des courriers : ce que chacun lit, et ce que personne ne lit."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from beffroi.achat.consultations.services import declarer_sans_suite
from beffroi.achat.consultations.tests.scene import agent
from beffroi.choix.echanges import services
from beffroi.choix.echanges.forms import designation
from beffroi.choix.echanges.models import Courrier, Exemplaire, Retour
from beffroi.choix.echanges.tests.gestes import (
    envoyer,
    exemplaire,
    rediger,
    repondre,
    reponses_ouvertes,
)
from beffroi.choix.echanges.views import suivi
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.personnes.organismes.services import creer_organisme
from beffroi.publicite.questions.tests.gestes import membre
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture
from sceau import evidence

CANARI = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
HEURE = timedelta(hours=1)


def adresse(consultation, suite=""):
    return f"/consultations/{consultation.reference}/courriers/{suite}"


def saisie(*membres, **champs):
    choisis = [designation(membre.equipe) for membre in membres]
    return {
        "sorte": "libre",
        "a": choisis,
        "sujet": "Visite",
        "texte": "Bonjour [entreprise].",
        **champs,
    }


def envoi(**champs):
    return {"texte": "C'est noté.", "cle": "c" * 32, **champs}


def page_du_fil(courrier, qui):
    return f"/messages/{exemplaire(courrier, qui).fil.reference}/"


# ---------------------------------------------------------------- l'acheteur écrit


def test_l_acheteur_ecrit_relit_et_envoie(acheteur, consultation, sophie, nadia):
    relire = acheteur.post(adresse(consultation, "ecrire/"), saisie(sophie, nadia), follow=True)
    courrier = Courrier.objects.get()
    envoye = acheteur.post(adresse(consultation, f"{courrier.reference}/envoyer/"), follow=True)

    assert "Bonjour Atelier du Faîtage." in relire.content.decode()
    assert "Bonjour Zingueurs de la Lys." in relire.content.decode()
    assert "Le courrier est envoyé" in envoye.content.decode()
    assert Exemplaire.objects.exclude(remis_le=None).count() == 2


def test_sans_suite_la_page_ne_dit_pas_d_ouvrir_ce_qui_ne_s_ouvre_plus(
    scene, acheteur, consultation
):
    declarer_sans_suite(
        consultation=consultation, motif="Le besoin cesse.", par=PLATEFORME, maintenant=scene.le
    )

    page = acheteur.get(adresse(consultation, "ecrire/")).content.decode()

    assert "ne s’ouvre plus" in page and "Ouvrez les réponses" not in page


def test_l_acheteur_joint_un_fichier_pour_une_seule(acheteur, consultation, sophie, nadia):
    acheteur.post(adresse(consultation, "ecrire/"), saisie(sophie, nadia))
    courrier = Courrier.objects.get()
    page = adresse(
        consultation, f"{courrier.reference}/pieces/{exemplaire(courrier, sophie).reference}/"
    )

    relu = acheteur.post(
        page, {"piece_1": SimpleUploadedFile("contrat.pdf", b"%PDF")}, follow=True
    ).content.decode()

    assert relu.count("contrat.pdf") == 1 and relu.count("Joindre un fichier pour elle seule") == 1
    assert "Changer ses fichiers" in relu
    assert [piece.nom for piece in exemplaire(courrier, sophie).pieces.all()] == ["contrat.pdf"]


def test_trop_de_fichiers_propres_se_dit_sans_rien_perdre(acheteur, consultation, sophie):
    acheteur.post(adresse(consultation, "ecrire/"), saisie(sophie))
    courrier = Courrier.objects.get()
    page = adresse(
        consultation, f"{courrier.reference}/pieces/{exemplaire(courrier, sophie).reference}/"
    )
    acheteur.post(
        page, {f"piece_{rang}": SimpleUploadedFile(f"{rang}.pdf", b"%PDF") for rang in (1, 2, 3)}
    )

    refus = acheteur.post(page, {"piece_1": SimpleUploadedFile("4.pdf", b"%PDF")})

    assert refus.status_code == 422 and "fichiers propres au plus" in refus.content.decode()
    assert exemplaire(courrier, sophie).pieces.count() == 3


def test_un_modele_remplit_le_formulaire(acheteur, consultation, sophie):
    page = acheteur.get(
        adresse(consultation, "ecrire/"), {"modele": "information"}
    ).content.decode()

    assert "Nous vous écrivons au sujet de la consultation [consultation]" in page


def test_le_texte_propre_s_ecrit_a_la_relecture(acheteur, scene, consultation, sophie, nadia):
    courrier = rediger(scene, consultation, sophie, nadia, texte="Motif : [texte propre]")
    cette = adresse(consultation, f"{courrier.reference}/")
    avant = acheteur.get(cette).content.decode()
    acheteur.post(cette, {e.reference: f"pour {e.reference}" for e in courrier.exemplaires.all()})
    apres = acheteur.get(cette).content.decode()

    assert ("Envoyer le courrier" in avant, "Envoyer le courrier" in apres) == (False, True)
    assert all(apres.count(f"pour {e.reference}") == 2 for e in courrier.exemplaires.all())


def test_un_texte_propre_dans_le_seul_sujet_s_ecrit_aussi_a_la_relecture(
    acheteur, scene, consultation, sophie
):
    courrier = rediger(scene, consultation, sophie, sujet="Lot [texte propre]")
    cette = adresse(consultation, f"{courrier.reference}/")
    acheteur.post(cette, {exemplaire(courrier, sophie).reference: "toiture"})

    relue = acheteur.get(cette).content.decode()

    assert "Lot toiture" in relue and "Envoyer le courrier" in relue


def test_une_erreur_garde_le_texte_et_nomme_le_champ(acheteur, consultation, sophie):
    page = acheteur.post(adresse(consultation, "ecrire/"), saisie(texte="Mon texte gardé"))

    assert page.status_code == 422
    assert "Mon texte gardé" in page.content.decode()
    assert "Choisissez au moins une entreprise" in page.content.decode()


def test_une_sorte_qui_attend_l_ouverture_est_refusee_en_la_nommant(acheteur, consultation, sophie):
    page = acheteur.post(adresse(consultation, "ecrire/"), saisie(sophie, sorte="rejet"))

    assert page.status_code == 422
    assert "réponse est ouverte" in page.content.decode()


def test_un_sujet_qui_glisse_un_en_tete_est_refuse(acheteur, consultation, sophie):
    page = acheteur.post(
        adresse(consultation, "ecrire/"), saisie(sophie, sujet="Visite\r\nBcc: pirate@example.org")
    )

    assert page.status_code == 422
    assert not Courrier.objects.exists()


def test_aucun_courriel_ne_porte_le_sujet_du_courrier(scene, consultation, sophie):
    envoyer(scene, consultation, sophie, sujet="Bcc: pirate@example.org")

    assert not any(
        "pirate" in courriel.sujet + courriel.texte for courriel in Courriel.objects.all()
    )


def test_sans_entreprise_nommee_la_page_dit_pourquoi(acheteur, consultation):
    page = acheteur.get(adresse(consultation, "ecrire/")).content.decode()

    assert "Vous ne pouvez encore écrire à personne" in page


def test_un_lecteur_lit_sans_ecrire(scene, consultation, sophie):
    courrier = envoyer(scene, consultation, sophie)
    lectrice = connecter(
        Client(),
        agent("Yvette Cordier", scene.organisme, le=scene.le, roles=("lecteur",), cle=False),
    )

    assert lectrice.get(adresse(consultation, f"{courrier.reference}/")).status_code == 200
    assert lectrice.get(adresse(consultation, "ecrire/")).status_code == 403
    assert (
        "Relancer"
        not in lectrice.get(adresse(consultation, f"{courrier.reference}/")).content.decode()
    )


def test_un_lecteur_ne_touche_pas_aux_textes_propres(scene, consultation, sophie):
    courrier = rediger(scene, consultation, sophie, texte="[texte propre]")
    lectrice = connecter(
        Client(),
        agent("Yvette Cordier", scene.organisme, le=scene.le, roles=("lecteur",), cle=False),
    )
    cle = courrier.exemplaires.get().reference

    assert (
        lectrice.post(adresse(consultation, f"{courrier.reference}/"), {cle: "glissé"}).status_code
        == 403
    )
    assert courrier.exemplaires.get().texte_propre == ""


def test_un_autre_organisme_ne_trouve_rien(scene, consultation, sophie):
    courrier = envoyer(scene, consultation, sophie)
    ailleurs = creer_organisme(
        nom="Audincthun", siret="21620053500013", par=PLATEFORME, maintenant=scene.le
    )
    etrangere = connecter(Client(), agent("Odile Fasquelle", ailleurs, le=scene.le, cle=False))
    recu = exemplaire(courrier, sophie)

    suites = (
        "",
        f"{courrier.reference}/",
        f"fils/{recu.fil.reference}/",
        f"preuves/{recu.reference}/",
    )
    assert {etrangere.get(adresse(consultation, suite)).status_code for suite in suites} == {404}


def test_le_courrier_d_une_consultation_ne_se_lit_pas_par_une_autre(
    acheteur, scene, consultation, sophie
):
    courrier, autre = envoyer(scene, consultation, sophie), scene.publiee("Curage des fossés")

    assert acheteur.get(adresse(autre, f"{courrier.reference}/")).status_code == 404


# ---------------------------------------------------------------- l'entreprise lit


def test_ouvrir_le_fil_est_la_premiere_lecture(scene, consultation, sophie, entreprise):
    courrier = envoyer(scene, consultation, sophie, le=scene.le)
    avant = entreprise.get("/messages/").content.decode()
    page = entreprise.get(page_du_fil(courrier, sophie)).content.decode()

    assert ("Non lu" in avant, "Visite du site" in avant) == (True, False)
    assert "Bonjour Atelier du Faîtage, la visite du site est avancée à mardi." in page
    assert exemplaire(courrier, sophie).lu_par == sophie.utilisateur


def test_ni_la_liste_ni_une_sonde_ni_l_acheteur_ne_font_une_lecture(
    scene, acheteur, consultation, sophie, entreprise
):
    courrier = envoyer(scene, consultation, sophie, le=scene.le)
    recu = exemplaire(courrier, sophie)
    entreprise.get("/messages/")
    entreprise.head(page_du_fil(courrier, sophie))
    entreprise.get(page_du_fil(courrier, sophie), headers={"sec-purpose": "prefetch"})
    for suite in (
        "",
        f"{courrier.reference}/",
        f"fils/{recu.fil.reference}/",
        f"preuves/{recu.reference}/",
    ):
        assert acheteur.get(adresse(consultation, suite)).status_code == 200

    assert exemplaire(courrier, sophie).lu_le is None


def test_une_autre_entreprise_ne_trouve_pas_le_fil(scene, consultation, sophie, nadia):
    courrier = envoyer(scene, consultation, sophie, fichiers=[("plan.pdf", b"%PDF")])
    autre = connecter(Client(), nadia.utilisateur)
    piece = courrier.pieces.get().reference

    assert autre.get(page_du_fil(courrier, sophie)).status_code == 404
    assert autre.get(f"{page_du_fil(courrier, sophie)}pieces/{piece}/").status_code == 404
    assert autre.post(page_du_fil(courrier, sophie), envoi()).status_code == 404


def test_la_piece_jointe_se_telecharge(scene, consultation, sophie, entreprise):
    courrier = envoyer(scene, consultation, sophie, fichiers=[("plan.pdf", b"%PDF plan")])

    servie = entreprise.get(
        f"{page_du_fil(courrier, sophie)}pieces/{courrier.pieces.get().reference}/"
    )

    assert b"".join(servie.streaming_content) == b"%PDF plan"
    assert "attachment" in servie["Content-Disposition"]


def test_une_piece_jointe_ne_se_garde_dans_aucun_cache_partage(
    scene, acheteur, consultation, sophie, entreprise
):
    courrier = envoyer(scene, consultation, sophie, fichiers=[("plan.pdf", b"%PDF plan")])
    reference = courrier.pieces.get().reference

    for servie in (
        entreprise.get(f"{page_du_fil(courrier, sophie)}pieces/{reference}/"),
        acheteur.get(adresse(consultation, f"pieces/{reference}/")),
    ):
        assert "private" in servie["Cache-Control"] and "public" not in servie["Cache-Control"]


def test_sans_message_la_page_dit_ce_qui_viendra(entreprise, consultation):
    assert "avez aucun message" in entreprise.get("/messages/").content.decode()


# ---------------------------------------------------------------- l'entreprise répond


def test_l_entreprise_repond_avec_un_fichier(scene, acheteur, consultation, sophie, entreprise):
    courrier = envoyer(scene, consultation, sophie, le=scene.le)
    joint = SimpleUploadedFile("plan.pdf", b"%PDF")

    page = entreprise.post(
        page_du_fil(courrier, sophie), envoi(piece_1=joint), follow=True
    ).content.decode()
    fil = acheteur.get(
        adresse(consultation, f"fils/{exemplaire(courrier, sophie).fil.reference}/")
    ).content.decode()

    assert "Votre réponse est reçue" in page
    assert all(mot in fil for mot in ("est noté.", "plan.pdf", "Sophie Merlin"))
    assert Retour.objects.get().lu_par == scene.martine


def test_une_reponse_faite_ne_se_dit_plus_attendue_et_l_adresse_ecrite_s_ouvre(
    scene, consultation, sophie, entreprise
):
    ecrit = {
        "texte": "Lisez https://bomy.example/visite.",
        "reponse_avant": scene.le + timedelta(hours=9),
    }
    courrier = envoyer(scene, consultation, sophie, le=scene.le, **ecrit)
    attendue = entreprise.get(page_du_fil(courrier, sophie)).content.decode()
    entreprise.post(page_du_fil(courrier, sophie), envoi())
    faite = entreprise.get(page_du_fil(courrier, sophie)).content.decode()

    assert [mot in attendue for mot in ("Réponse attendue", "Répondu")] == [True, False]
    assert [mot in faite for mot in ("Réponse attendue", "Répondu")] == [False, True]
    assert 'href="https://bomy.example/visite"' in faite


@pytest.mark.moteurs
def test_une_offre_est_refusee_en_menant_au_depot_et_le_texte_reste(
    scene, consultation, sophie, entreprise
):
    courrier = envoyer(scene, consultation, sophie, le=scene.le)
    offre = SimpleUploadedFile("Acte d'engagement.pdf", b"%PDF")

    page = entreprise.post(
        page_du_fil(courrier, sophie), envoi(texte="Mon texte gardé", piece_1=offre)
    )

    lu = page.content.decode()
    assert page.status_code == 422
    assert all(mot in lu for mot in ("Mon texte gardé", "Aller déposer ma réponse", "TA Caen"))
    assert not Retour.objects.exists()
    refus = Ecriture.objects.get(acte="courrier.refuser").contenu
    assert "offre par message" in refus
    assert not any(mot in refus for mot in ("engagement", "gardé"))


def test_un_fichier_trop_gros_est_refuse_avec_la_limite_et_le_texte_reste(
    scene, consultation, sophie, entreprise, petite_limite
):
    courrier = envoyer(scene, consultation, sophie, le=scene.le)
    gros = SimpleUploadedFile("gros.pdf", b"x" * 300_000)

    page = entreprise.post(
        page_du_fil(courrier, sophie), envoi(texte="Mon texte gardé", piece_1=gros)
    )

    assert page.status_code == 422
    assert all(mot in page.content.decode() for mot in ("Mon texte gardé", "par fichier"))
    assert not Retour.objects.exists()


def test_un_envoi_sans_jeton_de_formulaire_est_refuse(scene, consultation, sophie):
    courrier = envoyer(scene, consultation, sophie, le=scene.le)
    strict = connecter(Client(enforce_csrf_checks=True), sophie.utilisateur)

    assert strict.post(page_du_fil(courrier, sophie), envoi()).status_code == 403
    assert not Retour.objects.exists()


def test_deux_clics_ne_font_qu_une_reponse(scene, consultation, sophie, entreprise):
    courrier = envoyer(scene, consultation, sophie, le=scene.le)
    for _ in range(2):
        assert entreprise.post(page_du_fil(courrier, sophie), envoi()).status_code == 302

    assert Retour.objects.count() == 1


def test_une_consultation_archivee_se_lit_et_ne_recoit_plus(
    scene, sophie, entreprise, consultation
):
    courrier = envoyer(scene, consultation, sophie, le=scene.le)
    type(consultation).toutes.filter(pk=consultation.pk).update(etat="archivee")

    page = entreprise.get(page_du_fil(courrier, sophie)).content.decode()

    assert ("y répond plus" in page, "Envoyer ma réponse" in page) == (True, False)
    assert entreprise.post(page_du_fil(courrier, sophie), envoi()).status_code == 422


# ---------------------------------------------------------------- suivre et prouver


def test_la_liste_dit_qui_a_lu_et_se_filtre(scene, acheteur, consultation, sophie, nadia):
    courrier = envoyer(scene, consultation, sophie, nadia, le=scene.le)
    services.lire(fil=exemplaire(courrier, sophie).fil, par=sophie.utilisateur, maintenant=scene.le)

    def noms(etat):
        page = acheteur.get(adresse(consultation), {"etat": etat}).content.decode()
        return "Atelier du Faîtage" in page, "Zingueurs de la Lys" in page

    assert (noms(""), noms("lus"), noms("non_lus")) == ((True, True), (True, False), (False, True))


def test_la_liste_se_filtre_sur_ce_qui_est_a_relancer_et_sur_les_reponses(
    scene, acheteur, consultation, sophie, nadia
):
    ancien = envoyer(
        scene, consultation, sophie, le=scene.le - timedelta(days=3), sujet="Ancien courrier"
    )
    repondu = envoyer(
        scene, consultation, nadia, le=scene.le - timedelta(days=3), sujet="Courrier répondu"
    )
    services.lire(fil=exemplaire(repondu, nadia).fil, par=nadia.utilisateur, maintenant=scene.le)
    repondre(repondu, nadia, le=scene.le)

    def sujets(etat):
        page = acheteur.get(adresse(consultation), {"etat": etat}).content.decode()
        return "Ancien courrier" in page, "Courrier répondu" in page

    assert (sujets("a_relancer"), sujets("repondus")) == ((True, False), (False, True))
    assert exemplaire(ancien, sophie).lu_le is None


def test_archivee_une_consultation_n_a_plus_rien_a_relancer(scene, acheteur, consultation, sophie):
    envoyer(scene, consultation, sophie, le=scene.le - timedelta(days=3))
    assert "Non lu, à relancer" in acheteur.get(adresse(consultation)).content.decode()

    type(consultation).toutes.filter(pk=consultation.pk).update(etat="archivee")

    assert "Non lu, à relancer" not in acheteur.get(adresse(consultation)).content.decode()


@pytest.mark.parametrize("qui", ["acheteur", "entreprise"])
def test_une_liste_ne_lit_ni_les_textes_ni_une_requete_de_plus_par_courrier(
    scene, consultation, sophie, qui, request
):
    client = request.getfixturevalue(qui)
    page = adresse(consultation) if qui == "acheteur" else "/messages/"

    def lire():
        with CaptureQueriesContext(connection) as faites:
            assert client.get(page).status_code == 200
        assert not any('"echanges_exemplaire"."texte"' in requete["sql"] for requete in faites)
        return len(faites)

    envoyer(scene, consultation, sophie, le=scene.le)
    client.get(page)  # la première visite ouvre la séance
    un = lire()
    for _ in range(2):
        envoyer(scene, consultation, sophie, le=scene.le)

    assert lire() == un


def test_la_page_de_preuve_dit_chaque_fait_et_son_empreinte(scene, acheteur, consultation, sophie):
    courrier = envoyer(scene, consultation, sophie, le=scene.le)
    recu = exemplaire(courrier, sophie)
    services.lire(fil=recu.fil, par=sophie.utilisateur, maintenant=scene.le + HEURE)
    page = acheteur.get(adresse(consultation, f"preuves/{recu.reference}/")).content.decode()

    ecritures = Ecriture.objects.filter(acte__in=("courrier.envoyer", "courrier.lire"))
    assert all(services.empreinte(ecriture.contenu) in page for ecriture in ecritures)
    assert services.empreinte_du_texte(recu) in page
    assert "Sophie Merlin" in page


def test_la_preuve_ne_dit_aucun_numero_du_journal(scene, acheteur, consultation, sophie):
    courrier = envoyer(scene, consultation, sophie, le=scene.le)
    avec = acheteur.get(
        adresse(consultation, f"preuves/{exemplaire(courrier, sophie).reference}/")
    ).context

    assert not any(hasattr(fait, "numero") for fait in avec["faits"])


def test_relancer_propose_une_autre_personne(scene, acheteur, consultation, sophie):
    kevin = membre("Kévin Masson", par=sophie, le=scene.le)
    courrier = envoyer(scene, consultation, sophie, le=scene.le - timedelta(days=3))
    relance = adresse(consultation, f"relancer/{exemplaire(courrier, sophie).reference}/")
    page = acheteur.get(relance).content.decode()
    acheteur.post(relance, {"personne": kevin.utilisateur.reference})

    assert ("Sophie Merlin, déjà prévenue" in page, "Kévin Masson" in page) == (True, True)
    assert (
        Courriel.objects.filter(
            destinataire=kevin.utilisateur.courriel, cle__startswith="courrier:"
        ).count()
        == 1
    )


def test_un_texte_hostile_se_lit_sans_s_executer(scene, acheteur, entreprise, consultation, sophie):
    courrier = rediger(
        scene,
        consultation,
        sophie,
        sujet=CANARI,
        texte=f"{CANARI} [entreprise]",
        fichiers=[(CANARI, b"%PDF")],
    )
    relire = acheteur.get(adresse(consultation, f"{courrier.reference}/")).content.decode()
    services.envoyer(courrier=courrier, par=scene.martine, maintenant=scene.le)
    recu = exemplaire(courrier, sophie)
    repondre(courrier, sophie, CANARI, le=scene.le, fichiers=((f"{CANARI}.pdf", b"%PDF"),))

    pages = [relire, entreprise.get(page_du_fil(courrier, sophie)).content.decode()]
    pages += [entreprise.get("/messages/").content.decode()]
    suites = (
        "",
        f"{courrier.reference}/",
        f"fils/{recu.fil.reference}/",
        f"preuves/{recu.reference}/",
        f"relancer/{recu.reference}/",
    )
    pages += [acheteur.get(adresse(consultation, suite)).content.decode() for suite in suites]

    assert not any("<script>alert" in page or "<img src=x" in page for page in pages)


def test_le_suivi_de_la_consultation_mene_aux_courriers(scene, acheteur, consultation, sophie):
    repondre(envoyer(scene, consultation, sophie, le=scene.le), sophie, le=scene.le)

    page = acheteur.get(f"/consultations/{consultation.reference}/suivre/").content.decode()

    assert "1 réponse d" in page
    assert f'href="{adresse(consultation)}"' in page


def test_apres_l_ouverture_l_acheteur_choisit_parmi_ceux_qui_ont_repondu(scene, acheteur):
    qui = membre(le=scene.le)
    consultation = reponses_ouvertes(scene, qui, le=scene.le)

    page = acheteur.get(adresse(consultation, "ecrire/")).content.decode()

    assert "Réponse ouverte, récépissé" in page


def test_la_preuve_se_telecharge_en_pdf_meme_avec_un_texte_hostile(
    scene, acheteur, consultation, sophie
):
    courrier = envoyer(
        scene,
        consultation,
        sophie,
        le=scene.le,
        sujet=CANARI,
        texte=f"#import {CANARI}\n\u202e\n\ue000",
    )
    servi = acheteur.get(
        adresse(consultation, f"preuves/{exemplaire(courrier, sophie).reference}/preuve.pdf")
    )

    assert servi.content.startswith(b"%PDF")
    assert servi["Content-Disposition"].startswith("attachment")


def preuve_servie(acheteur, consultation, recu) -> dict[str, bytes]:
    octets = acheteur.get(adresse(consultation, f"preuves/{recu.reference}/preuve.zip")).content
    assert evidence.holds_together(evidence.verify(io.BytesIO(octets)))
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        return {nom: archive.read(nom) for nom in archive.namelist()}


def test_la_preuve_verifiable_porte_ses_ecritures_une_fois_l_heure_limite_passee(
    scene, acheteur, consultation, sophie, monkeypatch
):
    courrier = envoyer(scene, consultation, sophie, le=scene.le)
    recu = exemplaire(courrier, sophie)
    avant = preuve_servie(acheteur, consultation, recu)
    monkeypatch.setattr(suivi, "maintenant", lambda: consultation.limite + HEURE)
    apres = preuve_servie(acheteur, consultation, recu)

    # Le numéro d'une écriture dirait combien de réponses sont arrivées.
    assert json.loads(avant["ecritures.json"]) == []
    assert [json.loads(e["record"])["acte"] for e in json.loads(apres["ecritures.json"])] == [
        "courrier.envoyer"
    ]
    assert apres[f"preuve-{recu.reference}.pdf"].startswith(b"%PDF")
