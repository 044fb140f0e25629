"""Un tableau fait pour nuire se refuse d'une phrase, et vite."""

import pytest

from formats import tableau_lu
from formats.bordereaux import csv_lu
from formats.lecture.refus import DocumentIllisible
from formats.tableau_lu import TableauIllisible

COLONNES = {"siren": ("siren",), "nom": ("nom",)}


def lire(octets: bytes) -> tableau_lu.TableauLu:
    return tableau_lu.lire(octets, colonnes=COLONNES, obligatoires=("siren",))


@pytest.mark.parametrize("encodage", ["utf-8", "utf-16"])
def test_un_caractere_nul_n_est_pas_un_texte(encodage):
    with pytest.raises(TableauIllisible, match="n'est pas un texte"):
        lire("siren;nom\n216201558;Bo\0my\n".encode(encodage))


@pytest.mark.parametrize("impose", [b'sep="\n', b"sep=\r\r\n"])
def test_ce_qui_ne_separe_rien_ne_s_impose_pas(impose):
    with pytest.raises(TableauIllisible, match="La première ligne doit nommer les colonnes"):
        lire(impose + b"siren;nom\n1;2\n")


def test_un_bordereau_n_en_impose_pas_davantage():
    lu = csv_lu.lire(b'sep="\nPrix;Montant\nA;1\n')

    assert [rangee.cases[0].texte for rangee in lu.feuilles[0].rangees] == ['sep="', "Prix", "A"]


def test_un_bordereau_sans_caractere_nul():
    with pytest.raises(DocumentIllisible):
        csv_lu.lire("Prix;Montant\nA\0;1\n".encode("utf-16"))


@pytest.mark.parametrize("nom", [b"nom;", b"autre;"])
def test_cent_mille_colonnes_ne_font_pas_un_tableau(nom):
    with pytest.raises(TableauIllisible, match=r"100001 colonnes\. La limite est de 200"):
        lire(b"siren;" + nom * 100_000)


def test_les_colonnes_vides_qu_un_tableur_ajoute_ne_comptent_pas():
    assert lire(b"siren" + b";" * 16_000 + b"\n216201558\n").colonnes == ["siren"]
