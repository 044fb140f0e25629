"""CCP, art. R. 2182-1, R. 2182-2, R. 3125-1 et R. 3125-2 :
le délai entre l'envoi du rejet et la signature.
"""

from datetime import date, timedelta

import pytest

from droit.en_vigueur import Droit
from tests.droit.bornes import CODE, INCONNUE, LECTURE, bascule

pytestmark = [
    pytest.mark.article("CCP", "R. 2182-1"),
    pytest.mark.article("CCP", "R. 2182-2"),
    pytest.mark.article("CCP", "R. 3125-1"),
]


def test_il_est_de_onze_jours_quand_le_rejet_part_par_voie_electronique():
    assert bascule("suspension.marche.electronique", CODE) == (INCONNUE, 11)


def test_il_est_de_seize_jours_par_une_autre_voie():
    assert bascule("suspension.marche.autre", CODE) == (INCONNUE, 16)


@pytest.mark.jurisprudence("CE, 2 août 2011, n° 347526")
def test_un_rejet_poste_le_28_decembre_permet_de_signer_le_13_janvier():
    envoi = date(2026, 12, 28)

    attente = Droit.au(envoi).valeur("suspension.marche.autre").entier

    assert envoi + timedelta(days=attente) == date(2027, 1, 13)


def test_trois_cas_en_dispensent():
    dispenses = (
        "un seul opérateur a participé à la consultation",
        "marché subséquent",
        "marché spécifique",
    )

    assert bascule("suspension.marche.dispenses", CODE) == (INCONNUE, dispenses)


def test_une_concession_suit_les_memes_durees():
    assert bascule("suspension.concession.electronique", LECTURE) == (INCONNUE, 11)
    assert bascule("suspension.concession.autre", LECTURE) == (INCONNUE, 16)
