"""CCP, art. R. 2131-12 à R. 2131-18 : où l'avis parait, et sur quel modèle."""

from datetime import date

import pytest

from tests.droit.besoins import articles, propose

pytestmark = pytest.mark.article("CCP", "R. 2131-12")


@pytest.mark.parametrize("montant,supports", [(89_999, ("profil",)), (90_000, ("BOAMP", "profil"))])
def test_un_avis_officiel_est_exige_a_partir_de_90_000_euros(montant, supports):
    assert propose(montant).publicite.valeurs == supports


def test_le_journal_d_annonces_legales_peut_remplacer_le_boamp():
    assert ("JAL", "profil") in [
        alternative.valeurs for alternative in propose(90_000).publicite.alternatives
    ]


def test_l_avis_national_suit_l_annexe_22():
    assert propose(90_000).avis.valeur == "annexe_22"
    assert propose(89_999).avis.valeur == "libre"


def test_avant_la_lecture_de_l_annexe_22_le_modele_n_est_pas_suppose():
    assert propose(90_000, jour=date(2026, 3, 31)).avis.est_a_verifier


@pytest.mark.article("CCP", "R. 2131-16")
@pytest.mark.parametrize(
    "montant,supports", [(215_999, ("BOAMP", "profil")), (216_000, ("BOAMP", "JOUE", "profil"))]
)
def test_une_procedure_formalisee_parait_au_boamp_et_au_joue(montant, supports):
    assert propose(montant).publicite.valeurs == supports


@pytest.mark.article("CCP", "R. 2131-16")
def test_une_entite_adjudicatrice_hors_des_collectivites_ne_parait_qu_au_joue():
    proposition = propose(
        500_000, type_d_acheteur="entité adjudicatrice", collectivite_territoriale=False
    )

    assert proposition.publicite.valeurs == ("JOUE", "profil")
    assert articles(proposition.publicite.pourquoi) == ["CCP, art. R. 2131-16, 2°"]


@pytest.mark.article("CCP", "R. 2131-13")
def test_elle_choisit_librement_sous_le_seuil_europeen():
    proposition = propose(
        300_000, type_d_acheteur="entité adjudicatrice", collectivite_territoriale=False
    )

    assert proposition.publicite.valeurs == ("profil",)
    assert articles(proposition.publicite.pourquoi) == ["CCP, art. R. 2131-13"]


@pytest.mark.article("CCP", "R. 2131-17")
@pytest.mark.parametrize(
    "change,formulaire",
    [
        ({}, "eforms_16"),
        ({"type_d_acheteur": "entité adjudicatrice"}, "eforms_17"),
        ({"contrat": "défense ou sécurité"}, "eforms_18"),
        ({"services_sociaux_ou_specifiques": True}, "eforms_20"),
        (
            {"services_sociaux_ou_specifiques": True, "type_d_acheteur": "entité adjudicatrice"},
            "eforms_21",
        ),
    ],
)
def test_l_avis_europeen_suit_le_formulaire_de_l_achat(change, formulaire):
    assert propose(1_200_000, **change).avis.valeur == formulaire


@pytest.mark.article("CCP", "R. 2131-14")
@pytest.mark.article("CCP", "R. 2131-15")
@pytest.mark.parametrize(
    "montant,acheteur,supports",
    [
        (749_999, "pouvoir adjudicateur", ("profil",)),
        (750_000, "pouvoir adjudicateur", ("JOUE", "profil")),
        (999_999, "entité adjudicatrice", ("profil",)),
        (1_000_000, "entité adjudicatrice", ("JOUE", "profil")),
    ],
)
def test_un_service_social_va_au_joue_a_partir_de_son_propre_seuil(montant, acheteur, supports):
    proposition = propose(montant, type_d_acheteur=acheteur, services_sociaux_ou_specifiques=True)

    assert proposition.publicite.valeurs == supports


@pytest.mark.article("CCP", "R. 2131-18")
def test_une_publicite_de_plus_est_toujours_permise():
    alternatives = propose(50_000).publicite.alternatives

    assert articles(alternative.consequence for alternative in alternatives) == [
        "CCP, art. R. 2131-18"
    ]
