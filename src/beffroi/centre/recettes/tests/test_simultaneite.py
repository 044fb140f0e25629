"""Le même import, le même paiement, à la même seconde :
un seul entre, et jamais plus que ce qui est dû.
"""

import pytest

from tests.serveurs.tempete import MOTEURS, tempete_sur


@pytest.fixture(params=MOTEURS)
def tempete(request, tmp_path):
    with tempete_sur(request.param, tmp_path, "beffroi.centre.recettes.tests.tempete") as jouer:
        yield jouer


def test_six_personnes_a_la_meme_seconde_ne_notent_rien_deux_fois_ni_plus_que_le_du(tempete):
    bilan = tempete(6)

    assert (bilan["notes"], bilan["reste"]) == (3, "100.00")
    # Trois ont confirmé le dépôt appliqué (rien de plus ne s'écrit) ;
    # trois, son double, qui se refuse.
    deja = (
        "Ce fichier est déjà importé : Solange Petitprez l'a déposé, "
        "et il s'est appliqué le 15/03/2027."
    )
    assert bilan["imports"] == {"fait": 3, deja: 3}
    assert bilan["meme"] == {"fait": 1, "L'encaissement VIR-1 est déjà noté, au 15/03/2027.": 5}
    assert bilan["trop"]["fait"] == 2
    assert sum(bilan["trop"].values()) == 6
    assert all("il ne reste que 100" in phrase for phrase in bilan["trop"] if phrase != "fait")
