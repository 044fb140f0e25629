"""Demander à adhérer, sans compte ;
lire sa convention et les assurances, pour les agents d'un adhérent.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from beffroi.centre.conventions import queries
from beffroi.centre.conventions.forms import AdhererForm
from beffroi.centre.conventions.ports import clause_de_sous_traitance
from beffroi.centre.conventions.rules.demande import CONFIRMATIONS, DEMANDES
from beffroi.centre.conventions.services import demandes
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.socle.budgets.inconnus import sur_le_budget
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, refus_dans, rendre, saisie
from beffroi.socle.guichet.telechargements import servir
from formats.dates import PARIS


@csrf_exempt  # rien n'y dépend d'un cookie
@login_not_required
@jamais_gardee
@formulaire
def adherer(request: HttpRequest) -> HttpResponse:
    form, le = AdhererForm(saisie(request)), maintenant()
    if form.is_valid():
        with refus_dans(form), sur_le_budget(request, DEMANDES, maintenant=le):
            demandes.demander(form.saisie(), maintenant=le)
            return redirect("conventions:demandee")
    return rendre(request, "conventions/adherer.html", {"form": form})


@login_not_required
@require_safe
def demandee(request: HttpRequest) -> HttpResponse:
    return render(request, "conventions/demandee.html")


@csrf_exempt
@login_not_required
@jamais_gardee
@formulaire
def confirmer(request: HttpRequest, jeton: str) -> HttpResponse:
    """Ouvrir le lien montre un bouton, et ne confirme rien."""
    demande = queries.demande_du_lien(jeton)
    refus = ""
    if request.method == "POST":
        le = maintenant()
        try:
            with sur_le_budget(request, CONFIRMATIONS, maintenant=le):
                demandes.confirmer(demande=demande, maintenant=le)
        except RegleEnfreinte as erreur:
            refus = erreur.message
        else:
            return redirect("conventions:confirmer", jeton)
    contexte = {"demande": demande, "refus": refus}
    return render(request, "conventions/confirmer.html", contexte, status=422 if refus else 200)


@connexion_requise
@require_safe
@jamais_gardee
def la_notre(request: HttpRequest, siret: str) -> HttpResponse:
    """Notre convention, ses pièces, et les assurances du centre de gestion."""
    le = maintenant()
    habilitation, convention = queries.notre_convention(request.user, siret, le)
    contexte = {
        "organisme": habilitation.organisme,
        "convention": convention,
        "clause": clause_de_sous_traitance(convention) if convention else None,
        "pieces": queries.pieces_montrees(convention) if convention else [],
        "attestations": queries.attestations(),
        "jour": le.astimezone(PARIS).date(),
    }
    return render(request, "conventions/la_notre.html", contexte)


@connexion_requise
@require_safe
@jamais_gardee
def notre_piece(request: HttpRequest, siret: str, piece: str) -> HttpResponseBase:
    trouvee = queries.notre_piece(request.user, siret, piece, maintenant())
    return servir(
        request,
        cle=trouvee.cle_de_stockage,
        nom=trouvee.nom,
        taille=trouvee.taille,
        etiquette=f'"{trouvee.sha256}"',
    )


@connexion_requise
@require_safe
def attestation(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Une attestation en vigueur : à tout agent d'un adhérent, et du centre de gestion."""
    trouvee = queries.attestation_pour(request.user, reference, maintenant())
    return servir(
        request,
        cle=trouvee.cle_de_stockage,
        nom=trouvee.nom,
        taille=trouvee.taille,
        etiquette=f'"{trouvee.sha256}"',
    )
