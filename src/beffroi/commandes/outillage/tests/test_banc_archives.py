"""Le banc des archives range vraiment chaque fichier,
un bloc à la fois, et échoue si la mémoire suit la taille.
"""

import tracemalloc
import zipfile

import pytest

from beffroi.commandes.outillage import banc_archives as banc

MIO = 1024**2


@pytest.fixture
def originaux(tmp_path):
    chemins = [tmp_path / f"original-{rang}.pdf" for rang in range(4)]
    for rang, chemin in enumerate(chemins):
        chemin.write_bytes(bytes([rang]) * 8 * MIO)
    return chemins


def test_l_archive_s_ecrit_un_bloc_a_la_fois(originaux, tmp_path):
    tracemalloc.start()
    try:
        banc.archiver(originaux, tmp_path / "archive.zip")
        banc.relire(tmp_path / "archive.zip")
        _, au_plus = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert au_plus < 8 * MIO < 4 * 8 * MIO


def test_chaque_fichier_y_est_octet_pour_octet(originaux, tmp_path):
    banc.archiver(originaux, tmp_path / "archive.zip")
    with zipfile.ZipFile(tmp_path / "archive.zip") as archive:
        gardes = [archive.read(nom) for nom in archive.namelist() if "content/" in nom]
    assert gardes == [original.read_bytes() for original in originaux]


@pytest.mark.parametrize(("memoire", "code"), [(40, 0), (banc.PLAFOND_MIO, 1)])
def test_le_banc_dit_ses_mesures_et_echoue_au_plafond(memoire, code, capsys, monkeypatch):
    monkeypatch.setattr(banc, "memoire", lambda: memoire)

    assert banc.mesurer(["--taille", "4", "--fichiers", "2"]) == code
    dit = capsys.readouterr().out
    assert "| simple ZIP |" in dit and "| archive |" in dit and f"plafond {banc.PLAFOND_MIO}" in dit
