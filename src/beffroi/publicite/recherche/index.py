"""L'index inversé derrière une interface :
la même demande, les mêmes fiches, sur SQLite et sur PostgreSQL.

Jamais de parcours entier. Un compte s'arrête à mille.
Au-delà, la liste se lit dans l'ordre de la page, sans tout trier.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Protocol

from django.db import connection, transaction

from beffroi.publicite.recherche import schema
from beffroi.publicite.recherche.models import FicheIndexee
from beffroi.publicite.recherche.rules.jetons import Groupes, tranches_de_publication
from formats.dates import PARIS

PLAFOND = 1_000
PAR_LIMITE = "ORDER BY f.limite, f.id"
LIMITE, PUBLICATION, MODIFICATION = "limite", "publiee_le", "modifiee_le"


@dataclass(frozen=True)
class Demande:
    """Ce que l'index doit trouver, et dans quel ordre.

    `ouvertes` : au sens des dates, à l'instant `le`.
    """

    le: datetime
    groupes: Groupes = ()
    ouvertes: bool = True
    closes: bool = False
    limite_des: datetime | None = None
    limite_avant: datetime | None = None
    publiees_apres: datetime | None = None
    ordre: str = LIMITE


@dataclass(frozen=True)
class Trouvees:
    """Les rangs d'une page, et le compte, arrêté à `PLAFOND`."""

    rangs: Sequence[int]
    nombre: int
    plafonne: bool


class Moteur(Protocol):
    """Une base qui sait croiser des jetons."""

    def premieres(self, demande: Demande, *, combien: int) -> list[tuple[int, Any]]:
        """Au plus tant de rangs, avec la valeur qui les ordonne.

        S'il y en a trop : les heures limites les plus proches quand c'est l'ordre demandé,
        sinon les plus récemment publiées.
        """
        ...


def chercher(demande: Demande, *, nombre: int, apres: int = 0) -> Trouvees:
    """Une page de fiches, dans l'ordre demandé. Rien au-delà de `PLAFOND`."""
    rangees = moteur_de_la_base().premieres(demande, combien=PLAFOND + 1)
    nombre = max(0, min(nombre, PLAFOND - apres))
    ordonnees = sorted(
        rangees[:PLAFOND],
        key=lambda rangee: (rangee[1], rangee[0]),
        reverse=demande.ordre != LIMITE,
    )
    rangs = [rang for rang, _ in ordonnees[apres : apres + nombre]]
    return Trouvees(rangs, min(len(rangees), PLAFOND), plafonne=len(rangees) > PLAFOND)


def existe(demande: Demande) -> bool:
    """Au moins une fiche répond."""
    return bool(moteur_de_la_base().premieres(demande, combien=1))


def moteur_de_la_base() -> Moteur:
    return _Sqlite() if connection.vendor == "sqlite" else _Postgresql()


def _conditions(demande: Demande) -> tuple[list[str], list[Any]]:
    """Ce que la fiche vérifie, une fois que l'index l'a désignée."""
    # Les mots exacts de la condition de l'index partiel : sans eux, SQLite ne le reconnaît pas.
    en_cours = "f.en_cours = 1" if connection.vendor == "sqlite" else "f.en_cours"
    bornes = [
        *([(f"{en_cours} AND f.limite >= %s", demande.le)] if demande.ouvertes else []),
        *([("f.limite < %s AND f.sans_suite_le IS NULL", demande.le)] if demande.closes else []),
        *([("f.limite >= %s", demande.limite_des)] if demande.limite_des else []),
        *([("f.limite < %s", demande.limite_avant)] if demande.limite_avant else []),
        *([("f.publiee_le > %s", demande.publiees_apres)] if demande.publiees_apres else []),
    ]
    return [texte for texte, _ in bornes], [_instant(valeur) for _, valeur in bornes]


def convient(demande: Demande, fiche: FicheIndexee) -> bool:
    """Les mêmes conditions, sur une fiche déjà lue."""
    return (
        (not demande.ouvertes or (fiche.en_cours and fiche.limite >= demande.le))
        and (not demande.closes or (fiche.limite < demande.le and fiche.sans_suite_le is None))
        and (demande.limite_des is None or fiche.limite >= demande.limite_des)
        and (demande.limite_avant is None or fiche.limite < demande.limite_avant)
        and (demande.publiees_apres is None or fiche.publiee_le > demande.publiees_apres)
    )


def _par_limite(demande: Demande) -> bool:
    """Ce qui est ouvert est assez peu pour se ranger entier ; le compte se fait du même coup."""
    return demande.ouvertes and demande.ordre == LIMITE


def _du_plus_recent(demande: Demande, rang: str) -> str:
    """Des dates seules se lisent par l'index des heures limites ;
    tout le reste, par le rang, donc par publication.
    """
    des_dates_seules = (
        not demande.groupes
        and not demande.ouvertes
        and (demande.limite_des or demande.limite_avant)
    )
    return "ORDER BY f.limite DESC" if des_dates_seules else f"ORDER BY {rang} DESC"


