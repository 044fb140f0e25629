"""L'API fait ce que sa description dit : un outil tiers (Schemathesis) la lit, invente des appels, et compare les réponses.

Il n'y a ni serveur ni réseau : l'application répond sur place. Avec un jeton, les actes sont essayés aussi : quelque requête
qu'on invente, la réponse est décrite, du bon type, et jamais une panne.
"""

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings

from beffroi.comptes.services import delivrer_jeton
from beffroi.depots.tests.factories import VEILLE

ESSAIS = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
description = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
publiques = description.include(tag="lecture publique")
reservees = description.exclude(tag="lecture publique")


@publiques.parametrize()
@ESSAIS
def test_une_lecture_publique_repond_comme_elle_est_decrite(case, consultation):
    case.call_and_validate()


@reservees.parametrize()
@ESSAIS
def test_sans_jeton_tout_appel_reserve_est_refuse_sans_panne(case, consultation):
    reponse = case.call(headers={"Authorization": "Bearer faux"})

    assert reponse.status_code in {401, 404, 405, 411, 413, 422}, reponse.text


@reservees.parametrize()
@ESSAIS
def test_avec_un_jeton_aucun_appel_invente_ne_fait_tomber_l_api(case, faitage, consultation, jeton):
    reponse = case.call(headers={"Authorization": f"Bearer {jeton}"})

    assert reponse.status_code < 500, reponse.text
    if reponse.status_code >= 400:
        assert reponse.headers["content-type"] == ["application/problem+json"]


@pytest.fixture(autouse=True)
def _base_gardee():
    """Chaque réponse close rendrait la base à la réserve ; l'essai, lui, tient dans une seule transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def jeton(faitage):
    _, secret = delivrer_jeton(utilisateur=faitage.personne, libelle="essai", maintenant=VEILLE)
    return secret
