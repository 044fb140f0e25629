"""CCP, art. R. 2151-2. « Lorsque certains documents de la consultation ne sont pas publiés sur un
profil d'acheteur pour l'une des raisons mentionnées à l'article R. 2132-5, le délai minimal de
réception des offres est augmenté de cinq jours, sauf urgence dûment justifiée. »
"""

from datetime import date

import pytest

from droit.calendrier import minimum
from droit.calendrier.minimum import Circonstances, DelaiMinimal
from droit.en_vigueur import Droit

pytestmark = pytest.mark.article("CCP", "R. 2151-2")

ENVOI = date(2027, 3, 2)


def delai(**faits) -> DelaiMinimal:
    droit, circonstances = Droit.au(ENVOI), Circonstances(**faits)
    ordinaire = minimum.delai_minimal(
        droit, "delai.appel_offres_ouvert.offres", envoi=ENVOI, circonstances=circonstances
    )
    assert ordinaire is not None
    return minimum.allonger_hors_profil(droit, ordinaire, circonstances=circonstances)


@pytest.mark.parametrize(("electronique", "attendu"), [(False, 40), (True, 35)])
def test_cinq_jours_s_ajoutent_au_delai_ordinaire_ou_reduit(electronique, attendu):
    assert delai(electronique=electronique, hors_profil=True).jours == attendu


def test_l_urgence_en_dispense_et_l_explication_le_dit():
    trouve = delai(urgence=True, hors_profil=True)

    assert trouve.jours == 15
    assert str(trouve.pourquoi[-1].source) == "CCP, art. R. 2151-2"


def test_avec_tous_les_documents_sur_le_profil_rien_ne_s_ajoute():
    assert delai(electronique=True).jours == 30
