"""Le récépissé d'un dépôt : la page, ses copies, et le retrait."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from beffroi.comptes.decorateurs import connexion_requise
from beffroi.depots import recepisse as fabrique
from beffroi.depots import rules, services
from beffroi.depots.ce_qui_reste import bilan_du_retrait
from beffroi.depots.queries import pli_pour
from beffroi.reponses.page_du_recepisse import page_du_recepisse
from beffroi.socle.horloge import maintenant
from beffroi.tentatives.models import Nature
from beffroi.tentatives.noter import Quoi, noter

PRIVE = {"Cache-Control": "private, no-store"}


@connexion_requise
@require_safe
@never_cache
def recepisse(request: HttpRequest, reference: str) -> HttpResponse:
    pli, le = pli_pour(request.user, reference), maintenant()
    rendue = render(request, "reponses/recepisse.html", page_du_recepisse(pli, le=le))
    noter(request, pli.brouillon.reference, Quoi(Nature.RECEPISSE, texte=pli.reference), le=le)
    return rendue


@connexion_requise
@require_safe
def recepisse_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    pli = pli_pour(request.user, reference)
    entetes = {**PRIVE, "Content-Disposition": f'attachment; filename="{pli.reference}.pdf"'}
    return HttpResponse(fabrique.pdf(pli), content_type="application/pdf", headers=entetes)


@connexion_requise
@require_safe
def recu_zip(request: HttpRequest, reference: str) -> HttpResponse:
    pli = pli_pour(request.user, reference)
    entetes = {**PRIVE, "Content-Disposition": f'attachment; filename="{pli.reference}-recu.zip"'}
    return HttpResponse(fabrique.archive_du_recu(pli), content_type="application/zip", headers=entetes)


@connexion_requise
@require_safe
def depot_json(request: HttpRequest, reference: str) -> HttpResponse:
    """Les octets mêmes que le journal horodate : rien n'est remis en forme."""
    pli = pli_pour(request.user, reference)
    entetes = {**PRIVE, "Content-Disposition": f'attachment; filename="{pli.reference}-depot.json"'}
    return HttpResponse(pli.accuse.contenu.encode(), content_type="application/json", headers=entetes)


@connexion_requise
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def retirer(request: HttpRequest, reference: str) -> HttpResponse:
    """Un second écran répète ce qui va se passer avant que cela se passe."""
    pli, le = pli_pour(request.user, reference), maintenant()
    limite = pli.limite_actuelle
    if request.method == "POST":
        services.retirer_pli(pli=pli, par=request.user, maintenant=le)
        messages.success(request, "Votre réponse est retirée. Elle reste scellée : personne ne l'ouvrira.")
        return redirect("reponses:recepisse", reference)
    decision = rules.peut_retirer(le=le, date_limite=limite, etat=pli.etat)
    contexte = {"pli": pli, "limite": limite, "maintenant": le, "refus": decision.motifs, **bilan_du_retrait(pli)}
    return render(request, "reponses/retirer.html", contexte)
