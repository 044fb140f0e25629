"""Poser, répondre à tous, écarter : des actes entiers, journalisés, sans nom."""

from datetime import timedelta

import pytest

from beffroi.achat.consultations.events import QuestionRepondue
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.services import declarer_sans_suite
from beffroi.publicite.questions import queries, rules, services
from beffroi.publicite.questions.models import Question
from beffroi.publicite.questions.tests.gestes import poser, preparer, publier
from beffroi.socle.fondations import evenements
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.fondations.stockage import CleInconnue, stockage
from beffroi.socle.guichet.envois import Fichier
from beffroi.socle.journal.models import Ecriture


def courriels(cle):
    return Courriel.objects.filter(cle__contains=cle)


def test_une_question_recue_a_un_numero_un_courriel_et_une_ecriture(scene, consultation, sophie):
    question = poser(consultation, sophie, le=scene.le)

    assert question.reference.startswith("Q-")
    assert (
        courriels(f"{question.reference}:accuse").get().destinataire == sophie.utilisateur.courriel
    )
    assert Ecriture.objects.filter(acte="question.poser", sujet=consultation.reference).count() == 1


def test_l_acheteur_est_prevenu_sans_le_nom_ni_le_texte(scene, consultation, sophie):
    question = poser(consultation, sophie, "Quelle ardoise pour l'Atelier ?", le=scene.le)

    textes = [
        courriel.sujet + courriel.texte for courriel in courriels(f"{question.reference}:acheteur:")
    ]
    assert len(textes) == 2
    assert not any(
        nom in texte for texte in textes for nom in ("Sophie", "Atelier", "ardoise", "732829320")
    )


def test_apres_la_date_limite_la_question_est_recue_et_signalee(scene, consultation, sophie):
    Consultation.toutes.filter(pk=consultation.pk).update(date_limite_questions=scene.le)

    question = poser(consultation, sophie, le=scene.le + timedelta(seconds=1))

    assert question.hors_delai
    assert "après la date limite" in courriels(f"{question.reference}:accuse").get().texte


def test_une_procedure_abandonnee_ne_recoit_plus_de_question(scene, consultation, sophie):
    declarer_sans_suite(
        consultation=consultation, motif="Budget", par=scene.martine.acteur, maintenant=scene.le
    )

    with pytest.raises(RegleEnfreinte):
        poser(consultation, sophie, le=scene.le)


def test_un_second_clic_n_en_fait_pas_deux(scene, consultation, sophie):
    premiere = poser(consultation, sophie, le=scene.le, cle="a" * 32)

    assert poser(consultation, sophie, le=scene.le, cle="a" * 32) == premiere
    assert Question.objects.count() == 1


def test_cinquante_questions_d_une_entreprise_passent(scene, consultation, sophie, monkeypatch):
    monkeypatch.setattr(rules, "QUESTIONS_PAR_ENTREPRISE", 3)
    for _ in range(3):
        poser(consultation, sophie, le=scene.le)

    with pytest.raises(RegleEnfreinte, match="adresse de la consultation"):
        poser(consultation, sophie, le=scene.le)


def test_la_limite_d_une_entreprise_n_en_retient_pas_une_autre(
    scene, consultation, sophie, nadia, monkeypatch
):
    monkeypatch.setattr(rules, "QUESTIONS_PAR_ENTREPRISE", 1)
    poser(consultation, sophie, le=scene.le)

    assert poser(consultation, nadia, le=scene.le).pk


def test_publier_donne_la_reponse_a_tous_au_meme_instant(
    scene, consultation, sophie, nadia, monkeypatch
):
    entendus = []
    question = poser(consultation, sophie, le=scene.le)
    poser(consultation, nadia, le=scene.le)
    preparer(scene, question)
    monkeypatch.setattr(evenements, "publier", entendus.append)

    reponse = publier(scene, question)

    assert list(queries.publiees(consultation)) == [reponse]
    ecrits = courriels(f"{question.reference}:reponse:")
    assert {courriel.destinataire for courriel in ecrits} == {
        sophie.utilisateur.courriel,
        nadia.utilisateur.courriel,
    }
    assert {courriel.ecrit_le for courriel in ecrits} == {reponse.publiee_le}
    assert entendus == [
        QuestionRepondue(
            consultation.reference, 1, reponse.question_publique, reponse.texte, reponse.publiee_le
        )
    ]
    assert Ecriture.objects.filter(acte="question.publier_la_reponse").count() == 1


