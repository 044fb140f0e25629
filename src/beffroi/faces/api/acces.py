"""Qui appelle : le jeton personnel d'un logiciel,
le jeton d'une réponse, ou la session d'un navigateur.
"""

import json
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from ninja.errors import HttpError
from ninja.security import HttpBearer
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from beffroi.faces.api.schemas import Pagination
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.portees import DE_DEPOT, Portee
from beffroi.personnes.comptes.queries import jeton_en_cours
from beffroi.personnes.comptes.services import noter_usage_du_jeton
from beffroi.personnes.organismes.inactivite import est_oubliee
from beffroi.reponse.depots import queries
from beffroi.reponse.depots.acces import porteur_du_jeton
from beffroi.reponse.depots.models import BrouillonDeReponse, FichierScelle, Pli
from beffroi.socle.fondations.erreurs import Introuvable, RoleManquant
from beffroi.socle.fondations.horloge import maintenant

Ligne = TypeVar("Ligne", bound=Model)
BEARER = "bearer "
TOUTES = frozenset(Portee)


class PorteeManquante(RoleManquant):
    """Le jeton vaut, mais il n'a pas été créé pour cela."""

    titre = "Ce jeton ne permet pas cela"

    def __init__(self, *portees: Portee) -> None:
        noms = " ou ".join(f"« {portee.value} »" for portee in portees)
        super().__init__(
            f"Ce jeton n'a pas la portée {noms}. Créez-en un qui l'a, à la page « Mon compte »."
        )


class JetonDUneReponse(RoleManquant):
    """Le jeton d'une réponse n'ouvre qu'elle."""

    titre = "Ce jeton ne permet pas cela"

    def __init__(self) -> None:
        super().__init__(
            "Ce jeton ne vaut que pour sa réponse. Servez-vous de votre jeton personnel."
        )


@dataclass(frozen=True)
class Appelant:
    """La personne, ce que son jeton permet, et sa seule réponse s'il n'en permet qu'une.

    Une séance permet tout.
    """

    utilisateur: Utilisateur
    seulement: BrouillonDeReponse | None = None
    portees: frozenset[str] = TOUTES
    # Les réponses qu'il a eu le droit d'ouvrir pendant cet appel :
    # un refus se note sur la dernière.
    ouvertes: list[str] = field(default_factory=list, compare=False)

    def exiger(self, *portees: Portee) -> None:
        """Une de ces portées au moins."""
        if not self.portees & set(portees):
            raise PorteeManquante(*portees)

    def personne(self) -> Utilisateur:
        """Qui agit en son nom propre, pas pour une réponse seulement."""
        if self.seulement is not None:
            raise JetonDUneReponse()
        return self.utilisateur

    def reponse(self, reference: str) -> BrouillonDeReponse:
        if self.seulement is None:
            trouvee = queries.reponse_pour(self.utilisateur, reference)
            self.ouvertes.append(reference)
            return trouvee
        if self.seulement.reference != reference:
            raise Introuvable()
        return self.seulement

    def fichier(self, reference: str) -> FichierScelle:
        if self.seulement is None:
            trouve = queries.fichier_pour(self.utilisateur, reference)
            self.ouvertes.append(trouve.brouillon.reference)
            return trouve
        # Le jeton a déjà prouvé que la personne peut voir cette réponse :
        # dix mille envois ne le redemandent pas.
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
        return Appelant(porteur.utilisateur, porteur.brouillon, frozenset(DE_DEPOT))
    le = maintenant()
    personnel = jeton_en_cours(jeton, le=le)
    if personnel is None:
        return None
    noter_usage_du_jeton(jeton=personnel, maintenant=le)
    return Appelant(personnel.utilisateur, portees=frozenset(personnel.portees))


def par_session(request: HttpRequest) -> Appelant | None:
    """La session d'un navigateur, protégée contre les requêtes d'un autre site."""
    if not isinstance(request.user, Utilisateur) or not request.user.est_actif:
        return None
    if check_csrf(request):
        raise HttpError(403, "CSRF")
    return Appelant(request.user)


def appelant_de(request: HttpRequest) -> Appelant | None:
    """L'appelant d'une vue simple.

    Un jeton donné, même faux ou d'une autre sorte, exclut la session.
    """
    entete = request.headers.get("Authorization", "")
    if not entete:
        return par_session(request)
    return (
        par_jeton(entete[len(BEARER) :].strip())
        if entete[: len(BEARER)].lower() == BEARER
        else None
    )


class Jeton(HttpBearer):
    """Jeton personnel qui a l'une de ces portées, ou jeton d'une réponse."""

    def __init__(self, *portees: Portee) -> None:
        super().__init__()
        self.portees = portees

    def authenticate(self, request: HttpRequest, token: str) -> Appelant | None:
        appelant = par_jeton(token)
        if appelant is not None:
            request.auth = appelant  # type: ignore[attr-defined]  # même refusé ici, on sait qui
            appelant.exiger(*self.portees)
        return appelant


class Session(AuthBase):
    """La session du navigateur."""

    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = "session"

    def __call__(self, request: HttpRequest) -> Appelant | None:
        return None if request.headers.get("Authorization") else par_session(request)


class SessionDAgent(Session):
    """Celle d'un poste que l'agent a quitté ne vaut pas plus ici que sur une page (ASVS 7.3.1)."""

    def __call__(self, request: HttpRequest) -> Appelant | None:
        return None if est_oubliee(request) else super().__call__(request)


# Retrouver ses réponses et ses récépissés.
EN_LECTURE = [Jeton(*DE_DEPOT), Session()]


class HeureDArrivee(Jeton):
    """Lit le corps entier, puis l'heure, puis seulement le jeton :
    c'est l'heure qui fait foi pour un dépôt.
    """

    def __call__(self, request: HttpRequest) -> Any:
        noter_l_arrivee(request)
        return super().__call__(request)


def noter_l_arrivee(request: HttpRequest) -> None:
    """L'heure du serveur quand la demande est arrivée entière,
    avant tout verrou (`scellement`, dépôt).
    """
    request.body  # noqa: B018  lire le corps, c'est attendre qu'il soit arrivé
    request.recu_le = maintenant()  # type: ignore[attr-defined]


def appelant(request: HttpRequest) -> Appelant:
    """Qui appelle, une fois identifié."""
    trouve: Appelant = request.auth  # type: ignore[attr-defined]
    return trouve


def tranche(lignes: QuerySet[Ligne], demande: Pagination) -> tuple[list[Ligne], int | None]:
    """Une page, dans l'ordre d'arrivée, et le rang d'où reprendre ; rien quand tout est lu.

    Un rang parmi les siennes : celui de la table compterait aussi celles des autres (ADR 0009).
    """
    fin = demande.apres + demande.limite
    page = list(lignes.order_by("pk")[demande.apres : fin])
    return page, fin if len(page) == demande.limite else None


def decrire_le_recu(pli: Pli) -> dict[str, Any]:
    return {
        "recepisse": pli.reference,
        "recu_le": pli.recu_le,
        "date_limite": pli.date_limite,
        "hors_delai": pli.hors_delai,
        "remplace": pli.remplace.reference if pli.remplace else None,
        "ecriture": pli.ecriture,
        "depot": json.loads(pli.accuse.contenu),
        "recu": reverse("api-1:telecharger_le_recu", args=[pli.reference]),
    }
