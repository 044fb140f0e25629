"""La page d'un contrat, ses pièces, ses actes."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from beffroi.contrat.marches import ecrans, queries
from beffroi.contrat.marches.gestes_de_l_ecran import GESTES
from beffroi.personnes.comptes.decorateurs import (
    connexion_requise,
    jamais_gardee,
    reauthentification_recente,
)
from beffroi.socle.fondations.erreurs import ConflitEtat, Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, saisie_et_fichiers
from beffroi.socle.guichet.envois import EnvoiBorne, envoi_borne
from beffroi.socle.guichet.gestes import conduire
from beffroi.socle.guichet.lecture import lecture
from beffroi.socle.guichet.telechargements import servir
from formats.dates import PARIS


@connexion_requise
@require_safe
@jamais_gardee
@lecture()
def contrat(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    marche, habilitation = queries.marche_pour(request.user, reference, le)
    contexte = {**ecrans.fiche(marche, le=le), "peut_tenir": queries.peut_tenir(habilitation)}
    return render(request, "marches/contrat.html", contexte)


@connexion_requise
@require_safe
@jamais_gardee
def piece(request: HttpRequest, reference: str, piece: str) -> HttpResponseBase:
    marche, _ = queries.marche_pour(request.user, reference, maintenant())
    trouvee = queries.piece_pour(marche, piece)
    etiquette = f'"{trouvee.sha256}"'
    return servir(
        request,
        cle=trouvee.cle_de_stockage,
        nom=trouvee.nom,
        taille=trouvee.taille,
        etiquette=etiquette,
    )


@envoi_borne(EnvoiBorne)
@reauthentification_recente
@formulaire
def agir(request: HttpRequest, reference: str, acte: str) -> HttpResponse:
    """Un acte, son formulaire, son service."""
    le = maintenant()
    marche = queries.marche_a_tenir(request.user, reference, le)
    geste = GESTES.get(acte)
    if geste is None:
        raise Introuvable()
    if marche.etat not in geste.dans or not geste.si(marche):
        raise ConflitEtat(
            "Cet acte n'est plus possible. Ouvrez la page du contrat pour voir où il en est."
        )
    reste = (
        ecrans.ce_qui_reste(marche, jour=le.astimezone(PARIS).date())
        if acte == "modification"
        else []
    )
    form = geste.formulaire(marche, *saisie_et_fichiers(request))
    retour = reverse("marches:contrat", args=(reference,))
    return conduire(
        request, geste, marche, form, retour, "marches/acte.html", le=le, marche=marche, reste=reste
    )
