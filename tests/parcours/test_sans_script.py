"""Tout ce qui se lit se lit sans script :
on ferme le programme de la page, les mêmes phrases y sont.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.parcours.ecran import Ecran, Objets
from tests.parcours.poids import adresse, publics
from tests.parcours.test_poids import OUTILS
from tests.plateforme import Plateforme

# Ces pages agissent :
# sans script, elles disent quoi faire à la place, et d'autres essais le vérifient.
QUI_AGISSENT = OUTILS | {"account_login", "account_signup", "reponses:commencer"}
CHIFFRES = re.compile(r"\d+(?::\d+)*")
A_LIRE = [ecran for ecran in publics() if ecran.route not in QUI_AGISSENT and ecran.statut == 200]


@pytest.fixture(scope="module")
def deux_lecteurs(chromium: Any, plateforme: Plateforme) -> Iterator[list[Any]]:
    """Le même lecteur, avec et sans script ; chacun garde son onglet d'une page à l'autre."""
    contextes = [
        chromium.new_context(
            base_url=plateforme.adresse, locale="fr-FR", java_script_enabled=script
        )
        for script in (True, False)
    ]
    yield [contexte.new_page() for contexte in contextes]
    for contexte in contextes:
        contexte.close()


@pytest.mark.parametrize("ecran", A_LIRE, ids=str)
def test_une_page_se_lit_sans_script(
    ecran: Ecran, deux_lecteurs: list[Any], plateforme: Plateforme
) -> None:
    chemin = adresse(ecran, Objets(plateforme.dossier, plateforme.recit))
    avec, sans = (lire(page, chemin) for page in deux_lecteurs)

    assert sans, "la page est vide"
    assert avec - sans == set()


def lire(page: Any, chemin: str) -> set[str]:
    """Les lignes visibles, aux chiffres près : l'heure et les délais changent d'une seconde à
    l'autre, et une heure juste s'écrit sans ses secondes.
    """
    page.goto(chemin)
    lignes = CHIFFRES.sub("0", page.locator("main").inner_text()).splitlines()
    return {ligne.strip() for ligne in lignes} - {""}


def test_de_la_recherche_au_dossier_sans_script(ouvrir: Any, plateforme: Plateforme) -> None:
    """Chercher, filtrer, ouvrir une consultation,
    prendre son dossier, lire les questions, à 360 px.
    """
    page = ouvrir(largeur=360, java_script_enabled=False)
    reference = plateforme.consultation("publiee")["reference"]

    page.goto("/consultations/")
    page.locator("main [name=q]").fill(reference)
    page.locator("main [name=q]").press("Enter")
    page.locator(f"main a[href$='/consultations/{reference}/']").first.click()
    page.locator("main a[href$='/documents/']").first.click()
    with page.expect_download() as telechargement:
        page.locator("a[href$='dossier.zip']").first.click()
    page.goto(f"/consultations/{reference}/")
    page.locator("main a[href$='/questions/']").first.click()

    assert telechargement.value.suggested_filename.endswith(".zip")
    assert reference in page.url
    assert page.locator("h1").count() == 1
