"""Ce qu'on donne pour vrai :
le jeton qualifié est jugé contre une racine donnée, ou la sortie dit qu'il ne l'est pas.
"""

import hashlib
import zipfile
from datetime import timedelta

import pytest

from beffroi.commandes.cli.lanceur import principal
from beffroi.socle.fondations import horloge
from sceau import timestamp


def autorite() -> timestamp.Authority:
    return timestamp.Authority.create(
        horloge.maintenant() - timedelta(days=1), "Prestataire qualifié d'essai"
    )


def pem(qui: timestamp.Authority, fichier):
    from cryptography.hazmat.primitives.serialization import Encoding

    fichier.write_bytes(qui.root.public_bytes(Encoding.PEM))
    return str(fichier)


@pytest.fixture
def prestataire():
    return autorite()


@pytest.fixture
def recu_qualifie(recu, prestataire):
    """Le même récépissé, où le jeton qualifié est arrivé."""
    with zipfile.ZipFile(recu) as archive:
        depot = archive.read("depot.json")
    jeton = prestataire.issue(hashlib.sha256(depot).digest(), horloge.maintenant())
    with zipfile.ZipFile(recu, "a") as archive:
        archive.writestr("depot-qualifie.tsr", timestamp.response(jeton))
    return recu


def ligne(capsys) -> str:
    return next(
        ligne for ligne in capsys.readouterr().out.splitlines() if "l'horodatage qualifié" in ligne
    )


def test_sans_racine_donnee_la_sortie_dit_que_le_jeton_n_est_pas_verifie(recu_qualifie, capsys):
    assert principal(["verifier", str(recu_qualifie)]) == 0

    assert "présent, mais non vérifié : aucune racine n'est donnée" in ligne(capsys)


def test_la_racine_donnee_verifie_le_jeton(recu_qualifie, prestataire, tmp_path, capsys):
    racine = pem(prestataire, tmp_path / "racine.pem")

    assert principal(["verifier", str(recu_qualifie), "--racines", racine]) == 0

    sortie = ligne(capsys)
    assert sortie.startswith("bien") and "remonte à une racine donnée (racine.pem)" in sortie


def test_une_autre_racine_refuse_le_jeton_et_la_commande_echoue(recu_qualifie, tmp_path, capsys):
    assert (
        principal(
            ["verifier", str(recu_qualifie), "--racines", pem(autorite(), tmp_path / "autre.pem")]
        )
        == 1
    )

    sortie = ligne(capsys)
    assert (
        sortie.startswith("NON") and "ne remonte à aucune des racines données (autre.pem)" in sortie
    )


def test_plusieurs_racines_se_donnent_ensemble(recu_qualifie, prestataire, tmp_path):
    racines = [pem(autorite(), tmp_path / "autre.pem"), pem(prestataire, tmp_path / "racine.pem")]

    assert principal(["verifier", str(recu_qualifie), "--racines", *racines]) == 0


def test_un_recepisse_sans_jeton_qualifie_le_dit(recu, capsys):
    assert principal(["verifier", str(recu)]) == 0

    assert "absent de cette copie" in ligne(capsys)


@pytest.mark.parametrize(
    ("option", "valeur", "attendu"),
    [
        ("--racines", "absent.pem", "absent.pem n'existe pas"),
        ("--racines", "f.txt", "f.txt ne contient pas de certificat au format PEM"),
        ("--autorite", "absent.pem", "absent.pem n'existe pas"),
        ("--autorite", "f.txt", "f.txt ne contient pas de certificat au format PEM"),
        ("--cle", "abc", "la clé du registre est mal recopiée"),
    ],
)
def test_une_cle_ou_un_certificat_illisible_est_dit(
    option, valeur, attendu, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "f.txt").write_text("bonjour", "utf-8")

    assert principal(["verifier", "f.txt", option, valeur]) == 1

    assert attendu in capsys.readouterr().err
