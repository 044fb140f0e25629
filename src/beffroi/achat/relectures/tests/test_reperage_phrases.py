"""Les phrases d'un paragraphe, et ce qui borne une recherche."""

import pytest

from beffroi.achat.relectures.rules.reperage import (
    articles_cites,
    dates,
    limites_de_remise,
    phrases,
    plier,
)
from beffroi.achat.relectures.rules.reperage.trouvaille import TROUVAILLES_D_UN_PARAGRAPHE
from beffroi.achat.relectures.tests.textes import texte


@pytest.mark.parametrize(
    ("ecrit", "lues"),
    [
        ("Une. Deux ! Trois ?", ["Une.", "Deux !", "Trois ?"]),
        ("Voir l'art. R. 2151-6 du code. Suite.", ["Voir l'art. R. 2151-6 du code.", "Suite."]),
        ("2.1. Objet du marché", ["2.1. Objet du marché"]),
        ("90 000 € H.T. Le reste.", ["90 000 € H.T. Le reste."]),
        ("Tél. 03 21 00 00 00. Ouvert.", ["Tél. 03 21 00 00 00.", "Ouvert."]),
        ("avant le 15/12/2026 ; Les plis tardifs", ["avant le 15/12/2026 ;", "Les plis tardifs"]),
        ("", []),
    ],
)
def test_les_phrases_se_separent_sans_couper_une_abreviation(ecrit, lues):
    assert [phrase.texte for phrase in phrases(texte(ecrit).paragraphes[0])] == lues


def test_plier_garde_la_longueur_et_les_places():
    ecrit = "ŒUVRE d’été — ÉÀÇ İ ﬁn"

    assert len(plier(ecrit)) == len(ecrit)
    assert plier(ecrit).startswith("œuvre d'ete - eac")


def test_une_trouvaille_connait_ce_qui_l_entoure():
    (trouvee,) = dates(texte("Rien ici. Remise avant le 15/12/2026 à midi. Puis autre chose."))

    assert trouvee.phrase == "Remise avant le 15/12/2026 à midi."
    assert (trouvee.avant, trouvee.apres.strip()) == ("Remise avant le ", ".")


@pytest.mark.parametrize("cherche", [dates, articles_cites, limites_de_remise])
def test_un_paragraphe_fait_pour_perdre_du_temps_ne_rend_qu_un_nombre_borne_de_trouvailles(cherche):
    piege = texte("remise 15/12/2026 L. 551-1 " * 2_000)

    assert len(cherche(piege)) <= TROUVAILLES_D_UN_PARAGRAPHE
