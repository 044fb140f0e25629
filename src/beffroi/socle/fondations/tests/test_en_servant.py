"""Un index et une contrainte se posent sur une table qui sert, sur les deux moteurs."""

import pytest
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.migrations.state import ProjectState

from beffroi.socle.fondations.en_servant import (
    ContrainteEnServant,
    ContrainteValidee,
    IndexEnServant,
)

PIECE = migrations.CreateModel(
    "Piece", [("id", models.BigAutoField(primary_key=True)), ("rang", models.IntegerField())]
)
PAR_RANG = IndexEnServant("piece", models.Index(fields=["rang"], name="essai_par_rang"))
POSITIF = ContrainteEnServant(
    "piece", models.CheckConstraint(condition=models.Q(rang__gte=0), name="essai_positif")
)
VALIDE = ContrainteValidee("piece", "essai_positif")


class Suite:
    """Des migrations jouées l'une après l'autre, hors de toute application."""

    def __init__(self) -> None:
        self.etat = ProjectState()

    def jouer(self, operation, *, atomic=True) -> None:
        corps = {"operations": [operation], "atomic": atomic}
        une = type("Migration", (migrations.Migration,), corps)("0001_essai", "essai")
        with connection.schema_editor(atomic=atomic) as schema:
            self.etat = une.apply(self.etat, schema)

    def defaire(self, operation) -> None:
        apres, avant = self.etat.clone(), ProjectState()
        PIECE.state_forwards("essai", avant)
        with connection.schema_editor(atomic=False) as schema:
            operation.database_backwards("essai", schema, apres, avant)
        self.etat = avant


@pytest.fixture
def suite(transactional_db):
    """Une table d'essai : un index construit à côté ne se pose pas dans une transaction."""
    neuve = Suite()
    neuve.jouer(PIECE)
    yield neuve
    with connection.cursor() as curseur:
        curseur.execute("DROP TABLE essai_piece")


def index() -> set[str]:
    with connection.cursor() as curseur:
        return set(connection.introspection.get_constraints(curseur, "essai_piece"))


def ecrire(rang: int) -> None:
    with transaction.atomic(), connection.cursor() as curseur:
        curseur.execute("INSERT INTO essai_piece (rang) VALUES (%s)", [rang])


def test_l_index_et_la_contrainte_se_posent_et_l_index_s_ote(suite):
    suite.jouer(PAR_RANG, atomic=False)
    suite.jouer(POSITIF)
    suite.jouer(VALIDE)

    assert {"essai_par_rang", "essai_positif"} <= index()
    with pytest.raises(IntegrityError):
        ecrire(-1)
    suite.defaire(PAR_RANG)
    assert "essai_par_rang" not in index()


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite ne laisse pas d'index invalide")
def test_un_index_reste_en_chemin_se_refait(suite):
    """Une ligne en double interrompt un index unique : PostgreSQL le laisse, et il ne sert pas."""
    ecrire(1), ecrire(1)
    with connection.cursor() as curseur, pytest.raises(IntegrityError):
        curseur.execute("CREATE UNIQUE INDEX CONCURRENTLY essai_par_rang ON essai_piece (rang)")

    suite.jouer(PAR_RANG, atomic=False)

    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT indisvalid, indisunique FROM pg_index "
            "WHERE indexrelid = 'essai_par_rang'::regclass"
        )
        assert curseur.fetchone() == (True, False)
        curseur.execute("SHOW lock_timeout")
        assert curseur.fetchone() == ("0",)
