"""Une page par personne, gardée d'un écran au suivant :
en ouvrir une neuve coûte plus que de la regarder.

Un onglet neuf est un processus de Chromium neuf, qui recompile tout, axe d'abord. Entre deux
écrans, la page gardée passe par l'heure du serveur : rien du précédent ne court encore. Après un
geste, après une faute, elle se ferme.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.parcours.ecran import Ecran

# Quelques octets du même site. Une page vide, elle, n'a pas la politique d'ouverture du site
# (`Cross-Origin-Opener-Policy`) : y passer changerait de processus à chaque écran.
AU_REPOS = "/heure"


class PagesGardees:
    def __init__(self, chez: Callable[[str], Any]) -> None:
        self.chez = chez
        self.libres: dict[str, Any] = {}

    @contextmanager
    def pour(self, ecran: Ecran) -> Iterator[Any]:
        """La page de qui regarde cet écran ; une neuve s'il faut y agir."""
        gardee = None if ecran.geste else self.libres.pop(ecran.qui, None)
        page = gardee or self.chez(ecran.qui).new_page()
        rendue = False
        try:
            yield page
            if not ecran.geste and ecran.qui not in self.libres:
                page.evaluate("sessionStorage.clear()")
                page.goto(AU_REPOS)
                self.libres[ecran.qui] = page
                rendue = True
        finally:
            if not rendue:
                page.close()
            if ecran.geste and not ecran.qui:
                # Tous les anonymes partagent un navigateur : celui qui s'y est identifié à moitié
                # laisserait aux suivants une connexion commencée.
                page.context.clear_cookies()


@contextmanager
def a_l_ecoute(page: Any, **oreilles: Callable[[Any], None]) -> Iterator[None]:
    """Entend la page le temps d'un écran : la même en montrera d'autres."""
    for evenement, oreille in oreilles.items():
        page.on(evenement, oreille)
    try:
        yield
    finally:
        for evenement, oreille in oreilles.items():
            page.remove_listener(evenement, oreille)
