"""Chez un titulaire : son acte à signer, ici ou sur son poste, et ce qu'il devient.

Rien des autres titulaires.
"""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from beffroi.contrat.engagements import ecrans, queries
from beffroi.contrat.engagements.forms import SigneParLeTitulaireForm
from beffroi.contrat.engagements.services import signature
from beffroi.contrat.engagements.services.signature import TITULAIRE
from beffroi.personnes.comptes.decorateurs import (
    connexion_requise,
    jamais_gardee,
    reauthentification_recente,
    reconnu_avant_de_saisir,
)
from beffroi.seance.signatures.page import cle_pretee, proposer
from beffroi.socle.fondations.erreurs import ConflitEtat
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, rendre, saisie_et_fichiers
from beffroi.socle.guichet.envois import EnvoiBorne, envoi_borne
from beffroi.socle.guichet.telechargements import rendre_un_fichier, servir

MERCI = (
    "Vous avez signé. L'acheteur signe quand tous les titulaires ont signé, "
    "puis vous notifie votre acte."
)


@cle_pretee
@reconnu_avant_de_saisir
@formulaire
@jamais_gardee
def le_sien(request: HttpRequest, reference: str, engagement: str) -> HttpResponse:
    """À signer, puis où il en est ; avant qu'il puisse se signer, rien n'en dit l'existence."""
    le = maintenant()
    sien = queries.engagement_du_depot(request.user, reference, engagement, le=le)
    lien, depot = (
        reverse(f"engagements:{nom}", args=(reference, engagement))
        for nom in ("document", "deposer")
    )
    if sien.titulaire_le is not None:
        return render(request, "engagements/le_sien.html", {**ecrans.le_sien(sien), "lien": lien})
    document = signature.document_a_signer(sien, TITULAIRE)
    contexte = {
        "marche": sien.marche,
        "qui": sien,
        "montant": sien.montant,
        "partie": TITULAIRE,
        "fait": MERCI,
        "document": document,
        "lien": lien,
        "depot": depot,
        "retour": reverse("reponses:recepisse", args=(reference,)),
    }
    faire = lambda cle, lu: signature.signer_ici(  # noqa: E731
        engagement=sien, partie=TITULAIRE, lu=lu, cle=cle, par=request.user.acteur, maintenant=le
    )
    return proposer(request, document.octets, faire, contexte, gabarit="marches/signer_ici.html")


@connexion_requise
@require_safe
@jamais_gardee
def document(request: HttpRequest, reference: str, engagement: str) -> HttpResponseBase:
    """L'acte à signer ; signé, son exemplaire ; notifié, celui que les deux parties ont signé."""
    sien = queries.engagement_du_depot(request.user, reference, engagement, le=maintenant())
    piece = ecrans.piece_lue(sien)
    if piece is not None:
        etiquette = f'"{piece.sha256}"'
        return servir(
            request,
            cle=piece.cle_de_stockage,
            nom=piece.nom,
            taille=piece.taille,
            etiquette=etiquette,
        )
    fichier = signature.document_a_signer(sien, TITULAIRE)
    return rendre_un_fichier(fichier.octets, fichier.nom)


@envoi_borne(EnvoiBorne)
@reauthentification_recente
@formulaire
@jamais_gardee
def deposer(request: HttpRequest, reference: str, engagement: str) -> HttpResponse:
    """L'acte signé sur son poste : celui qui était proposé, et une signature qui s'y lit."""
    le = maintenant()
    sien = queries.engagement_du_depot(request.user, reference, engagement, le=le)
    if sien.titulaire_le is not None:
        raise ConflitEtat("Votre acte est déjà signé. Ouvrez sa page pour voir où il en est.")
    form = SigneParLeTitulaireForm(*saisie_et_fichiers(request))
    faire = lambda: signature.deposer_le_sien(  # noqa: E731
        engagement=sien, signature=form.signature(), par=request.user.acteur, maintenant=le
    )
    if fait(request, form, faire, MERCI):
        return redirect("engagements:le_sien", reference, engagement)
    lien = reverse("engagements:document", args=(reference, engagement))
    contexte = {"form": form, "engagement": sien, "marche": sien.marche, "lien": lien}
    return rendre(request, "engagements/deposer.html", contexte)
