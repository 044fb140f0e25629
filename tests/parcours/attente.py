"""Un geste rend la main quand la page qu'il demande est là, et non à ses premiers octets.

Playwright attend d'un clic que la page suivante réponde, pas qu'elle soit lue :
un compte ou un texte pris à cet instant le serait sur une page vide, une fois sur mille.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

import pytest

GESTES = ("click", "press")


def attendre_la_page_apres_un_geste(correctif: pytest.MonkeyPatch) -> None:
    from playwright.sync_api import Locator, Page

    for geste in GESTES:
        correctif.setattr(
            Page, geste, en_attendant(getattr(Page, geste), page_de=lambda page: page)
        )
        correctif.setattr(
            Locator,
            geste,
            en_attendant(getattr(Locator, geste), page_de=lambda repere: repere.page),
        )


def en_attendant(
    geste: Callable[..., None], *, page_de: Callable[[Any], Any]
) -> Callable[..., None]:
    @wraps(geste)
    def puis_la_page(cible: Any, *suite: Any, **options: Any) -> None:
        geste(cible, *suite, **options)
        page = page_de(cible)
        if not page.is_closed():
            page.wait_for_load_state("domcontentloaded")

    return puis_la_page
