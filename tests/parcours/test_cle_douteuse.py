"""Une clé remplacée en chemin : la page de dépôt s'arrête avant de sceller, et dit quoi faire."""

import json
import re

import pytest

from sceau import Identity
from tests.parcours.depot import attendre_le_script, commencer
from tests.parcours.regards import regarder

DONNEES = re.compile(
    r'(<script id="donnees-de-la-reponse" type="application/json">)(.*?)(</script>)', re.S
)


def remplacer_la_cle(page):
    """Un intermédiaire met sa propre clé à la place de celle des offres, empreinte comprise."""
    autre = Identity.generate().recipient

    def alterer(trouve):
        donnees = json.loads(trouve[2])
        donnees["cles"]["offre"] |= {"destinataire": autre.encode(), "empreinte": autre.fingerprint}
        return trouve[1] + json.dumps(donnees) + trouve[3]

    def servir(route):
        reponse = route.fetch()
        route.fulfill(response=reponse, body=DONNEES.sub(alterer, reponse.text()))

    page.route(re.compile(r"/reponses/[^/]+/(pieces|verifier)/"), servir)


@pytest.mark.parametrize("suite", ["pieces/offre/", "verifier/"])
def test_rien_ne_se_scelle_pour_une_cle_que_l_acheteur_n_a_pas_signee(plateforme, ouvrir, suite):
    page = ouvrir()
    reponse = commencer(page, plateforme, qui="sophie")
    remplacer_la_cle(page)

    page.goto(f"/reponses/{reponse}/{suite}")

    page.locator("[data-cle-douteuse]").wait_for()
    assert "la clé des offres n’est pas sûre" in page.locator("[data-cle-douteuse]").inner_text()
    assert page.locator("[data-choix], [data-deposer]").locator("visible=true").count() == 0
    assert regarder(page) == []


def test_la_meme_page_avec_la_vraie_cle_se_prepare(plateforme, ouvrir):
    page = ouvrir()
    reponse = commencer(page, plateforme, qui="sophie")

    page.goto(f"/reponses/{reponse}/pieces/offre/")
    attendre_le_script(page)

    assert page.locator("[data-cle-douteuse]").is_hidden()
