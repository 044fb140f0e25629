"""La fiche d'un adhérent, trouver qui appelle, et noter l'appel."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from beffroi.centre.adherents import ecrans, fiche, queries, services, trouver
from beffroi.centre.adherents.forms import NoteForm
from beffroi.centre.adherents.views.acces import au_centre
from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.personnes.organismes.queries import attentes_de
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, rendre, saisie


@connexion_requise
@require_safe
def lire(request: HttpRequest, siren: str) -> HttpResponse:
    """Chaque bloc à qui peut le lire ; montrer les achats en cours s'écrit au journal de la
    commune.
    """
    soi, instant = au_centre(request, "lire_l_annuaire"), maintenant()
    adherent = queries.adherent_par_siren(siren)
    blocs = fiche.blocs(adherent, pour=soi, le=instant)
    annee, cle = ecrans.annee_de(instant), ecrans.etat_de(adherent)
    contexte = {
        "adherent": adherent,
        "annee": annee,
        "ton": ecrans.ETATS[cle][0],
        "mot": ecrans.ETATS[cle][1],
        "blocs": blocs,
        **ecrans.de_l_effectif(adherent, annee),
        "effectifs": queries.effectifs_declares(adherent),
        "contacts": adherent.contacts.all(),
        **queries.liens_de(adherent),
        "attentes": attentes_de(adherent.organisme) if adherent.organisme else (),
    }
    page = render(request, "adherents/fiche.html", contexte)
    # Après avoir composé la page : écrire oublie ce qu'elle a déjà lu.
    if fiche.montre_des_achats(blocs):
        services.regarder_les_achats(adherent=adherent, par=request.user, maintenant=instant)
    return page


@connexion_requise
@require_safe
def chercher(request: HttpRequest) -> HttpResponse:
    """Un seul adhérent : sa fiche. Plusieurs, ou aucun : un choix, jamais une supposition."""
    au_centre(request, "lire_l_annuaire")
    mots = request.GET.get("q", "").replace("\0", "").strip()[:200]
    trouves = trouver.trouver(mots)
    if len(trouves) == 1:
        return redirect("adherents:fiche", trouves[0].siren)
    contexte = {
        "mots": mots,
        "trouves": trouves[: trouver.AU_PLUS],
        "de_plus": max(0, len(trouves) - trouver.AU_PLUS),
    }
    return render(request, "adherents/trouver.html", contexte)


@connexion_requise
@formulaire
def noter_l_appel(request: HttpRequest, siren: str) -> HttpResponse:
    au_centre(request, "noter_un_appel")
    adherent, form = queries.adherent_par_siren(siren), NoteForm(saisie(request))
    noter = lambda: services.noter_un_appel(  # noqa: E731
        adherent=adherent, **form.cleaned_data, par=request.user, maintenant=maintenant()
    )
    if fait(request, form, noter, "L'appel est noté, à votre nom."):
        return redirect("adherents:fiche", siren)
    contexte = {
        "form": form,
        "adherent": adherent,
        "notes": queries.notes_lisibles(adherent)[: fiche.LIGNES_AU_PLUS],
    }
    return rendre(request, "adherents/noter.html", contexte)
