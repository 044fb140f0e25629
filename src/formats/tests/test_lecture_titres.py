"""Un titre se reconnaît à sa numérotation."""

import pytest

from formats.lecture.titres import niveau_dit


@pytest.mark.parametrize(
    ("texte", "niveau"),
    [
        ("Article 4 – Remise des offres", 1),
        ("ARTICLE 4.2 : DATE LIMITE", 2),
        ("4. Remise des offres", 1),
        ("4 Remise des offres", 1),
        ("4.2 Date limite", 2),
        ("4.2.1. Heure", 3),
        ("IV. Remise des offres", 1),
        ("IV.2 Date limite", 2),
        ("A) Acheteur", 1),
        ("Chapitre II Acheteur", 1),
        ("Annexe 1", 1),
    ],
)
def test_un_titre_dit_son_niveau(texte, niveau):
    assert niveau_dit(texte) == niveau


@pytest.mark.parametrize(
    "texte",
    [
        "",
        "Remise des offres",
        "Les plis sont déposés avant le 15 décembre 2026.",
        "1 place de la Mairie, 62960 Bomy, du lundi au vendredi,",
        "60 %",
        "2026-12-15",
        "I Robot" * 30,
        "A Bomy le 15 décembre",
        "12 mois",
    ],
)
def test_ce_qui_n_est_pas_un_titre_n_a_pas_de_niveau(texte):
    assert niveau_dit(texte) is None
