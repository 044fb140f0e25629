"""Les sondes d'ailleurs que l'exploitant règle : un nom, un jeton, chacun une
fois ; sinon, rien ne démarre.
"""

import pytest

from beffroi.socle.fondations.reglages import ReglageIllisible
from config.sonde import sondes_exterieures

JETON = "j" * 32


@pytest.mark.parametrize(
    "dites",
    ["lille", "lille=court", f"Lille={JETON}", f"a={JETON}, a={'k' * 32}", f"a={JETON}, b={JETON}"],
)
def test_un_reglage_faux_empeche_de_demarrer(dites):
    with pytest.raises(ReglageIllisible):
        sondes_exterieures(dites)


def test_un_reglage_vide_n_ouvre_a_personne():
    assert sondes_exterieures("") == {}
    assert sondes_exterieures(f"a={JETON}, b={'k' * 32}") == {"a": JETON, "b": "k" * 32}
