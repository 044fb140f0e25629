"""Ce qu'une sauvegarde copie des fichiers : d'un disque ou d'un compartiment, les mêmes."""

import hashlib
import io
from datetime import UTC, datetime

import pytest

from beffroi.commandes.cli import sauvegarde_dossier
from beffroi.commandes.cli.sauvegarde_fichiers import Compartiment, Disque
from beffroi.socle.fondations.stockage import CleInconnue, StockageEnPanne
from beffroi.socle.fondations.stockage.local import LocalStore
from beffroi.socle.fondations.stockage.s3 import S3Store

GARDES = {"plis/aa/premier": b"un" * 1000, "plis/bb/second": b"deux", "dossiers/vide": b""}


@pytest.fixture(params=["disque", "s3"])
def magasin(request, tmp_path):
    """Un stockage qui garde trois fichiers, et rien d'autre."""
    if request.param == "disque":
        tenu = LocalStore(tmp_path / "fichiers")
    else:
        tenu = S3Store.selon(request.getfixturevalue("reglages_s3"))
        for cle, _ in [*tenu.gardes()]:
            tenu.supprimer(cle)
    for cle, octets in GARDES.items():
        tenu.ecrire(cle, io.BytesIO(octets))
    return tenu


def source_de(magasin):
    if isinstance(magasin, LocalStore):
        return Disque(magasin.dossier)
    return Compartiment(magasin)


def sauvegarder(magasin, racine, nom):
    dossier = racine / nom
    dossier.mkdir(parents=True)
    copies = sauvegarde_dossier.copier_ce_qui_manque(source_de(magasin), racine, dossier)
    sauvegarde_dossier.ecrire_la_fiche(
        dossier, moteur="sqlite", commencee_le=datetime(2026, 12, 1, tzinfo=UTC), sha256=""
    )
    return copies, dict(sauvegarde_dossier.lire(dossier).liste())


def test_tout_est_copie_et_se_relit_sur_un_disque(magasin, tmp_path):
    copies, liste = sauvegarder(magasin, tmp_path / "nuits", "1")

    assert copies == (3, 2004)
    assert liste == {cle: hashlib.sha256(octets).hexdigest() for cle, octets in GARDES.items()}
    restaure = LocalStore(tmp_path / "nuits" / "fichiers")
    assert {cle: restaure.lire(cle).read() for cle in GARDES} == GARDES


def test_la_nuit_suivante_ne_recopie_que_ce_qui_est_neuf(magasin, tmp_path):
    sauvegarder(magasin, tmp_path / "nuits", "1")
    magasin.ecrire("plis/cc/troisieme", io.BytesIO(b"trois"))

    copies, liste = sauvegarder(magasin, tmp_path / "nuits", "2")

    assert copies == (1, 5)
    assert liste.keys() == {*GARDES, "plis/cc/troisieme"}


def test_ce_qu_un_autre_range_dans_le_compartiment_n_est_pas_a_nous(reglages_s3, tmp_path):
    magasin = S3Store.selon(reglages_s3)
    for cle in ("photos/été.jpg", "autre.txt"):
        magasin.client.put_object(Bucket=magasin.compartiment, Key=cle, Body=b"x")

    _, liste = sauvegarder(magasin, tmp_path / "nuits", "1")

    assert not any("photos" in cle or "autre" in cle for cle in liste)


def test_un_compartiment_absent_ne_fait_pas_une_sauvegarde_vide(reglages_s3, tmp_path):
    magasin = S3Store.selon({**reglages_s3, "compartiment": "jamais-cree"})

    with pytest.raises((CleInconnue, StockageEnPanne)):
        sauvegarder(magasin, tmp_path / "nuits", "1")
    assert list((tmp_path / "nuits").glob("*/sauvegarde.json")) == []


def test_un_stockage_qui_se_tait_en_route_ne_fait_pas_une_sauvegarde(reglages_s3, tmp_path):
    magasin = S3Store.selon(reglages_s3)
    magasin.ecrire("plis/aa/premier", io.BytesIO(b"un"))
    eteint = S3Store.selon({**reglages_s3, "adresse": "http://127.0.0.1:9"})
    magasin.client.get_object = eteint.client.get_object

    with pytest.raises(StockageEnPanne):
        sauvegarder(magasin, tmp_path / "nuits", "1")
