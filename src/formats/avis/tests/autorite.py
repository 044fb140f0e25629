"""Les contrôles de l'autorité pour les tests :
les champs que son kit exige, et un avis privé de l'un d'eux.
"""

import json
from copy import deepcopy
from functools import cache

import pytest
from lxml import etree

from formats.avis import ouvrir
from formats.avis.eforms.noms import ESPACES
from formats.tests.normes import KIT

# Exigés l'un à défaut de l'autre, ou dans un cas que nos avis ne sont pas :
# l'autorité les laisse retirer elle aussi.
AU_CHOIX = {"BT-728-Lot", "BT-728-Procedure", "BT-99-Lot", "OPT-301-Lot-ReviewInfo", "BT-52-Lot"}


def par_avis(noms):
    """Un avis après l'autre, quel que soit l'ordre des tests :
    le moteur ne garde que quelques phases compilées.
    """
    return pytest.mark.parametrize("nom", noms, scope="module")


@cache
def champs_du_kit():
    return json.loads((KIT / "fields" / "fields.json").read_text("utf-8"))["fields"]


def exiges(avis):
    """Les champs que le kit exige pour ce sous-type, et que l'avis porte :
    ce qu'on retire, l'un après l'autre.
    """
    for champ in champs_du_kit():
        exige = champ.get("mandatory") or {}
        pour_lui = any(
            avis.sous_type in c["noticeTypes"] and c["value"] for c in exige.get("constraints", ())
        )
        if (exige.get("value") or pour_lui) and avis.racine.xpath(
            champ["xpathAbsolute"], namespaces=ESPACES
        ):
            yield champ


def sans(avis, champ):
    racine = deepcopy(avis.racine)
    for valeur in racine.xpath(champ["xpathAbsolute"], namespaces=ESPACES):
        if isinstance(valeur, etree._Element):
            valeur.getparent().remove(valeur)
        else:
            del valeur.getparent().attrib[valeur.attrname]
    return ouvrir(etree.tostring(racine))
