"""Avant ce qui s'efface ou se retire :
dire ce qui va se passer, et ne le faire qu'une fois confirmé (RGAA, 11.12).
"""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class Confirmation(NamedTuple):
    """Ce qu'il faut lire avant le bouton.

    `defaire` dit si l'on peut revenir en arrière, et comment.
    """

    question: str
    effets: tuple[str, ...]
    defaire: str
    bouton: str
    retour: str
    garder: str = "Ne rien changer"


def faire_confirmer(request: HttpRequest, confirmation: Confirmation) -> HttpResponse:
    """L'étape de plus : la page se lit,
    et son bouton envoie à la même adresse ce que la vue attend pour agir.
    """
    return render(request, "portail/confirmer.html", {"confirmation": confirmation})
