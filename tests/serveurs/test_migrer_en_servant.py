"""Sur une table de deux cent mille lignes, ce qui est admis ne fait attendre personne plus d'une
seconde ; ce qui est refusé, si.

Deux lecteurs et écrivains y passent sans cesse pendant la migration. Le verrou se voit aussi dans
`pg_locks` : ce qui est refusé les y laisse en attente.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connections, migrations, models
from django.db.migrations.state import ProjectState

from beffroi.commandes.cli.migrer_en_servant import en_laissant_passer
from beffroi.socle.fondations.en_servant import (
    ContrainteEnServant,
    ContrainteValidee,
    IndexEnServant,
)
from config.base_de_donnees import depuis_adresse
from tests.serveurs.postgresql import PostgresqlAbsent, postgresql

LIGNES = 200_000
UNE_SECONDE = 1.0
ALIAS = "migree"
PIECE = migrations.CreateModel(
    "Piece",
    [
        ("id", models.BigAutoField(primary_key=True)),
        ("rang", models.IntegerField()),
        ("texte", models.TextField()),
    ],
)
NOTE = migrations.AddField("piece", "note", models.TextField(null=True))
ADMISES = (
    [NOTE],
    [migrations.AddField("piece", "vue", models.BooleanField(default=False, db_default=False))],
    [IndexEnServant("piece", models.Index(fields=["texte"], name="piece_par_texte"))],
    [
        ContrainteEnServant(
            "piece", models.CheckConstraint(condition=models.Q(rang__gte=0), name="rang_positif")
        )
    ],
    [ContrainteValidee("piece", "rang_positif")],
)
REFUSEE = [
    NOTE,
    migrations.RunSQL("UPDATE essai_piece SET note = md5(texte) || md5(id::text)"),
    migrations.AddIndex("piece", models.Index(fields=["texte", "note"], name="piece_par_note")),
]
EN_ATTENTE = """
    SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'essai_piece'::regclass
"""

# Chaque jour, `noeuds/tests/test_deux_versions.py` dit ce qui est admis et refusé ; ici, on le
# chronomètre, sur une table qu'il faut remplir.
pytestmark = pytest.mark.long


class Base:
    """Une base PostgreSQL, sa table remplie, et de quoi la migrer."""

    def __init__(self, adresse: str) -> None:
        self.adresse, self.etat = adresse, ProjectState()

    @property
    def connexion(self):
        return connections[ALIAS]

    def migrer(self, operations) -> None:
        """Une migration, comme `migrer` la joue."""
        atomic = not any(isinstance(une, IndexEnServant) for une in operations)
        corps = {"operations": operations, "atomic": atomic}
        une = type("Migration", (migrations.Migration,), corps)("0001_essai", "essai")

        def jouer() -> None:
            etat = self.etat.clone()
            with self.connexion.schema_editor(atomic=atomic) as schema:
                self.etat = une.apply(etat, schema)

        en_laissant_passer(self.connexion, jouer, pause_s=0.1)

    def remplir(self) -> None:
        self.migrer([PIECE])
        with psycopg.connect(self.adresse, autocommit=True) as base:
            base.execute(
                "INSERT INTO essai_piece (rang, texte) SELECT n, repeat(md5(n::text), 24) "
                f"FROM generate_series(1, {LIGNES}) n"
            )
            base.execute("ANALYZE essai_piece")


@pytest.fixture
def base(django_db_blocker) -> Iterator[Base]:
    try:
        with postgresql() as adresse, django_db_blocker.unblock():
            reglages = depuis_adresse(adresse, dossier=None)
            del reglages["OPTIONS"]["pool"]
            connections.settings[ALIAS] = connections.configure_settings(
                {"default": {}, ALIAS: reglages}
            )[ALIAS]
            try:
                neuve = Base(adresse)
                neuve.remplir()
                yield neuve
            finally:
                connections[ALIAS].close()
                del connections[ALIAS], connections.settings[ALIAS]
    except PostgresqlAbsent as absent:
        pytest.skip(str(absent))


class Passants:
    """Qui lit et écrit la table pendant qu'on la migre : le plus long de leurs gestes."""

    def __init__(self, adresse: str) -> None:
        self.adresse, self.fini = adresse, threading.Event()
        self.plus_long, self.gestes, self.attendus = 0.0, 0, 0

    def passer(self, ordre: str) -> None:
        with psycopg.connect(self.adresse, autocommit=True) as base:
            while not self.fini.is_set():
                debut = time.monotonic()
                base.execute(ordre)
                self.plus_long = max(self.plus_long, time.monotonic() - debut)
                self.gestes += 1
                time.sleep(0.005)

    def guetter(self) -> None:
        with psycopg.connect(self.adresse, autocommit=True) as base:
            while not self.fini.is_set():
                (attendus,) = base.execute(EN_ATTENTE).fetchone()
                self.attendus = max(self.attendus, attendus)
                time.sleep(0.02)


@contextmanager
def des_passants(adresse: str) -> Iterator[Passants]:
    eux = Passants(adresse)
    gestes = (
        (eux.passer, "INSERT INTO essai_piece (rang, texte) VALUES (1, 'neuve')"),
        (eux.passer, "SELECT texte FROM essai_piece WHERE id = 1000"),
        (eux.guetter,),
    )
    fils = [threading.Thread(target=geste, args=reste) for geste, *reste in gestes]
    for fil in fils:
        fil.start()
    try:
        yield eux
    finally:
        eux.fini.set()
        for fil in fils:
            fil.join(timeout=60)


def test_ce_qui_est_admis_ne_retient_personne_une_seconde(base):
    with des_passants(base.adresse) as eux:
        for operations in ADMISES:
            base.migrer(operations)

    assert eux.gestes > 50
    assert eux.plus_long < UNE_SECONDE


def test_ce_qui_est_refuse_retient_lecteurs_et_ecrivains_plus_d_une_seconde(base):
    with des_passants(base.adresse) as eux:
        base.migrer(REFUSEE)

    assert eux.plus_long > UNE_SECONDE
    assert eux.attendus == 2, "le lecteur et l'écrivain, tous les deux"


def test_une_longue_lecture_fait_recommencer_la_migration_et_ne_retient_pas_les_autres(base):
    """Sans renoncer au bout d'une seconde, elle ferait attendre derrière elle chaque page."""
    lue = psycopg.connect(base.adresse)
    lue.execute("SELECT 1 FROM essai_piece LIMIT 1")
    minuterie = threading.Timer(4, lue.close)

    with des_passants(base.adresse) as eux:
        debut = time.monotonic()
        minuterie.start()
        base.migrer([NOTE])
        dure = time.monotonic() - debut

    assert dure > 3
    assert eux.plus_long < UNE_SECONDE + 0.5
