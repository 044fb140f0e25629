"""Occulter un document avant de le communiquer, puis enregistrer le résultat."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from beffroi.garde.occultation import queries, services
from beffroi.garde.occultation.forms import OccultationForm
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.socle.fondations import chiffrement
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, refus_dans, rendre, saisie_et_fichiers
from beffroi.socle.guichet.envois import borne_a, envoi_borne
from beffroi.socle.guichet.telechargements import a_enregistrer
from formats.occultation.enclos import OCTETS_AU_PLUS


@envoi_borne(borne_a(OCTETS_AU_PLUS))
@connexion_requise
@jamais_gardee
@formulaire
def occulter(request: HttpRequest) -> HttpResponse:
    """Le formulaire ; puis, sans autre étape, ce qui a été ôté et le fichier à enregistrer."""
    le = maintenant()
    queries.exiger_un_agent(request.user, le)
    form = OccultationForm(*saisie_et_fichiers(request))
    if form.is_valid():
        choisi = form.cleaned_data["document"]
        with refus_dans(form, "document"):
            document = services.occulter_un_document(
                nom=choisi.name,
                octets=choisi.read(),
                demande=form.cleaned_data["demande"],
                par=request.user,
                maintenant=le,
            )
            contexte = {
                "document": document,
                "comptes": list(zip(form.termes(), document.comptes, strict=True)),
            }
            return render(request, "communications/occulte.html", contexte)
    return rendre(request, "communications/occulter.html", {"form": form})


@connexion_requise
@require_safe
def fichier(request: HttpRequest, reference: str) -> HttpResponse:
    document = queries.document_pour(request.user, reference, maintenant())
    octets = chiffrement.reprendre(document.cle_de_stockage, sha256=document.sha256)
    return a_enregistrer(octets, nom=document.nom)
