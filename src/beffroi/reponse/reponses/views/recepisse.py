"""Le récépissé d'un dépôt : la page, ses copies, et le retrait."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.reponse.depots import recepisse as fabrique
from beffroi.reponse.depots import rules, services
from beffroi.reponse.depots.ce_qui_reste import bilan_du_retrait
from beffroi.reponse.depots.contestations import contestation_en_cours
from beffroi.reponse.depots.queries import pli_pour, recepisse_pour
from beffroi.reponse.reponses.page_du_recepisse import page_du_recepisse
from beffroi.reponse.traces.models import Nature
from beffroi.reponse.traces.noter import Quoi, noter
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire
from beffroi.socle.guichet.telechargements import rendre_un_fichier


@connexion_requise
@require_safe
@never_cache
def recepisse(request: HttpRequest, reference: str) -> HttpResponse:
    pli, le = recepisse_pour(request.user, reference), maintenant()
    rendue = render(request, "reponses/recepisse.html", page_du_recepisse(pli, request.user, le=le))
    noter(request, pli.brouillon.reference, Quoi(Nature.RECEPISSE, texte=pli.reference), le=le)
    return rendue


@connexion_requise
@require_safe
@jamais_gardee
def recepisse_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    pli = recepisse_pour(request.user, reference)
    return rendre_un_fichier(fabrique.pdf(pli), f"{pli.reference}.pdf")


@connexion_requise
@require_safe
@jamais_gardee
def recu_zip(request: HttpRequest, reference: str) -> HttpResponse:
    pli = recepisse_pour(request.user, reference)
    return rendre_un_fichier(fabrique.archive_du_recu(pli), f"{pli.reference}-recu.zip")


@connexion_requise
@require_safe
@jamais_gardee
def depot_json(request: HttpRequest, reference: str) -> HttpResponse:
    """Les octets mêmes que le journal horodate : rien n'est remis en forme."""
    pli = recepisse_pour(request.user, reference)
    return rendre_un_fichier(pli.accuse.contenu.encode(), f"{pli.reference}-depot.json")


@connexion_requise
@formulaire
@never_cache
def retirer(request: HttpRequest, reference: str) -> HttpResponse:
    """Un second écran répète ce qui va se passer avant que cela se passe."""
    pli, le = pli_pour(request.user, reference), maintenant()
    limite = pli.limite_actuelle
    if request.method == "POST":
        services.retirer_pli(pli=pli, par=request.user, maintenant=le)
        messages.success(
            request, "Votre réponse est retirée. Elle reste scellée : personne ne l'ouvrira."
        )
        return redirect("reponses:recepisse", reference)
    conteste = contestation_en_cours(pli) is not None
    decision = rules.peut_retirer(le=le, date_limite=limite, etat=pli.etat, conteste=conteste)
    contexte = {
        "pli": pli,
        "limite": limite,
        "maintenant": le,
        "refus": decision.motifs,
        **bilan_du_retrait(pli, request.user),
    }
    return render(request, "reponses/retirer.html", contexte)
