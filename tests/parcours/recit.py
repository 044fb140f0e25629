"""Ce que montrait chaque page quand un essai échoue : sans quoi une faute qui ne vient qu'une fois
sur mille se cherche à l'aveugle.
"""

import time
from collections import deque
from typing import Any

DERNIERES = 30


class Recit:
    """Les dernières requêtes d'une page, et à quelle seconde chacune a commencé, fini ou manqué."""

    def __init__(self, page: Any) -> None:
        self.page, self.debut = page, time.monotonic()
        self.requetes: deque[str] = deque(maxlen=DERNIERES)
        for quoi, dit in (
            ("request", "part"),
            ("requestfinished", "finit"),
            ("requestfailed", "manque"),
        ):
            page.on(quoi, lambda requete, dit=dit: self.noter(dit, requete))

    def noter(self, dit: str, requete: Any) -> None:
        instant = time.monotonic() - self.debut
        self.requetes.append(f"{instant:7.2f} s {dit:6} {requete.method} {requete.url[-80:]}")

    def __str__(self) -> str:
        from playwright.sync_api import Error

        try:
            montre = f"{self.page.url}\n\n{self.page.locator('body').inner_text(timeout=2000)}"
        except Error as erreur:
            montre = f"{self.page.url}, illisible : {erreur}"
        fin = f"{time.monotonic() - self.debut:7.2f} s l'échec"
        return "\n".join([montre, "", *self.requetes, fin, *self.page.console])
