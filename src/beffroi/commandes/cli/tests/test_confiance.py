"""Ce qu'on donne pour vrai :
le jeton qualifié est jugé contre une racine donnée, ou la sortie dit qu'il ne l'est pas.
"""

import hashlib
import json
import zipfile
from datetime import timedelta

import pytest

from beffroi.commandes.cli.lanceur import principal
from beffroi.commandes.cli.tests import faussaires
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


def test_sans_racine_donnee_la_sortie_dit_que_le_jeton_n_est_pas_verifie(
    recu_qualifie, sous_cle, capsys
):
    assert principal(["verifier", str(recu_qualifie), *sous_cle]) == 0

    assert "présent, mais non vérifié : aucune racine n'est donnée" in ligne(capsys)


def test_la_racine_donnee_verifie_le_jeton(recu_qualifie, prestataire, sous_cle, tmp_path, capsys):
    racine = pem(prestataire, tmp_path / "racine.pem")

    assert principal(["verifier", str(recu_qualifie), *sous_cle, "--racines", racine]) == 0

    sortie = ligne(capsys)
    assert sortie.startswith("bien") and "remonte à une racine donnée (racine.pem)" in sortie
    assert "ne juge pas le délai" in sortie


def test_la_racine_d_un_prestataire_ne_dit_pas_que_le_registre_tient_le_depot(
    recu_qualifie, prestataire, tmp_path
):
    racine = pem(prestataire, tmp_path / "racine.pem")

    assert principal(["verifier", str(recu_qualifie), "--racines", racine]) == 3


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


def test_plusieurs_racines_se_donnent_ensemble(recu_qualifie, prestataire, sous_cle, tmp_path):
    racines = [pem(autorite(), tmp_path / "autre.pem"), pem(prestataire, tmp_path / "racine.pem")]

    assert principal(["verifier", str(recu_qualifie), *sous_cle, "--racines", *racines]) == 0


def test_un_recepisse_sans_jeton_qualifie_le_dit(recu, sous_cle, capsys):
    assert principal(["verifier", str(recu), *sous_cle]) == 0

    assert "absent de cette copie" in ligne(capsys)


@pytest.mark.parametrize(
    ("option", "valeur", "attendu"),
    [
        ("--racines", "absent.pem", "absent.pem n'existe pas"),
        ("--racines", "f.txt", "f.txt ne contient pas de certificat au format PEM"),
        ("--autorite", "absent.pem", "absent.pem n'existe pas"),
        ("--autorite", "f.txt", "f.txt ne contient pas de certificat au format PEM"),
        ("--cle", "abc", "la clé du registre est mal recopiée"),
        ("--confiance", "absent.json", "absent.json n'existe pas"),
        ("--confiance", "f.txt", "f.txt n'est pas un fichier de confiance"),
    ],
)
def test_une_cle_ou_un_certificat_illisible_est_dit(
    option, valeur, attendu, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "f.txt").write_text("bonjour", "utf-8")

    assert principal(["verifier", "f.txt", option, valeur]) == 2

    assert attendu in capsys.readouterr().err


@pytest.fixture
def publiees(db, client, tmp_path):
    """Le cles.json de la plateforme, gardé chez soi."""
    fichier = tmp_path / "cles.json"
    fichier.write_bytes(client.get("/journal/cles.json").content)
    return fichier


def test_le_fichier_de_confiance_dit_intact(recu, publiees, capsys):
    assert principal(["verifier", str(recu), "--confiance", str(publiees)]) == 0

    assert f"celle de {publiees}" in capsys.readouterr().out


def test_le_fichier_de_confiance_installe_sert_d_office(recu, publiees, monkeypatch, tmp_path):
    installe = tmp_path / "configuration" / "beffroi" / "confiance"
    installe.mkdir(parents=True)
    publiees.rename(installe / "marches.example.json")
    monkeypatch.delenv("BEFFROI_CONFIANCE")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "configuration"))

    assert principal(["verifier", str(recu)]) == 0


def test_un_faux_au_nom_d_une_plateforme_connue_est_faux(publiees, tmp_path, capsys):
    faux = tmp_path / "faux.zip"
    faux.write_bytes(faussaires.a_partir_de_rien())

    assert principal(["verifier", str(faux), "--confiance", str(publiees)]) == 1


def test_le_fichier_de_confiance_ne_dit_rien_d_un_autre_registre(publiees, tmp_path, capsys):
    faux = tmp_path / "faux.zip"
    faux.write_bytes(faussaires.a_partir_de_rien(registre="ailleurs.example/journal"))

    assert principal(["verifier", str(faux), "--confiance", str(publiees)]) == 3
    assert "s'accorde avec lui-même" in capsys.readouterr().out


def test_un_certificat_plus_recent_que_le_fichier_de_confiance_n_est_pas_une_faute(
    recu, publiees, capsys
):
    cles = json.loads(publiees.read_text("utf-8"))
    publiees.write_text(json.dumps({**cles, "horodatage": autorite().root_pem.decode()}), "utf-8")

    assert principal(["verifier", str(recu), "--confiance", str(publiees)]) == 0
    assert "le certificat d'horodatage vient du récépissé" in capsys.readouterr().out
