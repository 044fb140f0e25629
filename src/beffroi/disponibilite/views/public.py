"""L'état du service : pour tous, sans compte, et même quand la base ne répond pas."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from beffroi.consultations.conditionnel import repondre
from beffroi.disponibilite import flux, queries, rules, sondes
from beffroi.disponibilite.models import Evenement
from beffroi.socle.horloge import maintenant
from formats.atom import TYPE, en_atom

MINUTE = "public, max-age=60"


@login_not_required
@require_safe
def etat_du_service(request: HttpRequest) -> HttpResponse:
    le = maintenant()
    sondees = sondes.sonder(le)
    dites = annonces(le)
    contexte = {"sondes": sondees, "bilan": bilan(sondees, dites["en_cours"]), **dites}
    return render(request, "disponibilite/etat.html", contexte)


def annonces(le: datetime) -> dict[str, Any]:
    """Ce qui se lit dans la base ; sans elle, la page le dit."""
    try:
        return {
            "en_cours": list(queries.en_cours(le)),
            "prevus": list(queries.prevus(le)),
            "passes": list(queries.passes(le)),
            "affluence": rules.affluence(fermetures=queries.fermetures_prochaines(le)),
            "lisibles": True,
        }
    except DatabaseError:
        return {"en_cours": [], "prevus": [], "passes": [], "affluence": "", "lisibles": False}


def bilan(sondees: list[sondes.Sonde], en_cours: list[Evenement]) -> tuple[str, str]:
    """La phrase d'en haut : le pire l'emporte, et l'inconnu ne passe pas pour bon."""
    tons = {sonde.ton for sonde in sondees}
    if sondes.EN_PANNE in tons:
        return "danger", "Une partie du service est en panne"
    if en_cours:
        incident = any(evenement.sorte == Evenement.Sorte.INCIDENT for evenement in en_cours)
        return "attention", "Un incident est en cours" if incident else "Une maintenance est en cours"
    if sondes.EN_RETARD in tons:
        return "attention", "Le service marche, avec du retard"
    if sondes.INCONNU in tons:
        return "info", "Ce que nous avons pu vérifier marche"
    return "ok", "Tout marche"


@login_not_required
@require_safe
def incidents(request: HttpRequest) -> HttpResponse:
    """Les annonces, en Atom (RFC 4287) ; 304 tant qu'aucune ne change. La page, elle, dit l'heure de son constat."""
    annonces = flux.flux(list(queries.annonces()[: flux.ENTREES]), le=maintenant())
    return repondre(request, annonces.entrees, lambda: HttpResponse(en_atom(annonces), content_type=TYPE), garde=MINUTE)
