"""Nos avis devant les contrôles de l'autorité :
le schéma, puis les règles Schematron de chaque sous-type.
"""

import csv
from dataclasses import replace

import pytest
from lxml import etree

from formats.avis import eforms, officiel, ouvrir, prevalider
from formats.avis.codes import listes
from formats.avis.tests import exemples
from formats.avis.tests.autorite import AU_CHOIX, exiges, par_avis, sans
from formats.nomenclatures import cpv, nuts
from formats.tests.normes import KIT, NORMES, avec_les_normes

pytestmark = avec_les_normes
# Le nom que notre table leur donne.
NOS_NOMS = {
    "OPA-98-Lot-Number": "BT-98",
    "OPT-301-Lot-AddInfo": "OPT-301-AddInfo",
    "OPT-301-Lot-ReviewOrg": "OPT-301-ReviewOrg",
}


def lu(nom):
    avis = exemples.TOUS[nom]()
    identifiants = exemples.AUTRES if avis.changement else exemples.IDENTIFIANTS
    return ouvrir(eforms.construire(avis, identifiants=identifiants))


@par_avis(exemples.TOUS)
def test_l_avis_suit_le_schema(nom, kit):
    assert officiel.verifier_le_schema(lu(nom), kit) == []


@par_avis(exemples.TOUS)
def test_l_avis_ne_viole_aucune_regle_de_l_autorite(nom, kit, feuilles, ouvrier):
    assert officiel.verifier_les_regles(lu(nom), kit, cache=feuilles, ouvrier=ouvrier) == []


@par_avis(exemples.TOUS)
def test_chaque_champ_que_l_autorite_exige_est_reclame_d_abord_par_nous(nom):
    avis = lu(nom)
    muets = []
    for champ in exiges(avis):
        reclames = {defaut.bt for defaut in prevalider(sans(avis, champ))}
        attendu = NOS_NOMS.get(champ["id"], champ["id"])
        if not any(attendu.startswith(bt) for bt in reclames) and champ["id"] not in AU_CHOIX:
            muets.append(champ["id"])

    assert muets == []


@par_avis(["16", "16, négociée", "20", "19", "E3", "rectificatif"])
def test_rien_de_ce_que_l_autorite_refuse_ne_passe_chez_nous(nom, kit, feuilles, ouvrier):
    avis = lu(nom)
    passes = []
    for champ in exiges(avis):
        mutant = sans(avis, champ)
        # Sans sous-type, l'autorité ne sait pas quelles règles appliquer : on les lui désigne.
        designe = replace(mutant, sous_type=avis.sous_type)
        if not prevalider(mutant) and officiel.verifier_les_regles(
            designe, kit, cache=feuilles, ouvrier=ouvrier
        ):
            passes.append(champ["id"])

    assert passes == []


EXEMPLES_DE_L_AUTORITE = [
    "cn_24_FRA_comments",
    "cn_24_minimal",
    "cn-social_24",
    "change-cn_24_void",
]


@pytest.mark.parametrize("nom", EXEMPLES_DE_L_AUTORITE)
def test_nos_regles_acceptent_les_avis_que_l_autorite_donne_en_exemple(nom):
    avis = ouvrir((KIT / "examples" / f"{nom}.xml").read_bytes())

    assert [str(defaut) for defaut in prevalider(avis)] == []


def test_un_avis_faux_est_refuse_par_nous_et_par_l_autorite_en_francais(kit, feuilles, ouvrier):
    avis = ouvrir((KIT / "examples" / "INVALID_cn_24_stage-1.xml").read_bytes())

    reproches = officiel.verifier_les_regles(avis, kit, cache=feuilles, ouvrier=ouvrier)

    assert "« Nom officiel » est obligatoire." in {reproche.phrase for reproche in reproches}
    assert len(prevalider(avis)) > 30


def test_le_schema_parle_francais(kit):
    avis = lu("16")
    avis.racine.insert(0, etree.SubElement(avis.racine, "{urn:x}intrus"))

    assert officiel.verifier_le_schema(avis, kit)[0].phrase.startswith(
        "« intrus » n'est pas à sa place. Attendu ici :"
    )


def test_nos_codes_sont_ceux_de_l_autorite():
    connus: dict[str, set[str]] = {}
    with (NORMES / "eforms" / "codelists_fr.csv").open(encoding="utf-8") as flux:
        for ligne in csv.DictReader(flux, delimiter=";"):
            for liste in ligne["codelist"].split("_"):
                connus.setdefault(liste, set()).add(ligne["code"].lower())
    etrangers = {
        liste: sorted(code for code in codes if code.lower() not in connus[liste])
        for liste, codes in listes().items()
        if liste in connus
    }

    assert {liste: codes for liste, codes in etrangers.items() if codes} == {}


def test_nos_divisions_et_groupes_sont_ceux_de_la_nomenclature():
    entiere = {code.code: code.libelle for code in cpv.entiere(NORMES / "cpv" / "cpv_2008_fr.csv")}

    assert {code.code: code.libelle for code in cpv.abregee()}.items() <= entiere.items()


def test_nos_departements_sont_ceux_de_la_nomenclature():
    with (NORMES / "nuts" / "nuts_2024_fr.csv").open(encoding="utf-8") as flux:
        officiels = {
            ligne["code"]: ligne["libelle_fr"] for ligne in csv.DictReader(flux, delimiter=";")
        }

    assert nuts.departements().items() <= officiels.items()
    assert len(nuts.departements()) == 101


@pytest.mark.parametrize(
    ("version", "trouvee"), [("1.15", "1.15.1"), ("1.15.1", "1.15.1"), ("1.1", None), ("2.0", None)]
)
def test_le_kit_est_celui_de_la_version_annoncee(version, trouvee):
    kit = officiel.kit_pour(NORMES, version)

    assert (kit.version if kit else None) == trouvee
