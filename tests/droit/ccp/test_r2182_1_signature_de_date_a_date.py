"""CCP, art. R. 2182-1 :
onze jours entre l'envoi du rejet et la signature, seize hors voie électronique, de date à date.
"""

from datetime import date

import pytest

from droit.calendrier import suspension
from droit.en_vigueur import Droit

pytestmark = pytest.mark.article("CCP", "R. 2182-1")

DROIT = Droit.au(date(2026, 11, 24))


def signature(procedure: str, *, rejet: date, electronique: bool = True) -> date | None:
    echeance = suspension.premiere_signature(
        DROIT, DROIT.procedure(procedure), rejet=rejet, electronique=electronique
    )
    return echeance and echeance.jour


@pytest.mark.jurisprudence("CE, 2 août 2011, n° 347526")
def test_un_rejet_poste_le_28_decembre_permet_de_signer_le_13_janvier():
    assert signature("appel_offres_ouvert", rejet=date(2026, 12, 28), electronique=False) == date(
        2027, 1, 13
    )


def test_un_rejet_electronique_permet_de_signer_onze_jours_plus_tard_meme_un_dimanche():
    assert signature("appel_offres_ouvert", rejet=date(2027, 3, 3)) == date(2027, 3, 14)


def test_une_procedure_adaptee_n_attend_pas():
    assert signature("procedure_adaptee_ouverte", rejet=date(2027, 3, 3)) is None


@pytest.mark.article("CCP", "R. 2182-2")
def test_un_marche_specifique_se_signe_le_jour_meme():
    assert signature("marche_specifique", rejet=date(2027, 3, 3)) == date(2027, 3, 3)


@pytest.mark.article("CCP", "R. 3125-2")
def test_une_concession_au_dessus_du_seuil_attend_onze_jours():
    assert signature("concession_au_dessus_du_seuil", rejet=date(2027, 3, 3)) == date(2027, 3, 14)
