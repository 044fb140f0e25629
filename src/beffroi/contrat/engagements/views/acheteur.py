"""Chez l'acheteur : la page des titulaires d'un accord-cadre,
leurs actes, ses signatures, les notifications.
"""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from beffroi.contrat.engagements import documents, ecrans, queries
from beffroi.contrat.engagements.gestes import GESTES
from beffroi.contrat.engagements.models import Engagement
from beffroi.contrat.engagements.services import notification, signature
from beffroi.contrat.engagements.services.signature import ACHETEUR
from beffroi.contrat.marches.documents import RENDUS
from beffroi.contrat.marches.queries import marche_a_tenir
from beffroi.personnes.comptes.decorateurs import (
    connexion_requise,
    jamais_gardee,
    reauthentification_recente,
    reconnu_avant_de_saisir,
)
from beffroi.seance.signatures.page import cle_pretee, proposer
from beffroi.socle.fondations.erreurs import ConflitEtat, Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, saisie_et_fichiers
from beffroi.socle.guichet.envois import EnvoiBorne, envoi_borne
from beffroi.socle.guichet.gestes import conduire
from beffroi.socle.guichet.telechargements import rendre_un_fichier
from formats.signature import Cle

SIGNE = "L'acte est signé. Le contrat est conclu quand celui de chaque titulaire l'est."
PARTIES = (
    "Les notifications sont parties. Chaque titulaire est engagé le jour où il ouvre la sienne."
)


@connexion_requise
@require_safe
@jamais_gardee
def chacun(request: HttpRequest, reference: str) -> HttpResponse:
    marche, peut_tenir = queries.a_plusieurs(request.user, reference, maintenant())
    return render(
        request, "engagements/chacun.html", {**ecrans.chacun(marche), "peut_tenir": peut_tenir}
    )


@reauthentification_recente
@require_POST
def notifier(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    queries.a_plusieurs(request.user, reference, le)
    marche = marche_a_tenir(request.user, reference, le)
    notification.envoyer_les_notifications(marche=marche, par=request.user, maintenant=le)
    messages.success(request, PARTIES)
    return redirect("engagements:chacun", reference)


@connexion_requise
@require_safe
@jamais_gardee
def acte(request: HttpRequest, reference: str, engagement: str, format_: str) -> HttpResponse:
    """L'acte de ce titulaire, à lui faire signer."""
    trouve = queries.engagement_lu(request.user, reference, engagement, maintenant())
    if format_ not in RENDUS:
        raise Introuvable()
    fichier = documents.rendre(trouve, format_)
    return rendre_un_fichier(fichier.octets, fichier.nom)


@cle_pretee
@reconnu_avant_de_saisir
@formulaire
@jamais_gardee
def signer_ici(request: HttpRequest, reference: str, engagement: str) -> HttpResponse:
    le = maintenant()
    qui = queries.engagement_a_tenir(request.user, reference, engagement, le)
    document = signature.document_a_signer(qui, ACHETEUR)

    def faire(cle: Cle, lu: str) -> object:
        return signature.signer_ici(
            engagement=qui, partie=ACHETEUR, lu=lu, cle=cle, par=request.user.acteur, maintenant=le
        )

    return proposer(
        request,
        document.octets,
        faire,
        {**_a_signer(qui, reference), "document": document},
        gabarit="marches/signer_ici.html",
        jeton=bool(settings.PKCS11["module"]),
    )


def _a_signer(qui: Engagement, reference: str) -> dict[str, Any]:
    """Ce que la page dit de l'acte : son prix, l'exemplaire du titulaire, et où l'on revient."""
    retour = reverse("engagements:chacun", args=(reference,))
    piece = qui.exemplaire_du_titulaire
    return {
        "marche": qui.marche,
        "qui": qui,
        "montant": qui.montant,
        "partie": ACHETEUR,
        "fait": SIGNE,
        "lien": reverse("marches:piece", args=(reference, piece.reference)) if piece else "",
        "retour": retour,
        "apres": retour,
    }


@envoi_borne(EnvoiBorne)
@reauthentification_recente
@formulaire
def agir(request: HttpRequest, reference: str, engagement: str, geste: str) -> HttpResponse:
    """Un acte sur l'engagement d'un titulaire, son formulaire, son service."""
    le = maintenant()
    qui = queries.engagement_a_tenir(request.user, reference, engagement, le)
    choisi = GESTES.get(geste)
    if choisi is None:
        raise Introuvable()
    if not choisi.si(qui):
        raise ConflitEtat(
            "Cet acte n'est plus possible. Ouvrez la page des titulaires pour voir où il en est."
        )
    form = choisi.form(*saisie_et_fichiers(request))
    retour = reverse("engagements:chacun", args=(reference,))
    return conduire(
        request,
        choisi,
        qui,
        form,
        retour,
        "engagements/agir.html",
        le=le,
        marche=qui.marche,
        engagement=qui,
    )
