"""Ce que Django ne sait pas décrire : l'index inversé.
La base le tient elle-même à jour de `jetons`, quel que soit l'écrivain.

SQLite : deux tables FTS5 sans copie du texte, tenues par des déclencheurs. PostgreSQL : une colonne
`tsvector` calculée et deux index GIN. Des deux côtés, un index entier et un petit, celui des fiches
en cours. Reposer ce schéma ne change rien.
"""

from typing import Any

TABLE = "recherche_ficheindexee"
ENTIER, EN_COURS = "recherche_jetons", "recherche_jetons_en_cours"
# `_` fait partie d'un jeton ; aucun accent à replier, l'analyse l'a fait.
_FTS5 = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS {nom} USING fts5(jetons, content='{table}', "
    "content_rowid='id', detail=none,"
    " columnsize=0, tokenize=\"unicode61 remove_diacritics 0 tokenchars '_'\")"
)
_AJOUT = "INSERT INTO {nom}(rowid, jetons) VALUES (NEW.id, NEW.jetons)"
_RETRAIT = "INSERT INTO {nom}({nom}, rowid, jetons) VALUES ('delete', OLD.id, OLD.jetons)"


def poser(connection: Any) -> None:
    """L'index inversé de cette base."""
    ordres = _sqlite() if connection.vendor == "sqlite" else _postgresql()
    with connection.cursor() as curseur:
        for ordre in ordres:
            curseur.execute(ordre)


def oter(connection: Any) -> None:
    """Les tables FTS5 ne partent pas avec la table qu'elles indexent ;
    sur PostgreSQL, tout part avec elle.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as curseur:
            for nom in (ENTIER, EN_COURS):
                curseur.execute(f"DROP TABLE IF EXISTS {nom}")


def _sqlite() -> list[str]:
    ordres: list[str] = []
    for nom, condition in ((ENTIER, ""), (EN_COURS, "en_cours")):
        ajout, retrait = _AJOUT.format(nom=nom), _RETRAIT.format(nom=nom)
        neuve, ancienne = (
            (f" WHEN NEW.{condition}", f" WHEN OLD.{condition}") if condition else ("", "")
        )
        changee = "UPDATE OF jetons, en_cours"
        ordres += [
            _FTS5.format(nom=nom, table=TABLE),
            (
                f"CREATE TRIGGER IF NOT EXISTS {nom}_ajout AFTER INSERT ON {TABLE}{neuve} "
                f"BEGIN {ajout}; END"
            ),
            (
                f"CREATE TRIGGER IF NOT EXISTS {nom}_retrait AFTER DELETE ON {TABLE}{ancienne} "
                f"BEGIN {retrait}; END"
            ),
            (
                f"CREATE TRIGGER IF NOT EXISTS {nom}_avant BEFORE {changee} ON {TABLE}{ancienne} "
                f"BEGIN {retrait}; END"
            ),
            (
                f"CREATE TRIGGER IF NOT EXISTS {nom}_apres AFTER {changee} ON {TABLE}{neuve} "
                f"BEGIN {ajout}; END"
            ),
        ]
    return ordres


def _postgresql() -> list[str]:
    vecteur = "array_to_tsvector(string_to_array(jetons, ' '))"
    return [
        (
            f"ALTER TABLE {TABLE} ADD COLUMN IF NOT EXISTS vecteur tsvector GENERATED ALWAYS AS "
            f"({vecteur}) STORED"
        ),
        *index_postgresql(),
    ]


def index_postgresql() -> list[str]:
    return [
        f"CREATE INDEX IF NOT EXISTS {ENTIER} ON {TABLE} USING gin (vecteur)",
        f"CREATE INDEX IF NOT EXISTS {EN_COURS} ON {TABLE} USING gin (vecteur) WHERE en_cours",
    ]
