"""Dire une erreur à un logiciel :
`application/problem+json` (RFC 9457), une phrase française, et ce qu'il faut nommer.
"""

from collections.abc import Iterable
from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation

from beffroi.socle.fondations import en_cours
from beffroi.socle.fondations.erreurs import ErreurMetier

TYPE_DE_CONTENU = "application/problem+json"
NOMMES = ("partie", "fichier", "limite", "diagnostic", "champs")
TITRES = {
    400: ("Requête illisible", "La requête n'a pas la forme attendue."),
    401: (
        "Il faut s'identifier",
        "Donnez un jeton valable dans l'entête « Authorization: Bearer … ».",
    ),
    403: (
        "Action refusée",
        "Le formulaire est périmé ou vient d'un autre site. Rechargez la page.",
    ),
    404: ("Introuvable", "Cette ressource n'existe pas, ou n'existe plus."),
    405: ("Méthode refusée", "Cette adresse ne répond pas à cette méthode."),
    411: (
        "La longueur de l'envoi manque",
        "Donnez la longueur de l'envoi dans l'entête « Content-Length ».",
    ),
    413: ("Une limite est dépassée", "La requête est trop longue."),
    429: (
        "Trop de lectures d'affilée",
        "Attendez le temps que dit l'entête « Retry-After », puis reprenez.",
    ),
    500: (
        "Panne de notre côté",
        "La plateforme a rencontré une panne. Recommencez : rien de reçu n'est perdu.",
    ),
    503: (
        "La plateforme ne répond pas pour le moment",
        "Attendez le temps que dit l'entête « Retry-After », puis recommencez : rien n'est perdu.",
    ),
}


def probleme(statut: int, detail: str = "", titre: str = "", **extensions: Any) -> JsonResponse:
    """Un problème ; `detail` s'adresse à la personne, les extensions au logiciel. `instance` est
    l'identifiant de la demande (`X-Request-ID`) : le donner, c'est dire où chercher.
    """
    titre_general, detail_general = TITRES.get(
        statut, (HTTPStatus(statut).phrase, "La requête n'a pas abouti.")
    )
    corps = {
        "type": "about:blank",
        "title": titre or titre_general,
        "status": statut,
        "detail": detail or detail_general,
        "instance": en_cours.urn(),
        **extensions,
    }
    entetes = {"Cache-Control": "no-store"}
    if statut == HTTPStatus.UNAUTHORIZED:
        entetes["WWW-Authenticate"] = 'Bearer realm="beffroi"'
    return JsonResponse(
        corps,
        status=statut,
        content_type=TYPE_DE_CONTENU,
        headers=entetes,
        json_dumps_params={"ensure_ascii": False},
    )


def depuis_le_metier(erreur: ErreurMetier) -> JsonResponse:
    """Un refus du métier, avec ses motifs et ce qu'il nomme : partie, fichier, limite."""
    extensions: dict[str, Any] = {
        nom: erreur.contexte[nom] for nom in NOMMES if nom in erreur.contexte
    }
    if erreur.motifs:
        extensions["motifs"] = [
            {"texte": motif.texte, "source": str(motif.source) if motif.source else None}
            for motif in erreur.motifs
        ]
    reponse = probleme(erreur.statut, erreur.message, erreur.titre, **extensions)
    if erreur.statut == HTTPStatus.SERVICE_UNAVAILABLE:
        reponse["Retry-After"] = "5"
    return reponse


class Interface(NinjaAPI):
    """Une API dont la description dit vrai :
    ses erreurs y sont des problèmes, du type qu'elle sert.
    """

    def get_openapi_schema(self, **_: Any) -> Any:
        return self._decrite

    @cached_property
    def _decrite(self) -> Any:
        """Écrite une fois par processus : chaque lecture coûterait plus qu'une page entière."""
        description = super().get_openapi_schema()
        operations = [
            operation for chemin in description["paths"].values() for operation in chemin.values()
        ]
        self._dire_les_portees(operations)
        for operation in operations:
            if "requestBody" in operation:
                # Un corps qui n'est pas du JSON ne se lit pas du tout, avant toute vérification.
                illisible = {
                    "description": "Bad Request",
                    "content": dict(operation["responses"][422]["content"]),
                }
                operation["responses"][400] = illisible
            for statut, reponse in operation["responses"].items():
                if int(statut) >= HTTPStatus.BAD_REQUEST:
                    (schema,) = reponse["content"].values()
                    reponse["content"] = {TYPE_DE_CONTENU: schema}
        return description

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Le nom public d'une opération : il ne dit pas dans quel quartier son code est rangé."""
        return (
            super()
            .get_openapi_operation_id(operation)
            .replace("beffroi_faces_api_", "beffroi_api_")
        )

    def _dire_les_portees(self, operations: Iterable[dict[str, Any]]) -> None:
        """Ce que chaque jeton doit permettre :
        une exigence par portée qui suffit (OpenAPI 3.1, « Security Requirement »).
        """
        exigees = {
            self.get_openapi_operation_id(operation): operation.auth_callbacks
            for routes in self._get_bound_routers()
            for vue in routes.path_operations.values()
            for operation in vue.operations
        }
        for decrite in operations:
            decrite["security"] = [
                {type(garde).__name__: [portee.value for portee in suffisante]}
                for garde in exigees.get(decrite["operationId"], [])
                for suffisante in ([[p] for p in getattr(garde, "portees", ())] or [[]])
            ]
            if not decrite["security"]:
                del decrite["security"]


def brancher(api: NinjaAPI) -> None:
    """Donne à l'API nos réponses d'erreur, validation comprise."""

    @api.exception_handler(ErreurMetier)
    def metier(request: HttpRequest, erreur: ErreurMetier) -> HttpResponse:
        return depuis_le_metier(erreur)

    @api.exception_handler(ValidationError)
    def validation(request: HttpRequest, erreur: ValidationError) -> HttpResponse:
        champs = [champ_en_faute(faute) for faute in erreur.errors]
        return probleme(
            422, phrase_des_champs(champs), "La requête n'a pas la forme attendue", champs=champs
        )

    @api.exception_handler(HttpError)
    def http(request: HttpRequest, erreur: HttpError) -> HttpResponse:
        return probleme(erreur.status_code)


def champ_en_faute(faute: dict[str, Any]) -> dict[str, str]:
    lieu = [
        str(pas)
        for pas in faute.get("loc", ())
        if pas not in {"body", "corps", "path", "header", "query"}
    ]
    return {"champ": ".".join(lieu) or "corps de la requête", "faute": str(faute.get("type", ""))}


def phrase_des_champs(champs: Iterable[dict[str, str]]) -> str:
    noms = ", ".join(dict.fromkeys(champ["champ"] for champ in champs))
    return f"Corrigez ce qui manque ou n'a pas la forme attendue : {noms}."
