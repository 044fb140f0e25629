"""Le double contrôle : deux personnes tournent leur clé, et deux parts quelconques suffisent."""

import pytest

from beffroi.seance.ouverture import services
from beffroi.seance.ouverture.models import OuverturePli
from beffroi.seance.ouverture.tests import factories
from beffroi.seance.ouverture.tests.factories import SEANCE_LE
from beffroi.seance.ouverture.tests.test_droits_a_la_table import PERTES
from beffroi.socle.fondations.erreurs import RegleEnfreinte, RoleManquant
from demo.cles import CAPACITE
from sceau import Identity


@pytest.fixture(scope="module")
def commune_de_seance(une_commune):
    return une_commune(politique="double")


@pytest.mark.parametrize("membre", ["bernard", "martine"])
def test_en_double_controle_deux_parts_quelconques_ouvrent(scene, membre):
    scene.repond()

    seance = factories.seance_installee(scene, autour=("helene", membre))
    seance = factories.tourner(scene, seance, membre=membre)
    factories.ouvrir_tout(seance)

    assert seance.ouvertures.filter(etat=OuverturePli.Etat.OUVERTE).count() == 2


def test_en_double_controle_une_part_ne_suffit_pas(scene):
    seance = factories.seance_installee(scene)
    factories.composer_le_code(scene, seance, membre="bernard", ephemere=Identity.generate())

    with pytest.raises(RegleEnfreinte, match="Il faut 2 clés tournées, il y en a 1"):
        services.tourner_les_cles(
            seance=seance,
            graines={},
            avec_sa_part=True,
            capacite=CAPACITE,
            par=seance.presidee_par,
            maintenant=SEANCE_LE,
        )


@pytest.mark.parametrize("perdre", PERTES)
def test_qui_a_perdu_le_droit_d_ouvrir_ne_tourne_plus_sa_cle(scene, perdre):
    seance, ephemere = factories.seance_installee(scene), Identity.generate()
    factories.composer_le_code(scene, seance, membre="bernard", ephemere=ephemere)
    perdre(scene, "bernard")

    with pytest.raises(RoleManquant, match="n'êtes plus"):
        factories.remettre(scene, seance, membre="bernard", ephemere=ephemere)
