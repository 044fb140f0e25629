"""RGPD, art. 12, § 3 :
un mois pour répondre à une personne sur ses données, deux de plus si elle en est avertie.
"""

from datetime import date

import pytest

from beffroi.garde.conformite.rules.droits import (
    OUVERTES_AU_PLUS,
    peut_compter,
    peut_prolonger,
    recevable,
)
from droit.calendrier.personnes import DELAI, repondre_avant

pytestmark = pytest.mark.article("RGPD", "12")
LUNDI_2 = date(2026, 11, 2)


@pytest.mark.parametrize(
    "recue,avant",
    [
        (date(2026, 11, 2), date(2026, 12, 2)),
        (date(2027, 1, 29), date(2027, 3, 1)),  # pas de 29 février, et le 28 est un dimanche
        (date(2026, 11, 14), date(2026, 12, 14)),  # reçue un samedi
        (date(2026, 11, 25), date(2026, 12, 28)),  # Noël, puis un samedi et un dimanche
    ],
)
def test_un_mois_de_date_a_date_et_un_dernier_jour_ouvre(recue, avant):
    assert repondre_avant(recue) == avant


def test_la_prolongation_donne_trois_mois_depuis_la_reception():
    assert repondre_avant(LUNDI_2, prolongee=True) == date(2027, 2, 2)


def test_on_prolonge_une_fois_et_dans_le_premier_mois():
    assert peut_prolonger(le=LUNDI_2, avant=LUNDI_2, deja=False).favorable
    assert not peut_prolonger(le=date(2026, 11, 3), avant=LUNDI_2, deja=False).favorable
    assert not peut_prolonger(le=LUNDI_2, avant=LUNDI_2, deja=True).favorable


@pytest.mark.parametrize("texte,favorable", [("x", True), (" ", False)])
def test_une_demande_dit_quelque_chose(texte, favorable):
    assert recevable(texte=texte).favorable is favorable


@pytest.mark.parametrize(
    "ouvertes,favorable", [(0, True), (OUVERTES_AU_PLUS - 1, True), (OUVERTES_AU_PLUS, False)]
)
def test_une_demande_confirmee_ne_se_repete_pas(ouvertes, favorable):
    assert peut_compter(deja_ouvertes=ouvertes).favorable is favorable


def test_le_delai_cite_son_article():
    assert str(DELAI) == "RGPD, art. 12"
