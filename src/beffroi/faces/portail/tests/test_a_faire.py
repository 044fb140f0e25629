"""« À faire » et les comptes d'essai : ce que voit une personne en arrivant."""

import json
from datetime import UTC, datetime

import pytest
from django.test import Client

from beffroi.faces.portail import a_faire, demonstration
from beffroi.personnes.comptes.services import creer_utilisateur

LE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_une_entreprise_n_a_rien_a_preparer_pour_ouvrir():
    sophie = creer_utilisateur(courriel="sophie@faitage.example", nom="Sophie", maintenant=LE)

    assert a_faire.taches_de(sophie, le=LE) == []


@pytest.mark.django_db
def test_un_visiteur_est_conduit_a_la_connexion():
    reponse = Client().get("/a-faire/")

    assert reponse.status_code == 302
    assert "/compte/connexion/" in reponse["Location"]


@pytest.mark.django_db
def test_les_comptes_d_essai_n_existent_que_dans_une_demonstration(settings, tmp_path):
    settings.DONNEES = tmp_path
    assert Client().get("/demonstration/").status_code == 404

    settings.DEMONSTRATION = True
    assert "Aucun compte d’essai" in Client().get("/demonstration/").content.decode()


def test_le_code_d_essai_est_celui_de_la_rfc_6238():
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

    assert demonstration.code_de(secret, le=datetime.fromtimestamp(59, UTC)) == "287082"


def test_les_comptes_se_lisent_de_la_demonstration(settings, tmp_path):
    settings.DONNEES = tmp_path
    fiche = {
        "nom": "Martine",
        "role": "redacteur",
        "identifiant": "m@x",
        "mot_de_passe": "p",
        "secret_totp": "",
    }
    (tmp_path / "demo.json").write_text(json.dumps({"comptes": [fiche]}), "utf-8")

    assert [compte.nom for compte in demonstration.comptes(le=LE)] == ["Martine"]
