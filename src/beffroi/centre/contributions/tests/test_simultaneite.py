"""Six personnes lancent le même appel à la même seconde :
un seul se fait, les autres lisent une phrase.
"""

import pytest

from tests.serveurs.tempete import MOTEURS, tempete_sur


@pytest.fixture(params=MOTEURS)
def tempete(request, tmp_path):
    with tempete_sur(
        request.param, tmp_path, "beffroi.centre.contributions.tests.tempete"
    ) as jouer:
        yield jouer


def test_six_lancements_a_la_meme_seconde_font_un_seul_appel_et_une_phrase_pour_les_autres(
    tempete,
):
    bilan = tempete(6)

    assert (bilan["lignes"], bilan["au_journal"]) == (5, 2)
    assert bilan["numeros"] == [1, 2, 3, 4, 5]
    assert bilan["ouvertures"] == {
        "fait": 1,
        "Fanny Delattre a déjà ouvert l'appel 2027. Rechargez la page.": 5,
    }
    suite = "une autre personne l'a mené, ou ce n'est pas son tour. Rechargez la page."
    assert bilan["gels"] == {"fait": 1, f"L'appel 2027 en est à « Comptes figés » : {suite}": 5}
    assert bilan["decisions"] == {"fait": 1, "Fanny Delattre a déjà décidé de Desvres": 5}
    assert bilan["decidees_au_journal"] == 1
    assert bilan["emissions"] == {"fait": 1, f"L'appel 2027 en est à « Émis » : {suite}": 5}
