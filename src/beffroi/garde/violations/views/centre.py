"""Au centre : le registre des violations, en déclarer une, ce qui s'ensuit."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from beffroi.garde.violations import documents, queries
from beffroi.garde.violations.forms import DeclarationForm
from beffroi.garde.violations.gestes import GESTES
from beffroi.garde.violations.permissions import ACTES
from beffroi.garde.violations.services.declaration import declarer as acte_de_declarer
from beffroi.personnes.comptes.decorateurs import (
    connexion_requise,
    jamais_gardee,
    reauthentification_recente,
)
from beffroi.personnes.organismes.queries import exiger_au_centre
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, refus_dans, rendre, saisie
from beffroi.socle.guichet.telechargements import rendre_un_fichier

PAR_PAGE = 50
VOIR = "voir_les_violations"


@connexion_requise
@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    """Celles qui sont ouvertes, avec leur compte à rebours, puis les closes."""
    le = maintenant()
    exiger_au_centre(request.user, VOIR, ACTES, le)
    closes = queries.violations().filter(etat="close")
    pages = Paginator(closes, PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {
        "ouvertes": queries.ouvertes(le),
        "pages": pages,
        "closes": queries.lignes(pages.object_list, le=le),
    }
    return render(request, "violations/liste.html", contexte)


@reauthentification_recente
@formulaire
def declarer(request: HttpRequest) -> HttpResponse:
    le = maintenant()
    exiger_au_centre(request.user, "declarer_une_violation", ACTES, le)
    form = DeclarationForm(saisie(request))
    if form.is_valid():
        with refus_dans(form):
            nee = acte_de_declarer(
                faits=form.faits(), cle=form.cleaned_data["cle"], par=request.user, maintenant=le
            )
            return redirect("violations:violation", nee.reference)
    return rendre(request, "violations/declarer.html", {"form": form})


@connexion_requise
@require_safe
@jamais_gardee
def violation(request: HttpRequest, reference: str) -> HttpResponse:
    """Les faits, l'heure limite, ce qui reste dû, ce qui est fait."""
    le = maintenant()
    habilitation = exiger_au_centre(request.user, VOIR, ACTES, le)
    lue = queries.violation(reference)
    permises = queries.permises(habilitation)
    situation = queries.situation(lue)
    gestes = [
        (nom, un)
        for nom, un in GESTES.items()
        if lue.est_ouverte and permises[un.acte] and un.quand(situation)
    ]
    contexte = {"violation": lue, "ligne": queries.ligne(lue, le=le), "gestes": gestes}
    return render(request, "violations/violation.html", contexte)


@reauthentification_recente
@formulaire
def geste(request: HttpRequest, reference: str, nom: str) -> HttpResponse:
    """Un geste de la table, avec son formulaire."""
    le, decrit = maintenant(), GESTES[nom]
    exiger_au_centre(request.user, decrit.acte, ACTES, le)
    lue = queries.violation(reference)
    form = decrit.form(saisie(request), violation=lue)
    if fait(
        request,
        form,
        lambda: decrit.service(
            violation=lue, **form.pour_l_acte(), par=request.user, maintenant=le
        ),
        decrit.dit,
    ):
        return redirect("violations:violation", reference)
    contexte = {"violation": lue, "form": form, "geste": decrit, "ligne": queries.ligne(lue, le=le)}
    return rendre(request, "violations/geste.html", contexte)


@connexion_requise
@require_safe
@jamais_gardee
def registre(request: HttpRequest) -> HttpResponse:
    """Tout le registre, en CSV :
    ce qu'un contrôle de la CNIL demande d'abord (RGPD, art. 33, § 5).
    """
    le = maintenant()
    exiger_au_centre(request.user, VOIR, ACTES, le)
    return rendre_un_fichier(documents.registre(le=le), "registre-des-violations.csv")


@connexion_requise
@require_safe
@jamais_gardee
def fiche(request: HttpRequest, reference: str) -> HttpResponse:
    """Une violation entière, en PDF."""
    le = maintenant()
    exiger_au_centre(request.user, VOIR, ACTES, le)
    lue = queries.violation(reference)
    return rendre_un_fichier(documents.fiche(lue, le=le), f"violation-{lue.reference}.pdf")
