"""CCP, art. R. 2196-1 et R. 3131-1 : quelles données publier, à partir de quel montant, dans quel délai."""

import pytest

from beffroi.donnees_essentielles.rules import RETENABLES, peut_retenir
from tests.droit.bornes import INCONNUE, LECTURE, bascule

pytestmark = [pytest.mark.article("CCP", "R. 2196-1"), pytest.mark.article("CCP", "R. 3131-1")]


@pytest.mark.parametrize(
    ("cle", "valeur"),
    [
        ("seuil.donnees_essentielles", 40_000),
        ("seuil.donnees_essentielles.liste_annuelle", 25_000),
        ("donnees_essentielles.marche", 2),
        ("donnees_essentielles.modification", 2),
        ("donnees_essentielles.concession", "avant le début de l'exécution"),
        ("donnees_essentielles.concession.modification", 2),
        ("donnees_essentielles.schema", "2.0.3"),
        ("donnees_essentielles.numero", 16),
        ("donnees_essentielles.objet", 1000),
    ],
)
def test_la_valeur_est_connue_depuis_la_version_lue_et_pas_avant(cle, valeur):
    assert bascule(cle, LECTURE) == (INCONNUE, valeur)


@pytest.mark.article("CCP", "L. 2196-2")
def test_une_donnee_se_retient_en_disant_pourquoi_et_seulement_si_un_secret_peut_la_proteger():
    retenable = sorted(RETENABLES)[0]

    assert peut_retenir(champs=[retenable], motifs=["Secret des affaires."]).favorable
    assert not peut_retenir(champs=[retenable], motifs=[" "]).favorable
    assert not peut_retenir(champs=["id"], motifs=["Secret des affaires."]).favorable
