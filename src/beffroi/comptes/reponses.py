"""Ce que des écrans ont en commun : faire l'acte, ou rendre sa raison au formulaire."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest

from beffroi.socle.erreurs import RegleEnfreinte

FORMULAIRE = ["GET", "HEAD", "POST"]


def fait(request: HttpRequest, form: Form, faire: Callable[[], object], phrase: str) -> bool:
    """L'acte est fait et la page le dira ; un refus revient dans le formulaire, avec ses raisons."""
    if not form.is_valid():
        return False
    try:
        faire()
    except RegleEnfreinte as refus:
        for raison in [str(motif) for motif in refus.motifs] or [refus.message]:
            form.add_error(None, raison)
        return False
    messages.success(request, phrase)
    return True
