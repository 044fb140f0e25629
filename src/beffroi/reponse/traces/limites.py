"""Les limites qui valaient pendant une tentative :
notées quand elles changent, redites dans la preuve.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from beffroi.reponse.traces.models import Nature, Trace
from beffroi.reponse.traces.rules import NOMBRE_AU_PLUS, details_admis
from formats import tailles

_NOM = re.compile(r"[a-z_]{1,40}")
PHRASES = (
    ("octets_par_reponse", tailles.humaniser, "{} par réponse"),
    ("octets_par_fichier", tailles.humaniser, "{} par fichier"),
    ("fichiers_par_reponse", tailles.nombre, "{} fichiers par réponse"),
    ("octets_d_un_nom", tailles.humaniser, "{} par nom de fichier"),
    ("reponses_en_preparation", tailles.nombre, "{} réponses en préparation"),
    ("jours_de_garde_d_un_brouillon", tailles.nombre, "{} jours de garde d'un brouillon"),
)


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


def sans_redite(traces: Iterable[Trace]) -> Iterator[Trace]:
    """Dans leur ordre : chaque processus les note,
    seules restent celles qui diffèrent des précédentes.
    """
    dernieres: dict[str, Any] | None = None
    for trace in traces:
        if trace.nature == Nature.LIMITES:
            if trace.details == dernieres:
                continue
            dernieres = trace.details
        yield trace


def en_phrase(valeurs: Mapping[str, int]) -> str:
    """Celles qu'une entreprise peut atteindre ; les autres sont dans le JSON."""
    return ", ".join(
        mots.format(dire(valeurs[nom])) for nom, dire, mots in PHRASES if nom in valeurs
    )
