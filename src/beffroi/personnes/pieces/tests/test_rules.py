"""Ce qui se garde, et jusqu'à quand."""

from datetime import date

import pytest

from beffroi.personnes.pieces import rules
from beffroi.socle.guichet.limites import OCTETS_PAR_PIECE

JOUR = date(2026, 11, 2)


def refus(**champs) -> str:
    donnees = {"nom": "urssaf.pdf", "taille": 100, "debut": b"%PDF-1.7", **champs}
    return " ".join(str(motif) for motif in rules.fichier_recevable(**donnees).motifs)


def test_un_pdf_se_garde():
    assert refus() == ""


def test_un_fichier_vide_est_refuse_en_une_phrase():
    assert refus(taille=0, debut=b"") == "Ce fichier est vide. Choisissez le bon fichier."


def test_un_fichier_trop_gros_dit_sa_taille_et_la_limite():
    assert "11 Mo" in refus(taille=11_000_000).replace("\N{NO-BREAK SPACE}", " ")
    assert refus(taille=OCTETS_PAR_PIECE) == ""


@pytest.mark.parametrize("nom", ["kbis.exe", "kbis.pdf.SCR", "lisez.js", "tout.ps1", "a.lnk"])
def test_un_programme_se_reconnait_a_son_nom(nom):
    assert "est un programme" in refus(nom=nom)


@pytest.mark.parametrize(
    "debut", [b"MZ\x90\x00", b"\x7fELF\x02", b"#!/bin/sh", b"\xcf\xfa\xed\xfe"]
)
def test_un_programme_renomme_se_reconnait_a_ses_octets(debut):
    assert "est un programme" in refus(nom="kbis.pdf", debut=debut)


def test_la_place_se_compte_anciennes_versions_comprises():
    juste = rules.place_suffisante(
        octets=10, gardes=rules.OCTETS_PAR_ETABLISSEMENT - 10, fichiers=3
    )
    trop = rules.place_suffisante(octets=11, gardes=rules.OCTETS_PAR_ETABLISSEMENT - 10, fichiers=3)

    assert juste.favorable and not trop.favorable
    assert "Supprimez" in trop.motifs[0].texte


def test_le_nombre_de_fichiers_est_borne():
    assert not rules.place_suffisante(
        octets=1, gardes=1, fichiers=rules.FICHIERS_PAR_ETABLISSEMENT
    ).favorable


@pytest.mark.parametrize(
    ("fin", "expiree"), [(date(2026, 11, 1), True), (JOUR, False), (None, False)]
)
def test_le_dernier_jour_de_validite_compte_encore(fin, expiree):
    assert rules.est_expiree(fin, le=JOUR) is expiree


def test_une_date_a_venir_et_une_fin_avant_le_debut_se_refusent():
    demain = rules.dates_qui_se_suivent(
        datee_du=date(2026, 11, 3), valable_jusqu_au=None, aujourd_hui=JOUR
    )
    envers = rules.dates_qui_se_suivent(
        datee_du=JOUR, valable_jusqu_au=date(2026, 11, 1), aujourd_hui=JOUR
    )

    assert "à venir" in demain.motifs[0].texte
    assert "avant la date du document" in envers.motifs[0].texte


FIN = date(2026, 12, 31)
TRENTE, SEPT = date(2026, 12, 1), date(2026, 12, 24)


@pytest.mark.parametrize(
    ("le", "ajoutee", "dernier", "attendu"),
    [
        (date(2026, 11, 30), JOUR, None, None),
        (TRENTE, JOUR, None, 30),
        (date(2026, 12, 10), JOUR, 30, None),
        (date(2026, 12, 10), JOUR, None, 30),
        (SEPT, JOUR, 30, 7),
        (SEPT, JOUR, None, 7),
        (FIN, JOUR, 7, None),
        (date(2027, 1, 1), JOUR, None, None),
        (date(2026, 12, 10), date(2026, 12, 10), None, None),
        (SEPT, date(2026, 12, 10), None, 7),
    ],
)
def test_un_rappel_est_du_a_trente_jours_puis_a_sept(le, ajoutee, dernier, attendu):
    assert rules.rappel_du(fin=FIN, ajoutee_le=ajoutee, le=le, dernier=dernier) == attendu
