"""Les contacts, les signataires et les délégations d'un adhérent, et son activation."""

from dataclasses import fields

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from beffroi.centre.adherents import queries, services
from beffroi.centre.adherents.forms import ContactForm
from beffroi.centre.adherents.views.acces import au_centre
from beffroi.personnes.comptes.decorateurs import connexion_requise, reauthentification_recente
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, rendre, saisie
from beffroi.socle.guichet.formulaires import PersonneForm


@connexion_requise
@formulaire
def ajouter(request: HttpRequest, siren: str) -> HttpResponse:
    au_centre(request, "tenir_l_annuaire")
    adherent, form = queries.adherent_par_siren(siren), ContactForm(saisie(request))
    ecrire = lambda: services.ecrire_contact(  # noqa: E731
        adherent=adherent,
        personne=form.personne(),
        par=request.user.acteur,
        maintenant=maintenant(),
    )
    if fait(request, form, ecrire, "La personne est notée."):
        return redirect("adherents:fiche", siren)
    return rendre(request, "adherents/contact.html", {"form": form, "adherent": adherent})


@connexion_requise
@formulaire
def corriger(request: HttpRequest, siren: str, reference: str) -> HttpResponse:
    au_centre(request, "tenir_l_annuaire")
    contact = queries.contact_pour(queries.adherent_par_siren(siren), reference)
    actuel = {champ.name: getattr(contact, champ.name) for champ in fields(services.Personne)}
    form = ContactForm(saisie(request), initial=actuel)
    ecrire = lambda: services.ecrire_contact(  # noqa: E731
        adherent=contact.adherent,
        personne=form.personne(),
        contact=contact,
        par=request.user.acteur,
        maintenant=maintenant(),
    )
    if fait(request, form, ecrire, "La personne est à jour."):
        return redirect("adherents:fiche", siren)
    contexte = {"form": form, "adherent": contact.adherent, "contact": contact}
    return rendre(request, "adherents/contact.html", contexte)


@connexion_requise
@formulaire
def retirer(request: HttpRequest, siren: str, reference: str) -> HttpResponse:
    au_centre(request, "tenir_l_annuaire")
    contact = queries.contact_pour(queries.adherent_par_siren(siren), reference)
    if request.method != "POST":
        return render(
            request, "adherents/retirer.html", {"contact": contact, "adherent": contact.adherent}
        )
    services.retirer_contact(contact=contact, par=request.user.acteur, maintenant=maintenant())
    messages.success(request, f"{contact.nom} ne parle plus pour {contact.adherent}.")
    return redirect("adherents:fiche", siren)


@reauthentification_recente
@formulaire
def activer(request: HttpRequest, siren: str) -> HttpResponse:
    """Ouvrir l'organisme de l'adhérent, et inviter la personne qui y donnera les rôles."""
    au_centre(request, "tenir_l_annuaire")
    adherent, form = queries.adherent_par_siren(siren), PersonneForm(saisie(request))
    ouvrir = lambda: services.activer(  # noqa: E731
        adherent=adherent,
        administrateur=services.Administrateur(**form.cleaned_data),
        par=request.user.acteur,
        maintenant=maintenant(),
    )
    if fait(
        request, form, ouvrir, "L'adhérent est actif. Son administrateur reçoit une invitation."
    ):
        return redirect("adherents:fiche", siren)
    return rendre(request, "adherents/activer.html", {"form": form, "adherent": adherent})
