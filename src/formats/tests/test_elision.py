"""« de » devant un nom d'entreprise ou de personne."""

import pytest

from formats.elision import de


@pytest.mark.parametrize(
    ("nom", "dit"),
    [
        ("Atelier du Faîtage", "d’Atelier du Faîtage"),
        ("Éclairage du Nord", "d’Éclairage du Nord"),
        ("Œuvre de pierre", "d’Œuvre de pierre"),
        ("EUROVIA", "d’EUROVIA"),
        ("Yvette Cordier", "d’Yvette Cordier"),
        ("Yaourterie de l'Aa", "de Yaourterie de l'Aa"),
        ("Zingueurs de la Lys", "de Zingueurs de la Lys"),
        ("Les Haies de l'Aa", "de Les Haies de l'Aa"),
        ("Hangars réunis", "de Hangars réunis"),
        ("Onze Toits", "de Onze Toits"),
        ("3D Toitures", "de 3D Toitures"),
        ("", "de "),
    ],
)
def test_de_devant_un_nom(nom: str, dit: str) -> None:
    assert de(nom) == dit
