"""Passé cinq minutes, un acte qui engage redemande le mot de passe :
une personne lente le redonne, un test lent aussi.
"""

import time
from typing import Any

from demo.personnages import MOT_DE_PASSE

RECENTE_S = 180


def prouvee(page: Any) -> None:
    """La personne vient de dire qui elle est, sur ce poste."""
    page.context.prouvee_a = time.monotonic()


def rester_reconnue(page: Any) -> None:
    """Avant un acte qui engage, confirme que c'est elle, si sa dernière preuve vieillit."""
    depuis = time.monotonic() - getattr(page.context, "prouvee_a", time.monotonic())
    if depuis < RECENTE_S:
        return
    page.goto("/compte/confirmer/?next=/aide/")
    page.fill("input[name=password]", MOT_DE_PASSE)
    with page.expect_navigation():
        page.click("main form button[type=submit]")
    assert "/aide/" in page.url
    prouvee(page)
