"""Répéter l'ouverture : commencer, s'asseoir, ouvrir l'enveloppe d'essai, tout effacer."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.decorateurs import (
    connexion_requise,
    jamais_gardee,
    reauthentification_recente,
)
from beffroi.seance.ouverture import appareil, capacite
from beffroi.seance.repetition import ecrans, queries, services
from beffroi.seance.repetition.models import Repetition
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire
from beffroi.socle.guichet.scripts import champ, en_json, lire_json, octets

ENGAGEMENT = re.compile(r"[0-9a-f]{64}")


@jamais_gardee
@connexion_requise
@formulaire
def accueil(request: HttpRequest, reference: str) -> HttpResponse:
    """Ce qu'est une répétition ; en commencer une."""
    le = maintenant()
    if request.method == "POST":
        return commencer(request, reference)
    consultation = queries.consultation_pour(request.user, reference, "voir_la_repetition", le=le)
    return render(
        request, "repetition/accueil.html", ecrans.accueil(consultation, request.user, le=le)
    )


@en_json
def commencer(request: HttpRequest, reference: str) -> JsonResponse:
    le = maintenant()
    consultation = queries.consultation_pour(request.user, reference, "repeter", le=le)
    marque = appareil.reconnaitre(request)
    repetition = services.commencer(
        consultation=consultation,
        essai=essai_recu(request, consultation),
        appareil=marque,
        par=request.user,
        maintenant=le,
    )
    reponse = JsonResponse(
        {"suite": reverse("repetition:repetition", args=(repetition.reference,))}, status=201
    )
    appareil.marquer(reponse, marque)
    return reponse


def essai_recu(request: HttpRequest, consultation: Consultation) -> services.Essai:
    envoi = lire_json(request)
    porteurs = {i.utilisateur.reference: i for i in queries.identites_qui_ouvrent(consultation)}
    recues = {
        champ(recue, "reference", str): octets(recue, "contenu")
        for recue in champ(envoi, "membres", list)
    }
    engagement = champ(envoi, "engagement", str)
    if not ENGAGEMENT.fullmatch(engagement) or not recues.keys() <= porteurs.keys():
        raise RegleEnfreinte("L'envoi est incomplet. Rechargez la page et recommencez.")
    return services.Essai(
        destinataire=champ(envoi, "destinataire", str),
        parts={porteurs[personne]: contenu for personne, contenu in recues.items()},
        enveloppe=octets(envoi, "enveloppe"),
        engagement=engagement,
    )


@jamais_gardee
@connexion_requise
@require_safe
def repetition(request: HttpRequest, reference: str) -> HttpResponse:
    """L'écran qui convient à la personne et au moment."""
    trouvee = queries.repetition_pour(
        request.user, reference, "voir_la_repetition", le=maintenant()
    )
    tableau = ecrans.Tableau(trouvee, request.user)
    contexte = {
        "tableau": tableau,
        "table": trouvee,
        "repetition": trouvee,
        "consultation": trouvee.consultation,
        "adresse": reverse("repetition:repetition", args=(reference,)),
        "parts": sorted(queries.parts_de(trouvee, request.user)),
    }
    return render(request, tableau.gabarit, contexte)


@jamais_gardee
@reauthentification_recente
@require_POST
def rejoindre(request: HttpRequest, reference: str) -> HttpResponse:
    """S'asseoir à la table, depuis cet appareil."""
    le = maintenant()
    trouvee = queries.repetition_pour(request.user, reference, "repeter", le=le)
    marque = appareil.reconnaitre(request)
    services.rejoindre(repetition=trouvee, utilisateur=request.user, appareil=marque, maintenant=le)
    reponse = redirect("repetition:repetition", reference)
    appareil.marquer(reponse, marque)
    return reponse


def geste(
    faire: Callable[[HttpRequest, Repetition, datetime], object],
) -> Callable[..., HttpResponse]:
    """Un acte d'une personne désignée, puis l'écran qui le suit."""

    @jamais_gardee
    @connexion_requise
    @require_POST
    @wraps(faire)
    def vue(request: HttpRequest, reference: str) -> HttpResponse:
        le = maintenant()
        faire(request, queries.repetition_pour(request.user, reference, "repeter", le=le), le)
        return redirect("repetition:repetition", reference)

    return vue


@geste
def enveloppe(request: HttpRequest, trouvee: Repetition, le: datetime) -> None:
    """Ouvrir l'enveloppe d'essai."""
    services.lire_l_enveloppe(
        repetition=trouvee,
        capacite=capacite.presentee(request, trouvee.reference),
        par=request.user,
        maintenant=le,
    )


@geste
def conclure(request: HttpRequest, trouvee: Repetition, le: datetime) -> None:
    """La phrase est la bonne, ou non : dans les deux cas, tout s'efface."""
    meme_phrase = request.POST.get("phrase") == "meme"
    services.conclure(repetition=trouvee, meme_phrase=meme_phrase, par=request.user, maintenant=le)


@geste
def abandonner(request: HttpRequest, trouvee: Repetition, le: datetime) -> None:
    """Renoncer : une répétition commencée ne bloque personne."""
    services.abandonner(repetition=trouvee, par=request.user.acteur, maintenant=le)
