"""Un appel d'offres ouvert en deux lots, dont l'un est signé et l'autre
abandonné : de quoi tout archiver.
"""

import copy
from dataclasses import replace

import pytest

from beffroi.contrat.achevement.tests.scene import LOTS, SIGNE_LE, en_procedure, jouer, notifie
from beffroi.seance.ouverture.tests.conftest import coffre_de_test, une_commune  # noqa: F401
from beffroi.socle.journal import chainage
from tests.semis import plante

VRAI_JETON = chainage.jeton_local


@pytest.fixture(scope="module")
def commune(django_db_setup, django_db_blocker):
    with une_commune(django_db_blocker, jeton=VRAI_JETON, lots=LOTS) as creee:
        nommer = lambda: en_procedure(creee.consultation, "appel_offres_ouvert")  # noqa: E731
        plante("appel d'offres ouvert", nommer, le=SIGNE_LE)
        creee.consultation.refresh_from_db()
        yield creee


@pytest.fixture(scope="module")
def deja_conclu(commune):
    """Les récépissés se refont dans le paquet, et il se vérifie : les jetons sont vrais."""
    with pytest.MonkeyPatch.context() as retour:
        retour.setattr(chainage, "jeton_local", VRAI_JETON)
        joue = jouer(commune)
        marche = plante("marché notifié", lambda: notifie(joue, le=SIGNE_LE), le=SIGNE_LE)
        return replace(joue, marche=marche)


@pytest.fixture
def conclu(deja_conclu, db, coffre_de_test, monkeypatch):  # noqa: F811
    """Le marché, tel que conclu :
    ce qu'un test y ajoute s'efface avec lui, et se date pour de vrai.
    """
    monkeypatch.setattr(chainage, "jeton_local", VRAI_JETON)
    return copy.deepcopy(deja_conclu)
