"""Le double contrôle se répète comme il se vivra : deux personnes tournent leur clé."""

from beffroi.seance.ouverture.tests import factories
from beffroi.seance.repetition.states import EtatDeRepetition
from beffroi.seance.repetition.tests.test_services import AVANT, Table
from demo import repetitions


def test_le_double_controle_se_repete_aussi(coffre_de_test, db):
    scene = factories.scene(politique="double")
    table = Table(scene.troupe, preside="helene", avec="bernard", le=AVANT)

    assert repetitions.repeter(scene.consultation, table).etat == EtatDeRepetition.REUSSIE
