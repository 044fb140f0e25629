"""L'avis tel que tout le monde le lit, sans compte, avec le dossier."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from beffroi.achat.consultations.queries import publique
from beffroi.achat.consultations.queries.presentation import suites
from beffroi.publicite.avis import queries
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.guichet import conditionnel
from beffroi.socle.guichet.conditionnel import avec_liens


@login_not_required
@require_safe
def avis(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = publique(reference)
    publics = queries.avis_publics(consultation)
    if not publics:
        raise Introuvable()
    page = conditionnel.page_de_tous(
        request, "avis/public.html", {"consultation": consultation, "publics": publics}
    )
    return avec_liens(page, **suites(consultation))
