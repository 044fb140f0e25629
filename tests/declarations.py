"""Ce qu'un contexte déclare dans ses propres tests, et que des épreuves communes
rassemblent : personne n'y est nommé.

`tests/adresses.py`, `tests/ecrans.py`, `tests/canaris.py` : un module ;
`tests/roles.toml` : un fichier.
"""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from django.apps import AppConfig, apps


def modules(nom: str) -> dict[str, ModuleType]:
    """Le module `tests.<nom>` de chaque contexte qui en a un, dans l'ordre d'`INSTALLED_APPS`."""
    return {
        contexte.label: import_module(f"{contexte.name}.tests.{nom}")
        for contexte in contextes()
        if _a_un_module(contexte, nom)
    }


def fichiers(nom: str) -> list[Path]:
    """Le fichier `tests/<nom>` de chaque contexte qui en a un."""
    trouves = [Path(contexte.path) / "tests" / nom for contexte in contextes()]
    return [fichier for fichier in trouves if fichier.exists()]


def contextes() -> list[AppConfig]:
    return [contexte for contexte in apps.get_app_configs() if contexte.name.startswith("beffroi.")]


def _a_un_module(contexte: AppConfig, nom: str) -> bool:
    try:
        return find_spec(f"{contexte.name}.tests.{nom}") is not None
    except ModuleNotFoundError:
        return False
