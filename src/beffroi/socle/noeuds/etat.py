"""Un nœud peut-il servir ? Ce qu'il lui faut, essayé à l'instant ; ce qui manque, nommé."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from beffroi.socle.fondations.stockage import StockageEnPanne, stockage
from beffroi.socle.noeuds import horloges, queries

# Trois rondes : l'une peut être longue.
OUVRIER_ABSENT_APRES = timedelta(seconds=60)


@dataclass(frozen=True)
class Etat:
    """Chaque partie, et si elle répond. L'ouvrier et l'horloge se disent, et n'empêchent pas de
    servir : sans l'un, un dépôt se fait quand même ; de l'autre, c'est peut-être la base qui se
    trompe, et un répartiteur fermerait la plateforme.
    """

    parties: dict[str, bool]
    ouvrier: bool
    horloge: bool

    @property
    def pret(self) -> bool:
        return all(self.parties.values())

    def dit(self) -> dict[str, object]:
        return {"pret": self.pret, **self.parties, "ouvrier": self.ouvrier, "horloge": self.horloge}


def etat_du_noeud(*, le: datetime) -> Etat:
    essais: dict[str, Callable[[], bool]] = {
        "base": _base,
        "migrations": _migrations,
        "cles": lambda: not any(queries.etrangeres()),
        "stockage": _stockage,
    }
    parties = {nom: _essaye(essai) for nom, essai in essais.items()}
    return Etat(parties, _essaye(lambda: _ouvrier(le)), _essaye(_horloge))


def _essaye(essai: Callable[[], bool]) -> bool:
    try:
        return essai()
    except (DatabaseError, StockageEnPanne):
        return False


def _base() -> bool:
    with connection.cursor() as curseur:
        curseur.execute("SELECT 1")
    return True


class _Migrations:
    """Une base à jour le reste, pour ce logiciel : on ne relit pas toutes les migrations."""

    a_jour = False

    def __call__(self) -> bool:
        if not self.a_jour:
            executeur = MigrationExecutor(connection)
            self.a_jour = not executeur.migration_plan(executeur.loader.graph.leaf_nodes())
        return self.a_jour


_migrations = _Migrations()


def _stockage() -> bool:
    stockage().repondre()
    return True


def _horloge() -> bool:
    ecart = horloges.ecart_d_ici()
    return ecart is None or not ecart.est_grand


def _ouvrier(le: datetime) -> bool:
    vu_le = queries.ouvrier_vu_le()
    return vu_le is not None and vu_le > le - OUVRIER_ABSENT_APRES
