"""Chez l'adhérent : ses factures et ses avoirs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from beffroi.centre.facturation import ecrans, remise
from beffroi.centre.facturation.creancier import creancier
from beffroi.centre.facturation.lecture import la_sienne, siennes
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.telechargements import rendre_un_fichier
from formats.dates import PARIS


@connexion_requise
@require_safe
def mes_factures(request: HttpRequest, siret: str) -> HttpResponse:
    le = maintenant()
    habilitation, factures = siennes(request.user, siret, le)
    centre = creancier(le=le.astimezone(PARIS).date())
    lignes = [ecrans.Ligne(une, tuple(remise.refus(une, centre=centre))) for une in factures]
    contexte = {"organisme": habilitation.organisme, "lignes": lignes}
    return render(request, "facturation/mes_factures.html", contexte)


@connexion_requise
@require_safe
@jamais_gardee
def ma_facture(request: HttpRequest, siret: str, reference: str, extension: str) -> HttpResponse:
    une, forme = la_sienne(request.user, siret, reference, maintenant()), remise.FORMES[extension]
    octets = remise.remettre(une, forme, centre=creancier(le=une.emise_le))
    return rendre_un_fichier(octets, remise.nom_de_fichier(une, forme), sorte=forme.sorte)
