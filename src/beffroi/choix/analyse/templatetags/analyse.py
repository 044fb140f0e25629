"""Rendre à un champ ce que la personne vient de taper, sinon ce qui est
inscrit : `{% load analyse %}`.
"""

from collections.abc import Mapping

from django import template

from beffroi.choix.analyse.ecrans import CaseComparee
from beffroi.choix.analyse.grille import en_clair

register = template.Library()


@register.simple_tag
def tapee(saisies: Mapping[str, str] | str, quoi: str, case: CaseComparee) -> str:
    """`quoi` : « n » la note, « c » le commentaire, « m » le motif.

    D'office, la moyenne et les commentaires.
    """
    if saisies:
        return saisies.get(f"{quoi}-{case.case.cle}", "")  # type: ignore[union-attr]
    retenue = case.retenue
    if retenue:
        return {"n": en_clair(retenue.valeur), "c": retenue.commentaire, "m": retenue.motif}[quoi]
    if quoi == "n":
        return en_clair(case.moyenne) if case.moyenne is not None else ""
    return (
        "\n".join(note.commentaire for _, note in case.notes if note and note.commentaire)
        if quoi == "c"
        else ""
    )
