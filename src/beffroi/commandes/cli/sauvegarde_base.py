"""Copier la base, et la remettre ailleurs :
`pg_dump` et `pg_restore` pour PostgreSQL, sa propre copie pour SQLite.
"""

import os
import secrets
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from beffroi.commandes.cli.erreurs import ErreurDeCommande

Reglages = Mapping[str, Any]


def outil(nom: str) -> str:
    """Le programme de PostgreSQL, le plus récent s'il n'est pas dans le chemin."""
    installes = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{nom}"), key=lambda p: float(p.parts[-3])
    )
    trouve = str(installes[-1]) if installes else shutil.which(nom)
    if not trouve:
        raise ErreurDeCommande(f"{nom} n'est pas installé : il vient avec le client de PostgreSQL.")
    return trouve


def appeler(nom: str, reglages: Reglages, *arguments: str) -> None:
    """Le mot de passe passe par l'environnement : la liste des processus se lit."""
    acces = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    env = {variable: str(reglages[cle]) for variable, cle in acces.items() if reglages.get(cle)}
    if mode := reglages.get("OPTIONS", {}).get("sslmode"):
        env["PGSSLMODE"] = str(mode)
    fait = subprocess.run(
        [outil(nom), *arguments],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )
    if fait.returncode:
        raise ErreurDeCommande(f"{nom} : {(fait.stderr.strip() or 'sans un mot').splitlines()[0]}")


def copier(reglages: Reglages, vers: Path) -> None:
    """Une image de la base à un instant, pendant qu'elle sert."""
    if "postgresql" in reglages["ENGINE"]:
        appeler(
            "pg_dump", reglages, "--format=custom", f"--file={vers}", f"--dbname={reglages['NAME']}"
        )
        return
    with closing(sqlite3.connect(f"file:{reglages['NAME']}?mode=ro", uri=True)) as source:
        with closing(sqlite3.connect(vers)) as cible:
            source.backup(cible)


@contextmanager
def base_d_a_cote(reglages: Reglages, dossier: Path) -> Iterator[dict[str, Any]]:
    """Une base neuve, sur le même serveur, et ses réglages ;
    effacée à la sortie, quoi qu'il arrive.
    """
    if "postgresql" not in reglages["ENGINE"]:
        yield {**reglages, "NAME": str(dossier / "beffroi.sqlite3")}
        return
    import psycopg

    nom = f"beffroi_essai_{secrets.token_hex(6)}"
    options = {cle: valeur for cle, valeur in reglages["OPTIONS"].items() if cle != "pool"}
    acces = {
        "host": "HOST",
        "port": "PORT",
        "user": "USER",
        "password": "PASSWORD",
        "dbname": "NAME",
    }
    parametres = {mot: reglages[cle] for mot, cle in acces.items() if reglages.get(cle)}
    try:
        serveur = psycopg.connect(**parametres, **options, autocommit=True)
        serveur.execute(f'CREATE DATABASE "{nom}" TEMPLATE template0')
    except psycopg.Error as erreur:
        phrase = str(erreur).strip().splitlines()[0]
        raise ErreurDeCommande(
            f"impossible de créer une base d'à côté : {phrase}. Il y faut le droit CREATEDB."
        ) from erreur
    with closing(serveur):
        try:
            yield {**reglages, "NAME": nom, "OPTIONS": options}
        finally:
            serveur.execute(f'DROP DATABASE IF EXISTS "{nom}" WITH (FORCE)')


def remettre(copie: Path, reglages: Reglages) -> None:
    if "postgresql" in reglages["ENGINE"]:
        appeler(
            "pg_restore",
            reglages,
            "--exit-on-error",
            "--no-owner",
            "--no-privileges",
            f"--dbname={reglages['NAME']}",
            str(copie),
        )
    else:
        shutil.copyfile(copie, reglages["NAME"])


def adresse(reglages: Reglages) -> str:
    """L'adresse de cette base, telle que BEFFROI_BASE_DE_DONNEES la donne."""
    if "postgresql" not in reglages["ENGINE"]:
        return f"sqlite://{quote(reglages['NAME'])}"
    mot = f":{quote(reglages['PASSWORD'], safe='')}" if reglages["PASSWORD"] else ""
    suite = "&".join(
        f"{cle}={quote(str(valeur), safe='')}" for cle, valeur in reglages["OPTIONS"].items()
    )
    port = f"port={reglages['PORT']}" if reglages["PORT"] else ""
    qui = f"{quote(reglages['USER'], safe='')}{mot}@" if reglages["USER"] else ""
    hote = quote(reglages["HOST"], safe="")
    demande = "&".join(filter(None, (f"host={hote}", port, suite)))
    return f"postgresql://{qui}/{quote(reglages['NAME'])}?{demande}"
