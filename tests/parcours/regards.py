"""Regarder un écran : y arriver, le mesurer à trois largeurs, relever ce qu'il dit et demande."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from tests.parcours.champs_annonces import CHAMPS_ANNONCES
from tests.parcours.ecran import Ecran, Objets
from tests.parcours.pages_gardees import a_l_ecoute
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
# D'un seul appel : chacun coûte autant que ce qu'il lit.
EN_ORDRE = f"""() => {{
  const titres = document.querySelectorAll("h1").length;
  return [
    ...(document.title ? [] : ["la page n'a pas de titre"]),
    ...(titres === 1 ? [] : [`${{titres}} titres de premier niveau`]),
    ...({CHAMPS_ANNONCES})(),
  ];
}}"""
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


@contextmanager
def a_regarder(origine: Plateforme, dossiers: pytest.TempPathFactory) -> Iterator[Plateforme]:
    """Une démonstration à part : certains écrans changent le second facteur d'une personne, et un
    geste fait une fois ne se refait pas.
    """
    with une_copie(origine, dossiers.mktemp("ecrans") / "donnees") as copie:
        copie.recit["prete"] = consultation_prete(copie)
        yield copie


def arriver(page: Any, ecran: Ecran, objets: Objets) -> None:
    """Va à l'écran, fait ses gestes."""
    page.set_viewport_size({"width": LARGE, "height": 900})
    page.goto(reverse(ecran.depart or ecran.route, kwargs=ecran.arguments(objets)) + ecran.requete)
    if ecran.geste:
        ecran.geste(page)


def regarder(page: Any, *, axe_a: Collection[int] = (LARGE, TELEPHONE)) -> list[str]:
    """Les fautes vues à 1280, 360 et 320 px ; celles que dit axe, aux largeurs demandées."""
    fautes = page.evaluate(EN_ORDRE)
    page.evaluate(AXE)
    for largeur in (LARGE, TELEPHONE, ZOOM):
        page.set_viewport_size({"width": largeur, "height": 900})
        if page.evaluate(DEBORDE):
            fautes.append(f"déborde à {largeur} px")
        if largeur in axe_a:
            fautes += [
                f"axe à {largeur} px : {violation}"
                for violation in page.evaluate(PASSER_AXE, REGLES)
            ]
    return fautes
