"""Double contrôle : trois personnes ont une clé, deux la tournent.

Deux nœuds répondent tour à tour, comme derrière un répartiteur sans affinité.
Chaque écran de la séance passe à axe, à 1280 et 360 px.
"""

import pytest

from tests.parcours.depot import texte
from tests.parcours.deux_noeuds import deux_noeuds
from tests.parcours.gestes import seance
from tests.parcours.gestes.connexion import connecter
from tests.parcours.gestes.surveillance import sans_faute
from tests.parcours.regards import regarder
from tests.parcours.scenes import consultation_close


@pytest.fixture
def plateforme(origine, tmp_path):
    with deux_noeuds(origine, tmp_path) as noeuds:
        yield noeuds.plateforme


SEULE = "Il faut 2 clés tournées, il y en a 1. Attendez les autres personnes."


class Regards:
    """Ce qu'axe reproche aux écrans, à mesure qu'on les traverse."""

    def __init__(self):
        self.fautes = []

    def sur(self, page, ecran):
        self.fautes += [f"{ecran} : {faute}" for faute in regarder(page)]
        page.set_viewport_size({"width": 1280, "height": 900})


# Chaque jour, `seance/ouverture` ouvre à deux clés sur trois par ses actes, et deux personnes
# tournent les leurs au navigateur (`test_seance_au_clavier.py`).
@pytest.mark.long
def test_deux_cles_sur_trois_ouvrent_et_une_seule_est_refusee(plateforme, ouvrir):
    close, regards = consultation_close(plateforme, politique="double", retard=True), Regards()
    helene, bernard = (
        connecter(
            ouvrir(), plateforme.compte(nom), vers=f"/consultations/{close.reference}/ouverture/"
        )
        for nom in ("helene", "bernard")
    )
    assert "Règle choisie : deux personnes tournent leur clé." in texte(helene)
    tenue = seance.preparer(helene, close.reference, "Hélène Duriez")
    s_asseoir_en_regardant(helene, tenue, regards)
    seance.s_asseoir(bernard, tenue)
    seance.installer(helene, tenue, autres="")
    assert "2 sur 3 suffisent pour ouvrir." in texte(helene)

    seance.comparer_le_code(helene, bernard, tenue)
    regards.sur(helene, "tourner les clés")
    phrase = plateforme.compte("helene")["phrase_de_cle"]
    assert seance.forcer_l_ouverture(helene, phrase=phrase) == SEULE
    bernard.locator("[data-remettre]").wait_for()
    regards.sur(bernard, "remettre sa part")
    seance.tourner_sa_cle(bernard, phrase=plateforme.compte("bernard")["phrase_de_cle"])
    seance.ouvrir_avec_les_cles(helene, phrase=phrase)

    assert len(seance.ouvrir_les_enveloppes(helene)) == 4
    regards.sur(helene, "une enveloppe")
    decider_en_regardant(helene, regards)
    seance.clore(helene, tenue)
    assert sorted(seance.fichiers_ouverts(helene, close.reference)) == sorted(close.fichiers)
    for page in (helene, bernard):
        sans_faute(page)
    assert regards.fautes == []


def s_asseoir_en_regardant(page, tenue, regards):
    page.get_by_role("button", name="Rejoindre la séance").click()
    page.get_by_role("button", name="Je déclare").wait_for()
    regards.sur(page, "déclarer")
    page.get_by_role("button", name="Je déclare").click()
    page.get_by_role("button", name="Installer la séance").wait_for()
    regards.sur(page, "installer")


def decider_en_regardant(page, regards):
    page.get_by_role("link", name="Réponses hors délai").click()
    page.get_by_role("link", name="Décider").wait_for()
    regards.sur(page, "les réponses hors délai")
    page.get_by_role("link", name="Décider").click()
    page.get_by_role("button", name="Inscrire la décision").wait_for()
    regards.sur(page, "décider")
    seance.decider_du_retard(
        page, "Laisser cette réponse scellée", motif="Le retard vient de l'entreprise."
    )
    page.get_by_text("Chaque retard est décidé").wait_for()
    regards.sur(page, "les décisions")
