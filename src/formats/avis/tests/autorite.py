"""Les contrôles de l'autorité pour les tests : le kit, son moteur, les champs qu'il exige, et un avis privé de l'un d'eux."""

import json
from copy import deepcopy

import pytest
from lxml import etree

from formats.avis import eforms, officiel, ouvrir
from formats.avis.eforms.noms import ESPACES
from formats.schematron import Ouvrier
from formats.tests.normes import KIT, NORMES

# Exigés l'un à défaut de l'autre, ou dans un cas que nos avis ne sont pas : l'autorité les laisse retirer elle aussi.
AU_CHOIX = {"BT-728-Lot", "BT-728-Procedure", "BT-99-Lot", "OPT-301-Lot-ReviewInfo", "BT-52-Lot"}


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
    """Un seul par processus : une phase compilée sert à tous les fichiers de tests."""
    dossier = tmp_path_factory.getbasetemp() / "schematron"
    dossier.mkdir(exist_ok=True)
    return dossier


def exiges(avis):
    """Les champs que le kit exige pour ce sous-type, et que l'avis porte : ce qu'on retire, l'un après l'autre."""
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
    return ouvrir(etree.tostring(racine))
