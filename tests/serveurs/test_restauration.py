"""Une sauvegarde se restaure pour de vrai, sur PostgreSQL et sur SQLite,
et celle qui est abîmée se voit (REQ-136).
"""

import json
import re
import secrets
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from beffroi.socle.fondations.horloge import maintenant
from tests.plateforme import attendre
from tests.serveurs.modele import recopier_en_sqlite
from tests.serveurs.postgresql import PostgresqlAbsent, postgresql
from tests.serveurs.souche import beffroi

OBJET = "plis/ab/abcdef"
EXPLOITANT = (
    "exploitant",
    "--nom",
    "Centre de gestion",
    "--siret",
    "28620001900011",
    "--courriel",
    "a.b@centre.example",
    "--administrateur",
    "A. B.",
)


class Installation:
    """Une plateforme installée, un fichier reçu, et sa sauvegarde de la nuit."""

    def __init__(self, dossier: Path, base: str) -> None:
        self.base, self.donnees, self.sauvegardes = (
            base,
            dossier / "donnees",
            dossier / "sauvegardes",
        )
        self.recu = self.donnees / "fichiers" / OBJET
        self.recu.parent.mkdir(parents=True)
        self.recu.write_bytes(b"scelle" * 1000)

    def commande(self, *arguments: str) -> tuple[int, str]:
        fait = beffroi(
            *arguments,
            BEFFROI_DONNEES=str(self.donnees),
            BEFFROI_BASE_DE_DONNEES=self.base,
            BEFFROI_SANS_HORODATAGE_QUALIFIE="oui",
        )
        return fait.returncode, fait.stdout + fait.stderr

    def sauvegarder(self) -> Path:
        """Une par seconde, au plus : la suivante attend que l'heure ait changé."""
        attendre(lambda: not list(self.sauvegardes.glob(f"{maintenant():%Y-%m-%dT%H%M%SZ}*")))
        code, dit = self.commande("sauvegarde", "faire", "--vers", str(self.sauvegardes))
        assert code == 0, dit
        ouverts = [ecrit for ecrit in self.sauvegardes.rglob("*") if ecrit.stat().st_mode & 0o077]
        assert ouverts == [], "la sauvegarde contient les clés"
        return max(fiche.parent for fiche in self.sauvegardes.glob("*/sauvegarde.json"))

    def essayer(self) -> tuple[int, str]:
        return self.commande(
            "sauvegarde",
            "essayer",
            "--dans",
            str(self.sauvegardes),
            "--place",
            str(self.donnees.parent / "essai"),
        )


@pytest.fixture(scope="module")
def installee(tmp_path_factory):
    """Une plateforme installée sur PostgreSQL, que chaque test recopie."""
    try:
        with postgresql() as adresse:
            faite = Installation(tmp_path_factory.mktemp("installee"), adresse)
            assert faite.commande(*EXPLOITANT)[0] == 0
            yield faite
    except PostgresqlAbsent as absent:
        pytest.skip(str(absent))


@pytest.fixture
def sur_postgresql(installee, tmp_path):
    adresse, nom = installee.base.rsplit("/", 1)
    copie = f"copie_{secrets.token_hex(4)}"
    with psycopg.connect(f"{adresse}/template1", autocommit=True) as base:
        base.execute(f'CREATE DATABASE "{copie}" TEMPLATE "{nom}"')
    shutil.copytree(installee.donnees / "cles", tmp_path / "donnees" / "cles")
    return Installation(tmp_path, f"{adresse}/{copie}")


@pytest.fixture
def sur_sqlite(tmp_path):
    fichier = tmp_path / "beffroi.sqlite3"
    recopier_en_sqlite(fichier).close()
    return Installation(tmp_path, f"sqlite://{fichier}")


def abimer(fichier: Path, place: int) -> None:
    octets = bytearray(fichier.read_bytes())
    octets[place] ^= 1
    fichier.write_bytes(bytes(octets))


def bases(adresse: str) -> set[str]:
    with psycopg.connect(adresse) as base:
        return {nom for (nom,) in base.execute("SELECT datname FROM pg_database")}


def test_une_sauvegarde_se_restaure_et_l_essai_se_note(sur_postgresql):
    fiche = json.loads((sur_postgresql.sauvegarder() / "sauvegarde.json").read_text("utf-8"))
    assert re.fullmatch(r"[0-9A-F]+/[0-9A-F]+", fiche["lsn"])
    avant = bases(sur_postgresql.base)

    code, dit = sur_postgresql.essayer()

    assert code == 0, dit
    with psycopg.connect(sur_postgresql.base) as base:
        note = base.execute(
            "SELECT reussi, faute, fichiers, ecritures, ecritures_perdues, restauration_ms, "
            "verification_ms, sauvegarde_du,"
            " derniere_ecriture_le, commence_le FROM sauvegardes_essaiderestauration"
        ).fetchone()
        actes = [
            acte for (acte,) in base.execute("SELECT acte FROM journal_ecriture ORDER BY numero")
        ]
    (
        reussi,
        faute,
        fichiers,
        ecritures,
        perdues,
        restauration,
        verification,
        sauvegarde_du,
        derniere,
        essaye,
    ) = note
    assert (reussi, faute, fichiers) == (True, "", 1)
    assert ecritures == actes.index("sauvegarde.faire") and perdues == 1
    assert restauration > 0 and verification > 0 and derniere < sauvegarde_du < essaye
    assert actes[-2:] == ["sauvegarde.faire", "sauvegarde.essayer"]
    assert bases(sur_postgresql.base) == avant
    assert list((sur_postgresql.donnees.parent / "essai").iterdir()) == []


