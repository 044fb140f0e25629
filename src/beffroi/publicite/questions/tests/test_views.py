"""Les écrans des questions : ce que chacun lit, et ce que personne ne lit."""

from datetime import timedelta
from unittest import mock

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.personnes.organismes.portee import portee
from beffroi.publicite.questions import rules
from beffroi.publicite.questions.models import PieceDeQuestion, Question
from beffroi.publicite.questions.tests.gestes import REPONSE, poser, preparer, publier
from beffroi.socle.guichet import envois
from beffroi.socle.guichet.limites import OCTETS_PAR_PIECE
from formats import tailles

CANARI = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def adresse(consultation, suite=""):
    return f"/consultations/{consultation.reference}/questions/{suite}"


def envoi(**champs):
    return {"texte": "Quelle ardoise ?", "cle": "c" * 32, **champs}


def test_une_entreprise_demande_et_lit_son_numero(entreprise, consultation):
    page = entreprise.post(
        adresse(consultation, "poser/"),
        envoi(piece_1=SimpleUploadedFile("plan.pdf", b"%PDF")),
        follow=True,
    )

    question = Question.objects.get()
    assert f"Question {question.reference}" in page.content.decode()
    assert "plan.pdf" in page.content.decode()


def test_un_visiteur_est_mene_a_la_page_sans_compte(client, consultation):
    assert client.get(adresse(consultation, "poser/")).url == adresse(consultation, "sans-compte/")


def test_une_seance_finie_mene_a_la_connexion(client, consultation):
    assert client.post(adresse(consultation, "poser/"), envoi()).url.startswith(
        "/compte/connexion/"
    )


def test_un_envoi_sans_jeton_de_formulaire_est_refuse(sophie, consultation):
    strict = connecter(Client(enforce_csrf_checks=True), sophie.utilisateur)

    assert strict.post(adresse(consultation, "poser/"), envoi()).status_code == 403
    assert not Question.objects.exists()


def test_un_fichier_trop_gros_est_refuse_avec_la_limite_et_le_texte_reste(
    entreprise, consultation, petite_limite
):
    gros = SimpleUploadedFile("gros.pdf", b"x" * 300_000)

    page = entreprise.post(
        adresse(consultation, "poser/"), envoi(texte="Mon texte gardé", piece_1=gros)
    )

    assert page.status_code == 422
    lue = page.content.decode().replace("&nbsp;", "\N{NO-BREAK SPACE}")
    assert "Mon texte gardé" in lue
    assert (
        f"Ce fichier fait {tailles.humaniser(300_000)}. "
        f"La limite est de {tailles.humaniser(petite_limite)} par fichier."
    ) in lue
    assert not Question.objects.exists()


def test_au_dela_du_nombre_permis_le_texte_reste(entreprise, consultation, monkeypatch):
    monkeypatch.setattr(rules, "QUESTIONS_PAR_ENTREPRISE", 0)

    page = entreprise.post(adresse(consultation, "poser/"), envoi(texte="Mon texte gardé"))

    assert page.status_code == 422
    assert "Mon texte gardé" in page.content.decode()
    assert "questions ici" in page.content.decode()


def test_quand_il_n_est_plus_temps_le_texte_revient_pour_le_copier(entreprise, consultation):
    with portee(consultation.organisme):
        Consultation.objects.filter(pk=consultation.pk).update(etat="sans_suite")

    page = entreprise.post(adresse(consultation, "poser/"), envoi(texte="Mon texte gardé"))

    assert page.status_code == 422
    assert "Mon texte gardé" in page.content.decode()
    assert not Question.objects.exists()


def test_un_fichier_trop_gros_ne_remplit_pas_le_disque(rf):
    recu = envois.EnvoiBorne(rf.get("/"))

    assert recu.receive_data_chunk(b"x", OCTETS_PAR_PIECE) == b"x"
    assert recu.receive_data_chunk(b"x", OCTETS_PAR_PIECE + 1) is None


def test_la_limite_se_dit_avant_le_clic(entreprise, consultation):
    page = entreprise.get(adresse(consultation, "poser/")).content.decode()

    assert tailles.humaniser(OCTETS_PAR_PIECE) in page.replace("&nbsp;", "\N{NO-BREAK SPACE}")


def test_l_acheteur_lit_la_question_sans_son_auteur_avant_l_heure_limite(
    scene, acheteur, consultation, sophie
):
    question = poser(
        consultation, sophie, le=scene.le, fichiers=[("atelier-du-faitage.pdf", b"%PDF")]
    )

    pages = [
        acheteur.get(adresse(consultation, suite)).content.decode()
        for suite in (
            "gerer/",
            f"gerer/{question.reference}/",
            f"gerer/{question.reference}/ecarter/",
        )
    ]

    assert all("Quelle ardoise" in page for page in pages)
    assert not any(
        mot in page for page in pages for mot in ("Sophie", "Faîtage", "faitage", "73282932")
    )


