"""L'achat d'une commune, et les entreprises qui en ont pris le dossier."""

import pytest

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.tests.scene import Scene, planter_la_scene
from beffroi.choix.echanges.tests.gestes import nommer
from beffroi.personnes.entreprises.models import Membre
from beffroi.publicite.questions.tests.gestes import AUTRE_SIRET, membre
from beffroi.socle.fondations.horloge import maintenant


@pytest.fixture
def scene_d_achat(db: None) -> Scene:
    """La commune, plantée maintenant : les pages lisent l'horloge du serveur."""
    return planter_la_scene(le=maintenant())


@pytest.fixture
def consultation_publiee(scene_d_achat: Scene) -> Consultation:
    return scene_d_achat.publiee()


@pytest.fixture
def sophie_nommee(scene_d_achat: Scene, consultation_publiee: Consultation) -> Membre:
    """De l'Atelier du Faîtage, nommée en téléchargeant le dossier."""
    le = scene_d_achat.le
    return nommer(consultation_publiee, membre(le=le), le=le)


@pytest.fixture
def nadia_nommee(scene_d_achat: Scene, consultation_publiee: Consultation) -> Membre:
    """Des Zingueurs de la Lys, nommée de même."""
    le = scene_d_achat.le
    nadia = membre("Nadia Fauquet", AUTRE_SIRET, "Zingueurs de la Lys", le=le)
    return nommer(consultation_publiee, nadia, le=le)
