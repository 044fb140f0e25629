"""Les façons d'ouvrir ma clé :
en ajouter une, en retirer une, en refaire une quand j'ai perdu la mienne.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from beffroi.personnes.cles import queries, rules, services
from beffroi.personnes.cles.echanges import fente_recue
from beffroi.personnes.cles.models import Fente
from beffroi.personnes.cles.preuves import oublier_le_canari, poser_un_canari, preuve_rendue
from beffroi.personnes.comptes.decorateurs import connexion_requise, reauthentification_recente
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.scripts import champ, en_json, lire_json


@connexion_requise
@require_http_methods(["GET", "POST"])
def ajouter(request: HttpRequest, sorte: str) -> HttpResponse:
    if request.method == "POST":
        return _enregistrer(request)
    identite = queries.ma_cle(request.user)
    if sorte not in Fente.Sorte.values:
        raise Introuvable()
    secours_seul = request.GET.get("avec") == Fente.Sorte.SECOURS
    fentes = [
        fente
        for fente in queries.fentes_a_ouvrir(identite)
        if not secours_seul or fente["sorte"] == Fente.Sorte.SECOURS
    ]
    donnees = {
        "sorte": sorte,
        "empreinte": identite.empreinte,
        "fentes": fentes,
        "canari": poser_un_canari(request, identite),
        "suite": reverse("cles:ma_cle"),
    }
    contexte = {"donnees": donnees, "sorte": sorte, "secours_seul": secours_seul}
    return render(request, "cles/ajouter_fente.html", contexte)


@en_json
def _enregistrer(request: HttpRequest) -> JsonResponse:
    envoi = lire_json(request)
    fente = services.ajouter_fente(
        identite=queries.ma_cle(request.user),
        fente=fente_recue(champ(envoi, "fente", dict)),
        preuve=preuve_rendue(request, envoi),
        par=request.user.acteur,
        maintenant=maintenant(),
    )
    oublier_le_canari(request)
    messages.success(request, f"C'est enregistré : votre clé s'ouvre aussi ainsi. {fente.nom}.")
    return JsonResponse({"suite": reverse("cles:ma_cle")}, status=201)


@reauthentification_recente
@require_http_methods(["GET", "POST"])
def retirer(request: HttpRequest, reference: str) -> HttpResponse:
    fente = queries.fente_pour(request.user, reference)
    if request.method == "POST":
        services.retirer_fente(fente=fente, par=request.user.acteur, maintenant=maintenant())
        messages.success(request, "Cette façon d'ouvrir votre clé est effacée.")
        return redirect("cles:ma_cle")
    restantes = [autre.sorte for autre in queries.fentes_essayees(fente.identite) if autre != fente]
    decision = rules.peut_retirer_une_fente(restantes=restantes)
    return render(request, "cles/retirer_fente.html", {"fente": fente, "decision": decision})


@connexion_requise
@require_GET
def perdue(request: HttpRequest) -> HttpResponse:
    """Phrase oubliée, téléphone perdu :
    le code de secours ouvre, et une façon neuve remplace l'ancienne.
    """
    return render(request, "cles/perdue.html", {"identite": queries.ma_cle(request.user)})
