"""CCP, art. R. 2144-8 et R. 2144-9. Quand la procédure a deux temps, l'acheteur invite
par écrit, simultanément, les candidats retenus à remettre une offre ; l'invitation donne
la date limite des offres.
"""

from datetime import UTC, datetime, timedelta

import pytest

from beffroi.achat.tours.rules import delai_des_offres, enveloppe_attendue
from beffroi.choix.selection.rules import (
    FaitsDeSelection,
    decision_motivee,
    peut_inviter,
    peut_negocier,
)
from beffroi.reponse.depots.rules import peut_changer_de_composition
from droit.tables import charger

RESTREINT = charger().procedures["appel_offres_restreint"]
OUVERT = charger().procedures["appel_offres_ouvert"]
MAPA = charger().procedures["procedure_adaptee_restreinte"]
INVITATION = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.article("CCP", "R. 2144-8")


def faits(**champs):
    return FaitsDeSelection(
        **{
            "etat": "depouillee",
            "procedure": RESTREINT,
            "tours": 0,
            "sans_decision": 0,
            "retenues": 5,
            **champs,
        }
    )


def delai(
    jours, *, procedure=RESTREINT, sorte="ordinaire", numero=1, acheteur="pouvoir_adjudicateur"
):
    return delai_des_offres(
        limite=INVITATION + timedelta(days=jours),
        invitation=INVITATION,
        procedure=procedure,
        acheteur=acheteur,
        delai=sorte,
        numero=numero,
    )


@pytest.mark.parametrize(
    "enveloppe,tour,entre",
    [
        ("candidature", None, True),
        ("offre", None, False),
        ("offre", 1, True),
        ("candidature", 1, False),
    ],
)
def test_les_candidatures_d_abord_les_offres_ensuite(enveloppe, tour, entre):
    decision = enveloppe_attendue(
        enveloppe=enveloppe, en_deux_temps=RESTREINT.en_deux_temps, tour=tour
    )

    assert decision.favorable is entre


def test_en_un_temps_tout_se_remet_ensemble():
    assert not OUVERT.en_deux_temps
    assert enveloppe_attendue(
        enveloppe="offre", en_deux_temps=OUVERT.en_deux_temps, tour=None
    ).favorable


@pytest.mark.parametrize(
    "empeche",
    [
        {"etat": "publiee"},
        {"etat": "en_ouverture"},
        {"sans_decision": 1},
        {"retenues": 0},
        {"tours": 1},
        {"procedure": OUVERT},
    ],
)
def test_on_invite_tous_les_retenus_ensemble_quand_tout_est_decide(empeche):
    assert peut_inviter(faits(), invitant="U-1").favorable
    assert not peut_inviter(faits(**empeche), invitant="U-1").favorable


@pytest.mark.article("CCP", "R. 2161-8")
def test_par_voie_electronique_les_invites_ont_vingt_cinq_jours():
    assert not delai(24).favorable
    assert delai(27).favorable


@pytest.mark.article("CCP", "R. 2161-9")
def test_la_date_peut_se_convenir_avec_tous_les_candidats_et_faute_d_accord_dix_jours_suffisent():
    assert delai(5, sorte="accord").favorable
    assert not delai(9, sorte="sans_accord").favorable
    assert delai(14, sorte="sans_accord").favorable


@pytest.mark.article("CCP", "R. 2161-8")
def test_une_urgence_justifiee_laisse_dix_jours():
    assert not delai(9, sorte="urgence").favorable
    assert delai(14, sorte="urgence").favorable


@pytest.mark.article("CCP", "R. 2151-1")
def test_une_procedure_adaptee_laisse_un_delai_libre_mais_a_venir():
    assert delai(3, procedure=MAPA).favorable
    assert not delai(0, procedure=MAPA).favorable


@pytest.mark.article("CCP", "R. 2161-17")
def test_un_tour_de_negociation_n_a_pas_de_minimum():
    assert delai(3, numero=2).favorable


@pytest.mark.article("CCP", "R. 2142-26")
def test_le_groupement_ne_change_plus_apres_la_candidature():
    assert not peut_changer_de_composition(sur_invitation=True).favorable
    assert peut_changer_de_composition(sur_invitation=False).favorable


@pytest.mark.article("CCP", "R. 2181-1")
def test_une_candidature_ecartee_l_est_pour_une_raison():
    assert not decision_motivee(retenue=False, motif=" ").favorable
    assert decision_motivee(retenue=False, motif="Capacités non justifiées.").favorable
    assert decision_motivee(retenue=True, motif="").favorable


@pytest.mark.article("CCP", "R. 2161-11")
@pytest.mark.article("CCP", "R. 2161-17")
@pytest.mark.article("CCP", "R. 2123-5")
@pytest.mark.parametrize(
    "cle,negociable",
    [
        ("appel_offres_restreint", False),
        ("procedure_avec_negociation", True),
        ("procedure_adaptee_restreinte", True),
    ],
)
def test_on_ne_negocie_que_la_ou_la_procedure_se_negocie_et_apres_l_ouverture(cle, negociable):
    procedure = charger().procedures[cle]
    negocier = peut_negocier(procedure=procedure, etat="depouillee", tour_ouvert=True, gardes=2)
    trop_tot = peut_negocier(procedure=procedure, etat="depouillee", tour_ouvert=False, gardes=2)

    assert negocier.favorable is negociable
    assert not trop_tot.favorable
