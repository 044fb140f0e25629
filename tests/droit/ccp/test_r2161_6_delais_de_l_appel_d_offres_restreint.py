"""CCP, art. R. 2161-6 à R. 2161-10 :
l'appel d'offres restreint a deux délais, l'un pour candidater, l'autre pour offrir.

Candidatures : trente jours (quinze en urgence) pour un pouvoir adjudicateur, quinze pour une entité
adjudicatrice. Offres : trente jours de l'invitation ; vingt-cinq par voie électronique, dix après
préinformation, dix en urgence ; dix faute d'accord des candidats.
"""

from datetime import date

import pytest

from droit.calendrier import minimum
from droit.calendrier.minimum import Circonstances
from droit.en_vigueur import Droit

pytestmark = pytest.mark.article("CCP", "R. 2161-6")

ENVOI = date(2027, 3, 2)
A_TEMPS = date(2027, 1, 4)


def delai(cle: str, **faits) -> tuple[int, str]:
    trouve = minimum.delai_minimal(
        Droit.au(ENVOI), cle, envoi=ENVOI, circonstances=Circonstances(**faits)
    )
    assert trouve is not None
    return trouve.jours, str(
        trouve.pourquoi[1 if trouve.reduit_par and len(trouve.pourquoi) > 1 else 0].source
    )


CANDIDATURES = "delai.appel_offres_restreint.pouvoir_adjudicateur.candidatures"
OFFRES = "delai.appel_offres_restreint.pouvoir_adjudicateur.offres"


def test_candidater_prend_trente_jours_et_quinze_en_urgence():
    assert delai(CANDIDATURES) == (30, "CCP, art. R. 2161-6, 1°")
    assert delai(CANDIDATURES, urgence=True) == (15, "CCP, art. R. 2161-6, 1°")


def test_la_voie_electronique_ne_reduit_pas_le_delai_des_candidatures():
    trouve = minimum.delai_minimal(
        Droit.au(ENVOI), CANDIDATURES, envoi=ENVOI, circonstances=Circonstances(electronique=True)
    )

    assert trouve is not None
    assert trouve.jours == 30
    assert trouve.pourquoi[-1].texte.startswith("Aucun texte ne réduit ce délai")


@pytest.mark.article("CCP", "R. 2161-7")
@pytest.mark.article("CCP", "R. 2161-8")
@pytest.mark.parametrize(
    ("faits", "attendu"),
    [
        ({}, (30, "CCP, art. R. 2161-7")),
        ({"electronique": True}, (25, "CCP, art. R. 2161-8, 2°")),
        ({"preinformation": A_TEMPS}, (10, "CCP, art. R. 2161-8, 1°")),
        ({"electronique": True, "urgence": True}, (10, "CCP, art. R. 2161-8, 3°")),
    ],
)
def test_offrir_prend_trente_jours_ou_moins(faits, attendu):
    assert delai(OFFRES, **faits) == attendu


@pytest.mark.article("CCP", "R. 2161-9")
def test_faute_d_accord_une_commune_laisse_dix_jours():
    assert delai(OFFRES, sans_accord=True) == (10, "CCP, art. R. 2161-9")


@pytest.mark.article("CCP", "R. 2161-10")
def test_une_entite_adjudicatrice_convient_d_une_date_ou_laisse_dix_jours():
    assert delai("delai.appel_offres_restreint.entite_adjudicatrice.offres") == (
        10,
        "CCP, art. R. 2161-10",
    )


def test_une_entite_adjudicatrice_laisse_quinze_jours_pour_candidater():
    assert delai("delai.appel_offres_restreint.entite_adjudicatrice.candidatures") == (
        15,
        "CCP, art. R. 2161-6, 2°",
    )
