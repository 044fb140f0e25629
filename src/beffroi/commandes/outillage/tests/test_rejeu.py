"""`./beffroi contributions rejouer` :
les mêmes centimes, ou ce qui diffère et un code de sortie.
"""

import json
from decimal import Decimal

import pytest

from beffroi.centre.contributions.models import Contribution
from beffroi.centre.contributions.tests.gestes import (
    agent_du_centre,
    garder_la_grille,
    mener,
    sous_convention,
)
from beffroi.commandes.cli.lanceur import principal

pytestmark = pytest.mark.django_db


@pytest.fixture
def apercu(db):
    fanny = agent_du_centre("Fanny Delattre", "gestionnaire")
    garder_la_grille(fanny)
    sous_convention(1)
    return mener(2027, "figer", "simuler", par=fanny)


def test_la_commande_rejoue_et_le_dit(apercu, capsys):
    assert principal(["contributions", "rejouer", "2027"]) == 0
    assert capsys.readouterr().out == "1 ligne rejouée, 0 différence.\n"


def test_un_centime_de_difference_se_dit_et_sort_en_erreur(apercu, capsys):
    Contribution.objects.update(montant=Decimal("250.01"))

    assert principal(["contributions", "rejouer", "2027", "--json"]) == 1
    assert "250.01 gardé, 250.00 rejoué" in json.loads(capsys.readouterr().out)["ecarts"][0]


def test_une_annee_sans_appel_se_dit(db, capsys):
    assert principal(["contributions", "rejouer", "2031"]) != 0
    assert "Aucun appel calculé pour 2031" in capsys.readouterr().err
