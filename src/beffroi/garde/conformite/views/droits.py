"""Exercer ses droits sur ses données, avec ou sans compte ; y répondre, au centre."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from beffroi.garde.conformite import courriels, queries
from beffroi.garde.conformite.forms import DroitForm, ProlongerForm, ReponseForm
from beffroi.garde.conformite.permissions import ACTES
from beffroi.garde.conformite.rules.droits import DEMANDES_D_INCONNUS
from beffroi.garde.conformite.services import droits
from beffroi.personnes.comptes.decorateurs import (
    connexion_requise,
    jamais_gardee,
    reauthentification_recente,
)
from beffroi.personnes.organismes.queries import exiger_au_centre
from beffroi.socle.budgets.inconnus import sur_le_budget
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, refus_dans, rendre, saisie
from formats.dates import PARIS

PAR_PAGE = 50
ACTE = "repondre_aux_personnes"


@login_not_required
@jamais_gardee
@formulaire
def exercer(request: HttpRequest) -> HttpResponse:
    compte = request.user if request.user.is_authenticated else None
    connu = {"nom": compte.nom, "courriel": compte.courriel} if compte else {}
    form = DroitForm(saisie(request), initial=connu)
    if form.is_valid():
        le = maintenant()
        with refus_dans(form), sur_le_budget(request, DEMANDES_D_INCONNUS, maintenant=le):
            droits.demander(form.saisie(), compte=compte, maintenant=le)
            return redirect("conformite:demande_recue")
    return rendre(request, "conformite/exercer.html", {"form": form})


@login_not_required
@require_safe
def demande_recue(request: HttpRequest) -> HttpResponse:
    """La même page pour tous : le numéro et la date sont dans le courriel."""
    return render(request, "conformite/demande_recue.html")


@login_not_required
@jamais_gardee
@formulaire
def suivre(request: HttpRequest, jeton: str) -> HttpResponse:
    """Le lien signé du courriel : sa demande, à confirmer d'abord.

    Un clic confirme, jamais la seule lecture du courriel.
    """
    demande, refus = queries.demande(courriels.reference_de(jeton)), ""
    if request.method == "POST":
        try:
            droits.confirmer(demande=demande, maintenant=maintenant())
        except RegleEnfreinte as trop:
            refus = trop.message
        else:
            return redirect("conformite:suivre", jeton)
    autres = queries.autres_a_confirmer(demande)[:PAR_PAGE] if demande.est_a_confirmer else ()
    liens = [(autre, courriels.jeton_de(autre)) for autre in autres]
    contexte = {"demande": demande, "refus": refus, "autres": liens}
    return render(request, "conformite/suivre.html", contexte, status=422 if refus else 200)


@connexion_requise
@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    """Au centre : ce qui attend une réponse, puis ce qui en a reçu une."""
    le = maintenant()
    exiger_au_centre(request.user, ACTE, ACTES, le)
    pages = Paginator(queries.demandes_repondues(), PAR_PAGE).get_page(request.GET.get("page"))
    jour = le.astimezone(PARIS).date()
    ouvertes = [(demande, demande.en_retard(jour)) for demande in queries.demandes_a_repondre()]
    return render(
        request, "conformite/centre/demandes.html", {"ouvertes": ouvertes, "pages": pages}
    )


@reauthentification_recente
@formulaire
def demande(request: HttpRequest, reference: str) -> HttpResponse:
    """Une demande ; y répondre."""
    le = maintenant()
    exiger_au_centre(request.user, ACTE, ACTES, le)
    lue, form = queries.demande_au_centre(reference), ReponseForm(saisie(request))
    if fait(
        request,
        form,
        lambda: droits.repondre(demande=lue, **form.cleaned_data, par=request.user, maintenant=le),
        "La réponse est partie.",
    ):
        return redirect("conformite:demandes")
    contexte = {
        "demande": lue,
        "form": form,
        "prolonger": ProlongerForm(),
        "retard": lue.en_retard(le.astimezone(PARIS).date()),
    }
    return rendre(request, "conformite/centre/demande.html", contexte)


@reauthentification_recente
@require_POST
def prolonger(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    exiger_au_centre(request.user, ACTE, ACTES, le)
    lue, form = queries.demande_au_centre(reference), ProlongerForm(request.POST)
    if fait(
        request,
        form,
        lambda: droits.prolonger(
            demande=lue, motif=form.cleaned_data["motif"], par=request.user, maintenant=le
        ),
        "La personne est prévenue : deux mois de plus.",
    ):
        return redirect("conformite:demande", reference)
    contexte = {
        "demande": lue,
        "form": ReponseForm(),
        "prolonger": form,
        "retard": lue.en_retard(le.astimezone(PARIS).date()),
    }
    return render(request, "conformite/centre/demande.html", contexte, status=422)
