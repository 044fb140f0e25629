"""Une entreprise qui écrit n'importe quoi n'empêche ni le relevé des autres,
ni la preuve de personne.
"""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.traces import cahier, rules, services, taches
from beffroi.reponse.traces.models import CahierReleve, Trace
from beffroi.reponse.traces.queries import frise

MIDI = datetime(2026, 11, 26, 11, 0, 10, tzinfo=UTC)
UNE = {
    "nature": "message",
    "reponse": "R-22222222",
    "personne": "U-1",
    "texte": "Connexion perdue.",
}


@pytest.fixture
def dossier(tmp_path, settings):
    settings.DONNEES = tmp_path
    return tmp_path / "cahiers"


@pytest.fixture
def brouillon(dossier, db):
    return factories.Candidat(factories.consultation()).commence()


@pytest.mark.parametrize("reference", ["R-" + "2" * 300, "%00", "R%252F22", "é"])
def test_une_adresse_inventee_ne_se_note_pas(brouillon, dossier, reference):
    sophie = connecter(Client(), brouillon.commence_par)

    assert sophie.get(f"/reponses/{reference}/").status_code == 404

    assert not dossier.exists()


@pytest.mark.parametrize(
    "details",
    [
        '{"version": "\\u0000", "fichier": "\\ud800"}',
        '{"attente_ms": 1' + "0" * 400 + "}",
        '{"taille": -1' + "0" * 400 + "}",
    ],
)
def test_un_detail_hostile_n_empeche_ni_le_releve_ni_la_frise(brouillon, dossier, details):
    sophie = connecter(Client(), brouillon.commence_par)
    corps = f'[{{"nature": "erreur", "details": {details}}}]'

    recu = sophie.post(
        f"/reponses/{brouillon.reference}/traces/", corps, content_type="application/json"
    )
    (fichier,) = dossier.iterdir()
    services.relever(fichier, maintenant=MIDI)

    assert recu.status_code == 204
    assert "Erreur du navigateur" in [fait.quoi for fait in frise.faits_de(brouillon, [])]


def test_un_envoi_imbrique_a_l_infini_ne_note_rien(brouillon, dossier):
    sophie = connecter(Client(), brouillon.commence_par)

    recu = sophie.post(
        f"/reponses/{brouillon.reference}/traces/", "[" * 30_000, content_type="application/json"
    )

    assert recu.status_code == 204
    assert not dossier.exists()


@pytest.mark.django_db
def test_une_ligne_trop_longue_pour_la_base_y_entre_coupee(dossier):
    cahier.ajouter({**UNE, "reponse": "R-" + "2" * 300, "texte": "a\x00b"}, le=MIDI)

    taches.relever(MIDI + timedelta(minutes=5))

    trace = Trace.objects.get()
    assert (len(trace.reponse), trace.texte) == (16, "a b")


@pytest.mark.django_db
def test_un_disque_coupe_net_laisse_des_octets_nuls_et_le_cahier_se_releve(dossier):
    cahier.ajouter(UNE, le=MIDI)
    (fichier,) = dossier.iterdir()
    with fichier.open("ab") as flux:
        flux.write(b"\x00" * 8)

    releve = services.relever(fichier, maintenant=MIDI + timedelta(minutes=5))

    assert releve.traces == 1
    assert services.evidence.root_of(cahier.textes(releve.cahier.encode())) == releve.racine


@pytest.mark.django_db
def test_un_cahier_qui_ne_se_releve_pas_n_arrete_pas_les_suivants(dossier, monkeypatch):
    ordinaire = services.est_lisible
    cahier.ajouter({**UNE, "texte": "piège"}, le=MIDI)
    cahier.ajouter(UNE, le=MIDI + timedelta(minutes=1))

    def piege(ligne):
        if ligne.get("texte") == "piège":
            raise ValueError("illisible")
        return ordinaire(ligne)

    monkeypatch.setattr(services, "est_lisible", piege)
    taches.relever(MIDI + timedelta(minutes=5))

    assert CahierReleve.objects.count() == 1
    assert len(list(dossier.iterdir())) == 1


def test_un_nombre_sans_mesure_n_entre_pas():
    assert rules.details_admis({"taille": 10**18, "attente_ms": -(10**18), "partie": 3}) == {
        "partie": 3
    }


def test_un_detail_garde_ce_qui_se_lit_seulement():
    assert rules.details_admis(json.loads('{"version": "1\\u0000.2\\ud800"}')) == {
        "version": "1 .2"
    }


def test_chaque_colonne_est_bornee_a_sa_longueur_dans_la_base():
    assert {
        nom: Trace._meta.get_field(nom).max_length for nom in services.COLONNES
    } == services.COLONNES
