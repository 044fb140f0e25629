"""Le tableur et le ZIP, venus d'ailleurs : ce qui se lit, ce qui se refuse avec sa phrase."""

import io
import zipfile
from datetime import UTC, datetime

import pytest

from beffroi.centre.reprises import archive, lecture, tableaux
from beffroi.centre.reprises.archive import ZipIllisible
from beffroi.centre.reprises.tests import gestes
from formats import tableur
from formats.illisible import Illisible

LE = datetime(2027, 1, 20, 9, tzinfo=UTC)


def en_ods(*lignes: str) -> bytes:
    rangs = [tuple(ligne.split(";")) for ligne in lignes]
    entetes = tuple(gestes.ENTETES.split(";"))
    feuille = tableur.Feuille(
        titre="Conventions", entetes=entetes, largeurs=(3.0,) * len(entetes), lignes=rangs
    )
    return tableur.ods(feuille, etabli_le=LE)


def test_un_ods_et_un_csv_disent_la_meme_chose():
    dites = gestes.ligne(1), gestes.ligne(2)

    assert lecture.lire(en_ods(*dites), "a.ods") == lecture.lire(gestes.tableur(*dites), "a.csv")


def test_le_modele_vide_nomme_les_colonnes_et_dit_qu_il_n_a_pas_de_ligne():
    with pytest.raises(Illisible, match="aucune ligne"):
        lecture.lire(tableaux.modele(le=LE), "modele.ods")


@pytest.mark.parametrize(
    ("octets", "phrase"),
    [
        (b"PK\x03\x04 pas un classeur", "abîmé"),
        (b"", "vide"),
        (b"nom;courriel\nx;y\n", "SIREN|siren"),
        (gestes.tableur(gestes.ligne(1) + ";de;trop"), "La ligne 2 ne se lit pas"),
        (gestes.tableur(gestes.ligne(1, nom='"jamais refermé'), "x" * 5000), "La ligne 2"),
        (gestes.tableur(gestes.ligne(1, nom="N" * 400)), "La ligne 2 ne se lit pas"),
    ],
)
def test_un_fichier_illisible_dit_pourquoi(octets, phrase):
    with pytest.raises(Illisible, match=phrase):
        lecture.lire(octets, "a")


def _zip(contenus: list[tuple[str, bytes]]) -> io.BytesIO:
    flux = io.BytesIO()
    with zipfile.ZipFile(flux, "w", zipfile.ZIP_DEFLATED) as ecrit:
        for nom, octets in contenus:
            ecrit.writestr(nom, octets)
    flux.seek(0)
    return flux


def test_un_nom_hostile_n_est_qu_une_etiquette():
    lus = archive.lire(_zip([("../../etc/passwd.pdf", b"%PDF"), ("C:\\x\\a\u202eb.pdf", b"%PDF2")]))

    assert [entree.nom for entree in lus] == ["passwd.pdf", "ab.pdf"]


def test_une_bombe_ne_se_deplie_pas():
    with pytest.raises(ZipIllisible, match="démesurément"):
        list(archive.lire(_zip([("bombe.pdf", b"\0" * 30_000_000)])))


def test_un_fichier_trop_gros_est_refuse_seul(monkeypatch):
    monkeypatch.setattr(archive, "OCTETS_PAR_PIECE", 10)
    gros, petit = archive.lire(_zip([("gros.pdf", b"x" * 99), ("petit.pdf", b"%PDF")]))

    assert "10 Mo" in gros.refus and not petit.refus


def test_trop_de_fichiers_se_refuse(monkeypatch):
    monkeypatch.setattr(archive, "FICHIERS_AU_PLUS", 1)

    with pytest.raises(ZipIllisible, match="plus de 1 fichiers"):
        list(archive.lire(_zip([("a.pdf", b"a"), ("b.pdf", b"b")])))


@pytest.mark.parametrize("octets", [b"", b"PK\x05\x06" + b"\0" * 18, b"%PDF-1.7", b"PK\x03\x04xx"])
def test_ce_qui_n_est_pas_un_zip_se_dit(octets):
    with pytest.raises(ZipIllisible):
        list(archive.lire(io.BytesIO(octets)))


def test_un_zip_abime_au_milieu_se_dit():
    octets = bytearray(_zip([("a.pdf", bytes(range(256)) * 50)]).getvalue())
    octets[60:90] = b"\xff" * 30

    with pytest.raises(ZipIllisible, match="abîmé"):
        list(archive.lire(io.BytesIO(bytes(octets))))
