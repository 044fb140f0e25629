"""Le contrôle officiel d'un avis écrit sur la plateforme."""

from datetime import timedelta

import pytest

from beffroi.achat.consultations.tests.scene import planter_la_scene
from beffroi.publicite.avis import services, verification
from beffroi.publicite.avis.models import Avis
from beffroi.publicite.avis.tests import contenus
from beffroi.socle.fondations.horloge import maintenant
from formats.tests.normes import NORMES, avec_les_normes

pytestmark = pytest.mark.django_db


@pytest.fixture
def avis(db):
    scene = planter_la_scene(le=maintenant() - timedelta(days=3))
    return services.ecrire_un_avis(
        consultation=scene.brouillon(),
        contenu=contenus.europeen(envoi=scene.le),
        forme=Avis.Forme.EUROPEENNE,
        par=scene.martine.acteur,
        maintenant=scene.le,
    )


def test_sans_fichiers_officiels_le_rapport_dit_ce_qui_n_a_pas_ete_verifie(avis, settings):
    settings.NORMES = ""

    rapport = verification.rapport_de(avis)

    assert rapport.nos_regles == []
    assert any("ne sont pas installés sur cette plateforme" in dit for dit in rapport.non_faits)
    assert not any("BEFFROI" in dit for dit in rapport.non_faits)


@avec_les_normes
def test_un_avis_ecrit_ici_passe_tous_les_controles_officiels(avis, settings, tmp_path):
    settings.NORMES, settings.DONNEES = str(NORMES), tmp_path

    rapport = verification.rapport_de(avis)

    assert (rapport.kit, rapport.schema, rapport.regles, rapport.non_faits) == (
        "1.15.1",
        [],
        [],
        [],
    )
