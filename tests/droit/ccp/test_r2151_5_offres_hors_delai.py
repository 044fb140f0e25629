"""CCP, art. R. 2151-5. « Les offres reçues hors délai sont éliminées. »

Éliminer est une décision de l'acheteur. La plateforme reçoit aussi hors délai (annexe 7, art. 1, I,
5°), scelle, marque : un candidat peut prouver sa diligence (CE, 23 septembre 2021, RATP,
n° 449250). Le délai se juge à la réception, à la seconde près (TA Versailles, 8 février 2023,
n° 2300644 : 29 secondes).
"""

from datetime import timedelta

import pytest

from beffroi.reponse.depots import queries
from beffroi.reponse.depots.models import Pli
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.tests.factories import LIMITE

OFFRE = (("offre", None),)
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.article("CCP", "R. 2151-5"),
    pytest.mark.usefixtures("stockage_a_part"),
]


@pytest.mark.parametrize(
    "ecart,hors_delai",
    [
        (timedelta(microseconds=-1), False),
        (timedelta(0), False),
        (timedelta(microseconds=1), True),
        (timedelta(seconds=29), True),
        (timedelta(days=40), True),
    ],
    ids=[
        "une microseconde avant",
        "à l'heure exacte",
        "une microseconde après",
        "29 secondes après",
        "40 jours après",
    ],
)
def test_le_delai_se_juge_a_l_heure_de_reception(faitage, ecart, hors_delai):
    pli = faitage.depose(*OFFRE, le=LIMITE + ecart)

    assert pli.hors_delai is hors_delai


def test_une_offre_hors_delai_est_recue_et_a_son_recepisse(faitage):
    pli = faitage.depose(*OFFRE, le=LIMITE + timedelta(minutes=3))

    assert pli.accuse.contenu
    assert pli.ecriture is not None


def test_une_offre_hors_delai_n_est_pas_proposee_a_l_ouverture_mais_tenue_a_part(
    faitage, consultation_du_depot
):
    pli = faitage.depose(*OFFRE, le=LIMITE + timedelta(minutes=3))

    assert queries.plis_proposes(consultation_du_depot) == []
    assert queries.plis_hors_delai(consultation_du_depot) == [pli]


def test_la_reception_dure_jusqu_a_la_fin_de_la_procedure(db):
    for etat in ("close", "en_ouverture", "depouillee", "attribuee"):
        candidat = factories.Candidat(factories.consultation(etat=etat))
        assert candidat.depose(*OFFRE, le=LIMITE + timedelta(days=2)).hors_delai


@pytest.mark.jurisprudence("CE, 23 septembre 2021, n° 449250")
def test_le_debut_et_la_fin_de_la_transmission_sont_gardes_pour_prouver_la_diligence(faitage):
    pli = faitage.depose(*OFFRE, le=LIMITE + timedelta(minutes=3))

    assert pli.debut_transmission == LIMITE - timedelta(minutes=57)
    assert pli.debut_transmission <= pli.fin_transmission <= pli.recu_le
    assert Pli.objects.get().fin_transmission < LIMITE
