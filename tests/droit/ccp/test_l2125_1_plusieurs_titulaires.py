"""CCP, art. L. 2125-1, R. 2152-7, R. 2144-7 et R. 2182-1 :
un accord-cadre à plusieurs titulaires, né d'une seule décision.
"""

from datetime import date

import pytest

from beffroi.choix.attribution.rules.lettres import SuiteDite, exigences, lettre_complete
from beffroi.choix.attribution.rules.regimes import Regime
from beffroi.choix.attribution.rules.suspension import FaitsDeSuspension, Rejet, suspension_de
from beffroi.choix.attribution.rules.titulaires import (
    ChoixDePlusieurs,
    OffrePesee,
    les_mieux_classees,
    nombre_permis,
    remplacement_de_l_un,
)
from droit.en_vigueur import Droit

A, B, C, D = (OffrePesee(nom, rang) for rang, nom in enumerate("ABCD", start=1))


def dits(decision):
    return " ".join(str(motif) for motif in decision.motifs)


@pytest.mark.article("CCP", "L. 2125-1")
@pytest.mark.parametrize(
    ("annonces", "prevus", "permis"),
    [(3, 3, True), (3, 2, False), (1, 3, False), (1, 1, True), (3, 1, False), (None, 4, True)],
)
def test_la_decision_se_tient_au_nombre_de_titulaires_annonce(annonces, prevus, permis):
    assert nombre_permis(annonces=annonces, prevus=prevus).favorable is permis


@pytest.mark.article("CCP", "L. 2125-1")
def test_un_marche_qui_n_est_pas_un_accord_cadre_n_a_qu_un_titulaire():
    assert "Seul un accord-cadre" in dits(nombre_permis(annonces=1, prevus=2))


@pytest.mark.article("CCP", "R. 2152-7")
def test_les_premieres_du_classement_se_retiennent_sans_autre_explication():
    assert les_mieux_classees(ChoixDePlusieurs(2, [A, B], [C, D])).favorable


@pytest.mark.article("CCP", "R. 2152-7")
def test_en_sauter_une_se_motive():
    saute = ChoixDePlusieurs(2, [A, C], [B, D])

    assert "Mieux classées que l'une des offres retenues : B." in dits(les_mieux_classees(saute))
    assert les_mieux_classees(ChoixDePlusieurs(2, [A, C], [B, D], "B se retire.")).favorable
    assert not les_mieux_classees(ChoixDePlusieurs(2, [A, C], [B, D], "  ")).favorable


@pytest.mark.article("CCP", "R. 2152-7")
def test_en_retenir_moins_se_motive_tant_qu_il_reste_une_offre_en_lice():
    assert "3 titulaires sont prévus, vous en retenez 2" in dits(
        les_mieux_classees(ChoixDePlusieurs(3, [A, B], [C]))
    )
    assert les_mieux_classees(
        ChoixDePlusieurs(3, [A, B], [C], "C ne répond qu'à une partie.")
    ).favorable
    assert les_mieux_classees(ChoixDePlusieurs(3, [A, B], [])).favorable


@pytest.mark.article("CCP", "L. 2125-1")
def test_en_retenir_plus_que_prevu_est_refuse_quoi_qu_on_en_dise():
    assert not les_mieux_classees(ChoixDePlusieurs(2, [A, B, C], [], "Elles se valent.")).favorable


@pytest.mark.article("CCP", "R. 2152-7")
def test_deux_ex_aequo_a_la_derniere_place_se_departagent_sans_ecart():
    assert les_mieux_classees(ChoixDePlusieurs(2, [A, B], [OffrePesee("X", 2)])).favorable


@pytest.mark.article("CCP", "R. 2144-7")
@pytest.mark.article("CCP", "R. 2181-7")
def test_remplacer_l_un_des_titulaires_c_est_le_retirer_et_garder_les_autres():
    assert remplacement_de_l_un(avant=["A", "B"], gardees=["A"]).favorable
    assert "A et B sont encore" in dits(remplacement_de_l_un(avant=["A", "B"], gardees=["A", "B"]))


@pytest.mark.article("CCP", "R. 2181-3")
def test_la_lettre_de_rejet_nomme_chaque_titulaire():
    suite = SuiteDite(None, "rejetee", "Trop cher.", ("A", "B"), "Les mieux classées.")
    dues = exigences(Regime.FORMALISEE, [suite])

    assert lettre_complete("Trop cher. A et B. Les mieux classées.", dues).favorable
    assert not lettre_complete("Trop cher. A. Les mieux classées.", dues).favorable


@pytest.mark.article("CCP", "R. 2182-1")
def test_l_attente_court_pour_tous_depuis_le_dernier_rejet():
    procedure = Droit.au(date(2027, 1, 10)).procedure("appel_offres_ouvert")
    faits = FaitsDeSuspension(
        procedure, participants=3, retenues=2, rejets=[Rejet(date(2027, 1, 15))]
    )

    assert suspension_de(faits, le=date(2027, 1, 15)).jour == date(2027, 1, 26)


@pytest.mark.article("CCP", "R. 2182-1")
def test_tous_retenus_aucune_lettre_de_rejet_n_est_attendue():
    procedure = Droit.au(date(2027, 1, 10)).procedure("appel_offres_ouvert")
    attente = suspension_de(
        FaitsDeSuspension(procedure, participants=3, retenues=3), le=date(2027, 1, 15)
    )

    assert not attente.exigee and "pas de lettre de rejet" in str(attente.pourquoi[0])
