"""Les mêmes règlements, enregistrés par LibreOffice :
d'autres fichiers que ceux de nos bibliothèques.
"""

import shutil
import subprocess

import pytest

from beffroi.achat.controles.rules import controler
from droit.en_vigueur import Droit
from formats.lecture.lire import lire_ici
from tests.relectures.reglements import recueil
from tests.relectures.reglements.recueil import MAINTENANT
from tests.relectures.reglements.rendus import rendre

# De quoi vers quoi : le PDF et l'ODT viennent d'un DOCX, le DOCX d'un ODT.
CONVERSIONS = {"pdf": "docx", "odt": "docx", "docx": "odt"}
ATTENTE_S = 400


@pytest.fixture(scope="module")
def enregistres(tmp_path_factory):
    """Un dossier par sorte ; les dix règlements y sont convertis d'un coup."""
    libreoffice = shutil.which("soffice")
    if libreoffice is None:
        pytest.skip(
            "LibreOffice n'est pas installé : la lecture de ses fichiers n'a pas été éprouvée"
        )
    dossier = tmp_path_factory.mktemp("libreoffice")
    for vers, depuis in CONVERSIONS.items():
        (dossier / vers).mkdir()
        sources = [dossier / vers / f"{rang}.{depuis}" for rang in range(len(recueil.TOUS))]
        for source, reglement in zip(sources, recueil.TOUS, strict=True):
            source.write_bytes(rendre(reglement.en(depuis)))
        profil = f"-env:UserInstallation=file://{dossier}/profil"
        commande = [
            libreoffice,
            profil,
            "--headless",
            "--convert-to",
            vers,
            "--outdir",
            dossier / vers,
            *sources,
        ]
        subprocess.run(commande, capture_output=True, timeout=ATTENTE_S, check=True)
    return dossier


@pytest.mark.parametrize("sorte", CONVERSIONS)
@pytest.mark.parametrize(
    "rang", range(len(recueil.TOUS)), ids=[reglement.nom for reglement in recueil.TOUS]
)
def test_un_reglement_enregistre_par_libreoffice_donne_les_memes_constats(enregistres, rang, sorte):
    reglement = recueil.TOUS[rang]
    texte = lire_ici((enregistres / sorte / f"{rang}.{sorte}").read_bytes())
    rapport = controler(reglement.achat, texte, Droit.au(MAINTENANT.date()), MAINTENANT)

    assert {constat.code for constat in rapport.constats if constat.bloque} == reglement.bloquants
    assert reglement.signales <= {constat.code for constat in rapport.constats}
