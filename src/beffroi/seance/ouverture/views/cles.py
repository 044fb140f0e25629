"""Ce que les navigateurs de la séance se disent, par le serveur :
aucun secret n'y passe en clair.
"""

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.views.decorators.http import require_POST, require_safe

from beffroi.personnes.cles.scellement import lire_destinataire
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.seance.coffre.coffre import capacite_neuve
from beffroi.seance.ouverture import capacite, dialogue, ecrans, queries, services
from beffroi.seance.ouverture.models import Seance
from beffroi.seance.ouverture.tables import TableDeCles
from beffroi.socle.fondations.erreurs import ErreurMetier, RegleEnfreinte
from beffroi.socle.fondations.horloge import maintenant

ALEA = re.compile(r"[0-9a-f]{64}")


class Trouver[Table](Protocol):
    """La table de cette référence, pour qui a le rôle que l'acte demande."""

    def __call__(
        self, utilisateur: Utilisateur, reference: str, acte: str, /, *, le: datetime
    ) -> Table: ...


@dataclass(frozen=True)
class Ceremonie[Table: TableDeCles]:
    """Une sorte de table, et ceux de ses actes qui lui sont propres :
    la séance, ou sa répétition.
    """

    trouver: Trouver[Table]
    pour_regarder: str
    pour_presider: str
    etat: Callable[[Table, Utilisateur, datetime], dict[str, Any]]
    confirmer: Callable[..., Any]
    remettre: Callable[..., Any]
    tourner: Callable[..., Any]
    verifier: Callable[..., Table]

    def regarder(self, request: HttpRequest, reference: str, *, le: datetime) -> Table:
        return self.trouver(request.user, reference, self.pour_regarder, le=le)

    def presider(self, request: HttpRequest, reference: str, *, le: datetime) -> Table:
        return self.trouver(request.user, reference, self.pour_presider, le=le)


def etat_de_la_seance(seance: Seance, utilisateur: Utilisateur, le: datetime) -> dict[str, Any]:
    return dialogue.etat(dialogue.vue_de_la_seance(ecrans.Tableau(seance, utilisateur, le)))


SEANCE = Ceremonie(
    trouver=queries.seance_pour,
    pour_regarder="voir_la_seance",
    pour_presider="ouvrir",
    etat=etat_de_la_seance,
    confirmer=services.confirmer_le_code,
    remettre=services.remettre_sa_part,
    tourner=services.tourner_les_cles,
    verifier=services.constater_la_perte_des_cles,
)


