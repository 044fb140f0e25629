"""« Commencer », et ce qui l'empêche :
noté sur la consultation pour une entreprise, puis lu dans sa frise.
"""

import json
from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.test import Client

from beffroi.personnes.comptes.tests.personnes import connecter, personne
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.traces import taches
from beffroi.reponse.traces.models import Trace
from beffroi.reponse.traces.queries import traces_de
from beffroi.reponse.traces.queries.frise import faits_de
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.horloge import maintenant

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation(settings, tmp_path):
    settings.DONNEES = tmp_path
    return factories.consultation(lots=2)


@pytest.fixture
def candidat(consultation):
    return factories.Candidat(consultation)


def commencer(consultation) -> str:
    return f"/consultations/{consultation.reference}/deposer/"


def notees(settings) -> list[tuple]:
    cahiers = (settings.DONNEES / "cahiers").glob("*.jsonl")
    traces = [json.loads(ligne) for cahier in cahiers for ligne in cahier.read_bytes().splitlines()]
    return [
        (t["nature"], t["reponse"], t["consultation"], t["details"]["statut"])
        for t in traces
        if t["nature"] != "limites"
    ]


def test_la_page_et_le_refus_se_notent_sur_la_consultation(consultation, candidat, settings):
    sophie = connecter(Client(), candidat.personne)
    assert sophie.get(commencer(consultation)).status_code == 200
    assert sophie.post(commencer(consultation), {}).status_code == 422

    reference = consultation.reference
    assert notees(settings) == [("page", "", reference, 200), ("refus", "", reference, 422)]


def test_un_formulaire_perime_est_refuse_avant_la_vue_et_se_note(consultation, candidat, settings):
    sophie = connecter(Client(enforce_csrf_checks=True), candidat.personne)
    assert sophie.post(commencer(consultation), {}).status_code == 403

    assert notees(settings) == [("refus", "", consultation.reference, 403)]


def test_ni_un_passant_ni_qui_n_a_pas_d_entreprise_ne_laisse_de_trace(consultation, settings):
    assert Client().get(commencer(consultation)).status_code == 200
    assert Client().post(commencer(consultation), {}).status_code == 200
    assert (
        connecter(Client(), personne("Paul Voisin")).get(commencer(consultation)).status_code == 200
    )

    assert notees(settings) == []


def test_un_cahier_en_panne_n_empeche_ni_la_page_ni_la_reponse(
    consultation, candidat, settings, tmp_path
):
    (tmp_path / "cahiers").write_text("un fichier là où il faut un dossier")
    sophie = connecter(Client(), candidat.personne)

    assert sophie.get(commencer(consultation)).status_code == 200
    assert sophie.post(commencer(consultation), {"lots": ["1"]}).status_code == 302


def test_le_refus_se_lit_mot_pour_mot_dans_la_preuve_de_l_entreprise(consultation, candidat):
    sophie = connecter(Client(), candidat.personne)
    refuse = sophie.post(commencer(consultation), {})
    taches.relever(maintenant() + timedelta(minutes=5))
    brouillon = candidat.commence(1)

    (dit,) = [
        fait.precision
        for fait in faits_de(brouillon, [])
        if fait.quoi == "Demande refusée par le serveur"
    ]
    (faute,) = refuse.context["form"].errors["lots"]
    assert dit == f"Commencer une réponse : {faute} (réponse 422 du serveur)"
    assert [trace.consultation for trace in traces_de(brouillon)] == [consultation.reference]


def test_le_refus_du_metier_se_note_tel_que_la_page_le_dit(consultation, candidat, monkeypatch):
    refus = "Cette consultation ne reçoit plus de réponse."
    monkeypatch.setattr(
        "beffroi.reponse.depots.services.commencer_reponse", Mock(side_effect=RegleEnfreinte(refus))
    )
    sophie = connecter(Client(), candidat.personne)
    assert refus in sophie.post(commencer(consultation), {"lots": ["1"]}).content.decode()
    taches.relever(maintenant() + timedelta(minutes=5))

    assert Trace.objects.exclude(nature="limites").get().texte == f"Commencer une réponse : {refus}"


def test_une_autre_entreprise_ne_lit_ni_n_ecrit_rien_dans_cette_frise(consultation, candidat):
    connecter(Client(), factories.membre("Zoé Wattel").utilisateur).post(
        commencer(consultation), {}
    )
    taches.relever(maintenant() + timedelta(minutes=5))

    assert Trace.objects.count() == 1
    assert list(traces_de(candidat.commence(1))) == []
