"""CCP, art. R. 2161-12 à R. 2161-22 : la procédure avec négociation. Art.
R. 2161-25 : le dialogue compétitif.

Pouvoir adjudicateur : trente jours pour candidater (quinze en urgence), trente pour l'offre
initiale (vingt-cinq par voie électronique, dix après préinformation ou en urgence). Entité
adjudicatrice : quinze jours, puis une date convenue, ou dix.
"""

from datetime import date

import pytest

from droit.calendrier import minimum
from droit.calendrier.minimum import Circonstances
from droit.en_vigueur import Droit

ENVOI = date(2027, 3, 2)
PA = "delai.procedure_avec_negociation.pouvoir_adjudicateur"
EA = "delai.procedure_avec_negociation.entite_adjudicatrice"


def jours(cle: str, **faits) -> int | None:
    trouve = minimum.delai_minimal(
        Droit.au(ENVOI), cle, envoi=ENVOI, circonstances=Circonstances(**faits)
    )
    return trouve and trouve.jours


@pytest.mark.article("CCP", "R. 2161-12")
def test_candidater_prend_trente_jours_et_quinze_en_urgence():
    assert (jours(f"{PA}.candidatures"), jours(f"{PA}.candidatures", urgence=True)) == (30, 15)


@pytest.mark.article("CCP", "R. 2161-14")
@pytest.mark.article("CCP", "R. 2161-15")
@pytest.mark.parametrize(
    ("faits", "attendu"),
    [
        ({}, 30),
        ({"electronique": True}, 25),
        ({"preinformation": date(2027, 1, 4)}, 10),
        ({"urgence": True}, 10),
    ],
)
def test_l_offre_initiale_prend_trente_jours_ou_moins(faits, attendu):
    assert jours(f"{PA}.offres", **faits) == attendu


@pytest.mark.article("CCP", "R. 2161-16")
def test_faute_d_accord_une_commune_laisse_dix_jours():
    assert jours(f"{PA}.offres", sans_accord=True) == 10


@pytest.mark.article("CCP", "R. 2161-21")
@pytest.mark.article("CCP", "R. 2161-22")
def test_une_entite_adjudicatrice_laisse_quinze_jours_puis_dix():
    assert (jours(f"{EA}.candidatures"), jours(f"{EA}.offres")) == (15, 10)


@pytest.mark.article("CCP", "R. 2161-25")
def test_le_dialogue_laisse_trente_jours_pour_candidater_que_rien_ne_reduit():
    assert jours("delai.dialogue_competitif.candidatures") == 30
    assert jours("delai.dialogue_competitif.candidatures", urgence=True, electronique=True) == 30


def test_le_dialogue_ne_fixe_pas_de_delai_pour_les_offres():
    assert jours("delai.dialogue_competitif.offres") is None
