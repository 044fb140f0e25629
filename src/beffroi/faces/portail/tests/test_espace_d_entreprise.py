"""« Mon entreprise » rassemble ce qui est en cours : réponses, questions, pièces."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from beffroi.achat.consultations.tests.scene import planter_la_scene
from beffroi.choix.echanges.services import lire
from beffroi.choix.echanges.tests.gestes import envoyer, exemplaire, nommer, repondre
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.personnes.pieces.tests.gestes import ajouter
from beffroi.publicite.questions.tests.gestes import membre, poser
from beffroi.reponse.depots.tests import factories
from beffroi.socle.fondations.horloge import maintenant

pytestmark = pytest.mark.django_db


@pytest.fixture
def candidat():
    return factories.Candidat(factories.consultation(limite=maintenant() + timedelta(hours=1)))


def page(personne) -> str:
    texte = connecter(Client(), personne).get("/entreprise/").content.decode()
    texte = re.sub(
        r'<span class="insec">(.*?)</span>', r"\1", texte
    )  # une référence y est tenue d'un trait
    return texte.replace("\N{NO-BREAK SPACE}", " ").replace("’", "'")


def test_une_reponse_envoyee_et_non_deposee_se_voit(candidat):
    le = maintenant() - timedelta(minutes=30)
    brouillon = candidat.commence(le=le)
    candidat.envoie(brouillon, "offre", None, "acte.pdf", b"acte", le)

    texte = page(candidat.personne)

    assert "Envoyée, mais pas déposée" in texte and f"/reponses/{brouillon.reference}/" in texte


def test_une_reponse_deposee_mene_a_son_recepisse(candidat):
    pli = candidat.depose(("offre", None), le=maintenant() - timedelta(minutes=10))

    assert f"Récépissé {pli.reference}" in page(candidat.personne)


def test_les_questions_et_les_pieces_y_ont_leur_place(candidat):
    question = poser(candidat.consultation, candidat.membre, le=maintenant())
    ajouter(candidat.membre)

    texte = page(candidat.personne)

    assert f"/questions/{question.reference}/" in texte
    assert "Attestation de vigilance (URSSAF)" in texte


def test_les_messages_disent_ce_qui_attend_une_reponse(db):
    scene = planter_la_scene(le=maintenant())
    consultation = scene.publiee()
    sophie = nommer(consultation, membre(le=scene.le), le=scene.le)
    courrier = envoyer(
        scene, consultation, sophie, le=scene.le, reponse_avant=scene.le + timedelta(days=3)
    )
    lien = f"/messages/{exemplaire(courrier, sophie).fil.reference}/"

    non_lu = page(sophie.utilisateur)
    lire(fil=exemplaire(courrier, sophie).fil, par=sophie.utilisateur, maintenant=scene.le)
    lu = page(sophie.utilisateur)
    repondre(courrier, sophie, le=scene.le)

    assert lien in non_lu and "Non lu" in non_lu
    assert "Réponse attendue" in lu and "Répondu" in page(sophie.utilisateur)


def test_sans_rien_chaque_rubrique_dit_par_ou_commencer(candidat):
    texte = page(candidat.personne)

    for phrase in (
        "Vous n'avez encore rien commencé",
        "Vous n'avez posé aucune question",
        "Vous ne gardez encore",
        "Aucun acheteur ne vous a",
    ):
        assert phrase in texte


def test_qui_dit_le_meme_siret_ne_voit_pas_les_pieces(candidat):
    ajouter(candidat.membre)
    kevin = factories.membre("Kévin Masson", factories.equipe(meme_que=candidat.membre.equipe))

    texte = page(kevin.utilisateur)

    assert "Attestation de vigilance" not in texte and "Vous ne gardez encore" in texte