def test_chaque_sauvegarde_abimee_se_voit(sur_postgresql):
    dossier = sur_postgresql.sauvegarder()
    copie, base = sur_postgresql.sauvegardes / "fichiers" / OBJET, dossier / "base.dump"

    abimer(copie, 10)
    code, dit = sur_postgresql.essayer()
    assert code == 1 and "abcdef n'a plus l'empreinte de la liste" in dit
    abimer(copie, 10)
    abimer(base, base.stat().st_size // 2)
    code, dit = sur_postgresql.essayer()
    assert code == 1 and "base.dump n'a plus l'empreinte de sa fiche" in dit

    with psycopg.connect(sur_postgresql.base) as lue:
        essais = lue.execute(
            "SELECT reussi, faute FROM sauvegardes_essaiderestauration ORDER BY commence_le"
        ).fetchall()
    assert [reussi for reussi, _ in essais] == [False, False]
    assert not any(nom.startswith("beffroi_essai") for nom in bases(sur_postgresql.base))


def test_un_registre_falsifie_avant_la_sauvegarde_se_voit_a_la_relecture(sur_postgresql):
    with psycopg.connect(sur_postgresql.base) as base:
        base.execute("ALTER TABLE journal_ecriture DISABLE TRIGGER USER")
        base.execute(
            "UPDATE journal_ecriture SET contenu = replace(contenu, 'Centre', "
            "'Antre') WHERE numero = 0"
        )
        base.execute("ALTER TABLE journal_ecriture ENABLE TRIGGER USER")
    sur_postgresql.sauvegarder()

    code, dit = sur_postgresql.essayer()

    assert code == 1 and "ne se restaure pas entière" in dit and "journal_ecriture, n° 0" in dit


def test_sur_sqlite_la_seconde_sauvegarde_ne_recopie_rien_et_un_fichier_perdu_se_voit(sur_sqlite):
    assert sur_sqlite.commande(*EXPLOITANT)[0] == 0
    sur_sqlite.sauvegarder()
    copie = sur_sqlite.sauvegardes / "fichiers" / OBJET
    avant = copie.stat().st_mtime_ns
    assert sur_sqlite.sauvegarder() and copie.stat().st_mtime_ns == avant
    code, dit = sur_sqlite.essayer()
    assert code == 0, dit
    copie.unlink()
    code, dit = sur_sqlite.essayer()
    assert code == 1 and "abcdef manque à la sauvegarde" in dit
    with closing(sqlite3.connect(sur_sqlite.base.removeprefix("sqlite://"))) as base:
        copies = base.execute(
            "SELECT fichiers FROM sauvegardes_sauvegarde ORDER BY commencee_le"
        ).fetchall()
    assert copies == [(1,), (0,)]


# Chaque jour, l'essai remet et relit par les mêmes fonctions, et le refus d'écrire par-dessus se
# prouve dans `cli/tests/test_sauvegarde_dossier.py`.
@pytest.mark.long
def test_une_sauvegarde_se_restaure_dans_un_lieu_vide_et_jamais_par_dessus(sur_sqlite, tmp_path):
    assert sur_sqlite.commande(*EXPLOITANT)[0] == 0
    sur_sqlite.sauvegarder()
    neuve = Installation(tmp_path / "neuve", f"sqlite://{tmp_path}/neuve.sqlite3")
    revenir = ("sauvegarde", "restaurer", "--de", str(sur_sqlite.sauvegardes))

    code, dit = sur_sqlite.commande(*revenir)
    assert code == 1 and "son registre va jusqu'au" in dit and "Rien n'a été touché" in dit
    code, dit = neuve.commande(*revenir)
    assert code == 1 and "garde déjà les données" in dit
    shutil.rmtree(neuve.donnees / "fichiers")
    code, dit = neuve.commande(*revenir)
    assert code == 0 and "Tout est revenu." in dit, dit
    assert neuve.recu.read_bytes() == sur_sqlite.recu.read_bytes()
    remis = [tmp_path / "neuve.sqlite3", neuve.recu, neuve.donnees / "cles" / "journal.txt"]
    assert [un for un in remis if un.stat().st_mode & 0o077] == [], "à qui restaure, et à lui seul"


def test_une_sauvegarde_dans_les_donnees_est_refusee(sur_sqlite):
    sur_sqlite.sauvegardes = sur_sqlite.donnees / "sauvegardes"

    code, dit = sur_sqlite.commande("sauvegarde", "faire", "--vers", str(sur_sqlite.sauvegardes))

    assert code == 1 and "un sinistre emporterait les deux" in dit
