"""Ce que les vues partagent : tenter un acte, rendre un fichier."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from beffroi.recettes import exports
from beffroi.socle.erreurs import ErreurMetier, Introuvable
from beffroi.socle.horloge import maintenant
from formats.noms_de_fichiers import nom_propose
from formats.tableur import Feuille

FORMULAIRE = ["GET", "HEAD", "POST"]


def saisie(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def tente(form: forms.Form, acte: Callable[[], object]) -> bool:
    """Fait l'acte d'un formulaire bien rempli ; un refus revient dans le formulaire, et la saisie reste."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        acte()
    except ErreurMetier as refus:
        dits = [motif.texte for motif in refus.motifs] or [refus.message]
        for dit in dits:
            form.add_error(None, dit)
        return False
    return True


def statut(form: forms.Form) -> int:
    return 422 if form.errors else 200


def joint(feuille: Feuille, format_: str, nom: str) -> HttpResponse:
    """Le fichier, à enregistrer ; un autre format n'existe pas."""
    if format_ not in exports.SORTES:
        raise Introuvable()
    entetes = {"Content-Disposition": f'attachment; filename="{nom_propose(nom)}.{format_}"'}
    octets = exports.octets(feuille, format_, le=maintenant())
    return HttpResponse(octets, content_type=exports.SORTES[format_], headers=entetes)
