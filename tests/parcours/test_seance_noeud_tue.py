"""Le nœud qui tient les clés meurt en pleine séance : elle reprend par l'autre."""

import pytest

from tests.parcours.deux_noeuds import deux_noeuds
from tests.parcours.gestes import seance

# Chaque jour : `seance/ouverture/tests/test_deux_noeuds.py`, les actes, et
# `seance/coffre/tests/test_noeuds.py`, les vrais processus.
pytestmark = pytest.mark.long


@pytest.fixture
def noeuds(origine, tmp_path):
    with deux_noeuds(origine, tmp_path) as tenus:
        yield tenus


@pytest.fixture
def plateforme(noeuds):
    return noeuds.plateforme


def test_la_seance_reprend_par_le_noeud_qui_reste(noeuds, plateforme, ouvrir):
    reference = plateforme.consultation("close")["reference"]
    phrase = plateforme.compte("helene")["phrase_de_cle"]
    helene, bernard, tenue = seance.deux_a_table(plateforme, ouvrir, reference)
    seance.tourner_les_cles(helene, bernard, tenue, phrase=phrase)
    assert seance.ouvrir_la_suivante(helene).startswith("Enveloppe 1 sur")

    noeuds.tuer_le_premier()

    helene.goto(f"/ouverture/{tenue}/")
    # L'autre tenait peut-être les clés : la séance continue alors sans rien demander.
    if helene.get_by_role("heading", name="Reprendre la séance").count():
        helene.get_by_text("Les clés ne sont plus en mémoire. Rien n’est perdu").wait_for()
        seance.tourner_les_cles(helene, bernard, tenue, phrase=phrase)
    assert seance.ouvrir_la_suivante(helene).startswith("Enveloppe 2 sur")
    seance.ouvrir_les_enveloppes(helene)
    assert helene.get_by_role("link", name="Réponses hors délai").count() == 1
