"""Chaque marche du banc reçoit tout, et la dernière garde ce qu'elle a reçu."""

import io
import os

import pytest

from beffroi.commandes.outillage import banc_depot_echelle as echelle
from beffroi.commandes.outillage.banc_depot_echelle import Marche, tableau

CORPS = os.urandom(600_000)


@pytest.mark.parametrize("marche", echelle.NOMS)
def test_chaque_marche_lit_tout_le_corps(marche, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    flux, statuts = io.BytesIO(CORPS), []

    reponse = getattr(echelle, marche)(
        {"wsgi.input": flux}, lambda statut, _: statuts.append(statut)
    )

    assert (list(reponse), statuts, flux.tell()) == ([b""], ["204 No Content"], len(CORPS))


def test_la_derniere_marche_garde_les_octets_sous_leur_nom(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    echelle.lire_condenser_et_garder(io.BytesIO(CORPS))

    assert [gardee.read_bytes() for gardee in (tmp_path / "gardees").iterdir()] == [CORPS]


def test_le_tableau_rapporte_le_processeur_aux_octets():
    lu = tableau([Marche("lire", 1, 1, secondes=[1, 2], processeur_s=[0.1, 0.3])], mio=100)

    assert "| lire | 67 | 2.00 ms |" in lu
