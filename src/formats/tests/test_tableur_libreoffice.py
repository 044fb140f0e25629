"""Ce que LibreOffice voit de nos classeurs : des mots et des dates, jamais une formule."""

import re
import shutil
import subprocess
from datetime import UTC, datetime

import pytest

from formats import tableur

PIEGES = (
    '=HYPERLINK("http://ailleurs.example";"Cliquez")',
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1;1)",
    "\t=1+1",
    "\r=1+1",
    "=cmd|' /C calc'!A0",
    "＝1+1",
    '";=1+1;"',
    "a\n=1+1",
    "{=1+1}",
    "=DDE(1;2;3)",
)
LE_8_JANVIER = datetime(2026, 1, 8, 11, 0, tzinfo=UTC)
FEUILLE = tableur.Feuille(
    titre="Registre",
    entetes=("Qui", "Quand", "Combien"),
    largeurs=(8, 4, 2),
    lignes=[(piege, LE_8_JANVIER, 3) for piege in PIEGES],
)
POINTS_VIRGULES_UTF8 = "--infilter=CSV:59,34,76"


@pytest.fixture(scope="module")
def ouvrir(tmp_path_factory):
    """Ouvre des octets dans LibreOffice et rend ce qu'il en garde, en OpenDocument à plat."""
    libreoffice = shutil.which("soffice")
    if libreoffice is None:
        pytest.skip("LibreOffice n'est pas installé : nos classeurs n'y ont pas été ouverts")
    dossier = tmp_path_factory.mktemp("classeurs")

    def ouverture(octets, extension):
        source = dossier / f"classeur.{extension}"
        source.write_bytes(octets)
        filtre = [POINTS_VIRGULES_UTF8] if extension == "csv" else []
        subprocess.run(
            [
                libreoffice,
                f"-env:UserInstallation=file://{dossier}/profil",
                "--headless",
                *filtre,
                "--convert-to",
                "fods",
                "--outdir",
                dossier,
                source,
            ],
            capture_output=True,
            timeout=300,
            check=True,
        )
        return (dossier / "classeur.fods").read_text("utf-8")

    return ouverture


def formules(classeur):
    return re.findall(r'table:formula="([^"]*)"', classeur)


@pytest.mark.parametrize("extension", ["csv", "ods"])
def test_un_classeur_piege_s_ouvre_sans_une_formule(ouvrir, extension):
    octets = (
        tableur.csv(FEUILLE) if extension == "csv" else tableur.ods(FEUILLE, etabli_le=LE_8_JANVIER)
    )
    classeur = ouvrir(octets, extension)

    assert formules(classeur) == []
    assert classeur.count("08/01/2026") == len(PIEGES)
    assert "HYPERLINK(" in classeur


def test_sans_notre_apostrophe_libreoffice_ferait_une_formule(ouvrir):
    assert formules(ouvrir("﻿Qui;Quand\r\n=1+1;hier\r\n".encode(), "csv")) == ["of:=1+1"]
