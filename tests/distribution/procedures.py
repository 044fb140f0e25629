"""Les procédures formalisées : un appel d'offres ouvert, et celles qui se mènent en deux temps."""

import copy

import pytest

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.selection.tests.scene import Restreint, candidatures_ouvertes
from beffroi.seance.coffre.coffre import CoffreEnMemoire
from beffroi.seance.ouverture.tests.factories import LIMITE, Scene
from tests.distribution.seances import UneCommune
from tests.semis import plante


@pytest.fixture(scope="module")
def lots_de_l_appel_d_offres() -> tuple[str, ...]:
    """Aucun : le fichier qui en veut dit les siens."""
    return ()


@pytest.fixture(scope="module")
def commune_en_appel_d_offres(
    une_commune: UneCommune, lots_de_l_appel_d_offres: tuple[str, ...]
) -> Scene:
    """Publiée en procédure adaptée, puis nommée autrement :
    les délais d'un appel d'offres ne sont pas le sujet.
    """
    commune = une_commune(lots=lots_de_l_appel_d_offres)
    plante("appel d'offres", lambda: nommer_appel_d_offres(commune.consultation), le=LIMITE)
    commune.consultation.refresh_from_db()
    return commune


def nommer_appel_d_offres(consultation: Consultation) -> None:
    consultation.type_de_procedure = "appel_offres_ouvert"
    consultation.save(update_fields=["type_de_procedure"])


@pytest.fixture(scope="module")
def procedure_en_deux_temps() -> str:
    """Le fichier qui négocie, ou qui dialogue, dit la sienne."""
    return "appel_offres_restreint"


@pytest.fixture(scope="module")
def commune_en_deux_temps(une_commune: UneCommune, procedure_en_deux_temps: str) -> Scene:
    return une_commune(procedure=procedure_en_deux_temps)


@pytest.fixture
def scene_en_deux_temps(
    commune_en_deux_temps: Scene, coffre_de_test: CoffreEnMemoire, db: None
) -> Scene:
    return copy.deepcopy(commune_en_deux_temps)


@pytest.fixture
def restreint(scene_en_deux_temps: Scene) -> Restreint:
    """Ses trois candidatures sont ouvertes."""
    return candidatures_ouvertes(scene_en_deux_temps)
