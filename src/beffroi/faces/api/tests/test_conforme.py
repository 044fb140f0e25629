"""L'API fait ce que sa description dit :
un outil tiers (Schemathesis) la lit, invente des appels, et compare les réponses.

Il n'y a ni serveur ni réseau : l'application répond sur place. Avec un jeton, les
actes sont essayés aussi : quelque requête qu'on invente, la réponse est décrite, du
bon type, et jamais une panne.
"""

from dataclasses import dataclass

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from beffroi.achat.consultations.tests.scene import planter_la_scene
from beffroi.faces.api.tests.appels_inventes import essayer, operations
from beffroi.personnes.comptes.portees import D_ENTREPRISE, Portee
from beffroi.personnes.comptes.services import delivrer_jeton
from beffroi.publicite.questions.tests.gestes import membre, poser
from beffroi.reponse.depots.tests.factories import VEILLE
from beffroi.socle.fondations.horloge import maintenant

ESSAIS = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
PUBLIQUES = [nom for nom, etiquettes in operations() if "lecture publique" in etiquettes]
RESERVEES = [nom for nom, etiquettes in operations() if "lecture publique" not in etiquettes]
DE_L_ACHETEUR = [nom for nom, etiquettes in operations() if "acheteur" in etiquettes]


@pytest.mark.parametrize("operation", PUBLIQUES)
def test_une_lecture_publique_repond_comme_elle_est_decrite(operation, consultation):
    def appeler(case):
        case.call_and_validate()

    essayer(operation, appeler, ESSAIS)


@pytest.mark.parametrize("operation", RESERVEES)
def test_sans_jeton_tout_appel_reserve_est_refuse_sans_panne(operation, consultation):
    def appeler(case):
        reponse = case.call(headers={"Authorization": "Bearer faux"})

        assert reponse.status_code in {401, 404, 405, 411, 413, 422}, reponse.text

    essayer(operation, appeler, ESSAIS)


@pytest.mark.parametrize("operation", RESERVEES)
def test_avec_un_jeton_aucun_appel_invente_ne_fait_tomber_l_api(operation, consultation, jeton):
    def appeler(case):
        reponse = case.call(headers={"Authorization": f"Bearer {jeton}"})

        assert reponse.status_code < 500, reponse.text
        if reponse.status_code >= 400:
            assert reponse.headers["content-type"] == ["application/problem+json"]

    essayer(operation, appeler, ESSAIS)


@pytest.mark.parametrize("operation", DE_L_ACHETEUR)
def test_avec_le_jeton_d_un_acheteur_aucun_appel_invente_ne_fait_tomber_l_api(operation, acheteur):
    """Chaque appel désigne une vraie consultation et une vraie
    question : les actes sont essayés.
    """

    def appeler(case):
        for nom in case.path_parameters or {}:
            case.path_parameters[nom] = acheteur.reels.get(nom, case.path_parameters[nom])
        if "/reponses/" in case.path:
            case.path_parameters["question"] = "lots"

        reponse = case.call(headers={"Authorization": f"Bearer {acheteur.jeton}"})

        assert reponse.status_code < 500, reponse.text
        case.validate_response(
            reponse,
            checks=[response_schema_conformance, status_code_conformance, content_type_conformance],
        )

    essayer(operation, appeler, ESSAIS)


@pytest.fixture(autouse=True)
def _base_gardee():
    """Chaque réponse close rendrait la base à la réserve ;
    l'essai, lui, tient dans une seule transaction.
    """
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def jeton(faitage):
    _, secret = delivrer_jeton(
        utilisateur=faitage.personne, libelle="essai", portees=D_ENTREPRISE, maintenant=VEILLE
    )
    return secret


@dataclass
class Acheteur:
    """Un jeton qui permet tout à une rédactrice, et les objets de sa commune."""

    jeton: str
    reels: dict[str, str]


@pytest.fixture
def acheteur(db):
    scene = planter_la_scene(le=maintenant())
    consultation = scene.publiee()
    question = poser(consultation, membre(le=scene.le), le=scene.le)
    _, secret = delivrer_jeton(
        utilisateur=scene.martine, libelle="essai", portees=Portee, maintenant=scene.le
    )
    return Acheteur(secret, {"reference": consultation.reference, "question": question.reference})
