"""Les limites qui valaient pendant une tentative, notées quand elles changent."""

import re
from typing import Any

from beffroi.reponse.traces.models import Nature
from beffroi.reponse.traces.rules import NOMBRE_AU_PLUS, details_admis

_NOM = re.compile(r"[a-z_]{1,40}")


def details_de(nature: str, donnes: Any) -> dict[str, Any]:
    """Ce qui a le droit d'entrer.

    Une limite porte le nom que lui donnait la version du logiciel qui l'appliquait.
    """
    if nature != Nature.LIMITES:
        return details_admis(donnes)
    if not isinstance(donnes, dict):
        return {}
    return {
        nom: valeur
        for nom, valeur in donnes.items()
        if _NOM.fullmatch(nom) and _est_une_limite(valeur)
    }


def _est_une_limite(valeur: Any) -> bool:
    return type(valeur) is int and 0 <= valeur < NOMBRE_AU_PLUS
