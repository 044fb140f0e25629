import csv
import io
import zipfile
from datetime import datetime

import odfdo
import pytest

from formats import registre_des_depots, tableur
from formats.tests.exemples import pages, texte, un_registre, une_ligne


def _lignes_csv(octets: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(octets.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_le_csv_a_sa_marque_d_ordre_et_ses_points_virgules():
    octets = registre_des_depots.csv(un_registre(une_ligne()))

    assert octets.startswith(b"\xef\xbb\xbf\xc3\x89criture;R")
    assert _lignes_csv(octets)[1][:6] == [
        "18204",
        "D-2027-00031",
        "12/01/2027 11:58:07,412",
        "2027-01-12 10:58:07,412 UTC",
        "Dupont SARL",
        "SIRET 999 123 456 00017",
    ]


@pytest.mark.parametrize("debut", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_un_nom_d_entreprise_ne_devient_pas_une_formule(debut):
    hostile = f'{debut}HYPERLINK("http://x";1)\n=2'

    lue = _lignes_csv(registre_des_depots.csv(un_registre(une_ligne(entreprise=hostile))))[1][4]

    assert lue.startswith("'")
    assert "\n" not in lue


@pytest.mark.parametrize("debut", ["\t", "\r"])
def test_une_tabulation_ou_un_retour_en_tete_est_neutralise(debut):
    assert tableur.neutraliser(f"{debut}=1") == f"'{debut}=1"


def test_un_texte_ordinaire_n_est_pas_touche():
    assert tableur.neutraliser("Dupont = fils") == "Dupont = fils"


def test_l_ods_a_des_cellules_typees():
    octets = registre_des_depots.ods(un_registre(une_ligne(entreprise="=1+2\x00")))

    table = odfdo.Document(io.BytesIO(octets)).body.get_table(0)
    ligne = [table.get_cell((colonne, 1)) for colonne in range(15)]
    assert table.get_cell((0, 0)).value == "Écriture"
    assert (ligne[0].type, ligne[0].value) == ("float", 18_204)
    assert (ligne[2].type, ligne[2].value) == ("date", datetime(2027, 1, 12, 11, 58, 7, 412_000))
    assert (ligne[4].type, ligne[4].value, ligne[4].formula) == ("string", "=1+2⟨U+0000⟩", None)


def test_l_ods_est_reproductible_et_commence_par_son_type():
    octets = registre_des_depots.ods(un_registre(une_ligne()))

    assert octets == registre_des_depots.ods(un_registre(une_ligne()))
    premier = zipfile.ZipFile(io.BytesIO(octets)).infolist()[0]
    assert (premier.filename, premier.compress_type) == ("mimetype", zipfile.ZIP_STORED)


def test_le_pdf_dit_le_nombre_de_depots_et_les_retards():
    lu = texte(
        registre_des_depots.pdf(
            un_registre(une_ligne(), une_ligne(entreprise="Ecovert", hors_delai=True))
        )
    )

    assert "2 dépôts, dont 1 hors délai." in lu
    assert "Dupont SARL" in lu and "Dans les délais" in lu
    assert "Ecovert" in lu and "Hors délai" in lu


def test_un_registre_vide_le_dit():
    assert "Aucun dépôt n’a été reçu." in texte(registre_des_depots.pdf(un_registre()))


def test_un_long_registre_repete_son_en_tete():
    lues = pages(registre_des_depots.pdf(un_registre(*[une_ligne()] * 60)))

    assert len(lues) > 3
    assert all("Délai et état" in page for page in lues)
