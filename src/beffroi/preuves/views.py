"""Demander une preuve : un bouton, un fichier."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from beffroi.adherents.views.acces import FORMULAIRE
from beffroi.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.consultations.queries import consultation_pour
from beffroi.depots.queries import reponse_pour
from beffroi.pieces.a_enregistrer import a_enregistrer
from beffroi.preuves import rules, services
from beffroi.preuves.permissions import ACTES
from beffroi.socle.horloge import maintenant


@connexion_requise
@require_POST
@jamais_gardee
def attestation(request: HttpRequest, reference: str) -> HttpResponse:
    """L'attestation de tentative de l'entreprise, sur sa propre réponse."""
    brouillon = reponse_pour(request.user, reference)
    octets = services.attester(brouillon=brouillon, par=request.user, maintenant=maintenant())
    return a_enregistrer(octets, nom=f"preuve-{brouillon.reference}.zip")


@connexion_requise
@require_http_methods(FORMULAIRE)
@jamais_gardee
def dossier(request: HttpRequest, reference: str) -> HttpResponse:
    """La page dit ce que le dossier contient ; le bouton le remet."""
    le = maintenant()
    consultation = consultation_pour(request.user, reference, "produire_le_dossier", le, table=ACTES)
    decision = rules.dossier_possible(limite=consultation.date_limite_remise, le=le)
    if request.method == "POST" and decision.favorable:
        octets = services.produire_le_dossier(consultation=consultation, par=request.user, maintenant=le)
        return a_enregistrer(octets, nom=f"preuve-{consultation.reference}.zip")
    contexte = {"consultation": consultation, "decision": decision}
    return render(request, "preuves/dossier.html", contexte, status=422 if request.method == "POST" else 200)
