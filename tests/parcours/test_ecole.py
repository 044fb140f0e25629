"""La consultation école, d'un bout à l'autre :
un agent du centre commence la classe, deux stagiaires ouvrent.
"""

import re
import time

import pytest

from tests.parcours.depot import texte
from tests.parcours.gestes import seance
from tests.parcours.gestes.connexion import connecter
from tests.parcours.regards import AXE, DEBORDE, PASSER_AXE, REGLES

PATIENCE_S = 300
# Huit jours passent en sept secondes : le test n'attend que les rondes.
FACTEUR = "100000"


@pytest.fixture(scope="module")
def plateforme(origine, tmp_path_factory):
    copie = origine.copie(tmp_path_factory.mktemp("avec-ecole") / "donnees")
    copie.avec_ecole = True
    copie.demarrer(BEFFROI_FACTEUR_DE_L_ECOLE=FACTEUR)
    yield copie
    copie.arreter()


def attendre(page, condition, recharger):
    echeance = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < echeance, texte(page)
        page.wait_for_timeout(1000)
        recharger()


def sans_reproche(page):
    page.set_viewport_size({"width": 360, "height": 640})
    assert not page.evaluate(DEBORDE)
    page.evaluate(AXE)
    assert page.evaluate(PASSER_AXE, REGLES) == []
    page.set_viewport_size({"width": 1280, "height": 900})


# Chaque jour, `service/essai` joue la classe par ses actes ; ici, chaque stagiaire a son poste.
@pytest.mark.long
def test_une_classe_de_la_publication_au_proces_verbal(plateforme, ouvrir, chromium):
    claire = connecter(ouvrir(), plateforme.compte("claire"), vers="/ecole/")
    commencer = claire.get_by_role("button", name="Commencer une classe")
    attendre(claire, commencer.count, lambda: claire.goto("/ecole/"))
    ecole = claire.url.split("/ecole/")[0]
    sans_reproche(claire)
    commencer.click()
    claire.get_by_role("heading", name="Le récit").wait_for()
    sans_reproche(claire)

    attendre(claire, lambda: "À vous : ouvrez les réponses" in texte(claire), claire.reload)
    sans_reproche(claire)
    reference = re.search(r"\d{4}-\d{4}", texte(claire)).group()
    mot_de_passe = claire.locator("table code").nth(1).inner_text()
    helene, bernard = (
        entrer(
            chromium,
            plateforme,
            ecole,
            nom,
            mot_de_passe,
            vers=f"/consultations/{reference}/ouverture/",
        )
        for nom in ("helene", "bernard")
    )
    tenue = seance.preparer(helene, reference, "Hélène Duriez")
    seance.s_asseoir(helene, tenue)
    seance.s_asseoir(bernard, tenue)
    seance.installer(helene, tenue, autres="Martine Caron, secrétaire de mairie")
    seance.tourner_les_cles(
        helene, bernard, tenue, phrase=plateforme.compte("helene")["phrase_de_cle"]
    )
    ouvertes = seance.ouvrir_les_enveloppes(helene)
    helene.get_by_role("link", name="Réponses hors délai").click()
    seance.admettre_le_retard(helene, motif="Pour voir, à l'école.")
    seance.ouvrir_les_enveloppes(helene)
    proces_verbal = seance.clore(helene, tenue)

    assert len(ouvertes) == 4
    assert proces_verbal.startswith(b"%PDF")
    claire.reload()
    assert "La séance est close" in texte(claire)
    sans_reproche(claire)


def entrer(chromium, plateforme, ecole, nom, mot_de_passe, *, vers):
    """Un stagiaire, sur son appareil, avec un second facteur à l'heure de tous."""
    page = chromium.new_context(base_url=ecole, locale="fr-FR").new_page()
    return connecter(page, {**plateforme.compte(nom), "mot_de_passe": mot_de_passe}, vers=vers)


def test_une_commune_n_entre_pas_a_l_ecole_par_la_plateforme(plateforme, ouvrir):
    martine = connecter(ouvrir(), plateforme.compte("martine"), vers="/")

    assert martine.goto("/ecole/").status == 404
