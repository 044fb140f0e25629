"""Les gardes de la base sont celles que les migrations posent ;
levée, éteinte, changée, ajoutée, une seule se voit.

`BEFFROI_GARDES=ecrire`, sur chaque moteur, récrit la liste qu'une migration a changée.
"""

import json
import os

import pytest
from django.db import connection

from beffroi.socle.journal import gardes
from beffroi.socle.journal.verification import relire_les_gardes

pytestmark = [pytest.mark.django_db, pytest.mark.moteurs]


def test_la_liste_est_celle_que_les_migrations_posent():
    posees = gardes.posees()
    if os.environ.get("BEFFROI_GARDES") == "ecrire":
        listees = {**gardes.listees(), connection.vendor: dict(sorted(posees.items()))}
        gardes.LISTE.write_text(json.dumps(listees, indent=1, ensure_ascii=False) + "\n", "utf-8")
        gardes.listees.cache_clear()

    assert posees == gardes.attendues(), "voir en tête de ce fichier comment récrire la liste"


def test_chaque_moteur_garde_les_memes_tables():
    """SQLite refait une table pour en changer une contrainte, et perd alors ses déclencheurs."""
    tables = {
        moteur: {ou.partition(",")[0] for ou in gardes.listees()[moteur]}
        for moteur in ("sqlite", "postgresql")
    }

    assert len(tables["sqlite"]) > 40
    assert tables["sqlite"] == tables["postgresql"]


def ordonner(*ordres):
    with connection.cursor() as curseur:
        for ordre in ordres:
            curseur.execute(ordre)


def une_garde():
    return next(ou for ou in gardes.attendues() if ou.startswith("journal_ecriture")).split(", ")


def lever(table, nom):
    sur = f" ON {table}" if connection.vendor == "postgresql" else ""
    return f"DROP TRIGGER {nom}{sur}"


def qui_laisse_faire(table, nom):
    """Le même nom, sur la même table, et rien qui refuse."""
    if connection.vendor == "postgresql":
        return (
            "CREATE FUNCTION laisser_faire() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RETURN NEW; END $$",
            f"CREATE TRIGGER {nom} BEFORE UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION laisser_faire()",
        )
    return (f"CREATE TRIGGER {nom} BEFORE UPDATE ON {table} BEGIN SELECT 1; END",)


def fautes():
    return [(constat.quoi, constat.ou) for constat in relire_les_gardes() if not constat.bon]


def test_a_sa_naissance_la_base_a_toutes_ses_gardes():
    assert fautes() == []


def test_une_garde_levee_se_voit():
    table, nom = une_garde()
    ordonner(lever(table, nom))

    assert fautes() == [("cette garde de la base a été levée", f"{table}, {nom}")]


def test_une_garde_remplacee_par_une_autre_du_meme_nom_se_voit():
    table, nom = une_garde()
    ordonner(lever(table, nom), *qui_laisse_faire(table, nom))

    assert fautes() == [
        ("cette garde de la base n'est plus celle qui a été posée", f"{table}, {nom}")
    ]


def test_un_declencheur_de_trop_se_voit():
    table, _ = une_garde()
    ordonner(*qui_laisse_faire(table, "discret"))

    [(faute, ou)] = fautes()
    assert faute.startswith("ce déclencheur n'est pas des nôtres") and ou == f"{table}, discret"


def test_une_garde_eteinte_se_voit():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite ne sait pas éteindre un déclencheur")
    table, nom = une_garde()
    ordonner("SET CONSTRAINTS ALL IMMEDIATE", f"ALTER TABLE {table} DISABLE TRIGGER {nom}")

    assert fautes() == [("cette garde de la base est éteinte", f"{table}, {nom}")]


def test_les_parentheses_et_les_guillemets_d_un_moteur_ne_changent_rien():
    assert gardes.empreinte('WHEN (("OLD"."a")::text <> NEW.a)') == gardes.empreinte(
        "when old.a <> new.a"
    )
    assert gardes.empreinte("WHEN (OLD.a <> NEW.a)") != gardes.empreinte("WHEN (OLD.b <> NEW.b)")
