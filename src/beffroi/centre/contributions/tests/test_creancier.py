"""L'appel part au nom que le centre s'est donné, et dit à quel comptable payer."""

from datetime import date

import pytest

from beffroi.centre.contributions.services.emission import appel_de
from beffroi.centre.contributions.tests.gestes import centre, ligne, sous_convention
from beffroi.centre.contributions.tests.test_suites import emis
from beffroi.centre.conventions.models import Convention
from beffroi.centre.conventions.services.parametres import decider
from beffroi.centre.conventions.tests.gestes import decider_de_tout
from beffroi.personnes.comptes.tests.personnes import LUNDI

pytestmark = pytest.mark.django_db


def dit(qui) -> str:
    return str(appel_de(ligne(qui), centre=centre())).replace("\\xa0", " ").replace("’", "'")


@pytest.fixture
def qui(fanny, olivier, grille):
    adherent = sous_convention(1)
    emis(fanny, olivier)
    return adherent


def test_rien_de_decide_l_organisme_du_centre_appelle(qui):
    assert "que la convention nomme" in dit(qui) and centre().nom in dit(qui)


def test_decide_le_nom_et_le_siege_de_la_convention_sont_ceux_de_l_appel(qui, fanny):
    decider_de_tout(fanny)

    assert "Allée du Château 62702 Bruay-La-Buissière, SIRET" in dit(qui)
    assert "Service de Gestion Comptable de Bruay" in dit(qui)
    assert "40 rue Augustin Caron, 62700 Bruay-la-Buissière" in dit(qui)


def test_le_comptable_de_la_convention_passe_avant_celui_du_centre(qui, fanny):
    decider_de_tout(fanny)
    Convention.objects.update(comptable="SGC d'Arras\n10 rue Neuve\n62000 Arras")

    assert "SGC d'Arras, 10 rue Neuve, 62000 Arras" in dit(qui)


def test_un_nom_change_apres_l_appel_ne_le_refait_pas(qui, fanny):
    decider_de_tout(fanny)
    decider(
        nom="centre",
        valeur="Un autre nom",
        effet_le=date(2028, 1, 1),
        deliberation="",
        par=fanny,
        maintenant=LUNDI,
    )

    assert "Un autre nom" not in dit(qui)
