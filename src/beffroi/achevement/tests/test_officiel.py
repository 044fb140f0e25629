"""L'avis que la plateforme assemble, devant le schéma et les règles de l'autorité ; chaque mention retirée se voit."""

from dataclasses import replace

import pytest

from beffroi.achevement.assemblage import assembler
from beffroi.achevement.tests.scene import SIGNE_LE
from formats.avis import eforms, officiel, ouvrir, prevalider_l_attribution
from formats.avis.tests.autorite import AU_CHOIX, exiges, sans
from formats.avis.tests.exemples import IDENTIFIANTS
from formats.tests.normes import avec_les_normes

pytestmark = [pytest.mark.django_db, avec_les_normes]


@pytest.fixture
def tire(conclu):
    return assembler(conclu.consultation, conclu.lots(), conclu.complements(), forme="europeenne", le=SIGNE_LE)


def lu(attribution):
    return ouvrir(eforms.construire_l_attribution(attribution, identifiants=IDENTIFIANTS))


def test_l_avis_assemble_suit_le_schema(tire, kit):
    assert officiel.verifier_le_schema(lu(tire), kit) == []


@pytest.mark.lent
def test_l_avis_assemble_ne_viole_aucune_regle_et_une_mention_retiree_est_refusee(tire, kit, cache, ouvrier):
    avis = lu(tire)
    assert officiel.verifier_les_regles(avis, kit, cache=cache, ouvrier=ouvrier) == []
    muets, essayes = [], 0
    for champ in (champ for champ in exiges(avis) if champ["id"] not in AU_CHOIX):
        mutant = replace(sans(avis, champ), sous_type=avis.sous_type)
        essayes += 1
        refus = officiel.verifier_le_schema(mutant, kit) or officiel.verifier_les_regles(
            mutant, kit, cache=cache, ouvrier=ouvrier
        )
        if not refus:
            muets.append(champ["id"])

    assert essayes > 25 and muets == []


def test_nos_regles_reclament_ce_que_la_personne_n_a_pas_complete(conclu):
    nu = assembler(conclu.consultation, conclu.lots(), {}, forme="europeenne", le=SIGNE_LE)

    assert {defaut.bt for defaut in prevalider_l_attribution(nu)} >= {"BT-165", "BT-513", "BT-760", "BT-144"}
