"""Avant de mettre à jour, `migrer --verifier` dit s'il faut tout arrêter, et ne touche à rien."""

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from psycopg.errors import LockNotAvailable, QueryCanceled

from beffroi.commandes.cli import migrer_en_servant, migrer_verifier, noeud_verifier
from beffroi.commandes.cli.cadre import exiger_une_base_a_jour
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.migrer_verifier import AFaire, demande_un_arret, verifier
from beffroi.socle.fondations.horloge import heure_reelle
from beffroi.socle.noeuds import services
from beffroi.socle.noeuds.deux_versions import Defaut
from beffroi.socle.noeuds.models import MiseAJour, NoeudVu
from beffroi.socle.noeuds.obstacles import INDEX, OBLIGATOIRE

SUR_SQLITE = "connection.vendor == 'sqlite'"
TABLES = {"petite": 1 << 20, "grande": 1 << 30}


@pytest.fixture
def fichier(monkeypatch, tmp_path):
    """Un fichier à la place d'une base en mémoire, que le disque ne porte pas."""
    tenu = tmp_path / "base.sqlite3"
    tenu.write_bytes(b"0" * 4096)
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connection.settings_dict, "NAME", str(tenu))
    return tenu


def oublier(contexte, nom):
    MigrationRecorder(connection).record_unapplied(contexte, nom)


@pytest.mark.django_db
def test_une_base_a_jour_n_a_rien_a_migrer_et_dit_qui_la_sert(capsys):
    services.dire_sa_version(heure_reelle())

    assert verifier() == 0

    dit = capsys.readouterr().out
    assert "rien à migrer" in dit and " sert la 0." in dit


@pytest.mark.django_db
@pytest.mark.moteurs
@pytest.mark.skipif(SUR_SQLITE, reason="SQLite n'a qu'un nœud, et s'arrête toujours")
def test_une_table_neuve_se_cree_en_servant(capsys):
    oublier("budgets", "0002_compteurs_partages")

    assert verifier() == 0

    assert "pendant que la version d'avant sert" in capsys.readouterr().out
    assert not demande_un_arret()


@pytest.mark.django_db
@pytest.mark.moteurs
def test_une_colonne_exigee_demande_un_arret_et_dit_pourquoi(fichier, capsys):
    oublier("restitution", "0006_empreinte_de_l_inventaire")

    assert verifier() == 3

    dit = capsys.readouterr().out
    assert "restitution.0006_empreinte_de_l_inventaire" in dit and "rrêtez" in dit
    assert demande_un_arret()


def defaut(obstacle, table):
    return Defaut("essai.0002", "AddIndex", obstacle, table)


@pytest.mark.parametrize(
    ("obstacle", "table", "empeche"),
    [
        (INDEX, "petite", False),
        (INDEX, "grande", True),
        (INDEX, "", True),
        (OBLIGATOIRE, "petite", True),
    ],
)
def test_une_petite_table_se_retient_un_instant_mais_casse_comme_une_grande(
    obstacle, table, empeche
):
    reste = AFaire(["essai.0002"], defauts=[defaut(obstacle, table)], tailles=TABLES)

    assert bool(reste.empechements) is empeche


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL a son disque à lui")
def test_sans_place_pour_recrire_une_table_on_ne_commence_pas(fichier, monkeypatch):
    monkeypatch.setattr(
        "shutil.disk_usage", lambda _: type("Place", (), {"free": 8191, "total": 1 << 20})
    )

    with pytest.raises(ErreurDeCommande, match="la place manque"):
        migrer_verifier.dire_la_place(connection, AFaire(["essai.0002"]))


@pytest.mark.django_db
def test_un_noeud_trop_ancien_ne_demarre_pas_et_dit_quoi_faire():
    MiseAJour.objects.create(version="99.0.0", faite_le=heure_reelle(), a_l_arret=True)

    with pytest.raises(ErreurDeCommande, match=r"à la version 99.0.0 .*Mettez ce nœud"):
        exiger_une_base_a_jour("")


@pytest.mark.django_db
def test_un_noeud_reste_a_une_autre_version_se_voit(capsys):
    le = heure_reelle()
    NoeudVu.objects.create(noeud="nord", version="0.0.9", vu_le=le)

    noeud_verifier.dire_les_versions(le)

    assert "nœud nord : sert la version 0.0.9, et celui-ci la 0." in capsys.readouterr().out


class Connexion:
    """Ce que le réglage des verrous demande à une connexion : le moteur, et un curseur."""

    vendor = "postgresql"

    def __init__(self):
        self.ordres = []

    def cursor(self):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def execute(self, ordre, valeurs):
        self.ordres.append(valeurs)


def echouer(cause, fois):
    restent = [cause] * fois

    def migrer():
        if restent:
            raise OperationalError("refusé") from restent.pop()

    return migrer


def test_un_verrou_qui_se_fait_attendre_se_redemande_et_l_attente_se_rend():
    connexion = Connexion()

    migrer_en_servant.en_laissant_passer(connexion, echouer(LockNotAvailable(), 3), pause_s=0)

    assert connexion.ordres == [["1s"], ["0"]]


def test_un_verrou_jamais_rendu_finit_par_se_dire():
    with pytest.raises(ErreurDeCommande, match="pg_stat_activity"):
        migrer_en_servant.en_laissant_passer(
            Connexion(), echouer(LockNotAvailable(), migrer_en_servant.ESSAIS), pause_s=0
        )


def test_une_autre_panne_remonte_telle_quelle():
    with pytest.raises(OperationalError):
        migrer_en_servant.en_laissant_passer(Connexion(), echouer(QueryCanceled(), 1), pause_s=0)
