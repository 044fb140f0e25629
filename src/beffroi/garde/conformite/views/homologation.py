"""L'homologation : l'attestation que tous lisent, le dossier que le centre remplit."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from beffroi.centre.conventions.actes import RENDUS
from beffroi.garde.conformite.dossier_d_homologation import dossier
from beffroi.garde.conformite.permissions import ACTES
from beffroi.garde.conformite.rules.homologation import lire
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.personnes.organismes.queries import exiger_au_centre
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.telechargements import rendre_un_fichier
from formats.dates import PARIS


@login_not_required
@require_safe
def attestation(request: HttpRequest) -> HttpResponse:
    """La décision en vigueur ; passée, ou jamais prise, la page le dit."""
    decision = lire(settings.HOMOLOGATION)
    court = decision is not None and decision.est_en_vigueur(maintenant().astimezone(PARIS).date())
    return render(request, "conformite/homologation.html", {"decision": decision, "court": court})


@connexion_requise
@require_safe
@jamais_gardee
def modele(request: HttpRequest, format_: str) -> HttpResponse:
    le = maintenant()
    exiger_au_centre(request.user, "tenir_l_homologation", ACTES, le)
    if format_ not in RENDUS:
        raise Introuvable()
    return rendre_un_fichier(RENDUS[format_](dossier(le=le)), f"dossier-d-homologation.{format_}")
