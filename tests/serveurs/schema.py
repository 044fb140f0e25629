"""Le schéma qu'une base vide reçoit des migrations, en texte :
ce qu'un remaniement des migrations doit rendre tel quel.

`python -m tests.serveurs.schema DOSSIER` écrit `sqlite.sql` et `postgresql.sql` ;
deux dossiers se comparent par `diff`.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.serveurs.modele import recopier_en_sqlite
from tests.serveurs.postgresql import binaires, postgresql


def de_sqlite() -> Iterator[str]:
    base = recopier_en_sqlite(":memory:")
    for (ordre,) in base.execute(
        "SELECT sql FROM sqlite_master WHERE sql <> '' ORDER BY type, name"
    ):
        yield " ".join(ordre.split())
    base.close()


def de_postgresql() -> Iterator[str]:
    """Sans les deux lignes que `pg_dump` tire au sort."""
    with postgresql() as adresse:
        commande = [binaires() / "pg_dump", "--schema-only", adresse]
        sortie = subprocess.run(commande, check=True, capture_output=True, text=True).stdout
    return (
        ligne
        for ligne in sortie.splitlines()
        if not ligne.startswith(("\\restrict", "\\unrestrict"))
    )


def ecrire(dossier: Path) -> None:
    dossier.mkdir(parents=True, exist_ok=True)
    for nom, lignes in (("sqlite.sql", de_sqlite()), ("postgresql.sql", de_postgresql())):
        (dossier / nom).write_text("".join(f"{ligne}\n" for ligne in lignes), "utf-8")


if __name__ == "__main__":
    ecrire(Path(sys.argv[1]))
