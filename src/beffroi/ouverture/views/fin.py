"""Relire, écrire le procès-verbal, clore."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from beffroi.comptes.decorateurs import connexion_requise
from beffroi.ouverture import commission as commissions
from beffroi.ouverture import ecrans, procesverbal, queries, services
from beffroi.ouverture.forms import ObservationForm
from beffroi.ouverture.telechargement import en_piece_jointe
from beffroi.ouverture.views.garde import jamais_gardee
from beffroi.socle.erreurs import ConflitEtat
from beffroi.socle.horloge import maintenant
from beffroi.socle.stockage import stockage


@jamais_gardee
@connexion_requise
@require_safe
def recapitulatif(request: HttpRequest, reference: str) -> HttpResponse:
    """Tout ce qui a été ouvert, et ce qui a été constaté."""
    le = maintenant()
    seance = queries.seance_pour(request.user, reference, "voir_la_seance", le=le)
    tableau = ecrans.Tableau(seance, request.user, le, etape_voulue=6)
    lignes = [(o, ecrans.nature(o), ecrans.signe_de(o)) for o in tableau.ouvertures]
    contexte = {"tableau": tableau, "seance": seance, "consultation": seance.consultation, "lignes": lignes}
    return render(request, "ouverture/seance/recapitulatif.html", contexte)


@jamais_gardee
@connexion_requise
@require_safe
def proces_verbal(request: HttpRequest, reference: str) -> HttpResponse:
    """L'aperçu du procès-verbal, avant de clore."""
    le = maintenant()
    seance = queries.seance_pour(request.user, reference, "voir_la_seance", le=le)
    tableau = ecrans.Tableau(seance, request.user, le, etape_voulue=7)
    contexte = {
        "tableau": tableau,
        "seance": seance,
        "consultation": seance.consultation,
        "pv": procesverbal.composer(seance, etabli_le=le),
        "constat": commissions.constater(seance, le=le),
        "sans_commission": commissions.SANS_COMMISSION,
        "scelle": queries.proces_verbal_de(seance),
        "signatures": ecrans.signatures(seance),
        "form": ObservationForm(),
    }
    return render(request, "ouverture/seance/proces_verbal.html", contexte)


@jamais_gardee
@connexion_requise
@require_safe
def proces_verbal_pdf(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Le procès-verbal scellé."""
    seance = queries.seance_pour(request.user, reference, "voir_la_seance", le=maintenant())
    pv = getattr(seance, "proces_verbal", None)
    if pv is None:
        raise ConflitEtat("Le procès-verbal s'établit à la clôture de la séance.")
    cle = pv.cle_de_stockage
    nom = f"proces-verbal-{seance.reference}.pdf"
    return en_piece_jointe(stockage().lire(cle), nom=nom, taille=stockage().taille(cle))


@jamais_gardee
@connexion_requise
@require_POST
def remarque(request: HttpRequest, reference: str) -> HttpResponse:
    """Ajouter une remarque au procès-verbal."""
    le = maintenant()
    seance = queries.seance_pour(request.user, reference, "ouvrir", le=le)
    services.noter_remarque(seance=seance, texte=request.POST.get("texte", "")[:2000], par=request.user, maintenant=le)
    return redirect("ouverture:proces_verbal", reference)


@jamais_gardee
@connexion_requise
@require_POST
def clore(request: HttpRequest, reference: str) -> HttpResponse:
    """Clore la séance."""
    le = maintenant()
    seance = queries.seance_pour(request.user, reference, "ouvrir", le=le)
    services.clore(seance=seance, par=request.user, maintenant=le)
    return redirect("ouverture:seance", reference)
