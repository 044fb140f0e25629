"""Le rapport de présentation : dire ses raisons, l'établir, le télécharger, noter à qui il part."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from beffroi.achevement import ecrans, queries, redaction, services
from beffroi.achevement.forms import CommunicationForm, RapportForm
from beffroi.achevement.views.commun import FORMULAIRE, dire, page, pour, saisie
from beffroi.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.guichet.telechargements import en_piece_jointe
from beffroi.socle.erreurs import Introuvable, RegleEnfreinte
from beffroi.socle.horloge import maintenant
from beffroi.socle.stockage import stockage
from formats.document import odt, pdf

RENDUS = {"odt": (odt, "application/vnd.oasis.opendocument.text"), "pdf": (pdf, "application/pdf")}


@jamais_gardee
@connexion_requise
@require_http_methods(FORMULAIRE)
def rapport(request: HttpRequest, reference: str) -> HttpResponse:
    acte = "etablir_le_rapport" if request.method == "POST" else "lire_l_achevement"
    consultation, le = pour(request, reference, acte), maintenant()
    form = RapportForm(saisie(request), initial=redaction.deja_dits(consultation, le=le))
    if form.is_bound and form.is_valid():
        etabli = services.etablir_le_rapport(
            consultation=consultation, complements=form.dits(), par=request.user, maintenant=le
        )
        messages.success(request, f"La version {etabli.version} du rapport est établie. Ses fichiers ne changent plus.")
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
    rendre, genre = RENDUS[extension]
    reponse = HttpResponse(rendre(ecrans.apercu(consultation, le=maintenant())), content_type=genre)
    nom = f"rapport-de-presentation-{reference}-apercu.{extension}"
    reponse["Content-Disposition"] = content_disposition_header(True, nom) or "attachment"
    return reponse


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
@require_http_methods(FORMULAIRE)
def communiquer(request: HttpRequest, reference: str, rapport: str) -> HttpResponse:
    consultation = pour(request, reference, "etablir_le_rapport")
    trouve = queries.rapport_pour(consultation, rapport)
    form = CommunicationForm(saisie(request))
    if form.is_bound and form.is_valid():
        try:
            services.noter_la_communication(
                rapport=trouve, envoi=form.envoi(), par=request.user, maintenant=maintenant()
            )
            messages.success(request, "L'envoi du rapport est noté.")
            return redirect("achevement:rapport", reference)
        except RegleEnfreinte as refus:
            dire(form, refus)
    return page(request, "communiquer", consultation, form=form, rapport=trouve)
