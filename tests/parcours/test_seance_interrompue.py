"""`kill -9` entre deux enveloppes :
les clés sont à tourner de nouveau, et la séance reprend à la même enveloppe.
"""

import pytest

from tests.parcours.gestes import seance
from tests.parcours.gestes.surveillance import sans_faute


@pytest.fixture
def plateforme(origine, tmp_path):
    """Une copie de la démonstration :
    ce test ouvre une consultation, les autres la trouvent encore scellée.
    """
    copie = origine.copie(tmp_path / "copie")
    copie.demarrer(BEFFROI_PANNE="ouverture.apres_descellement:2")
    try:
        yield copie
    finally:
        copie.arreter()


def test_la_seance_reprend_a_l_enveloppe_ou_le_serveur_est_mort(plateforme, ouvrir):
    reference = plateforme.consultation("close")["reference"]
    phrase = plateforme.compte("helene")["phrase_de_cle"]
    helene, bernard, tenue = seance.deux_a_table(plateforme, ouvrir, reference)
    premier_code = seance.tourner_les_cles(helene, bernard, tenue, phrase=phrase)
    assert seance.ouvrir_la_suivante(helene).startswith("Enveloppe 1 sur")

    bernard.goto("about:blank")
    seance.ouvrir_et_voir_le_serveur_mourir(helene)
    plateforme.tuer()
    plateforme.demarrer()

    helene.goto(f"/ouverture/{tenue}/")
    helene.get_by_role("heading", name="Reprendre la séance").wait_for()
    second_code = seance.tourner_les_cles(helene, bernard, tenue, phrase=phrase)
    assert second_code != premier_code
    assert seance.ouvrir_la_suivante(helene).startswith("Enveloppe 2 sur")
    seance.ouvrir_les_enveloppes(helene)
    assert helene.get_by_role("link", name="Réponses hors délai").count() == 1
    for page in (helene, bernard):
        sans_faute(page, serveur_mort=True)
    assert plateforme.verifier().returncode == 0
