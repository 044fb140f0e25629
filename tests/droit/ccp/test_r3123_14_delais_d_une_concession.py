"""CCP, art. R. 3123-14 et R. 3124-2 : une concession laisse trente jours pour candidater
(vingt-cinq par voie électronique), puis vingt-deux pour offrir (dix-sept). Art. R. 2162-38 et
suivants : trente jours puis dix pour un système d'acquisition dynamique.
"""

from datetime import date

import pytest

from droit.calendrier import minimum
from droit.calendrier.minimum import Circonstances
from droit.en_vigueur import Droit

ENVOI = date(2027, 3, 2)


def jours(cle: str, **faits) -> int | None:
    trouve = minimum.delai_minimal(
        Droit.au(ENVOI), cle, envoi=ENVOI, circonstances=Circonstances(**faits)
    )
    return trouve and trouve.jours


@pytest.mark.article("CCP", "R. 3123-14")
@pytest.mark.parametrize(("electronique", "attendu"), [(False, 30), (True, 25)])
def test_candidater_a_une_concession(electronique, attendu):
    assert jours("delai.concession.candidatures", electronique=electronique) == attendu


@pytest.mark.article("CCP", "R. 3124-2")
@pytest.mark.parametrize(("electronique", "attendu"), [(False, 22), (True, 17)])
def test_offrir_dans_une_concession(electronique, attendu):
    assert jours("delai.concession.offres", electronique=electronique) == attendu


def test_l_urgence_ne_reduit_pas_le_delai_d_une_concession():
    assert jours("delai.concession.candidatures", urgence=True) == 30


@pytest.mark.article("CCP", "R. 2162-38")
def test_un_systeme_d_acquisition_dynamique_laisse_trente_jours_puis_dix():
    assert jours("delai.systeme_acquisition_dynamique.candidatures") == 30
    assert jours("delai.systeme_acquisition_dynamique.offres") == 10
