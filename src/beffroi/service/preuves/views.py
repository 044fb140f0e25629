"""Demander une preuve : un bouton, un fichier."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import consultation_pour
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.reponse.depots.queries import reponse_pour
from beffroi.service.preuves import faits, rules, services
from beffroi.service.preuves.forms import CertificatForm, proposee
from beffroi.service.preuves.permissions import ACTES
from beffroi.service.sonde.queries import exiger_de_lire_la_sonde
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire
from beffroi.socle.guichet.telechargements import a_enregistrer


@connexion_requise
@require_POST
@jamais_gardee
def attestation(request: HttpRequest, reference: str) -> HttpResponse:
    """L'attestation de tentative de l'entreprise, sur sa propre réponse."""
    brouillon = reponse_pour(request.user, reference)
    octets = services.attester(brouillon=brouillon, par=request.user, maintenant=maintenant())
    return a_enregistrer(octets, nom=f"preuve-{brouillon.reference}.zip")


@connexion_requise
@formulaire
@jamais_gardee
def dossier(request: HttpRequest, reference: str) -> HttpResponse:
    """La page dit ce que le dossier contient ; le bouton le remet."""
    le = maintenant()
    consultation = consultation_pour(
        request.user, reference, "produire_le_dossier", le, table=ACTES
    )
    decision = rules.dossier_possible(limite=consultation.date_limite_remise, le=le)
    if request.method == "POST" and decision.favorable:
        octets = services.produire_le_dossier(
            consultation=consultation, par=request.user, maintenant=le
        )
        return a_enregistrer(octets, nom=f"preuve-{consultation.reference}.zip")
    contexte = {"consultation": consultation, "decision": decision}
    return render(
        request, "preuves/dossier.html", contexte, status=422 if request.method == "POST" else 200
    )


@connexion_requise
@formulaire
@jamais_gardee
def certificat(request: HttpRequest) -> HttpResponse:
    """Au centre : n'importe quelle période passée, de sept jours au plus."""
    le = maintenant()
    exiger_de_lire_la_sonde(request.user, le)
    form = CertificatForm(request.POST or None, initial=proposee(le - rules.AVANT, le))
    return remettre_ou_demander(request, form, le=le)


@connexion_requise
@formulaire
@jamais_gardee
def certificat_de_la_consultation(request: HttpRequest, reference: str) -> HttpResponse:
    """À l'acheteur : une période de sa consultation,
    de sa publication à l'heure d'après sa dernière heure limite.
    """
    le = maintenant()
    consultation = consultation_pour(
        request.user, reference, "produire_le_dossier", le, table=ACTES
    )
    bornes = faits.bornes_de(consultation)
    debut, fin = rules.proposition(bornes, le=le) if bornes else (le, le)
    form = CertificatForm(request.POST or None, initial=proposee(debut, fin))
    return remettre_ou_demander(request, form, le=le, consultation=consultation, bornes=bornes)


def remettre_ou_demander(
    request: HttpRequest,
    form: CertificatForm,
    *,
    le: datetime,
    consultation: Consultation | None = None,
    bornes: tuple[datetime, datetime] | None = None,
) -> HttpResponse:
    possible = consultation is None or bornes is not None
    periode = form.juger(le=le, bornes=bornes) if request.method == "POST" and possible else None
    if periode:
        debut, fin = periode
        reference, octets = services.certifier(
            debut=debut, fin=fin, consultation=consultation, par=request.user, maintenant=le
        )
        return a_enregistrer(octets, nom=f"certificat-{reference}.zip")
    contexte = {"form": form, "consultation": consultation, "bornes": bornes, "possible": possible}
    return render(
        request,
        "preuves/certificat.html",
        contexte,
        status=422 if request.method == "POST" else 200,
    )
