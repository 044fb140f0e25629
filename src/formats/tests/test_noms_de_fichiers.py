"""Ce qui se dit d'un nom : les mêmes phrases que le navigateur, sur les mêmes cas."""

import json
from pathlib import Path

import pytest

from formats import noms_de_fichiers

CAS = json.loads((Path(__file__).parent / "noms_de_fichiers.json").read_text("ascii"))


@pytest.mark.parametrize("cas", CAS, ids=[ascii(cas["nom"])[:30] for cas in CAS])
def test_un_nom_se_dit_comme_dans_le_navigateur(cas):
    faits = {cle: cas[cle] for cle in ("enveloppe", "consultation", "formats", "taille")}

    assert noms_de_fichiers.avertissements(cas["nom"], **faits) == cas["dits"]


@pytest.mark.parametrize("nom", ["offre_123456€.pdf", "devis 12 500 euros HT.pdf", "€ 1200.pdf"])
def test_le_nom_neutre_ne_dit_plus_de_montant(nom):
    neutre = noms_de_fichiers.nom_sans_montant(nom)

    assert neutre
    assert noms_de_fichiers.nom_sans_montant(neutre) is None


def test_les_formats_d_une_piece_se_lisent_quelle_que_soit_leur_ecriture():
    assert noms_de_fichiers.lire_les_formats("PDF, ods;xlsx") == ["pdf", "ods", "xlsx"]
    assert noms_de_fichiers.lire_les_formats("") == []
