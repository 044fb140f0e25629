"""Le dossier d'une convention par son lien, sans compte ;
l'examen de ce qui revient, au centre de gestion.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from beffroi.centre.apports import queries, services
from beffroi.centre.apports.forms import FORMULAIRES, RefaireForm, RetenirForm
from beffroi.centre.apports.liens import convention_du_lien
from beffroi.centre.apports.models import Apport
from beffroi.centre.conventions.models import Convention
from beffroi.personnes.comptes.decorateurs import (
    connexion_requise,
    jamais_gardee,
    reauthentification_recente,
)
from beffroi.socle.fondations.erreurs import ConflitEtat
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, refus_dans, saisie_et_fichiers
from beffroi.socle.guichet.envois import EnvoiBorne, envoi_borne
from beffroi.socle.guichet.telechargements import servir


@envoi_borne(EnvoiBorne)
@csrf_exempt  # rien n'y dépend d'un cookie : le lien signé fait foi
@login_not_required
@jamais_gardee
@formulaire
def dossier(request: HttpRequest, jeton: str) -> HttpResponse:
    """Où en est la convention, ses documents, et ce qu'elle attend.

    Ouvrir le lien n'envoie rien.
    """
    convention = convention_du_lien(jeton)
    sorte = queries.sorte_attendue(convention)
    if request.method == "POST" and request.POST.get("sorte") != sorte:
        raise ConflitEtat(
            "La convention a avancé pendant que cette page était ouverte. Rechargez-la, "
            "puis renvoyez."
        )
    envoi = saisie_et_fichiers(request)
    form = FORMULAIRES[sorte](*envoi) if sorte else None
    if form is not None and form.is_valid():
        with refus_dans(form):
            services.apporter(
                convention=convention, sorte=sorte, saisie=form.saisie(), maintenant=maintenant()
            )
            return redirect("apports:dossier", jeton)
    contexte = {"form": form, "jeton": jeton, **_lu(convention)}
    return render(
        request,
        "apports/dossier.html",
        contexte,
        status=422 if form is not None and form.errors else 200,
    )


def _lu(convention: Convention) -> dict[str, object]:
    return {
        "convention": convention,
        "sorte": queries.sorte_attendue(convention),
        "pieces": queries.pieces_donnees(convention),
        "apports": queries.apports_de(convention),
    }


@login_not_required
@jamais_gardee
@require_safe
def piece(request: HttpRequest, jeton: str, piece: str) -> HttpResponseBase:
    trouvee = queries.piece_donnee(convention_du_lien(jeton), piece)
    return servir(
        request,
        cle=trouvee.cle_de_stockage,
        nom=trouvee.nom,
        taille=trouvee.taille,
        etiquette=f'"{trouvee.sha256}"',
    )


@connexion_requise
@require_safe
@jamais_gardee
def examiner(request: HttpRequest, reference: str) -> HttpResponse:
    apport = queries.a_examiner(request.user, reference, maintenant())
    return _montrer(request, apport, RetenirForm(), RefaireForm())


def _montrer(
    request: HttpRequest, apport: Apport, retenir: RetenirForm, refaire: RefaireForm
) -> HttpResponse:
    contexte = {
        "apport": apport,
        "convention": apport.convention,
        "retenir": retenir,
        "refaire": refaire,
    }
    statut = 422 if retenir.errors or refaire.errors else 200
    return render(request, "apports/examiner.html", contexte, status=statut)


@connexion_requise
@require_safe
@jamais_gardee
def fichier(request: HttpRequest, reference: str) -> HttpResponseBase:
    apport = queries.a_examiner(request.user, reference, maintenant())
    return servir(
        request,
        cle=apport.cle_de_stockage,
        nom=apport.nom,
        taille=apport.taille,
        etiquette=f'"{apport.sha256}"',
    )


@reauthentification_recente
@require_POST
def retenir(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    apport = queries.a_examiner(request.user, reference, le)
    form = RetenirForm(request.POST)
    form.fields["date_de_l_acte"].required = apport.sorte == Apport.Sorte.DELIBERATION
    if form.is_valid():
        examen = services.Examen(**form.cleaned_data)
        with refus_dans(form):
            services.retenir(apport=apport, examen=examen, par=request.user, maintenant=le)
            messages.success(request, "C'est retenu. La convention avance.")
            return redirect("conventions:convention", apport.convention.reference)
    return _montrer(request, apport, form, RefaireForm())


@reauthentification_recente
@require_POST
def refaire(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    apport = queries.a_examiner(request.user, reference, le)
    form = RefaireForm(request.POST)
    if not form.is_valid():
        return _montrer(request, apport, RetenirForm(), form)
    services.faire_refaire(
        apport=apport, motif=form.cleaned_data["motif"], par=request.user, maintenant=le
    )
    messages.success(request, "La collectivité est prévenue, avec votre motif.")
    return redirect("conventions:convention", apport.convention.reference)
