"""Ce qu'une sauvegarde copie des clés, et où elle ne se restaure pas."""

import socket
from datetime import UTC, datetime

import pytest

from beffroi.commandes.cli import sauvegarde_restaurer
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.sauvegarde_dossier import Sauvegarde, copier_les_cles


def test_les_cles_se_copient_pendant_que_le_coffre_ecoute(tmp_path, monkeypatch):
    cles = tmp_path / "cles"
    cles.mkdir()
    (cles / "journal.txt").write_text("clé")
    # L'adresse d'une prise tient en cent huit octets : on y va par un chemin court.
    monkeypatch.chdir(cles)
    with socket.socket(socket.AF_UNIX) as prise:
        prise.bind("coffre.sock")
        copier_les_cles(cles, tmp_path / "copie")

    assert [lieu.name for lieu in (tmp_path / "copie").iterdir()] == ["journal.txt"]
    assert (tmp_path / "copie").stat().st_mode & 0o777 == 0o700


@pytest.mark.django_db
def test_une_base_qui_sert_ne_se_restaure_pas_par_dessus(tmp_path):
    with pytest.raises(ErreurDeCommande, match=r"n'est pas vide.*Rien n'a été touché.*base vide"):
        sauvegarde_restaurer.exiger_un_lieu_vide(tmp_path)


@pytest.mark.parametrize("lieu", ["cles/journal.txt", "fichiers/plis/ab"])
def test_des_donnees_deja_la_ne_se_restaurent_pas_par_dessus(tmp_path, monkeypatch, lieu):
    monkeypatch.setattr("django.db.connection.introspection.table_names", list)
    (tmp_path / lieu).parent.mkdir(parents=True)
    (tmp_path / lieu).write_text("gardé")

    with pytest.raises(ErreurDeCommande, match="garde déjà les données"):
        sauvegarde_restaurer.exiger_un_lieu_vide(tmp_path)


def test_un_dossier_neuf_recoit_une_sauvegarde(tmp_path, monkeypatch):
    """La clé du service y naît d'elle-même, dès que les réglages se lisent."""
    monkeypatch.setattr("django.db.connection.introspection.table_names", list)
    (tmp_path / "cles").mkdir()
    (tmp_path / "cles" / "django.txt").write_text("d'ici")

    sauvegarde_restaurer.exiger_un_lieu_vide(tmp_path)


@pytest.mark.parametrize("chemin", ["../cles/journal.txt", "plis/../../ailleurs", "/etc/passwd"])
def test_une_liste_qui_ecrirait_ailleurs_se_refuse(tmp_path, chemin):
    (tmp_path / "fichiers.sha256").write_text(f"{'0' * 64}  fichiers/{chemin}\n")
    une = Sauvegarde(tmp_path, "sqlite", datetime(2027, 3, 1, tzinfo=UTC), "")

    with pytest.raises(ErreurDeCommande, match="hors des fichiers gardés"):
        list(une.liste())