def test_l_acheteur_lit_l_auteur_apres_l_heure_limite(scene, consultation, sophie):
    poser(consultation, sophie, le=scene.le)

    with mock.patch.object(timezone, "now", lambda: scene.limite + timedelta(seconds=1)):
        page = (
            connecter(Client(), scene.martine).get(adresse(consultation, "gerer/")).content.decode()
        )

    assert "Sophie Merlin" in page


def test_le_fichier_recu_ne_porte_pas_son_nom_avant_l_heure_limite(
    scene, acheteur, consultation, sophie
):
    question = poser(
        consultation, sophie, le=scene.le, fichiers=[("atelier-du-faitage.pdf", b"%PDF")]
    )
    piece = PieceDeQuestion.objects.get()

    servi = acheteur.get(
        adresse(consultation, f"gerer/{question.reference}/pieces/{piece.reference}/")
    )

    assert "faitage" not in servi["Content-Disposition"]
    assert b"".join(servi.streaming_content) == b"%PDF"
    assert "private" in servi["Cache-Control"] and "public" not in servi["Cache-Control"]


def test_l_acheteur_prepare_relit_et_publie(scene, acheteur, consultation, sophie, client):
    question = poser(consultation, sophie, le=scene.le)
    gerer = f"gerer/{question.reference}/"

    relire = acheteur.post(adresse(consultation, gerer), REPONSE, follow=True)
    avant = client.get(adresse(consultation)).content.decode()
    acheteur.post(adresse(consultation, f"{gerer}publier/"))
    apres = client.get(adresse(consultation)).content.decode()

    assert "Ce que tous liront" in relire.content.decode()
    assert "32 sur 22" not in avant
    assert "32 sur 22" in apres
    assert not any(mot in apres for mot in ("Sophie", "Faîtage", question.reference))


def test_la_page_de_relecture_signale_et_attend_la_coche(scene, acheteur, consultation, sophie):
    question = poser(consultation, sophie, le=scene.le)
    preparer(scene, question, question_publique="Écrivez à sophie@faitage.example")
    publication = adresse(consultation, f"gerer/{question.reference}/publier/")

    refusee = acheteur.post(publication)

    assert refusee.status_code == 422
    assert "une adresse électronique" in refusee.content.decode()
    assert acheteur.post(publication, {"relue": "on"}).status_code == 302


def test_un_brouillon_incomplet_se_garde_et_dit_ce_qui_manque(
    scene, acheteur, consultation, sophie
):
    question = poser(consultation, sophie, le=scene.le)

    page = acheteur.post(
        adresse(consultation, f"gerer/{question.reference}/"), {"texte": "Oui."}, follow=True
    )

    assert "Écrivez la question telle que tous la liront" in page.content.decode()
    assert "Publier la réponse</button>" not in page.content.decode()


def test_un_texte_hostile_se_lit_sans_s_executer(
    scene, acheteur, entreprise, client, consultation, sophie
):
    question = poser(consultation, sophie, CANARI, le=scene.le, fichiers=[(CANARI, b"%PDF")])
    preparer(scene, question, question_publique=CANARI, texte=CANARI)
    lire = acheteur.get(
        adresse(consultation, f"gerer/{question.reference}/publier/")
    ).content.decode()
    publier(scene, question, relue=True)

    pages = [
        lire,
        acheteur.get(adresse(consultation, "gerer/")).content.decode(),
        client.get(adresse(consultation)).content.decode(),
        entreprise.get(f"/questions/{question.reference}/").content.decode(),
    ]

    assert not any("<script>alert" in page or "<img src=x" in page for page in pages)


def test_la_fiche_et_le_suivi_disent_combien(scene, acheteur, client, consultation, sophie):
    question = poser(consultation, sophie, le=scene.le)
    avant = acheteur.get(f"/consultations/{consultation.reference}/suivre/").content.decode()
    preparer(scene, question)
    publier(scene, question)

    assert "1 question sans réponse" in avant
    assert (
        "1 question, avec sa réponse"
        in client.get(f"/consultations/{consultation.reference}/").content.decode()
    )


def test_mes_questions_montre_les_siennes_et_aucune_autre(
    scene, entreprise, consultation, sophie, nadia
):
    mienne, autre = (
        poser(consultation, sophie, le=scene.le),
        poser(consultation, nadia, le=scene.le),
    )

    page = entreprise.get("/questions/").content.decode()

    assert (mienne.reference in page, autre.reference in page) == (True, False)
    assert entreprise.get(f"/questions/{autre.reference}/").status_code == 404


def test_l_auteur_ne_voit_pas_la_reponse_qui_se_prepare(scene, entreprise, consultation, sophie):
    question = poser(consultation, sophie, le=scene.le)
    preparer(scene, question)

    pages = [
        entreprise.get(page).content.decode()
        for page in ("/questions/", f"/questions/{question.reference}/")
    ]

    assert not any("préparation" in page or "32 sur 22" in page for page in pages)
