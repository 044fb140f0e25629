"""Les gardes de la base : les déclencheurs qui refusent de récrire ce qui prouve.

Une garde levée ne change rien par elle-même ; elle laisse changer, puis revient. La relecture
compare donc ce que la base a sous ses tables à la liste que les migrations posent (`gardes.json`),
une par moteur. Elle compare des mots, non un texte : chaque version d'un moteur range à sa façon
ses parenthèses et ses guillemets.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from django.apps import apps
from django.db import connection

from beffroi.socle.journal.hors_preuve import hors_preuve

LISTE = Path(__file__).parent / "gardes.json"
MOTS = re.compile(r"\w+|<>|[=<>]+")
TYPES = re.compile(
    r"::(character varying|timestamp with(out)? time zone|double precision|[a-z_]+)(\(\d+\))?"
)
SUR_SQLITE = "SELECT tbl_name, name, sql, 1 FROM sqlite_master WHERE type = 'trigger'"
SUR_POSTGRESQL = """
    SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid, true) || ' ' || p.prosrc,
           CASE WHEN t.tgenabled IN ('O', 'A') THEN 1 ELSE 0 END
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE NOT t.tgisinternal AND pg_table_is_visible(c.oid)
"""
# Sous « table, nom », l'empreinte de ce que la garde dit.
Gardes = Mapping[str, str]


@cache
def listees() -> Mapping[str, Gardes]:
    lues: dict[str, dict[str, str]] = json.loads(LISTE.read_text("utf-8"))
    return lues


def attendues() -> Gardes:
    """Celles que les migrations posent sur ce moteur."""
    return listees()[connection.vendor]


def posees() -> dict[str, str]:
    """Celles que la base a, en une lecture ; une garde éteinte n'en est pas une.

    Une table hors preuve n'en a pas : la recherche y tient ses index à jour, sur SQLite.
    """
    sans_garde = {apps.get_model(nom)._meta.db_table for nom in hors_preuve()}
    with connection.cursor() as curseur:
        curseur.execute(SUR_POSTGRESQL if connection.vendor == "postgresql" else SUR_SQLITE)
        return {
            f"{table}, {nom}": empreinte(texte) if active else ""
            for table, nom, texte, active in curseur.fetchall()
            if table not in sans_garde
        }


def empreinte(texte: str) -> str:
    """De ses mots seuls, sans ceux qui se sous-entendent."""
    mots = MOTS.findall(TYPES.sub("", texte.lower()).replace("for each row", ""))
    return hashlib.sha256(" ".join(mots).encode()).hexdigest()[:16]


def fautes_des_gardes(attendues: Gardes) -> Iterator[tuple[str, str]]:
    """Ce qui ne va pas, et où : la table, le nom du déclencheur."""
    presentes = posees()
    for ou, voulue in sorted(attendues.items()):
        if ou not in presentes:
            yield "cette garde de la base a été levée", ou
        elif not presentes[ou]:
            yield "cette garde de la base est éteinte", ou
        elif presentes[ou] != voulue:
            yield "cette garde de la base n'est plus celle qui a été posée", ou
    for ou in sorted(presentes.keys() - attendues.keys()):
        yield "ce déclencheur n'est pas des nôtres : il peut récrire ce qui s'inscrit", ou
