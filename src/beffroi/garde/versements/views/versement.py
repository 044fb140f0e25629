"""Où en sont les versements, et ce que le service d'archives en a répondu."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from beffroi.garde.archives.queries import organismes_de
from beffroi.garde.versements import ecrans, ports, queries, services
from beffroi.garde.versements.forms import AbandonForm, ReponseForm
from beffroi.garde.versements.views.remise import SANS_SERVICE, VERSEMENT
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.socle.fondations.erreurs import ConflitEtat
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.guichet.actes import fait, formulaire, rendre, saisie, saisie_et_fichiers
from beffroi.socle.guichet.envois import EnvoiBorne, envoi_borne
from beffroi.socle.guichet.telechargements import a_enregistrer

PAR_PAGE = 25


@connexion_requise
@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    """Ce qui reste à verser, puis chaque versement, le dernier d'abord."""
    organismes = organismes_de(request.user, maintenant())
    pages = Paginator(queries.versements_de(organismes), PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {
        "a_verser": queries.a_verser(organismes),
        "pages": pages,
        "versements": [ecrans.affiche(un) for un in pages],
        "plusieurs": len(organismes) > 1,
    }
    return render(request, "versements/liste.html", contexte)


@connexion_requise
@require_safe
def versement(request: HttpRequest, reference: str) -> HttpResponse:
    trouve = queries.versement_pour(request.user, reference, "voir_les_versements", maintenant())
    montre = ecrans.affiche(trouve, detruit=queries.est_detruit(trouve.paquet))
    return render(request, "versements/versement.html", {"montre": montre})


@envoi_borne(EnvoiBorne)
@connexion_requise
@jamais_gardee
@formulaire
def reponse(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    trouve = queries.versement_pour(request.user, reference, "verser", le)
    form = ReponseForm(*saisie_et_fichiers(request))

    def acte() -> object:
        fichier = form.cleaned_data["fichier"]
        return services.enregistrer_la_reponse(
            versement=trouve,
            octets=fichier.read(),
            nom=fichier.name,
            par=request.user,
            maintenant=le,
        )

    if fait(request, form, acte, "La réponse du service d'archives est enregistrée."):
        return redirect(VERSEMENT, reference)
    return rendre(request, "versements/reponse.html", {"form": form, "versement": trouve})


@connexion_requise
@require_POST
def relancer(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    trouve = queries.versement_pour(request.user, reference, "verser", le)
    service = ports.service_d_archivage()
    if service is None:
        raise ConflitEtat(SANS_SERVICE)
    services.relancer(versement=trouve, voie=service.voie, par=request.user, maintenant=le)
    messages.success(request, "L'envoi est relancé, sous le même identifiant.")
    return redirect(VERSEMENT, reference)


@connexion_requise
@jamais_gardee
@formulaire
def abandonner(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    trouve = queries.versement_pour(request.user, reference, "verser", le)
    form = AbandonForm(saisie(request))

    def acte() -> object:
        motif = form.cleaned_data["motif"]
        return services.abandonner(versement=trouve, motif=motif, par=request.user, maintenant=le)

    if fait(
        request, form, acte, "Le versement est abandonné. Le paquet peut être versé de nouveau."
    ):
        return redirect(VERSEMENT, reference)
    return rendre(request, "versements/abandonner.html", {"form": form, "versement": trouve})


@connexion_requise
@jamais_gardee
@require_safe
def document(request: HttpRequest, reference: str, document: str) -> HttpResponse:
    """L'accusé ou la réponse, octet pour octet."""
    trouve = queries.versement_pour(request.user, reference, "voir_les_versements", maintenant())
    message = queries.message(trouve, document)
    return a_enregistrer(b"".join(stockage().lire(message.cle_de_stockage)), nom=message.nom)
