"""Deux mises à jour lancées ensemble se suivent, sur les deux moteurs."""

import fcntl
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection

from beffroi.commandes.cli import migrer_seul
from beffroi.commandes.cli.migrer_seul import EN_COURS, NUMERO, VERROU, seul_a_migrer


@contextmanager
def une_autre_migre(donnees):
    """Celle d'un autre nœud, ou d'un autre terminal ; rend de quoi la finir."""
    if connection.vendor == "postgresql":
        parametres = connection.get_connection_params()
        parametres = {cle: parametres[cle] for cle in ("host", "port", "user", "dbname")}
        with psycopg.connect(**parametres, autocommit=True) as ailleurs:
            assert ailleurs.execute("SELECT pg_try_advisory_lock(%s)", [NUMERO]).fetchone()[0]
            yield ailleurs.close
            if not ailleurs.closed:
                # Fermer sa connexion n'attend pas que le serveur rende le verrou.
                ailleurs.execute("SELECT pg_advisory_unlock(%s)", [NUMERO])
    else:
        with (donnees / VERROU).open("w") as tenu:
            fcntl.flock(tenu, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield tenu.close


@pytest.mark.django_db(transaction=True)
@pytest.mark.moteurs
def test_la_seconde_attend_la_fin_de_la_premiere_et_le_dit(tmp_path, monkeypatch, capsys):
    with une_autre_migre(tmp_path) as finir:
        monkeypatch.setattr(migrer_seul.time, "sleep", lambda _: finir())
        with seul_a_migrer(connection, donnees=tmp_path):
            assert capsys.readouterr().out.strip() == EN_COURS


@pytest.mark.django_db(transaction=True)
@pytest.mark.moteurs
def test_la_suivante_n_attend_plus(tmp_path, capsys):
    for _ in range(2):
        with seul_a_migrer(connection, donnees=tmp_path):
            pass
        with une_autre_migre(tmp_path):
            pass

    assert capsys.readouterr().out == ""
