"""Chaque écran, pour qui le regarde :
axe sans violation, rien qui déborde, un titre, aucune erreur, rien d'ailleurs.
"""

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from tests.architecture.adresses import noms_servis
from tests.parcours.champs_annonces import CHAMPS_ANNONCES
from tests.parcours.ecran import Ecran, Objets
from tests.parcours.ecrans import ECRANS, SANS_ECRAN
from tests.parcours.gestes.confirmation import rester_reconnue
from tests.parcours.gestes.connexion import connecter
from tests.parcours.pages_gardees import PagesGardees, a_l_ecoute
from tests.parcours.scenes import consultation_prete
from tests.plateforme import Plateforme, une_copie

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text("utf-8")
REGLES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PASSER_AXE = """async regles => {
  const { violations } = await axe.run(document,
    { runOnly: regles, resultTypes: ["violations"], preload: false });
  const places = v => v.nodes.slice(0, 3).map(n => n.target.join(" ")).join(" | ");
  return violations.map(v => `${v.id} : ${places(v)}`);
}"""
LARGE, TELEPHONE, ZOOM = 1280, 360, 320
DEBORDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


class Releve:
    """Ce qu'une page a dit et demandé pendant qu'on la regardait."""

    def __init__(self, adresse: str) -> None:
        self.adresse = adresse
        self.fautes: list[str] = []
        self.statuts: list[int] = []

    def pageerror(self, erreur: Any) -> None:
        self.fautes.append(f"erreur de script : {erreur}")

    def console(self, message: Any) -> None:
        # Chromium écrit aussi le statut de la page elle-même : celui-là est vérifié à part.
        if message.type == "error" and not message.text.startswith(
            "Failed to load resource: the server responded"
        ):
            self.fautes.append(f"console : {message.text}")

    def request(self, requete: Any) -> None:
        if not requete.url.startswith((self.adresse, "data:", "blob:")):
            self.fautes.append(f"demandé ailleurs : {requete.url}")

    def response(self, reponse: Any) -> None:
        if reponse.request.is_navigation_request():
            self.statuts.append(reponse.status)

    def de(self, page: Any) -> Any:
        return a_l_ecoute(
            page,
            pageerror=self.pageerror,
            console=self.console,
            request=self.request,
            response=self.response,
        )


@pytest.fixture(scope="module")
def plateforme(
    origine: Plateforme, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Plateforme]:
    """La sienne : certains écrans changent le second facteur d'une personne,
    et les parcours changent les objets.
    """
    with une_copie(origine, tmp_path_factory.mktemp("ecrans") / "donnees") as copie:
        copie.recit["prete"] = consultation_prete(copie)
        yield copie


@pytest.fixture(scope="module")
def objets(plateforme: Any) -> Objets:
    return Objets(plateforme.dossier, plateforme.recit)


@pytest.fixture(scope="module")
def chez(chromium: Any, plateforme: Any) -> Iterator[Any]:
    """Le navigateur de chaque personne, connectée une fois :
    un code à six chiffres ne sert qu'une fois.
    """
    contextes: dict[str, Any] = {}

    def contexte_de(qui: str) -> Any:
        if qui not in contextes:
            contextes[qui] = chromium.new_context(base_url=plateforme.adresse, locale="fr-FR")
            if qui:
                page = contextes[qui].new_page()
                connecter(page, plateforme.compte(qui))
                page.close()
        return contextes[qui]

    yield contexte_de
    for contexte in contextes.values():
        contexte.close()


@pytest.fixture(scope="module")
def pages(chez: Any) -> PagesGardees:
    return PagesGardees(chez)


@pytest.fixture
def voir(objets: Objets, pages: PagesGardees, plateforme: Any) -> Callable[[Ecran, int], None]:
    """L'écran, sans faute ; axe le lit à cette largeur."""

    def l_ecran(ecran: Ecran, largeur: int) -> None:
        releve = Releve(plateforme.adresse)
        with pages.pour(ecran) as page:
            if ecran.qui and ecran.geste:
                rester_reconnue(page)
            with releve.de(page):
                arriver(page, ecran, objets)
                fautes = regarder(page, axe_a=(largeur,))
            assert releve.statuts[-1] == ecran.statut, f"{page.url} : {page.title()}"
            assert fautes + releve.fautes == [], page.url

    return l_ecran


def etats() -> Iterator[Any]:
    """Chaque adresse, dans son premier état, chaque jour ; dans les autres, la série longue."""
    vues: set[str] = set()
    for ecran in ECRANS:
        # Le même gabarit, autrement rempli : chaque jour, les tests de son contexte le lisent.
        marques = [pytest.mark.long] if ecran.route in vues else []
        vues.add(ecran.route)
        yield pytest.param(ecran, id=str(ecran), marks=marques)


@pytest.mark.parametrize("ecran", [*etats()])
def test_un_ecran(ecran: Ecran, voir: Callable[[Ecran, int], None]) -> None:
    voir(ecran, LARGE)


# Le même document, que la série de chaque jour a vu tenir sans déborder à 360 et 320 px :
# axe n'y relit que ce qui dépend de la place, la taille des cibles, les zones qui défilent.
@pytest.mark.long
@pytest.mark.parametrize("ecran", ECRANS, ids=str)
def test_un_ecran_au_telephone(ecran: Ecran, voir: Callable[[Ecran, int], None]) -> None:
    voir(ecran, TELEPHONE)


def arriver(page: Any, ecran: Ecran, objets: Objets) -> None:
    """Va à l'écran, fait ses gestes."""
    page.set_viewport_size({"width": LARGE, "height": 900})
    page.goto(reverse(ecran.depart or ecran.route, kwargs=ecran.arguments(objets)) + ecran.requete)
    if ecran.geste:
        ecran.geste(page)


def regarder(page: Any, *, axe_a: Collection[int] = (LARGE, TELEPHONE)) -> list[str]:
    """Les fautes vues à 1280, 360 et 320 px ; celles que dit axe, aux largeurs demandées."""
    fautes = [] if page.title() else ["la page n'a pas de titre"]
    if page.locator("h1").count() != 1:
        fautes.append(f"{page.locator('h1').count()} titres de premier niveau")
    fautes += page.evaluate(CHAMPS_ANNONCES)
    for largeur in (LARGE, TELEPHONE, ZOOM):
        page.set_viewport_size({"width": largeur, "height": 900})
        if page.evaluate(DEBORDE):
            fautes.append(f"déborde à {largeur} px")
        if largeur in axe_a:
            page.evaluate(AXE)
            fautes += [
                f"axe à {largeur} px : {violation}"
                for violation in page.evaluate(PASSER_AXE, REGLES)
            ]
    return fautes


def test_aucun_ecran_ne_manque_a_la_table() -> None:
    # L'API parle aux logiciels : elle n'a pas d'écran.
    servis = {nom for nom in noms_servis() if not nom.startswith(("api-", "sans nom : /api/"))}
    regardes = {ecran.route for ecran in ECRANS}

    assert servis - regardes - SANS_ECRAN.keys() == set(), (
        "ni écran dans la table, ni raison de ne pas en avoir"
    )
    assert (regardes | SANS_ECRAN.keys()) - servis == set(), (
        "la table nomme des adresses qui ne sont plus servies"
    )
    assert regardes & SANS_ECRAN.keys() == set()
