"""Le centre : les comptes des organismes,
un organisme sur un écran, ouvrir une intervention et la finir.
"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from beffroi.centre.interventions import ecrans, queries
from beffroi.centre.interventions.forms import FinirForm, OuvrirForm
from beffroi.centre.interventions.services import cycle
from beffroi.centre.interventions.views.acces import au_centre, servi
from beffroi.personnes.comptes.decorateurs import connexion_requise, reauthentification_recente
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, rendre, saisie

PAR_PAGE = 50


@connexion_requise
@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    """Les comptes de chaque organisme, et les interventions qui courent."""
    au_centre(request, "voir_les_comptes")
    le, mots = maintenant(), request.GET.get("q", "").replace("\0", "").strip()
    pages = Paginator(queries.organismes_servis(mots), PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {
        "pages": pages,
        "lignes": queries.etats_des_comptes(list(pages.object_list), le),
        "mots": mots,
        "ouvertes": queries.ouvertes(le),
    }
    return render(request, "interventions/liste.html", contexte)


@connexion_requise
@require_safe
def organisme(request: HttpRequest, siret: str) -> HttpResponse:
    """Tout ce que le centre règle chez un organisme, et ce qu'il voit sans y pouvoir rien."""
    chez = servi(request, "voir_les_comptes", siret)
    return render(
        request,
        "interventions/organisme.html",
        ecrans.organisme(chez, par=request.user, le=maintenant()),
    )


@reauthentification_recente
@formulaire
def ouvrir(request: HttpRequest, siret: str) -> HttpResponse:
    chez, le = servi(request, "intervenir", siret), maintenant()
    form = OuvrirForm(saisie(request), initial={"minutes": ecrans.duree_proposee()})
    if fait(
        request,
        form,
        lambda: cycle.ouvrir(
            organisme=chez,
            raison=form.raison(),
            minutes=form.cleaned_data["minutes"],
            par=request.user,
            maintenant=le,
        ),
        "L'intervention est ouverte. L'administrateur de l'organisme est prévenu.",
    ):
        return redirect("interventions:organisme", siret)
    contexte = {"organisme": chez, "form": form}
    return rendre(request, "interventions/ouvrir.html", contexte)


@connexion_requise
@formulaire
def intervention(request: HttpRequest, siret: str, reference: str) -> HttpResponse:
    """Ce qui a été fait ; qui l'a ouverte peut dire qu'elle est finie."""
    chez, le = (
        servi(request, "intervenir" if request.method == "POST" else "voir_les_comptes", siret),
        maintenant(),
    )
    lue = queries.intervention_chez(chez, reference)
    sienne = lue.ouverte_par_id == request.user.pk
    form = FinirForm(saisie(request))
    if form.is_bound and not sienne:
        raise Introuvable()
    if form.is_valid():
        cycle.finir(
            intervention=lue, bilan=form.cleaned_data["bilan"], par=request.user, maintenant=le
        )
        messages.success(request, "L'intervention est finie. L'organisme en a le compte rendu.")
        return redirect("interventions:organisme", siret)
    contexte = {
        "organisme": chez,
        "intervention": ecrans.lue(lue, le=le),
        "form": form,
        "finissable": sienne and lue.est_ouverte(le),
    }
    return rendre(request, "interventions/intervention.html", contexte)
