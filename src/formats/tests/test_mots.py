import hashlib
from itertools import combinations

import pytest

from formats.mots import MOTS, huit_mots


def _distance(a: str, b: str) -> int:
    precedente = list(range(len(b) + 1))
    for i, lettre_a in enumerate(a, start=1):
        ligne = [i]
        for j, lettre_b in enumerate(b, start=1):
            ligne.append(
                min(precedente[j] + 1, ligne[-1] + 1, precedente[j - 1] + (lettre_a != lettre_b))
            )
        precedente = ligne
    return precedente[-1]


def test_la_liste_a_un_mot_distinct_par_octet():
    assert len(MOTS) == len(set(MOTS)) == 256


def test_chaque_mot_a_de_quatre_a_neuf_lettres_sans_accent():
    assert all(
        4 <= len(mot) <= 9 and mot.isascii() and mot.islower() and mot.isalpha() for mot in MOTS
    )


def test_deux_mots_different_de_trois_lettres_et_de_debut():
    proches = [(a, b) for a, b in combinations(MOTS, 2) if _distance(a, b) < 3 or a[:4] == b[:4]]

    assert proches == []


def test_la_liste_est_figee():
    """Un mot déplacé ferait dire d'autres mots au récépissé déjà remis."""
    empreinte = hashlib.sha256(" ".join(MOTS).encode()).hexdigest()

    assert empreinte == "51dbf248181398e500e43debecaf654b637e718d05ff22432b72bbba63769848"


def test_huit_mots_disent_les_huit_premiers_octets():
    assert huit_mots(bytes(range(32))) == MOTS[:8]


def test_une_empreinte_trop_courte_est_refusee():
    with pytest.raises(ValueError, match="huit octets"):
        huit_mots(b"court")
