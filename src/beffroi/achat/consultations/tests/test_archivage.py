"""Les mots communs à toutes les pièces remises aux archives."""

from datetime import UTC, datetime
from types import SimpleNamespace

from beffroi.achat.consultations.archivage import (
    a_lire_et_a_reprendre,
    faits,
    gardee,
    registre,
    tirages_d_un_registre,
)
from formats.versement import Etape, Sorte

LE = datetime(2026, 11, 20, 9, tzinfo=UTC)


def test_un_fichier_garde_garde_son_nom_sa_somme_et_sa_place():
    fichier = SimpleNamespace(
        nom="kbis.pdf", sha256="ab" * 32, taille=12, cle_de_stockage="preuves/1"
    )

    piece = gardee(
        "Extrait Kbis", fichier, sorte=Sorte.CANDIDATURE, etape=Etape.CANDIDATURES, le=LE
    )

    assert (piece.titre, piece.nom, piece.sha256, piece.taille) == (
        "Extrait Kbis",
        "kbis.pdf",
        "ab" * 32,
        12,
    )
    assert (piece.cle, piece.le, piece.sorte) == ("preuves/1", LE, Sorte.CANDIDATURE)


def test_un_rapport_est_remis_sous_ses_deux_formes_chacune_avec_sa_somme():
    rapport = SimpleNamespace(odt="r/odt", pdf="r/pdf", sha256_odt="aa", sha256_pdf="bb")

    odt, pdf = a_lire_et_a_reprendre(
        "Rapport", "rapport-2", rapport, sorte=Sorte.RAPPORT, etape=Etape.OFFRES
    )

    assert (odt.titre, odt.nom, odt.cle, odt.sha256) == (
        "Rapport, ODT",
        "rapport-2.odt",
        "r/odt",
        "aa",
    )
    assert (pdf.titre, pdf.nom, pdf.cle, pdf.sha256) == (
        "Rapport, PDF",
        "rapport-2.pdf",
        "r/pdf",
        "bb",
    )


def test_un_registre_remet_ses_tirages_scelles_tels_quels():
    scelle_le = datetime(2026, 11, 18, 9, tzinfo=UTC)
    documents = {"pdf": {"cle": "t/1", "sha256": "cc", "taille": 7}}
    tirage = SimpleNamespace(numero=1, scelle_le=scelle_le, documents=documents)

    (tire,) = tirages_d_un_registre("Registre", "registre", [tirage], etape=Etape.CONSULTATION)

    assert (tire.titre, tire.nom) == ("Registre, tirage 1, PDF", "registre-1.pdf")
    assert (tire.cle, tire.sha256, tire.taille, tire.le) == ("t/1", "cc", 7, scelle_le)


def test_un_registre_remet_celui_du_jour_dans_chaque_forme():
    ecrire = {"csv": lambda: b"a;b"}

    (du_jour,) = registre("Registre", "registre", ecrire, le=LE, etape=Etape.CONSULTATION)

    assert (du_jour.titre, du_jour.nom, du_jour.cle, du_jour.le) == (
        "Registre, CSV",
        "registre.csv",
        "",
        LE,
    )
    assert b"".join(du_jour.ouvrir()) == b"a;b"


def test_ce_qu_une_piece_dit_ne_se_lit_que_lorsqu_elle_s_ecrit():
    lectures = []

    piece = faits(
        "Contrat",
        "contrat.json",
        lambda: lectures.append("lu") or {"montant": 12},
        sorte=Sorte.CONTRAT,
        etape=Etape.EXECUTION,
    )

    assert lectures == []
    assert b'"montant": 12' in b"".join(piece.ouvrir()) and lectures == ["lu"]