def test_rien_de_public_ne_dit_qui_a_demande(scene, consultation, sophie, nadia):
    question = poser(consultation, sophie, le=scene.le)
    poser(consultation, nadia, le=scene.le)
    preparer(scene, question)

    publier(scene, question)

    recu = courriels(f"{question.reference}:reponse:{nadia.utilisateur.reference}").get()
    assert not any(
        mot in recu.sujet + recu.texte
        for mot in ("Sophie", "Faîtage", "732829320", question.reference)
    )


def test_une_reponse_incomplete_reste_un_brouillon(scene, consultation, sophie):
    question = poser(consultation, sophie, le=scene.le)
    preparer(scene, question, motif_sans_changement="")

    with pytest.raises(RegleEnfreinte, match="pourquoi rien ne change"):
        publier(scene, question)
    assert not queries.publiees(consultation).exists()


def test_une_reponse_publiee_ne_change_plus(scene, consultation, sophie):
    question = poser(consultation, sophie, le=scene.le)
    preparer(scene, question)
    publier(scene, question)

    with pytest.raises(ConflitEtat):
        preparer(scene, question, texte="Autre chose")
    with pytest.raises(ConflitEtat):
        publier(scene, question)
    assert courriels(f"{question.reference}:reponse:").count() == 1


def test_le_nom_de_l_entreprise_dans_le_texte_recu_se_signale_avant_de_publier(
    scene, consultation, sophie
):
    question = poser(
        consultation, sophie, "L'atelier du faîtage demande : quelle ardoise ?", le=scene.le
    )
    preparer(scene, question, question_publique="L'Atelier du Faîtage demande : quelle ardoise ?")

    with pytest.raises(RegleEnfreinte, match="Atelier du Faîtage"):
        publier(scene, question)
    assert publier(scene, question, relue=True).numero == 1


def test_essayer_des_noms_n_apprend_pas_qui_demande(scene, consultation, sophie):
    question = poser(consultation, sophie, "Quelle ardoise ?", le=scene.le)
    reponse = preparer(scene, question, question_publique="Atelier du Faîtage")

    assert queries.traces_de(reponse) == ()


def test_un_retour_a_la_ligne_n_ajoute_pas_d_en_tete(scene, sophie):
    consultation = scene.publiee("Toiture\r\nBcc: tous@pirate.example")
    question = poser(consultation, sophie, le=scene.le)
    preparer(scene, question)
    publier(scene, question)

    assert all(
        "\n" not in courriel.sujet and "\r" not in courriel.sujet
        for courriel in courriels(question.reference)
    )


def test_une_question_ecartee_dit_pourquoi_a_son_auteur_seul(scene, consultation, sophie):
    question = poser(consultation, sophie, le=scene.le)

    services.ecarter_la_question(
        question=question,
        motif="Elle est déjà posée.",
        par=scene.martine.acteur,
        maintenant=scene.le,
    )

    ecrit = courriels(f"{question.reference}:ecart").get()
    assert (ecrit.destinataire, "Elle est déjà posée." in ecrit.texte) == (
        sophie.utilisateur.courriel,
        True,
    )
    assert not queries.a_traiter([consultation]).exists()


def test_ecarter_sans_dire_pourquoi_est_refuse(scene, consultation, sophie):
    question = poser(consultation, sophie, le=scene.le)

    with pytest.raises(RegleEnfreinte):
        services.ecarter_la_question(
            question=question, motif=" ", par=scene.martine.acteur, maintenant=scene.le
        )


def test_les_octets_d_un_fichier_retire_du_brouillon_partent(
    scene, consultation, sophie, django_capture_on_commit_callbacks
):
    import io

    question = poser(consultation, sophie, le=scene.le)
    reponse = preparer(scene, question, fichiers=[Fichier("plan.pdf", io.BytesIO(b"%PDF"))])
    piece = reponse.pieces.get()

    with django_capture_on_commit_callbacks(execute=True):
        preparer(scene, question, retirees=[piece.reference])

    with pytest.raises(CleInconnue):
        stockage().lire(piece.cle_de_stockage)
