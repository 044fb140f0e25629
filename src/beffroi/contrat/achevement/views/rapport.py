"""Le rapport de présentation : dire ses raisons, l'établir, le télécharger, noter à qui il part."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from beffroi.contrat.achevement import ecrans, queries, redaction, services
from beffroi.contrat.achevement.forms import CommunicationForm, RapportForm
from beffroi.contrat.achevement.views.commun import page, pour
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.guichet.actes import formulaire, refus_dans, saisie
from beffroi.socle.guichet.lecture import en_une_lecture
from beffroi.socle.guichet.telechargements import en_piece_jointe, rendre_un_fichier
from formats.document import odt, pdf

RENDUS = {"odt": odt, "pdf": pdf}


@jamais_gardee
@connexion_requise
@formulaire
@en_une_lecture
def rapport(request: HttpRequest, reference: str) -> HttpResponse:
    acte = "etablir_le_rapport" if request.method == "POST" else "lire_l_achevement"
    consultation, le = pour(request, reference, acte), maintenant()
    form = RapportForm(saisie(request), initial=redaction.deja_dits(consultation, le=le))
    if form.is_bound and form.is_valid():
        etabli = services.etablir_le_rapport(
            consultation=consultation, complements=form.dits(), par=request.user, maintenant=le
        )
        messages.success(
            request,
            f"La version {etabli.version} du rapport est établie. Ses fichiers ne changent plus.",
        )
        return redirect("achevement:rapport", reference)
    return page(request, "rapport", consultation, form=form, **ecrans.rapport(consultation, le=le))


@jamais_gardee
@connexion_requise
@require_safe
def apercu(request: HttpRequest, reference: str, extension: str) -> HttpResponse:
    """Ce que le rapport dirait à l'instant, sans rien garder."""
    consultation = pour(request, reference, "lire_l_achevement")
    if extension not in RENDUS:
        raise Introuvable()
    octets = RENDUS[extension](ecrans.apercu(consultation, le=maintenant()))
    return rendre_un_fichier(octets, f"rapport-de-presentation-{reference}-apercu.{extension}")


@jamais_gardee
@connexion_requise
@require_safe
def fichier(request: HttpRequest, reference: str, rapport: str, extension: str) -> HttpResponseBase:
    """Les octets gardés d'une version."""
    trouve = queries.rapport_pour(pour(request, reference, "lire_l_achevement"), rapport)
    if extension not in RENDUS:
        raise Introuvable()
    cle = trouve.odt if extension == "odt" else trouve.pdf
    nom = f"rapport-de-presentation-{reference}-{trouve.version}.{extension}"
    return en_piece_jointe(stockage().lire(cle), nom=nom, taille=stockage().taille(cle))


@jamais_gardee
@connexion_requise
@formulaire
def communiquer(request: HttpRequest, reference: str, rapport: str) -> HttpResponse:
    consultation = pour(request, reference, "etablir_le_rapport")
    trouve = queries.rapport_pour(consultation, rapport)
    form = CommunicationForm(saisie(request))
    if form.is_bound and form.is_valid():
        with refus_dans(form):
            services.noter_la_communication(
                rapport=trouve, envoi=form.envoi(), par=request.user, maintenant=maintenant()
            )
            messages.success(request, "L'envoi du rapport est noté.")
            return redirect("achevement:rapport", reference)
    return page(request, "communiquer", consultation, form=form, rapport=trouve)
