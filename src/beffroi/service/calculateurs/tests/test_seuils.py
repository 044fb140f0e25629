"""Les seuils à une date : ceux des tables, leur source, et ce que les tables ignorent."""

from datetime import date

import pytest

from beffroi.service.calculateurs.seuils import FAMILLES, cles_de, ligne
from beffroi.service.calculateurs.tests.test_calendrier import en_clair
from droit.en_vigueur import Droit


def test_chaque_seuil_des_tables_est_montre_une_fois():
    droit = Droit.au(date(2026, 11, 26))
    montrees = [cle for _, familles in FAMILLES for cle in cles_de(droit, familles)]

    assert sorted(montrees) == [cle for cle in droit.cles if cle.startswith("seuil.")]


@pytest.mark.parametrize(
    ("jour", "montant"),
    [("2025-12-31", "à partir de 221 000 € HT"), ("2026-01-01", "à partir de 216 000 € HT")],
)
def test_la_veille_et_le_jour_d_un_changement(client, jour, montant):
    page = en_clair(client.get("/outils/seuils/", {"date": jour}))

    assert montant in page


def test_un_seuil_inconnu_a_cette_date_est_dit_inconnu(client):
    page = client.get("/outils/seuils/", {"date": "2025-06-01"}).content.decode()

    assert ligne(Droit.au(date(2025, 6, 1)), "seuil.dispense.travaux").valeur is None
    assert "Inconnu à cette date" in page
    assert "Nos tables le donnent à partir du" in page


def test_chaque_seuil_dit_son_texte_et_comment_on_le_sait(client):
    page = en_clair(client.get("/outils/seuils/", {"date": "2026-11-26"}))

    assert "CCP, art. R. 2122-8" in page
    assert "lu chez un commentateur" in page


@pytest.mark.parametrize("jour", ["demain", "2026-13-45", "9999-01-01", "<script>"])
def test_une_date_illisible_se_corrige(client, jour):
    reponse = client.get("/outils/seuils/", {"date": jour})

    assert reponse.status_code == 422
    assert b"<script>" not in reponse.content.split(b"<main")[1]


def test_sans_date_c_est_aujourd_hui(client):
    assert client.get("/outils/seuils/?date=").status_code == 200
