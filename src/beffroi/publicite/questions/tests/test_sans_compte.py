"""Demander sans compte : une adresse, un lien, une question ;
et l'oubli de ce qui n'a rien demandé.
"""

import re
from datetime import timedelta
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.publicite.questions import jetons, services, taches
from beffroi.publicite.questions.models import Demandeur, Question
from beffroi.publicite.questions.tests.gestes import poser, preparer, publier
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.models import Ecriture

ADRESSE = "sophie@atelier-du-faitage.example"


def demander(client, consultation, courriel=ADRESSE):
    return client.post(
        f"/consultations/{consultation.reference}/questions/sans-compte/", {"courriel": courriel}
    )


def lien(courriel=ADRESSE) -> str:
    ecrit = Courriel.objects.filter(cle__startswith="question:lien:", destinataire=courriel).latest(
        "pk"
    )
    return re.search(r"/questions/sans-compte/\S+", ecrit.texte).group()


def lu(page) -> str:
    """Sans les espaces insécables que la page ajoute."""
    return re.sub("&nbsp;|[\xa0\u202f]", " ", page.content.decode())


def envoi(**champs):
    return {"texte": "Quelle ardoise ?", "cle": "c" * 32, **champs}


@pytest.fixture
def recu(client, consultation):
    demander(client, consultation)
    return lien()


def test_un_visiteur_demande_par_le_lien_recu_et_lit_son_numero(client, recu):
    page = client.post(recu, envoi(piece_1=SimpleUploadedFile("plan.pdf", b"%PDF")), follow=True)

    question = Question.objects.get()
    assert f'Gardez son numéro : <span class="insec">{question.reference}</span>' in lu(page)
    assert (question.courriel, question.pieces.count()) == (ADRESSE, 1)
    assert recu in Courriel.objects.get(cle=f"question:{question.reference}:accuse").texte
    assert not page.cookies and not client.cookies


def test_ni_donner_son_adresse_ni_ouvrir_le_lien_ne_demande(client, recu):
    page = client.get(recu)

    assert "Envoyer la question" in page.content.decode()
    assert not Question.objects.exists()


def test_le_journal_retient_la_question_sans_l_adresse(client, recu):
    client.post(recu, envoi())

    ecriture = Ecriture.objects.get(acte="question.poser")
    assert ecriture.acteur_libelle == "Une personne sans compte"
    assert "faitage" not in str(ecriture.__dict__)


def test_l_acheteur_ne_lit_l_adresse_qu_apres_l_heure_limite(scene, client, consultation, recu):
    client.post(recu, envoi())
    gerer = f"/consultations/{consultation.reference}/questions/gerer/"
    avant = connecter(Client(), scene.martine).get(gerer).content.decode()

    with mock.patch.object(timezone, "now", lambda: scene.limite + timedelta(seconds=1)):
        apres = connecter(Client(), scene.martine).get(gerer).content.decode()

    assert ("Quelle ardoise" in avant, ADRESSE in avant, f"{ADRESSE}, sans compte" in apres) == (
        True,
        False,
        True,
    )
    assert not any(
        "faitage" in c.texte for c in Courriel.objects.filter(cle__contains=":acheteur:")
    )


def test_la_reponse_vient_aussi_a_qui_a_demande_sans_compte(
    scene, client, consultation, sophie, recu
):
    poser(consultation, sophie, le=scene.le)
    client.post(recu, envoi())
    question = Question.objects.get(courriel=ADRESSE)
    preparer(scene, question)

    publier(scene, question)

    ecrits = Courriel.objects.filter(cle__startswith=f"question:{question.reference}:reponse:")
    assert {c.destinataire for c in ecrits} == {ADRESSE, sophie.utilisateur.courriel}
    assert "Lire la réponse à la question n° 1" in lu(client.get(recu))


def test_qui_demande_aussi_avec_son_compte_ne_recoit_qu_une_reponse(
    scene, client, consultation, sophie
):
    poser(consultation, sophie, le=scene.le)
    demander(client, consultation, sophie.utilisateur.courriel)
    client.post(lien(sophie.utilisateur.courriel), envoi())
    question = Question.objects.get(posee_par=None)
    preparer(scene, question)

    publier(scene, question)

    assert (
        Courriel.objects.filter(cle__startswith=f"question:{question.reference}:reponse:").count()
        == 1
    )


