"""Ce qu'une sauvegarde copie des clés."""

import socket

from beffroi.commandes.cli.sauvegarde_dossier import copier_les_cles


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