def _instant(valeur: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(valeur)


def _lire(requete: str, valeurs: Sequence[Any]) -> list[Any]:
    with connection.cursor() as curseur:
        curseur.execute(requete, valeurs)
        return list(curseur.fetchall())


class _Sqlite:
    """FTS5 rend ses fiches par rang décroissant, donc par publication, sans trier ni tout lire."""

    def premieres(self, demande: Demande, *, combien: int) -> list[tuple[int, Any]]:
        source, conditions, valeurs = self._source(demande)
        rang = "j.rowid" if demande.groupes else "f.id"
        if demande.publiees_apres:
            # Le rang suit la publication : la borne évite de relire des années de fiches.
            premiere = f"(SELECT coalesce(min(id), 0) FROM {schema.TABLE} WHERE publiee_le > %s)"
            conditions, valeurs = (
                [*conditions, f"{rang} >= {premiere}"],
                [*valeurs, _instant(demande.publiees_apres)],
            )
        ordre = PAR_LIMITE if _par_limite(demande) else _du_plus_recent(demande, rang)
        return _lire(
            (
                f"SELECT f.id, f.{demande.ordre} FROM {source}{_ou(conditions)} "
                f"{ordre} LIMIT {combien}"
            ),
            valeurs,
        )

    def _source(self, demande: Demande) -> tuple[str, list[str], list[Any]]:
        conditions, valeurs = _conditions(demande)
        if not demande.groupes:
            return f"{schema.TABLE} f", conditions, valeurs
        index = schema.EN_COURS if demande.ouvertes else schema.ENTIER
        croises = " AND ".join(
            f"({' OR '.join(f'"{jeton}"' for jeton in groupe)})" for groupe in demande.groupes
        )
        # CROSS JOIN fixe l'ordre : l'index désigne, la fiche vérifie.
        source = f"{index} j CROSS JOIN {schema.TABLE} f ON f.id = j.rowid"
        return source, [f"{index} MATCH %s", *conditions], [croises, *valeurs]


_PARCOURS = ("enable_seqscan", "enable_indexscan", "enable_indexonlyscan")


class _Postgresql:
    """Un index GIN rend tout ce qu'il trouve, sans ordre :
    un terme fréquent se lit donc par tranches de publication.
    """

    def premieres(self, demande: Demande, *, combien: int) -> list[tuple[int, Any]]:
        if not demande.groupes and not demande.ouvertes:
            return self._lire(demande, f"{_du_plus_recent(demande, 'f.id')} LIMIT {combien}")
        bornes = None if demande.ouvertes else self._bornes(demande)
        with _sans_parcours(demande):
            if _par_limite(demande):
                return self._lire(demande, f"{PAR_LIMITE} LIMIT {combien}")
            premieres = self._lire(demande, f"LIMIT {combien}")
            if len(premieres) < combien or combien == 1:
                return premieres
            if bornes is None:
                return self._lire(demande, f"ORDER BY f.id DESC LIMIT {combien}")
            return self._les_plus_recentes(demande, bornes, combien=combien)

    def _les_plus_recentes(
        self, demande: Demande, bornes: tuple[date, date], *, combien: int
    ) -> list[tuple[int, Any]]:
        recentes: list[tuple[int, Any]] = []
        for tranche in tranches_de_publication(*bornes):
            bornee = replace(demande, groupes=(*demande.groupes, tranche))
            recentes += self._lire(bornee, f"ORDER BY f.id DESC LIMIT {combien}")
            if len(recentes) >= combien:
                break
        return recentes[:combien]

    def _bornes(self, demande: Demande) -> tuple[date, date]:
        """Les premiers et derniers jours où chercher :
        rien n'est publié après sa propre heure limite.

        Lu avant d'interdire les parcours :
        le premier et le dernier d'un index se lisent par ses bouts.
        """
        ((premiere, derniere),) = _lire(
            f"SELECT min(publiee_le), max(publiee_le) FROM {schema.TABLE}", []
        )
        premiere, derniere = premiere or demande.le, derniere or demande.le
        fin = min(derniere, demande.limite_avant or derniere)
        return premiere.astimezone(PARIS).date(), fin.astimezone(PARIS).date()

    def _lire(self, demande: Demande, suite: str) -> list[tuple[int, Any]]:
        conditions, valeurs = _conditions(demande)
        if demande.groupes:
            croises = " & ".join(
                f"({' | '.join(f"'{jeton}'" for jeton in groupe)})" for groupe in demande.groupes
            )
            conditions, valeurs = ["f.vecteur @@ %s::tsquery", *conditions], [croises, *valeurs]
        return _lire(
            f"SELECT f.id, f.{demande.ordre} FROM {schema.TABLE} f{_ou(conditions)} {suite}",
            valeurs,
        )


@contextmanager
def _sans_parcours(demande: Demande) -> Iterator[None]:
    """Deux mots fréquents ne se rencontrent peut-être jamais :
    le planificateur, lui, parierait sur la table entière.
    """
    interdits = _PARCOURS if demande.groupes else _PARCOURS[:1]
    dans_un_acte = connection.in_atomic_block
    with transaction.atomic():
        _ordonner("; ".join(f"SET LOCAL {parcours} = off" for parcours in interdits))
        yield
        if dans_un_acte:
            _ordonner("; ".join(f"SET LOCAL {parcours} TO DEFAULT" for parcours in interdits))


def _ordonner(ordres: str) -> None:
    with connection.cursor() as curseur:
        curseur.execute(ordres)


def _ou(conditions: Sequence[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""
