"""Deux commandes, deux marchés subséquents au même instant :
le maximum de l'accord-cadre tient (CCP, art. R. 2162-4).
"""

from decimal import Decimal

import pytest

from beffroi.contrat.marches import queries
from beffroi.contrat.marches.models import BonDeCommande, Marche
from beffroi.contrat.marches.tests import gestes
from tests.moteurs.ensemble import ensemble, sauter_sans_verrou_de_ligne, sortes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def accord():
    """Un maximum de 50 000 euros : deux fois 30 000 n'y entrent pas."""
    sauter_sans_verrou_de_ligne()
    organisme, _ = gestes.bomy()
    return gestes.accord_cadre(organisme, numero="2026-AC1")


def subsequent(accord, numero):
    return lambda: gestes.inscrit(
        accord.organisme,
        numero=numero,
        nature="marche_subsequent",
        accord_cadre=accord,
        montant=Decimal(30_000),
    )


def test_deux_bons_ensemble_un_seul_entre_sous_le_maximum(accord):
    rendus = ensemble(*(lambda n=n: gestes.commande(accord, n, "30000") for n in ("1", "2")))

    assert sortes(rendus) == ["BonDeCommande", "RegleEnfreinte"]
    assert BonDeCommande.objects.count() == 1


def test_deux_marches_subsequents_ensemble_un_seul_entre_sous_le_maximum(accord):
    rendus = ensemble(*(subsequent(accord, numero) for numero in ("2026-MS1", "2026-MS2")))

    assert sortes(rendus) == ["Marche", "RegleEnfreinte"]
    assert Marche.toutes.filter(accord_cadre=accord).count() == 1


def test_un_bon_et_un_marche_subsequent_ensemble_ne_depassent_pas_non_plus(accord):
    rendus = ensemble(lambda: gestes.commande(accord, "1", "30000"), subsequent(accord, "2026-MS1"))

    assert "RegleEnfreinte" in sortes(rendus)
    assert queries.consommation_de(accord).reste >= 0
