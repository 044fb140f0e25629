"""Qui appelle : le jeton personnel d'un logiciel, le jeton d'une réponse, ou la session d'un navigateur."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from beffroi.comptes.models import Utilisateur
from beffroi.comptes.queries import utilisateur_du_jeton
from beffroi.depots import queries
from beffroi.depots.acces import porteur_du_jeton
from beffroi.depots.models import BrouillonDeReponse, FichierScelle, Pli
from beffroi.socle.erreurs import Introuvable
from beffroi.socle.horloge import maintenant

BEARER = "bearer "


@dataclass(frozen=True)
class Appelant:
    """La personne, et la seule réponse que son jeton permet s'il n'en permet qu'une."""

    utilisateur: Utilisateur
    seulement: BrouillonDeReponse | None = None

    def reponse(self, reference: str) -> BrouillonDeReponse:
        if self.seulement is None:
            return queries.reponse_pour(self.utilisateur, reference)
        if self.seulement.reference != reference:
            raise Introuvable()
        return self.seulement

    def fichier(self, reference: str) -> FichierScelle:
        if self.seulement is None:
            return queries.fichier_pour(self.utilisateur, reference)
        # Le jeton a déjà prouvé que la personne peut voir cette réponse : dix mille envois ne le redemandent pas.
        return queries.fichiers_de(self.seulement, [reference])[reference]

    def pli(self, reference: str) -> Pli:
        pli = queries.pli_pour(self.utilisateur, reference)
        if self.seulement is not None and pli.brouillon_id != self.seulement.pk:
            raise Introuvable()
        return pli


def par_jeton(jeton: str) -> Appelant | None:
    """Le jeton d'une réponse, ou celui d'une personne."""
    porteur = porteur_du_jeton(jeton)
    if porteur:
        return Appelant(porteur.utilisateur, porteur.brouillon)
    utilisateur = utilisateur_du_jeton(jeton)
    return Appelant(utilisateur) if utilisateur else None


def par_session(request: HttpRequest) -> Appelant | None:
    """La session d'un navigateur, protégée contre les requêtes d'un autre site."""
    if not isinstance(request.user, Utilisateur) or not request.user.est_actif:
        return None
    if check_csrf(request):
        raise HttpError(403, "CSRF")
    return Appelant(request.user)


def appelant_de(request: HttpRequest) -> Appelant | None:
    """L'appelant d'une vue simple. Un jeton donné, même faux ou d'une autre sorte, exclut la session."""
    entete = request.headers.get("Authorization", "")
    if not entete:
        return par_session(request)
    return par_jeton(entete[len(BEARER) :].strip()) if entete[: len(BEARER)].lower() == BEARER else None


class Jeton(HttpBearer):
    """Jeton personnel, ou jeton d'une réponse."""

    def authenticate(self, request: HttpRequest, token: str) -> Appelant | None:
        return par_jeton(token)


class Session(AuthBase):
    """La session du navigateur."""

    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = "session"

    def __call__(self, request: HttpRequest) -> Appelant | None:
        return None if request.headers.get("Authorization") else par_session(request)


class HeureDArrivee(Jeton):
    """Lit le corps entier, puis l'heure, puis seulement le jeton : c'est l'heure qui fait foi pour un dépôt."""

    def __call__(self, request: HttpRequest) -> Any:
        noter_l_arrivee(request)
        return super().__call__(request)


def noter_l_arrivee(request: HttpRequest) -> None:
    """L'heure du serveur quand la demande est arrivée entière, avant tout verrou (`scellement`, dépôt)."""
    request.body  # noqa: B018  lire le corps, c'est attendre qu'il soit arrivé
    request.recu_le = maintenant()  # type: ignore[attr-defined]
