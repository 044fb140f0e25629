"""L'avis d'attribution : où en est chaque lot, et l'écrire."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from beffroi.achat.consultations.models import Consultation
from beffroi.contrat.achevement import ecrans, queries, services
from beffroi.contrat.achevement.forms import AvisForm
from beffroi.contrat.achevement.views.commun import page, pour
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.publicite.avis.models import Avis
from beffroi.socle.fondations.erreurs import Introuvable, exiger
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, refus_dans, saisie
from beffroi.socle.guichet.lecture import en_une_lecture, lecture


@jamais_gardee
@connexion_requise
@require_safe
@lecture()
def avis(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = pour(request, reference, "lire_l_achevement")
    return page(request, "avis", consultation, **ecrans.avis(consultation, le=maintenant()))


@jamais_gardee
@connexion_requise
@formulaire
@en_une_lecture
def ecrire(request: HttpRequest, reference: str, forme: str) -> HttpResponse:
    """Ce que la plateforme sait, ce qu'il faut compléter, ce qui manque encore ;
    puis l'avis s'écrit, et se relit.
    """
    consultation, le = pour(request, reference, "ecrire_l_attribution"), maintenant()
    if forme not in Avis.Forme.values:
        raise Introuvable()
    lots = ecrans.annoncables(queries.lots_de(consultation, le=le))
    exiger(queries.peut_ecrire(consultation, lots, choisis=len(lots), forme=forme, le=le))
    europeen, deja = forme == Avis.Forme.EUROPEENNE, queries.complements_deja_dits(consultation)
    reseau = queries.est_un_reseau(consultation)
    form = AvisForm(saisie(request), lots=lots, reseau=reseau, europeen=europeen, deja=deja)
    if (
        form.is_bound
        and form.is_valid()
        and (ecrit := _inscrire(request, consultation, form, forme))
    ):
        messages.success(request, "L'avis est écrit. Dites maintenant où il paraîtra.")
        return redirect("avis:avis", reference, ecrit.reference)
    contexte = ecrans.ecriture(consultation, form, lots, forme=forme, le=le)
    return page(request, "ecrire", consultation, form=form, forme=forme, **contexte)


def _inscrire(
    request: HttpRequest, consultation: Consultation, form: AvisForm, forme: str
) -> Avis | None:
    with refus_dans(form):
        return services.ecrire_l_avis(
            consultation=consultation,
            numeros=form.numeros(),
            complements=form.complements(),
            forme=forme,
            par=request.user,
            maintenant=maintenant(),
        )
    return None
