"""Les limites en vigueur se notent quand elles changent,
par le serveur seul, et se redisent dans la frise.
"""

import json
from datetime import timedelta

import pytest
from django.test import Client

from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.reponse.depots import limits
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.traces import noter, taches
from beffroi.reponse.traces.limites import details_de
from beffroi.reponse.traces.models import Trace
from beffroi.reponse.traces.queries.frise import faits_de
from beffroi.reponse.traces.rules import limites_en_phrase
from beffroi.socle.fondations.horloge import maintenant

pytestmark = pytest.mark.django_db
GIGA = 10**9
EN_PHRASE = (
    "20\N{NO-BREAK SPACE}Go par réponse, 10\N{NO-BREAK SPACE}Go par fichier, "
    "10\N{NO-BREAK SPACE}000 fichiers par réponse, "
    "255\N{NO-BREAK SPACE}octets par nom de fichier, 50 réponses en préparation, "
    "30 jours de garde d'un brouillon"
)


@pytest.fixture
def brouillon(settings, tmp_path):
    settings.DONNEES = tmp_path
    return factories.Candidat(factories.consultation()).commence()


@pytest.fixture
def sophie(brouillon):
    return connecter(Client(), brouillon.commence_par)


def notees(settings) -> list[dict]:
    cahiers = (settings.DONNEES / "cahiers").glob("*.jsonl")
    traces = [json.loads(ligne) for cahier in cahiers for ligne in cahier.read_bytes().splitlines()]
    return [trace for trace in traces if trace["nature"] == "limites"]


def voir(client, brouillon) -> None:
    assert client.get(f"/reponses/{brouillon.reference}/").status_code == 200


def dites(brouillon) -> list[str]:
    taches.relever(maintenant() + timedelta(minutes=5))
    return [fait.precision for fait in faits_de(brouillon, []) if fait.quoi == "Limites en vigueur"]


def test_elles_se_notent_une_fois_puis_quand_elles_changent(
    brouillon, sophie, settings, monkeypatch
):
    voir(sophie, brouillon)
    voir(sophie, brouillon)
    avant = limits.annonce()
    monkeypatch.setattr(limits, "OCTETS_PAR_FICHIER", 5 * GIGA)
    voir(sophie, brouillon)

    apres = {**avant, "octets_par_fichier": 5 * GIGA}
    assert [(t["reponse"], t["details"]) for t in notees(settings)] == [
        (brouillon.reference, avant),
        (brouillon.reference, apres),
    ]


def test_la_frise_les_dit_sans_redite_quel_que_soit_le_processus_qui_les_note(
    brouillon, sophie, monkeypatch
):
    voir(sophie, brouillon)
    noter._NOTEES.clear()  # un autre processus, ou le même redémarré
    voir(sophie, brouillon)
    monkeypatch.setattr(limits, "FICHIERS_PAR_REPONSE", 5)
    voir(sophie, brouillon)

    assert dites(brouillon) == [
        EN_PHRASE,
        EN_PHRASE.replace("10\N{NO-BREAK SPACE}000 fichiers", "5 fichiers"),
    ]
    assert Trace.objects.filter(nature="limites").count() == 3


@pytest.mark.moteurs
def test_celles_de_la_page_commencer_se_lisent_dans_la_reponse_qui_suit(settings, tmp_path):
    settings.DONNEES = tmp_path
    candidat = factories.Candidat(factories.consultation())
    connecter(Client(), candidat.personne).get(
        f"/consultations/{candidat.consultation.reference}/deposer/"
    )

    assert dites(candidat.commence()) == [EN_PHRASE]


def test_une_page_refusee_n_en_note_pas(brouillon, settings):
    autre = factories.membre("Zoé Wattel", factories.equipe("Zingueurs de la Lys")).utilisateur
    assert connecter(Client(), autre).get(f"/reponses/{brouillon.reference}/").status_code == 404
    assert notees(settings) == []


def test_un_navigateur_ne_dit_pas_quelles_etaient_les_limites(brouillon, sophie, settings):
    envoi = [{"nature": "limites", "details": {"octets_par_fichier": 1}}]
    sophie.post(
        f"/reponses/{brouillon.reference}/traces/",
        json.dumps(envoi),
        content_type="application/json",
    )
    assert notees(settings) == []


def test_la_memoire_de_ce_qui_est_note_reste_bornee(brouillon, sophie, monkeypatch):
    monkeypatch.setattr(noter, "SUJETS_EN_MEMOIRE", 1)
    voir(sophie, brouillon)
    autre = factories.Candidat(brouillon.consultation, factories.membre("Zoé Wattel")).commence()
    voir(connecter(Client(), autre.commence_par), autre)
    assert [sujet.reponse for sujet in noter._NOTEES] == [autre.reference]


def test_une_limite_garde_le_nom_que_lui_donnait_une_autre_version():
    assert details_de("limites", {"octets_par_lot": 3, "Nom": 1, "x": -1, "y": "2", "z": True}) == {
        "octets_par_lot": 3
    }
    assert details_de("limites", None) == {}
    assert (
        limites_en_phrase({"octets_par_lot": 3, "fichiers_par_reponse": 7})
        == "7 fichiers par réponse"
    )
