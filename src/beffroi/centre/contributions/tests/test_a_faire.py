"""« À faire » et les contributions : pour qui prépare l'appel, et pour personne d'autre."""

from datetime import UTC, date, datetime

import pytest

from beffroi.centre.contributions.a_faire import contributions_a_mener
from beffroi.centre.contributions.tests.gestes import JANVIER, agent_du_centre, sous_convention
from beffroi.personnes.organismes.models import Habilitation

pytestmark = pytest.mark.django_db


@pytest.fixture
def fanny(db):
    return agent_du_centre("Fanny Delattre", "gestionnaire")


@pytest.fixture
def olivier(db):
    return agent_du_centre("Olivier Prud'homme", "ordonnateur")


def a_faire(qui, *, le=JANVIER) -> list[str]:
    siennes = Habilitation.objects.filter(utilisateur=qui).select_related("organisme")
    return [tache.titre for tache in contributions_a_mener(siennes, le=le)]


def test_a_faire_dit_l_appel_a_mener_et_les_effectifs_qui_manquent_a_la_gestionnaire_seule(
    fanny, olivier
):
    sous_convention(1, agents=None)

    assert a_faire(fanny) == [
        "Mener l'appel de contributions 2027",
        "Rappeler les effectifs non déclarés de 2027",
    ]
    assert a_faire(olivier) == []


def test_le_1er_janvier_rien_ne_presse_encore(fanny):
    sous_convention(1, agents=None, debut=date(2027, 1, 1))

    assert a_faire(fanny, le=datetime(2027, 1, 1, 12, tzinfo=UTC)) == []