def reponses_json(vue: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Un refus du métier se rend en JSON : c'est un script qui le lit, et qui l'affiche."""

    @wraps(vue)
    def enveloppe(request: HttpRequest, reference: str, **options: Any) -> HttpResponse:
        try:
            return vue(request, reference, **options)
        except ErreurMetier as refus:
            motifs = [str(motif) for motif in refus.motifs]
            return JsonResponse({"message": refus.message, "motifs": motifs}, status=refus.statut)

    return enveloppe


def corps(request: HttpRequest) -> Mapping[str, Any]:
    try:
        lu = json.loads(request.body)
    except (ValueError, RawPostDataException):
        lu = None
    if not isinstance(lu, dict):
        raise RegleEnfreinte("Ce message est illisible. Rechargez la page.")
    return lu


def textes(lu: Mapping[str, Any], nom: str, forme: re.Pattern[str] = ALEA) -> dict[str, str]:
    """Un dictionnaire de textes de la forme attendue, et rien d'autre."""
    valeurs = lu.get(nom)
    if not isinstance(valeurs, dict) or not all(
        isinstance(v, str) and forme.fullmatch(v) for v in valeurs.values()
    ):
        raise RegleEnfreinte("Ce message est mal formé. Rechargez la page.")
    return {str(cle): valeur for cle, valeur in valeurs.items()}


def scelles(lu: Mapping[str, Any], nom: str) -> dict[str, bytes]:
    """Des octets scellés, en base 64."""
    valeurs = textes(lu, nom, re.compile(r"[A-Za-z0-9+/=]{1,11000}"))
    try:
        return {cle: base64.b64decode(valeur, validate=True) for cle, valeur in valeurs.items()}
    except binascii.Error as cause:
        raise RegleEnfreinte("Une clé est arrivée abîmée. Recommencez.") from cause


@jamais_gardee
@connexion_requise
@require_safe
@reponses_json
def etat(request: HttpRequest, reference: str, ceremonie: Ceremonie[Any] = SEANCE) -> HttpResponse:
    """Où en est la séance, pour cette personne."""
    le = maintenant()
    table = ceremonie.regarder(request, reference, le=le)
    return JsonResponse(ceremonie.etat(table, request.user, le))


@jamais_gardee
@connexion_requise
@require_POST
@reponses_json
def codes(request: HttpRequest, reference: str, ceremonie: Ceremonie[Any] = SEANCE) -> HttpResponse:
    """La présidence annonce sa clé éphémère et engage ses aléas, ou les révèle."""
    le = maintenant()
    table = ceremonie.presider(request, reference, le=le)
    lu = corps(request)
    if "aleas" in lu:
        services.reveler_les_aleas(seance=table, aleas=textes(lu, "aleas"), par=request.user)
    else:
        services.engager_les_codes(
            seance=ceremonie.verifier(seance=table, maintenant=le),
            cle_ephemere=lire_destinataire(str(lu.get("cle_ephemere"))).texte,
            engagements=textes(lu, "engagements"),
            par=request.user,
            maintenant=le,
        )
    return JsonResponse({})


@jamais_gardee
@connexion_requise
@require_POST
@reponses_json
def alea(request: HttpRequest, reference: str, ceremonie: Ceremonie[Any] = SEANCE) -> HttpResponse:
    """La personne donne son aléa."""
    table = ceremonie.regarder(request, reference, le=maintenant())
    donne = textes({"aleas": {"sien": corps(request).get("alea")}}, "aleas")["sien"]
    services.donner_son_alea(seance=table, alea=donne, par=request.user)
    return JsonResponse({})


@jamais_gardee
@connexion_requise
@require_POST
@reponses_json
def code(request: HttpRequest, reference: str, ceremonie: Ceremonie[Any] = SEANCE) -> HttpResponse:
    """La personne dit si le code est le même sur les deux écrans, ou demande à le refaire."""
    le = maintenant()
    table = ceremonie.regarder(request, reference, le=le)
    lu = corps(request)
    if lu.get("refaire") is True:
        services.refaire_le_code(seance=table, par=request.user, maintenant=le)
        return JsonResponse({})
    identique = lu.get("identique") is True
    ceremonie.confirmer(seance=table, par=request.user, identique=identique, maintenant=le)
    return JsonResponse({})


@jamais_gardee
@connexion_requise
@require_POST
@reponses_json
def part(request: HttpRequest, reference: str, ceremonie: Ceremonie[Any] = SEANCE) -> HttpResponse:
    """La personne tourne sa clé : ses parts, scellées pour la présidence."""
    le = maintenant()
    table = ceremonie.regarder(request, reference, le=le)
    parts = {
        sorte: base64.b64encode(octets).decode()
        for sorte, octets in scelles(corps(request), "parts").items()
    }
    ceremonie.remettre(seance=table, parts=parts, par=request.user, maintenant=le)
    return JsonResponse({})


@jamais_gardee
@connexion_requise
@require_POST
@reponses_json
def cles(request: HttpRequest, reference: str, ceremonie: Ceremonie[Any] = SEANCE) -> HttpResponse:
    """La présidence remet au coffre les clés reconstituées ; son seul navigateur s'en servira."""
    le, neuve = maintenant(), capacite_neuve()
    table = ceremonie.presider(request, reference, le=le)
    lu = corps(request)
    ceremonie.tourner(
        seance=table,
        graines=scelles(lu, "graines"),
        avec_sa_part=lu.get("avec_sa_part") is True,
        capacite=neuve,
        par=request.user,
        maintenant=le,
    )
    reponse = JsonResponse({})
    capacite.confier(reponse, neuve, table=reference)
    return reponse
