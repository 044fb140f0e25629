"""Le dossier d'essai se remplace chaque nuit, et lui seul."""

from datetime import datetime, timedelta

import pytest

from beffroi.commandes.cli import dossier_d_essai
from beffroi.commandes.cli.dossier_d_essai import MARQUE
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from formats.dates import PARIS

SOIR = datetime(2027, 1, 12, 18, 0, tzinfo=PARIS)
LENDEMAIN = SOIR + timedelta(hours=10)


@pytest.fixture
def plateforme(tmp_path):
    principal = tmp_path / "donnees"
    principal.mkdir()
    (principal / "beffroi.sqlite3").write_bytes(b"la vraie base")
    return principal


@pytest.fixture
def essai(plateforme):
    dossier = plateforme / "essai"
    dossier_d_essai.preparer(dossier, a_part_de=plateforme, le=SOIR)
    (dossier / "beffroi.sqlite3").write_bytes(b"essai")
    return dossier


def test_le_meme_soir_l_espace_reprend_ou_il_en_etait(essai, plateforme):
    dossier_d_essai.preparer(essai, a_part_de=plateforme, le=SOIR + timedelta(hours=1))

    assert (essai / "beffroi.sqlite3").exists()


def test_le_lendemain_l_espace_est_neuf_et_la_plateforme_intacte(essai, plateforme):
    dossier_d_essai.preparer(essai, a_part_de=plateforme, le=LENDEMAIN)

    assert [f.name for f in essai.iterdir()] == [MARQUE]
    assert (plateforme / "beffroi.sqlite3").read_bytes() == b"la vraie base"


@pytest.mark.parametrize("ou", [".", ".."])
def test_le_dossier_de_la_plateforme_est_refuse_meme_marque(plateforme, ou):
    (plateforme / ou / MARQUE).write_text(SOIR.isoformat())

    for geste in (
        lambda d: dossier_d_essai.preparer(d, a_part_de=plateforme, le=LENDEMAIN),
        lambda d: dossier_d_essai.vider(d, a_part_de=plateforme),
    ):
        with pytest.raises(ErreurDeCommande, match="plateforme"):
            geste(plateforme / ou)
    assert (plateforme / "beffroi.sqlite3").read_bytes() == b"la vraie base"


def test_un_dossier_sans_notre_marque_n_est_pas_touche(plateforme, tmp_path):
    autre = tmp_path / "photos"
    autre.mkdir()
    (autre / "ete.jpg").write_bytes(b"souvenir")

    with pytest.raises(ErreurDeCommande, match="n'est pas vide"):
        dossier_d_essai.preparer(autre, a_part_de=plateforme, le=SOIR)
    with pytest.raises(ErreurDeCommande, match="rien n'y est effacé"):
        dossier_d_essai.vider(autre, a_part_de=plateforme)
    assert (autre / "ete.jpg").exists()


def test_un_lien_vers_la_plateforme_ne_trompe_personne(plateforme, tmp_path):
    lien = tmp_path / "lien"
    lien.symlink_to(plateforme)
    (plateforme / MARQUE).write_text(SOIR.isoformat())

    with pytest.raises(ErreurDeCommande):
        dossier_d_essai.vider(lien, a_part_de=plateforme)
    assert (plateforme / "beffroi.sqlite3").exists()


def test_une_demonstration_est_refusee_meme_sans_dire_laquelle(tmp_path):
    (tmp_path / "demo.json").write_text("{}")
    (tmp_path / MARQUE).write_text(SOIR.isoformat())

    with pytest.raises(ErreurDeCommande):
        dossier_d_essai.vider(tmp_path, a_part_de=None)


def test_l_espace_ne_recoit_ni_la_base_ni_les_secrets_de_la_plateforme(monkeypatch, tmp_path):
    import os
    from argparse import Namespace

    from beffroi.commandes.cli import espace

    for nom in (
        "BASE_DE_DONNEES",
        "BASE_DE_DONNEES_FICHIER",
        "S3_CLE",
        "SMTP_MOT_DE_PASSE",
        "CLE_SECRETE",
        "STOCKAGE",
    ):
        monkeypatch.setenv(f"BEFFROI_{nom}", "secret")
    monkeypatch.setenv("BEFFROI_TELEPHONE", "03 21 00 00 00")
    avant = dict(os.environ)
    try:
        espace.regler(
            Namespace(
                sorte="essai", adresse="https://essai.example", principale="https://marches.example"
            ),
            tmp_path,
        )
        lus = {nom: valeur for nom, valeur in os.environ.items() if nom.startswith("BEFFROI_")}
    finally:
        os.environ.clear()
        os.environ.update(avant)

    assert "secret" not in lus.values()
    assert (lus["BEFFROI_ESPACE"], lus["BEFFROI_TELEPHONE"]) == ("essai", "03 21 00 00 00")
    assert "essai.example" in lus["BEFFROI_HOTES"]
