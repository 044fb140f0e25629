"""CCP, art. R. 2131-12, R. 2131-16 et R. 2131-17 : sur quel support publier, sous quelle
forme ; R. 3122-2 en concession.
"""

from datetime import date

import pytest

from tests.droit.bornes import CODE, INCONNUE, LECTURE, bascule

pytestmark = [
    pytest.mark.article("CCP", "R. 2131-12"),
    pytest.mark.article("CCP", "R. 2131-16"),
    pytest.mark.article("CCP", "R. 2131-17"),
    pytest.mark.article("CCP", "R. 3122-2"),
]


def test_un_avis_parait_a_partir_de_90_000_euros():
    assert bascule("seuil.publicite.avis", CODE) == (INCONNUE, 90_000)


def test_une_procedure_adaptee_choisit_entre_le_boamp_et_un_journal_d_annonces_legales():
    supports = ("BOAMP", "journal habilité à recevoir des annonces légales")

    assert bascule("avis.support.procedure_adaptee", CODE) == (INCONNUE, supports)


def test_une_procedure_formalisee_parait_au_boamp_et_au_joue():
    assert bascule("avis.support.procedure_formalisee", CODE) == (INCONNUE, ("BOAMP", "JOUE"))


def test_une_concession_parait_sur_trois_supports():
    supports = ("JOUE", "BOAMP ou journal d'annonces légales", "publication spécialisée du secteur")

    assert bascule("avis.support.concession", CODE) == (INCONNUE, supports)


def test_les_formulaires_sont_des_eforms_depuis_le_25_octobre_2023():
    assert bascule("avis.formulaires", date(2023, 10, 25)) == (INCONNUE, "eForms")


def test_l_avis_national_suit_le_modele_de_l_annexe_22():
    assert bascule("avis.modele_national", LECTURE) == (INCONNUE, "modèle de l'annexe 22")
