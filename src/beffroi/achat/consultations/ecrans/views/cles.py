"""La cérémonie des clés : le navigateur les crée, le serveur n'en reçoit que les parts scellées."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from beffroi.achat.consultations import queries, services
from beffroi.achat.consultations.ceremonie import (
    donnees_de_la_ceremonie,
    membres_de_la_ceremonie,
    paire_recue,
)
from beffroi.achat.consultations.ecrans.views.brouillon import page
from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.cles import queries as cles
from beffroi.personnes.cles import rules as regles_des_cles
from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.lecture import en_une_lecture
from beffroi.socle.guichet.scripts import champ, en_json, lire_json


@connexion_requise
@require_http_methods(["GET", "POST"])
@en_une_lecture
def ceremonie(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = queries.consultation_pour(
        request.user, reference, "creer_les_cles", maintenant()
    )
    if request.method == "POST":
        return _enregistrer(request, consultation)
    return page(
        request, "cles", consultation, "cles", **_avant_la_ceremonie(consultation, request.user)
    )


def _avant_la_ceremonie(consultation: Consultation, personne: Utilisateur) -> dict[str, Any]:
    """Qui portera les clés, ce qui manque encore,
    et ce que le navigateur doit savoir si rien ne manque.
    """
    membres = membres_de_la_ceremonie(consultation)
    gardiens = cles.gardiens_prets()
    sans_cle = [membre for membre in membres if not membre["prete"]]
    suffisants = regles_des_cles.membres_suffisants(
        politique=consultation.politique_de_cles, nombre=len(membres)
    )
    signataire = next((m["identite"] for m in membres if m["personne"] == personne), None)
    pretes = (
        suffisants.favorable
        and not sans_cle
        and len(gardiens) >= regles_des_cles.NOMBRE_DE_GARDIENS
    )
    possible = pretes and signataire is not None
    return {
        "membres": membres,
        "gardiens": gardiens,
        "manques": suffisants.motifs,
        "sans_cle": sans_cle,
        "possible": possible,
        "a_signer_par": [m["personne"] for m in membres] if pretes and signataire is None else [],
        "posees": consultation.cle_offre is not None,
        "donnees": donnees_de_la_ceremonie(consultation, membres, gardiens, signataire=signataire)
        if possible
        else None,
    }


@en_json
def _enregistrer(request: HttpRequest, consultation: Consultation) -> JsonResponse:
    envoi = lire_json(request)
    services.creer_les_cles(
        consultation=consultation,
        candidature=paire_recue(
            consultation, champ(envoi, "candidature", dict), cles.ma_cle(request.user)
        ),
        offre=paire_recue(consultation, champ(envoi, "offre", dict), cles.ma_cle(request.user)),
        par=request.user.acteur,
        maintenant=maintenant(),
    )
    return JsonResponse(
        {"suite": reverse("consultations:cles", args=(consultation.reference,))}, status=201
    )
