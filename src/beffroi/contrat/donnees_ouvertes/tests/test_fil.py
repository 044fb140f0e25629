"""Le fil public : dans l'ordre, sans trou ni répétition, quoi qu'il se passe au même instant."""

import threading
import time
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection, transaction

from beffroi.achat.consultations import services as consultations
from beffroi.achat.consultations.tests.scene import planter_la_scene
from beffroi.contrat.donnees_ouvertes import queries, services
from beffroi.contrat.donnees_ouvertes.models import FaitPublic
from beffroi.publicite.questions.tests.gestes import membre, poser, preparer, publier
from beffroi.socle.fondations.horloge import maintenant

ECRIVAINS, FAITS = 6, 8


class Renonce(Exception):
    """Un acte qui échoue après avoir pris son numéro."""


def test_chaque_acte_public_prend_la_place_qui_suit(scene):
    consultation = scene.publiee()
    par, le = scene.martine.acteur, maintenant()
    consultations.prolonger_le_delai(
        consultation=consultation,
        nouvelle=consultation.limite + timedelta(days=7),
        motif="Un plan manquait.",
        par=par,
        maintenant=le,
    )
    consultations.declarer_sans_suite(
        consultation=consultation, motif="Le besoin a changé.", par=par, maintenant=le
    )

    faits = queries.faits_apres(0, 10)

    assert [(fait.sequence, fait.sorte) for fait in faits] == [
        (1, "publication"),
        (2, "delai"),
        (3, "sans_suite"),
    ]
    assert "Un plan manquait." in faits[1].texte


def test_une_reponse_a_une_question_prend_sa_place_sans_dire_qui_a_demande(scene):
    consultation, sophie = scene.publiee(), membre(le=scene.le)
    question = poser(consultation, sophie, le=scene.le)
    preparer(scene, question)

    publier(scene, question)

    fait = queries.faits_apres(1, 10)[0]
    assert (fait.sorte, "32 sur 22" in fait.texte) == ("question", True)
    assert not any(mot in fait.texte for mot in ("Sophie", "Faîtage", question.reference))


def test_un_brouillon_ne_dit_rien(scene):
    scene.completer(scene.brouillon())

    assert queries.faits_apres(0, 10) == []


def test_un_acte_qui_echoue_rend_sa_place(scene):
    reference = scene.publiee().reference
    with pytest.raises(Renonce), transaction.atomic():
        services.inscrire(reference, "delai", "Perdu.", le=maintenant())
        raise Renonce

    services.inscrire(reference, "delai", "Gardé.", le=maintenant())

    assert [(fait.sequence, fait.texte) for fait in queries.faits_apres(1, 10)] == [(2, "Gardé.")]


@pytest.mark.django_db(transaction=True)
def test_qui_lit_le_fil_pendant_que_six_ecrivent_n_en_manque_aucun():
    if connection.vendor == "sqlite":
        pytest.skip(
            "SQLite n'a qu'un écrivain à la fois : c'est sur PostgreSQL que l'ordre se gagne"
        )
    reference = planter_la_scene(le=maintenant()).publiee().reference
    fils = [threading.Thread(target=ecrire, args=(reference, rang)) for rang in range(ECRIVAINS)]
    for fil in fils:
        fil.start()

    lues = lire_jusqu_a(1 + ECRIVAINS * FAITS, pendant=fils)

    assert lues == list(range(1, 2 + ECRIVAINS * FAITS))


def ecrire(reference, rang):
    """Des actes courts et longs, et un sur deux qui échoue :
    les numéros se prennent et se rendent.
    """
    try:
        for numero in range(2 * FAITS):
            try:
                with transaction.atomic():
                    services.inscrire(reference, "delai", f"{rang}/{numero}", le=maintenant())
                    time.sleep(0.002 * (rang % 3))
                    if numero % 2:
                        raise Renonce
            except Renonce:
                continue
    finally:
        connection.close()


def lire_jusqu_a(dernier, *, pendant):
    lues, fin = [0], time.monotonic() + 30
    while lues[-1] < dernier and time.monotonic() < fin:
        lues += [fait.sequence for fait in queries.faits_apres(lues[-1], 3)]
    for fil in pendant:
        fil.join()
    return lues[1:]


@pytest.mark.moteurs
def test_ce_qui_etait_public_avant_le_fil_y_entre_dans_l_ordre(scene):
    consultation = scene.publiee()
    consultations.declarer_sans_suite(
        consultation=consultation,
        motif="Le besoin a changé.",
        par=scene.martine.acteur,
        maintenant=maintenant(),
    )
    remplissage = import_module(
        "beffroi.contrat.donnees_ouvertes.migrations.0002_faits_deja_publics"
    )
    remplissage.vider(apps, None)
    assert not FaitPublic.objects.exists()

    remplissage.remplir(apps, None)

    assert [fait.sorte for fait in queries.faits_apres(0, 10)] == ["publication", "sans_suite"]
    assert (
        services.inscrire(consultation.reference, "delai", "Ensuite.", le=maintenant()).sequence
        == 3
    )
