"""Ce que lit une page ne croît pas avec les autres communes de la plateforme."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from beffroi.personnes.cles import queries

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL compte ses lignes : il choisit son index"
)
def test_les_parts_de_membres_se_cherchent_par_leurs_paires():
    with CaptureQueriesContext(connection) as lues:
        list(queries.parts_des_membres(*range(1, 101)))
    with connection.cursor() as curseur:
        curseur.execute(f"EXPLAIN QUERY PLAN {lues[-1]['sql']}")
        plan = [etape for *_, etape in curseur.fetchall()]

    assert any("cles_partdecle USING INDEX" in e and "(paire_id=?" in e for e in plan), plan
