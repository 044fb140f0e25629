"""Verser un paquet : par le service d'archives qui est réglé, ou en le remettant soi-même."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from beffroi.garde.versements import ecrans, ports, queries, services
from beffroi.garde.versements.forms import RemiseForm
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.socle.fondations.erreurs import ConflitEtat
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, saisie

VERSEMENT = "versements:versement"
SANS_SERVICE = (
    "Aucun service d'archives n'est réglé : remettez le paquet vous-même, "
    "puis dites-le sur cette page."
)


@connexion_requise
@jamais_gardee
@formulaire
def verser(request: HttpRequest, reference: str) -> HttpResponse:
    """Ce qui va partir, et vers qui ; le bouton le demande, l'ouvrier l'envoie."""
    le = maintenant()
    paquet = queries.paquet_pour(request.user, reference, le)
    if request.method != "POST":
        return render(
            request, "versements/verser.html", {**ecrans.du_paquet(paquet), "form": RemiseForm()}
        )
    service = ports.service_d_archivage()
    if service is None:
        raise ConflitEtat(SANS_SERVICE)
    verse = services.demander_le_versement(
        paquet=paquet, voie=service.voie, par=request.user, maintenant=le
    )
    messages.success(request, "Le versement est demandé. Cette page dit où il en est.")
    return redirect(VERSEMENT, verse.reference)


@connexion_requise
@jamais_gardee
@require_POST
def remettre(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    paquet = queries.paquet_pour(request.user, reference, le)
    form = RemiseForm(saisie(request))

    def acte() -> object:
        remise = form.cleaned_data["remise"]
        return services.declarer_la_remise(
            paquet=paquet, remise=remise, par=request.user, maintenant=le
        )

    if fait(
        request, form, acte, "La remise est notée. Déposez ici la réponse du service d'archives."
    ):
        return redirect(VERSEMENT, queries.du_paquet(paquet).latest("pk").reference)
    return render(
        request, "versements/verser.html", {**ecrans.du_paquet(paquet), "form": form}, status=422
    )
