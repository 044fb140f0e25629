"""Un intervalle par demande, nommé d'après la route que le routage écrit."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from beffroi.socle.fondations import en_cours
from beffroi.socle.fondations.en_cours import Demande
from beffroi.socle.guichet.demandes import REPONDRE, statut_a_dire

PANNES = 500


class DemandesTracees:
    """Juste après celui qui nomme la demande. Sans collecteur, rien ne se charge."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.TRACES["adresse"]:
            raise MiddlewareNotUsed
        from opentelemetry.context import Context
        from opentelemetry.trace import SpanKind, Status, StatusCode

        from beffroi.integrations.traces import export

        self.suite, self.traceur = suite, export.traceur()
        # Une trace qu'un visiteur aurait commencée ne se suit pas : il en choisirait le nom.
        self.depart = {"context": Context(), "kind": SpanKind.SERVER}
        self.en_panne = Status(StatusCode.ERROR)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with self.traceur.start_as_current_span("demande", **self.depart) as intervalle:
            with requetes_comptees() as requetes:
                reponse = self.suite(request)
            demande = en_cours.en_cours()
            if isinstance(demande, Demande):
                intervalle.update_name(f"{demande.methode} {demande.route}")
                intervalle.set_attributes(dits(demande, reponse.status_code, sum(requetes)))
            if reponse.status_code >= PANNES:
                intervalle.set_status(self.en_panne)
        return reponse


def dits(demande: Demande, statut: int, requetes: int) -> dict[str, str | int]:
    """Ce que le journal des accès dit aussi ; le nombre de requêtes trahirait un dépôt."""
    attributs: dict[str, str | int] = {
        "http.request.method": demande.methode,
        "http.route": demande.route,
        "http.response.status_code": statut_a_dire(demande.route, statut),
        "demande": demande.identifiant,
    }
    if demande.route != REPONDRE:
        attributs["requetes_sql"] = requetes
    return attributs


@contextmanager
def requetes_comptees() -> Iterator[list[int]]:
    """Leur nombre, jamais leur texte ni leurs valeurs."""
    comptees: list[int] = []

    def compter(executer: Callable[..., Any], *requete: Any) -> Any:
        comptees.append(1)
        return executer(*requete)

    with connection.execute_wrapper(compter):
        yield comptees
