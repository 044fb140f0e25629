"""Finir la clause de sous-traitance d'un adhérent parti, depuis la fiche de sa convention."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from beffroi.centre.conventions.queries import convention_a_tenir, denonciation_en_cours
from beffroi.garde.conformite.forms import ClauseForm
from beffroi.garde.conformite.ports import encore_gardees
from beffroi.garde.conformite.services.sous_traitance import finir_la_sous_traitance
from beffroi.personnes.comptes.decorateurs import reauthentification_recente
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, rendre, saisie


@reauthentification_recente
@formulaire
def finir(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    convention = convention_a_tenir(request.user, reference, le)
    form = ClauseForm(saisie(request))

    def acte() -> object:
        return finir_la_sous_traitance(
            convention=convention, issue=form.issue(), par=request.user.acteur, maintenant=le
        )

    if fait(request, form, acte, "La clause de sous-traitance est finie."):
        return redirect("conventions:convention", convention.reference)
    contexte = {
        "form": form,
        "convention": convention,
        "depart": denonciation_en_cours(convention),
        "gardees": encore_gardees(convention.adherent.organisme, le=le),
    }
    return rendre(request, "conformite/centre/finir_la_clause.html", contexte)
