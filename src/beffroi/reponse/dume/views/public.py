"""Le DUME que l'acheteur publie, à côté du dossier : à lire, à télécharger, sans compte."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from beffroi.achat.consultations.queries import publique
from beffroi.reponse.dume.demandes import demande_de, est_accepte
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.guichet.telechargements import rendre_un_fichier
from formats.dume import ecrire
from formats.dume.composition import permet_le_simplifie
from formats.dume.resume import resume


@login_not_required
@require_safe
def demande(request: HttpRequest, reference: str) -> HttpResponse:
    """Ce que le DUME demande, et si le DUME simplifié est permis (CCP, art. R. 2143-4)."""
    consultation = publique(reference)
    dume = demande_de(consultation)
    contexte = {
        "consultation": consultation,
        "accepte": est_accepte(consultation),
        "simplifie": permet_le_simplifie(dume),
        "dit": resume(dume),
    }
    return render(request, "dume/demande.html", contexte)


@login_not_required
@require_safe
def demande_en_xml(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = publique(reference)
    if not est_accepte(consultation):
        raise Introuvable()
    return rendre_un_fichier(ecrire(demande_de(consultation)), f"DUME-{consultation.reference}.xml")
