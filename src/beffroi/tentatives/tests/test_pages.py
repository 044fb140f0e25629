"""Les pages d'une réponse et ce que le navigateur rapporte s'ajoutent au cahier, pour l'entreprise seule."""

import json

import pytest
from django.test import Client

from beffroi.comptes.tests.personnes import connecter
from beffroi.depots.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def brouillon(settings, tmp_path):
    settings.DONNEES = tmp_path
    return factories.Candidat(factories.consultation()).commence()


def traces(settings) -> list[dict]:
    cahiers = (settings.DONNEES / "cahiers").glob("*.jsonl")
    return [json.loads(ligne) for cahier in cahiers for ligne in cahier.read_bytes().splitlines()]


def test_une_page_vue_et_une_page_refusee_se_notent(brouillon, settings):
    sophie = connecter(Client(), brouillon.commence_par)
    assert sophie.get(f"/reponses/{brouillon.reference}/").status_code == 200
    assert sophie.get("/reponses/R-22222222/").status_code == 404

    dites = [(trace["nature"], trace["reponse"], trace["details"]["statut"]) for trace in traces(settings)]
    assert dites == [("page", brouillon.reference, 200), ("refus", "R-22222222", 404)]


def test_ce_que_le_navigateur_rapporte(brouillon, settings):
    sophie = connecter(Client(), brouillon.commence_par)
    envoi = [
        {
            "nature": "message",
            "a": 1_800_000_000_000,
            "texte": "Connexion perdue.",
            "details": {"nom": "prix.pdf", "taille": 3},
        }
    ]
    adresse = f"/reponses/{brouillon.reference}/traces/"
    assert sophie.post(adresse, json.dumps(envoi), content_type="application/json").status_code == 204

    (trace,) = traces(settings)
    assert (trace["texte"], trace["details"]) == ("Connexion perdue.", {"taille": 3})
    assert trace["dite_le"].startswith("2027-01-15")


@pytest.mark.parametrize("corps", [b"", b"{", b"[1, null, {}]", b'{"nature": "page"}', b"[" + b"0," * 40_000 + b"0]"])
def test_un_envoi_sans_queue_ni_tete_ne_note_rien_et_ne_se_plaint_pas(brouillon, settings, corps):
    sophie = connecter(Client(), brouillon.commence_par)
    adresse = f"/reponses/{brouillon.reference}/traces/"
    assert sophie.post(adresse, corps, content_type="application/json").status_code == 204
    assert traces(settings) == []


def test_une_autre_entreprise_n_ajoute_rien_ici(brouillon, settings):
    autre = factories.membre("Zoé Wattel", factories.etablissement("Zingueurs de la Lys")).utilisateur
    adresse = f"/reponses/{brouillon.reference}/traces/"
    reponse = connecter(Client(), autre).post(adresse, b"[]", content_type="application/json")
    assert reponse.status_code == 404
    assert traces(settings) == []


def test_un_cahier_en_panne_n_empeche_pas_la_page(brouillon, settings, tmp_path):
    (tmp_path / "cahiers").write_text("un fichier là où il faut un dossier")
    sophie = connecter(Client(), brouillon.commence_par)
    assert sophie.get(f"/reponses/{brouillon.reference}/").status_code == 200
