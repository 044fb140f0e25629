"""En concession, aucune offre n'en écarte une autre."""

from datetime import timedelta

from beffroi.seance.ouverture.tests import factories
from beffroi.seance.ouverture.tests.factories import LIMITE


def test_en_concession_toutes_les_offres_sont_proposees_avec_un_avertissement(db):
    scene = factories.scene(nature="concession")
    scene.repond("sophie", le=LIMITE - timedelta(hours=3))
    scene.repond("kevin", le=LIMITE - timedelta(hours=1))

    seance = factories.seance_installee(scene)

    assert seance.ouvertures.count() == 4
    assert all("454801" in ouverture.avertissement for ouverture in seance.ouvertures.all())
