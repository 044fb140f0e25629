"""Nos avis d'attribution devant l'autorité :
le schéma, les règles de chaque sous-type, et les mêmes avis falsifiés.
"""

from dataclasses import replace

from formats.avis import eforms, officiel, ouvrir, prevalider_l_attribution
from formats.avis.tests import exemples, test_attribution
from formats.avis.tests import exemples_d_attribution as attributions
from formats.avis.tests.autorite import AU_CHOIX, exiges, par_avis, sans
from formats.tests.normes import KIT, avec_les_normes

pytestmark = avec_les_normes
# Ce que nos règles refusent et que l'autorité admet :
# deux dates que l'on compare, un lot que l'on a oublié de dire.
PLUS_SEVERES = {"BT-1451", "BT-262"}


def lu(attribution):
    return ouvrir(eforms.construire_l_attribution(attribution, identifiants=exemples.AUTRES))


@par_avis(attributions.TOUS)
def test_l_avis_d_attribution_suit_le_schema(nom, kit):
    assert officiel.verifier_le_schema(lu(attributions.TOUS[nom]()), kit) == []


@par_avis(attributions.TOUS)
def test_l_avis_d_attribution_ne_viole_aucune_regle_de_l_autorite(nom, kit, feuilles, ouvrier):
    avis = lu(attributions.TOUS[nom]())

    assert officiel.verifier_les_regles(avis, kit, cache=feuilles, ouvrier=ouvrier) == []


def test_ce_que_nos_regles_refusent_l_autorite_le_refuse_aussi(kit, feuilles, ouvrier):
    admis = set()
    for bt, falsifier in test_attribution.FAUTES.items():
        faux = falsifier(attributions.marche())
        avis = lu(faux)
        reproches = officiel.verifier_le_schema(avis, kit) or officiel.verifier_les_regles(
            avis, kit, cache=feuilles, ouvrier=ouvrier
        )
        if prevalider_l_attribution(faux) and not reproches:
            admis.add(bt)

    assert admis <= PLUS_SEVERES


@par_avis(["29", "32", "33", "E4"])
def test_un_champ_exige_retire_de_l_avis_est_toujours_refuse(nom, kit, feuilles, ouvrier):
    avis = lu(attributions.TOUS[nom]())
    champs = [champ for champ in exiges(avis) if champ["id"] not in AU_CHOIX]
    muets = []
    for champ in champs:
        # Sans sous-type, l'autorité ne sait pas quelles règles appliquer : on les lui désigne.
        mutant = replace(sans(avis, champ), sous_type=avis.sous_type)
        reproches = officiel.verifier_le_schema(mutant, kit)
        if not reproches and not officiel.verifier_les_regles(
            mutant, kit, cache=feuilles, ouvrier=ouvrier
        ):
            muets.append(champ["id"])

    assert len(champs) > 25 and muets == []


def test_un_avis_d_attribution_faux_donne_en_exemple_est_refuse(kit, feuilles, ouvrier):
    avis = ouvrir((KIT / "examples" / "INVALID_can_24_stage-2.xml").read_bytes())

    assert officiel.verifier_les_regles(avis, kit, cache=feuilles, ouvrier=ouvrier)
