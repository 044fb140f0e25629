"""La page d'une consultation, lue par une entreprise connectée :
notée sur la consultation, lue dans sa seule frise.
"""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from beffroi.personnes.comptes.services import activer_totp, prouver_l_adresse
from beffroi.personnes.comptes.tests.personnes import SECRET, connecter, personne
from beffroi.personnes.organismes.services import habiliter
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.traces import taches
from beffroi.reponse.traces.models import Trace
from beffroi.reponse.traces.queries import traces_de
from beffroi.reponse.traces.queries.frise import faits_de
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.journal.acteurs import PLATEFORME

pytestmark = pytest.mark.django_db


@pytest.fixture
def candidat(settings, tmp_path):
    settings.DONNEES = tmp_path
    return factories.Candidat(factories.consultation())


@pytest.fixture
def page(candidat):
    return f"/consultations/{candidat.consultation.reference}/"


def notees(settings) -> list[tuple]:
    cahiers = (settings.DONNEES / "cahiers").glob("*.jsonl")
    traces = [json.loads(ligne) for cahier in cahiers for ligne in cahier.read_bytes().splitlines()]
    return [(t["nature"], t["consultation"], t["personne"], t["texte"]) for t in traces]


def pages_dites(brouillon) -> list[str]:
    return [fait.precision for fait in faits_de(brouillon, []) if fait.quoi == "Page affichée"]


def test_une_entreprise_qui_regarde_laisse_une_trace_par_page(candidat, page, settings):
    sophie = connecter(Client(), candidat.personne)
    assert sophie.get(page).status_code == sophie.get(f"{page}documents/").status_code == 200

    qui, ou = candidat.personne.reference, candidat.consultation.reference
    assert notees(settings) == [
        ("page", ou, qui, "La consultation"),
        ("page", ou, qui, "Les documents de la consultation"),
    ]


def test_ni_un_passant_ni_qui_n_a_pas_d_entreprise_n_en_laissent(candidat, page, settings):
    for client in (Client(), connecter(Client(), personne("Paul Voisin"))):
        assert client.get(page).status_code == 200

    assert notees(settings) == []


def test_un_agent_n_en_laisse_pas_meme_s_il_agit_aussi_pour_une_entreprise(
    candidat, page, settings
):
    agent, le = candidat.personne, maintenant()
    chez, roles = candidat.consultation.organisme, ("redacteur",)
    prouver_l_adresse(utilisateur=agent, maintenant=le)
    habiliter(organisme=chez, utilisateur=agent, roles=roles, par=PLATEFORME, maintenant=le)
    activer_totp(utilisateur=agent, secret=SECRET, maintenant=le)
    assert connecter(Client(), agent).get(page).status_code == 200

    assert notees(settings) == []


def test_une_page_absente_ou_servie_a_un_logiciel_n_en_laisse_pas(candidat, page, settings):
    sophie = connecter(Client(), candidat.personne)
    assert sophie.get("/consultations/2020-9999/").status_code == 404
    assert sophie.get(f"{page}calendrier.ics").status_code == 200

    assert notees(settings) == []


def test_elle_se_lit_dans_la_frise_de_son_entreprise_et_d_aucune_autre(candidat, page):
    autre = factories.Candidat(
        candidat.consultation, factories.membre("Zoé Wattel", factories.equipe("Zinc"))
    )
    connecter(Client(), candidat.personne).get(page)
    taches.relever(maintenant() + timedelta(minutes=5))

    assert pages_dites(candidat.commence()) == ["La consultation"]
    assert list(traces_de(autre.commence())) == []
    assert Trace.objects.get().details["statut"] == 200


def test_noter_ne_demande_rien_a_la_base(candidat, page, settings, monkeypatch):
    sophie = connecter(Client(), candidat.personne)
    sophie.get(page)
    with CaptureQueriesContext(connection) as notee:
        sophie.get(page)
    monkeypatch.setattr("beffroi.faces.portail.contexte.regarder", lambda _: None)
    with CaptureQueriesContext(connection) as sans_noter:
        sophie.get(page)

    assert len(notees(settings)) == 2
    assert len(notee) == len(sans_noter)


def test_un_cahier_en_panne_n_empeche_pas_la_page(candidat, page, tmp_path):
    (tmp_path / "cahiers").write_text("un fichier là où il faut un dossier")
    assert connecter(Client(), candidat.personne).get(page).status_code == 200