def test_une_question_ecartee_dit_pourquoi_sur_la_page_du_lien(scene, client, recu):
    client.post(recu, envoi())
    question = Question.objects.get()

    services.ecarter_la_question(
        question=question, motif="Déjà posée.", par=scene.martine.acteur, maintenant=scene.le
    )

    assert "Déjà posée." in client.get(recu).content.decode()
    assert Courriel.objects.get(cle=f"question:{question.reference}:ecart").destinataire == ADRESSE


def test_un_second_clic_n_en_fait_pas_deux(client, recu):
    client.post(recu, envoi())
    client.post(recu, envoi())

    assert Question.objects.count() == 1


def test_le_lien_d_une_adresse_ne_montre_pas_les_questions_d_une_autre(client, consultation, recu):
    client.post(recu, envoi(texte="Question de Sophie"))
    demander(client, consultation, "autre@example.org")

    assert "Question de Sophie" not in client.get(lien("autre@example.org")).content.decode()


@pytest.mark.parametrize("defaut", ["forge", "D-22222222:forge"])
def test_un_lien_forge_est_introuvable(client, defaut, db):
    assert client.get(f"/questions/sans-compte/{defaut}/").status_code == 404


def test_la_page_repond_pareil_pour_toute_adresse(client, consultation, recu):
    client.post(recu, envoi())

    pages = [
        demander(client, consultation, courriel).content
        for courriel in (ADRESSE, "inconnue@example.org")
    ]

    assert pages[0][pages[0].find(b"<main") : pages[0].find(b"</main")] in pages[1]


@pytest.mark.moteurs
def test_redemander_le_lien_n_ecrit_pas_deux_fois_en_dix_minutes(client, consultation, recu):
    demander(client, consultation, ADRESSE.upper())

    assert Courriel.objects.filter(cle__startswith="question:lien:").count() == 1


def test_un_fichier_trop_gros_est_refuse_et_le_texte_reste(client, recu, petite_limite):
    page = client.post(
        recu, envoi(texte="Mon texte gardé", piece_1=SimpleUploadedFile("gros.pdf", b"x" * 300_000))
    )

    assert (page.status_code, "Mon texte gardé" in page.content.decode()) == (422, True)


def test_quand_il_n_est_plus_temps_aucun_lien_ne_part_et_le_texte_revient(
    client, consultation, recu
):
    type(consultation).toutes.filter(pk=consultation.pk).update(etat="sans_suite")

    demander(client, consultation, "autre@example.org")
    page = client.post(recu, envoi(texte="Mon texte gardé"))

    assert not Courriel.objects.filter(destinataire="autre@example.org").exists()
    assert (page.status_code, "Mon texte gardé" in page.content.decode()) == (422, True)
    assert not Question.objects.exists()


@pytest.mark.moteurs
def test_une_adresse_qui_n_a_rien_demande_s_efface_en_deux_jours(scene, client, recu):
    assert services.effacer_les_demandeurs(le=scene.le + timedelta(hours=47)) == 0

    taches.effacer(scene.le + timedelta(hours=49))

    assert not Demandeur.objects.exists()
    assert not Courriel.objects.filter(destinataire=ADRESSE).exists()


def test_un_lien_sans_question_ne_vaut_plus_rien_apres_deux_jours(scene, client, recu):
    with mock.patch.object(timezone, "now", lambda: scene.le + timedelta(hours=49)):
        assert client.get(recu).status_code == 404


def test_le_lien_qui_a_servi_reste_pour_lire_la_suite(scene, client, recu):
    client.post(recu, envoi())
    taches.effacer(scene.le + timedelta(days=9))

    with mock.patch.object(timezone, "now", lambda: scene.le + timedelta(days=9)):
        assert "Quelle ardoise" in client.get(recu).content.decode()


def test_la_base_refuse_une_question_sans_compte_ni_adresse(scene, client, consultation, recu):
    client.post(recu, envoi())

    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.update(courriel="")


def test_un_lien_ne_sert_qu_a_sa_consultation(client, consultation, recu):
    assert (
        jetons.reference_de(recu.split("/")[3])
        == Demandeur.objects.get(consultation=consultation).reference
    )
