"""CCP, art. R. 2132-6 et R. 3122-12 :
répondre aux questions six jours avant la date limite, quatre en urgence.
"""

import pytest

from tests.droit.bornes import CODE, INCONNUE, bascule

pytestmark = [pytest.mark.article("CCP", "R. 2132-6"), pytest.mark.article("CCP", "R. 3122-12")]


def test_les_reponses_partent_six_jours_avant():
    assert bascule("delai.renseignements_complementaires", CODE) == (INCONNUE, 6)


def test_quatre_jours_avant_quand_le_delai_est_reduit_pour_urgence():
    assert bascule("delai.renseignements_complementaires.urgence", CODE) == (INCONNUE, 4)


def test_six_jours_avant_en_concession():
    assert bascule("delai.renseignements_complementaires.concession", CODE) == (INCONNUE, 6)
