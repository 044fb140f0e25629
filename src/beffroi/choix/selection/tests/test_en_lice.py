"""En deux temps, reste en lice qui a remis une offre que la séance du dernier tour a ouverte."""

import pytest

from beffroi.choix.candidatures.queries import candidatures_en_lice

pytestmark = pytest.mark.django_db


@pytest.fixture
def offre(restreint):
    restreint.decider()
    return restreint.offrir(restreint.invitation(restreint.inviter()))


def test_avant_l_ouverture_des_offres_personne_n_est_en_lice(restreint, offre):
    assert candidatures_en_lice(restreint.consultation, None) == []


def test_seule_une_offre_ouverte_est_en_lice(restreint, offre):
    restreint.ouvrir_les_offres()

    assert candidatures_en_lice(restreint.consultation, None) == [offre]
