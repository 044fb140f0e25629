"""Ce qui naît d'une attribution : un accord-cadre à signer, un contrat signé."""

import copy

import pytest

from beffroi.choix.attribution.tests.scene import Ouvert, offres_ouvertes
from beffroi.contrat.achevement.tests.scene import LOTS, Conclu, en_procedure, jouer
from beffroi.contrat.engagements.tests.scene import ouvrir_le_contrat
from beffroi.contrat.marches.models import Marche
from beffroi.seance.coffre.coffre import CoffreEnMemoire
from tests.distribution.seances import UneCommune


@pytest.fixture(scope="module")
def accord_cadre_du_fichier(une_commune: UneCommune) -> tuple[Ouvert, Marche]:
    """À deux titulaires, né d'une décision : ses lettres sont parties, il reste à signer."""
    commune = une_commune()
    commune.consultation.type_de_procedure = "procedure_adaptee_ouverte"
    commune.consultation.save(update_fields=["type_de_procedure"])
    ouvert = offres_ouvertes(commune)
    return ouvert, ouvrir_le_contrat(ouvert)


@pytest.fixture
def offres_de_l_accord_cadre(
    accord_cadre_du_fichier: tuple[Ouvert, Marche], coffre_de_test: CoffreEnMemoire, db: None
) -> Ouvert:
    return copy.deepcopy(accord_cadre_du_fichier[0])


@pytest.fixture
def accord_cadre(
    accord_cadre_du_fichier: tuple[Ouvert, Marche], coffre_de_test: CoffreEnMemoire, db: None
) -> Marche:
    return copy.deepcopy(accord_cadre_du_fichier[1])


@pytest.fixture(scope="module")
def procedure_conclue_du_fichier(une_commune: UneCommune) -> Conclu:
    """Un appel d'offres ouvert en deux lots :
    le premier s'attribue et se signe, le second reste sans attributaire.
    """
    commune = une_commune(lots=LOTS)
    en_procedure(commune.consultation, "appel_offres_ouvert")
    return jouer(commune)


@pytest.fixture
def procedure_conclue(
    procedure_conclue_du_fichier: Conclu, coffre_de_test: CoffreEnMemoire, db: None
) -> Conclu:
    """Telle que conclue : ce qu'un test y ajoute s'efface avec lui."""
    return copy.deepcopy(procedure_conclue_du_fichier)
