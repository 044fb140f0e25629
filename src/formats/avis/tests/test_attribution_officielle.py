"""Nos avis d'attribution devant l'autorité : le schéma, les règles de chaque sous-type, et les mêmes avis falsifiés."""

import json
from copy import deepcopy
from dataclasses import replace

import pytest
from lxml import etree

from formats.avis import eforms, officiel, ouvrir, prevalider_l_attribution
from formats.avis.eforms.noms import ESPACES
from formats.avis.tests import exemples, test_attribution
from formats.avis.tests import exemples_d_attribution as attributions
from formats.schematron import Ouvrier
from formats.tests.normes import KIT, NORMES, avec_les_normes

pytestmark = avec_les_normes
# Exigés l'un à défaut de l'autre, ou par notre seule règle : l'autorité les laisse retirer.
AU_CHOIX = {"BT-99-Lot", "BT-728-Lot", "BT-728-Procedure", "OPT-301-Lot-ReviewInfo"}
# Ce que nos règles refusent et que l'autorité admet : deux dates que l'on compare, un lot que l'on a oublié de dire.
PLUS_SEVERES = {"BT-1451", "BT-262"}


@pytest.fixture(scope="module")
def kit():
    return officiel.kit_pour(NORMES, eforms.SDK)


@pytest.fixture(scope="module")
def ouvrier():
    ouvrier = Ouvrier()
    yield ouvrier
    ouvrier.arreter()


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("schematron")


def lu(attribution):
    return ouvrir(eforms.construire_l_attribution(attribution, identifiants=exemples.AUTRES))


@pytest.mark.parametrize("nom", attributions.TOUS)
def test_l_avis_d_attribution_suit_le_schema(nom, kit):
    assert officiel.verifier_le_schema(lu(attributions.TOUS[nom]()), kit) == []


@pytest.mark.lent
@pytest.mark.parametrize("nom", attributions.TOUS)
def test_l_avis_d_attribution_ne_viole_aucune_regle_de_l_autorite(nom, kit, cache, ouvrier):
    avis = lu(attributions.TOUS[nom]())

    assert officiel.verifier_les_regles(avis, kit, cache=cache, ouvrier=ouvrier) == []


@pytest.mark.lent
def test_ce_que_nos_regles_refusent_l_autorite_le_refuse_aussi(kit, cache, ouvrier):
    admis = set()
    for bt, falsifier in test_attribution.FAUTES.items():
        faux = falsifier(attributions.marche())
        avis = lu(faux)
        reproches = officiel.verifier_le_schema(avis, kit) or officiel.verifier_les_regles(
            avis, kit, cache=cache, ouvrier=ouvrier
        )
        if prevalider_l_attribution(faux) and not reproches:
            admis.add(bt)

    assert admis <= PLUS_SEVERES


def exiges(avis):
    """Les champs que le kit exige pour ce sous-type, et que l'avis porte."""
    for champ in json.loads((KIT / "fields" / "fields.json").read_text("utf-8"))["fields"]:
        exige = champ.get("mandatory") or {}
        pour_lui = any(avis.sous_type in c["noticeTypes"] and c["value"] for c in exige.get("constraints", ()))
        if (exige.get("value") or pour_lui) and avis.racine.xpath(champ["xpathAbsolute"], namespaces=ESPACES):
            yield champ


def sans(avis, champ):
    racine = deepcopy(avis.racine)
    for valeur in racine.xpath(champ["xpathAbsolute"], namespaces=ESPACES):
        if isinstance(valeur, etree._Element):
            valeur.getparent().remove(valeur)
        else:
            del valeur.getparent().attrib[valeur.attrname]
    return replace(ouvrir(etree.tostring(racine)), sous_type=avis.sous_type)


@pytest.mark.lent
@pytest.mark.parametrize("nom", ["29", "32", "E4"])
def test_un_champ_exige_retire_de_l_avis_est_toujours_refuse(nom, kit, cache, ouvrier):
    avis = lu(attributions.TOUS[nom]())
    champs = [champ for champ in exiges(avis) if champ["id"] not in AU_CHOIX]
    muets = []
    for champ in champs:
        mutant = sans(avis, champ)
        reproches = officiel.verifier_le_schema(mutant, kit)
        if not reproches and not officiel.verifier_les_regles(mutant, kit, cache=cache, ouvrier=ouvrier):
            muets.append(champ["id"])

    assert len(champs) > 25 and muets == []


@pytest.mark.lent
def test_un_avis_d_attribution_faux_donne_en_exemple_est_refuse(kit, cache, ouvrier):
    avis = ouvrir((KIT / "examples" / "INVALID_can_24_stage-2.xml").read_bytes())

    assert officiel.verifier_les_regles(avis, kit, cache=cache, ouvrier=ouvrier)
