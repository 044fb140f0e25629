"""Aucune page de la suite d'une consultation ne dit « de Atelier du Faîtage »."""

import re

import pytest

from tests.architecture.arbre import DOSSIERS

# Un fichier n'a pas de nom propre : « de acte.pdf » se laisse tel quel.
SANS_ELISION = re.compile(r"\b[Dd]e \{\{ (?!fichier)(?:[a-z_]+\.)*(?:entreprise|nom) \}\}")


@pytest.mark.parametrize(
    "contexte", ["analyse", "attribution", "candidatures", "marches", "ouverture", "selection"]
)
def test_un_nom_passe_par_le_filtre_de(contexte: str) -> None:
    pages = sorted((DOSSIERS[contexte] / "templates").rglob("*.html"))
    assert pages
    assert {
        page.name: trouve
        for page in pages
        if (trouve := SANS_ELISION.findall(page.read_text("utf-8")))
    } == {}
