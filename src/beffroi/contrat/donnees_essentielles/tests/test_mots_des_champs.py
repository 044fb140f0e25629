"""Chaque champ du format se dit en français, par son nom du format ou par celui de notre modèle."""

import pytest

from beffroi.contrat.donnees_essentielles.mots_des_champs import champ_en_mots, champs_en_mots
from formats.decp.champs import CONCESSION, MARCHE


@pytest.mark.parametrize("structure", [MARCHE, CONCESSION], ids=["marche", "concession"])
def test_aucun_champ_d_un_contrat_ne_reste_sans_mot(structure):
    muets = [
        nom for un in structure.champs for nom in (un.nom, un.attribut) if not champ_en_mots(nom)
    ]

    assert muets == []


@pytest.mark.parametrize(
    "chemin,mots",
    [
        ("dureeMois", "La durée en mois"),
        ("duree_mois, objet", "La durée en mois ; L'objet"),
        ("titulaires[0].id", "Les titulaires, le numéro"),
        ("inconnu", ""),
    ],
)
def test_un_chemin_se_dit_du_dehors_au_dedans(chemin, mots):
    assert champs_en_mots(chemin) == mots
