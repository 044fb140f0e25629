"""CCP, art. L. 2152-1 à L. 2152-4, R. 2152-1, R. 2152-2 et L. 3124-2 :
trois défauts, et ce que chaque procédure en fait.
"""

import pytest

from beffroi.choix.analyse.rules.qualification import (
    DEFINITIONS,
    cadre_de,
    effets,
    peut_etre_regularisee,
)

pytestmark = [
    pytest.mark.article("CCP", "L. 2152-1"),
    pytest.mark.article("CCP", "L. 2152-2"),
    pytest.mark.article("CCP", "L. 2152-3"),
    pytest.mark.article("CCP", "L. 2152-4"),
    pytest.mark.article("CCP", "R. 2152-1"),
    pytest.mark.article("CCP", "R. 2152-2"),
    pytest.mark.article("CCP", "L. 3124-2"),
]
POSSIBLE = {
    "qualification": "irreguliere",
    "cadre": "sans_negociation",
    "anormalement_basse": False,
    "modifie_la_substance": False,
    "a_tous": True,
}


def vu(*a, **k):
    rendu = effets(*a, **k)
    return rendu.eliminee, rendu.regularisable, rendu.par_la_negociation


@pytest.mark.parametrize(
    "qualification,article", [("irreguliere", 2), ("inacceptable", 3), ("inappropriee", 4)]
)
def test_chaque_defaut_a_sa_definition(qualification, article):
    assert DEFINITIONS[qualification].source.numero == f"L. 2152-{article}"


@pytest.mark.parametrize(
    "qualification,cadre,finie,attendu",
    [
        ("irreguliere", "sans_negociation", False, (True, True, False)),
        ("inacceptable", "sans_negociation", False, (True, False, False)),
        ("inappropriee", "sans_negociation", False, (True, False, False)),
        ("irreguliere", "avec_negociation", False, (False, True, True)),
        ("inacceptable", "avec_negociation", False, (False, False, True)),
        ("inappropriee", "avec_negociation", False, (True, False, False)),
        ("irreguliere", "avec_negociation", True, (True, True, False)),
        ("inacceptable", "avec_negociation", True, (True, False, False)),
        ("irreguliere", "concession", False, (True, False, False)),
        ("inappropriee", "concession", False, (True, False, False)),
        ("inacceptable", "concession", False, (False, False, False)),
    ],
)
def test_ce_que_devient_l_offre_selon_la_procedure_et_le_moment(
    qualification, cadre, finie, attendu
):
    assert vu(qualification, cadre=cadre, negociation_finie=finie) == attendu


def test_une_offre_anormalement_basse_ne_se_regularise_ni_ne_se_negocie():
    assert vu("irreguliere", cadre="avec_negociation", anormalement_basse=True) == (
        True,
        False,
        False,
    )


@pytest.mark.parametrize(
    "procedure,negociation,cadre",
    [
        ("appel_offres_ouvert", True, "sans_negociation"),
        ("procedure_adaptee_ouverte", False, "sans_negociation"),
        ("procedure_adaptee_ouverte", True, "avec_negociation"),
        ("procedure_avec_negociation", False, "avec_negociation"),
        ("dialogue_competitif", False, "avec_negociation"),
        ("concession_sous_le_seuil", True, "concession"),
    ],
)
def test_le_cadre_se_lit_de_la_procedure(procedure, negociation, cadre):
    assert cadre_de(procedure, negociation_prevue=negociation) == cadre


@pytest.mark.parametrize(
    "change,mot",
    [
        ({"anormalement_basse": True}, "anormalement basse"),
        ({"modifie_la_substance": True}, "substantielle"),
        ({"a_tous": False}, "à aucune"),
        ({"qualification": "inacceptable"}, "Seule"),
        ({"cadre": "concession"}, "concession"),
    ],
)
def test_une_regularisation_impossible_dit_pourquoi(change, mot):
    (motif,) = peut_etre_regularisee(**{**POSSIBLE, **change}).motifs

    assert mot in motif.texte


def test_une_offre_irreguliere_peut_etre_regularisee_pour_tous():
    assert peut_etre_regularisee(**POSSIBLE).favorable


def test_un_partenariat_d_innovation_se_negocie_toujours():
    assert cadre_de("partenariat_innovation", negociation_prevue=False) == "avec_negociation"


@pytest.mark.parametrize("qualification", ["irreguliere", "inacceptable"])
@pytest.mark.parametrize("cadre", ["sans_negociation", "avec_negociation"])
def test_anormalement_basse_elle_est_eliminee_partout_et_la_phrase_le_dit(qualification, cadre):
    rendu = effets(qualification, cadre=cadre, anormalement_basse=True)

    assert (rendu.eliminee, rendu.regularisable, rendu.par_la_negociation) == (True, False, False)
    assert "Anormalement basse" in rendu.phrase
    assert "Anormalement basse" not in effets("inacceptable", cadre="sans_negociation").phrase


def test_l_article_de_la_regularisation_ne_se_cite_que_si_elle_est_possible():
    def cites(qualification, cadre):
        return [source.numero for source in effets(qualification, cadre=cadre).sources]

    assert cites("irreguliere", "avec_negociation") == ["R. 2152-1", "R. 2152-2"]
    assert cites("inacceptable", "avec_negociation") == ["R. 2152-1"]
    assert cites("irreguliere", "sans_negociation") == ["R. 2152-1", "R. 2152-2"]
    assert cites("irreguliere", "concession") == ["L. 3124-2"]


def test_le_refus_de_regulariser_cite_son_article():
    def cite(**change):
        return [
            motif.source.numero for motif in peut_etre_regularisee(**{**POSSIBLE, **change}).motifs
        ]

    assert cite(a_tous=False) == ["R. 2152-2"]
    assert cite(cadre="concession") == ["L. 3124-2"]
