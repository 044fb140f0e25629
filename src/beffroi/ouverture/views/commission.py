"""Constater la commission ; déposer et lire le procès-verbal signé."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from beffroi.comptes.decorateurs import connexion_requise
from beffroi.ouverture import commission as commissions
from beffroi.ouverture import ecrans, queries, services
from beffroi.ouverture.forms import CommissionForm, SignatureForm
from beffroi.ouverture.telechargement import en_piece_jointe
from beffroi.ouverture.views.garde import jamais_gardee
from beffroi.socle.erreurs import ConflitEtat, Introuvable
from beffroi.socle.horloge import maintenant
from beffroi.socle.stockage import stockage


@jamais_gardee
@connexion_requise
@require_http_methods(["GET", "HEAD", "POST"])
def commission(request: HttpRequest, reference: str) -> HttpResponse:
    """Qui siège : les services, ou une commission dont le quorum se constate."""
    le = maintenant()
    seance = queries.seance_pour(request.user, reference, "ouvrir", le=le)
    initiales = CommissionForm.valeurs(commissions.lire(seance))
    form = CommissionForm(request.POST if request.method == "POST" else None, initial=initiales)
    if form.is_valid():
        services.constater_la_commission(seance=seance, commission=form.commission(), par=request.user, maintenant=le)
        return redirect("ouverture:commission", reference)
    contexte = {
        "tableau": ecrans.Tableau(seance, request.user, le),
        "seance": seance,
        "consultation": seance.consultation,
        "form": form,
        "constat": commissions.constater(seance, le=le),
    }
    return render(request, "ouverture/seance/commission.html", contexte, status=422 if form.errors else 200)


@jamais_gardee
@connexion_requise
@require_http_methods(["GET", "HEAD", "POST"])
def signer(request: HttpRequest, reference: str) -> HttpResponse:
    """Déposer le procès-verbal signé, et dire qui l'a signé."""
    le = maintenant()
    seance = queries.seance_pour(request.user, reference, "signer_le_proces_verbal", le=le)
    if queries.proces_verbal_de(seance) is None:
        raise ConflitEtat("Le procès-verbal s'établit à la clôture de la séance.")
    envoi = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SignatureForm(*envoi, attendus=queries.signataires_attendus(seance))
    if form.is_valid():
        donnees = form.cleaned_data
        services.signer_le_proces_verbal(
            seance=seance,
            mode=donnees["mode"],
            signataires=donnees["signataires"],
            flux=donnees["fichier"],
            par=request.user,
            maintenant=le,
        )
        return redirect("ouverture:proces_verbal", reference)
    contexte = {"seance": seance, "consultation": seance.consultation, "form": form}
    return render(request, "ouverture/seance/signer.html", contexte, status=422 if form.errors else 200)


@jamais_gardee
@connexion_requise
@require_safe
def proces_verbal_signe(request: HttpRequest, reference: str, signe: str) -> HttpResponseBase:
    """Le document signé, tel qu'il a été déposé."""
    seance = queries.seance_pour(request.user, reference, "voir_la_seance", le=maintenant())
    scelle = queries.proces_verbal_de(seance)
    document = scelle.signes.filter(reference=signe).first() if scelle else None
    if document is None:
        raise Introuvable
    nom = f"proces-verbal-signe-{seance.reference}-{document.reference}.pdf"
    return en_piece_jointe(stockage().lire(document.cle_de_stockage), nom=nom, taille=document.taille)
