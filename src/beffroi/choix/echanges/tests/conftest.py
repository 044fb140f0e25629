import pytest
from django.test import Client

from beffroi.achat.consultations.tests.scene import planter_la_scene
from beffroi.choix.echanges.tests.gestes import nommer
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.publicite.questions.tests.gestes import AUTRE_SIRET, membre
from beffroi.socle.fondations.horloge import maintenant


@pytest.fixture
def scene(db):
    return planter_la_scene(le=maintenant())


@pytest.fixture
def consultation(scene):
    return scene.publiee()


@pytest.fixture
def sophie(scene, consultation):
    """De l'Atelier du Faîtage, nommée en téléchargeant le dossier."""
    return nommer(consultation, membre(le=scene.le), le=scene.le)


@pytest.fixture
def nadia(scene, consultation):
    """Des Zingueurs de la Lys, nommée de même."""
    return nommer(
        consultation,
        membre("Nadia Fauquet", AUTRE_SIRET, "Zingueurs de la Lys", le=scene.le),
        le=scene.le,
    )


@pytest.fixture
def acheteur(scene):
    return connecter(Client(), scene.martine)


@pytest.fixture
def entreprise(sophie):
    return connecter(Client(), sophie.utilisateur)
