"""« À faire » ne lit pas plus pour dix consultations que pour deux."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from beffroi.faces.portail import a_faire
from beffroi.socle.guichet.lecture import lecture

pytestmark = pytest.mark.django_db


def requetes(personne, le):
    with lecture(), CaptureQueriesContext(connection) as lues:
        trouvees = a_faire.taches_de(personne, le=le)
    return len(lues), len(trouvees)


def test_cinq_fois_plus_de_consultations_se_lisent_d_autant_de_requetes(scene_d_achat):
    """Brouillons et publiées, avant puis après l'heure limite."""
    scene = scene_d_achat
    instants = (scene.le, scene.limite + timedelta(days=1))

    def en_preparer(nombre):
        for rang in range(nombre):
            scene.publiee(f"Curage {rang}")
            scene.brouillon(f"Toiture {rang}")
        return [requetes(scene.martine, le) for le in instants]

    peu, beaucoup = en_preparer(1), en_preparer(4)

    for (requetes_peu, taches), (requetes_beaucoup, autant) in zip(peu, beaucoup, strict=True):
        assert requetes_beaucoup == requetes_peu
        assert autant == 5 * taches > 0
