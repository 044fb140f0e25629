"""Les appels qu'un outil tiers (Schemathesis) invente pour une opération de l'API.

À la collecte, une opération n'a qu'un nom : chaque processus lit les essais, même ceux qu'il ne
joue pas, et les inventer tous prend des secondes. Un essai invente les siens quand il se joue.
"""

from collections.abc import Callable, Iterator
from functools import cache

import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import settings
from schemathesis.checks import load_all_checks
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.generation.hypothesis import builder
from schemathesis.generation.hypothesis.reporting import ignore_hypothesis_output
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.python._constants.orchestrator import make_constants_value_source

from beffroi.faces.api.v1 import api

# Ce que l'outil n'a pas su inventer d'une opération, et laisserait sinon sans essai.
LACUNES = (
    builder.InvalidHeadersExampleMark,
    builder.InvalidRegexMark,
    builder.MissingPathParameters,
    builder.NonSerializableMark,
    builder.UnsatisfiableExampleMark,
    builder.UnserializablePayloadMark,
)


def operations() -> Iterator[tuple[str, list[str]]]:
    """« GET /api/v1/depots », et ses étiquettes."""
    for chemin, methodes in api.get_openapi_schema()["paths"].items():
        for methode, operation in methodes.items():
            yield f"{methode.upper()} {chemin}", operation["tags"]


@cache
def description():
    """Lue comme un logiciel la lit, une fois par processus, avec les constantes de l'application
    que l'outil y pioche.
    """
    load_all_checks()
    lue = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    make_constants_value_source(lue)
    return lue


def essayer(nom: str, appeler: Callable, essais: settings) -> None:
    """Fait chaque appel inventé pour l'opération : ceux qui couvrent sa description, puis d'autres
    au hasard.
    """
    inventes = inventer(nom, appeler, essais)
    lacunes = [lacune.get(inventes) for lacune in LACUNES if lacune.is_set(inventes)]

    assert lacunes == [], f"{nom} ne s'essaie pas tout entière"
    with ignore_hypothesis_output():
        inventes()


def inventer(nom: str, appeler: Callable, essais: settings) -> Callable:
    """D'une copie de la description : elle retient les méthodes déjà essayées à une adresse, et un
    essai en ferait moins après un autre.
    """
    decrite = description().clone()
    operation = decrite.find_operation_by_label(nom)
    assert operation is not None, f"{nom} n'est pas à la description servie"
    return build_operation_test(
        config=decrite.config,
        operation=operation,
        test_func=appeler,
        given_kwargs={},
        feedback=FeedbackSources(constants_value_source=make_constants_value_source(decrite)),
        explicit_settings=essais,
    )
