"""Se connecter comme une personne, et taper un code qui n'a pas encore servi."""

import time
from typing import Any
from urllib.parse import urlsplit

from tests.parcours.gestes import seances
from tests.parcours.gestes.confirmation import prouvee
from tests.parcours.totp import code_totp


def connecter(page: Any, compte: dict[str, Any], *, vers: str = "/") -> Any:
    """Se connecte comme une personne : adresse, mot de passe, puis code à six chiffres s'il est
    demandé. La deuxième fois, sa séance se plante (`seances.py`).
    """
    prouvee(page)
    if deja_connue(page, compte, vers=vers):
        return page
    page.goto(f"/compte/connexion/?next={vers}")
    page.fill("input[name=login]", compte["identifiant"])
    page.fill("input[name=password]", compte["mot_de_passe"])
    valider(page)
    if page.locator("input[name=code]").count():
        page.fill("input[name=code]", code_neuf(page, compte))
        valider(page)
    seances.retenir(page, compte["identifiant"])
    return page


def valider(page: Any) -> None:
    """Envoie le formulaire et attend la page suivante :
    un clic seul rend la main avant qu'elle soit là.
    """
    with page.expect_navigation():
        page.click("form button[type=submit]:not([formnovalidate])")


def deja_connue(page: Any, compte: dict[str, Any], *, vers: str) -> bool:
    """Sa séance est plantée, et cette plateforme la reçoit."""
    if not seances.planter(page, compte["identifiant"]):
        return False
    page.goto(vers)
    if not urlsplit(page.url).path.startswith("/compte/connexion/"):
        return True
    page.context.clear_cookies(name=seances.COOKIE)
    return False


_tapes: dict[tuple[str, str], str] = {}


def code_neuf(page: Any, compte: dict[str, Any]) -> str:
    """Un code ne sert qu'une fois sur un site : on attend le suivant s'il le faut."""
    qui = urlsplit(page.url).netloc, compte["identifiant"]
    while (code := code_totp(compte["secret_totp"])) == _tapes.get(qui):
        time.sleep(0.5)
    _tapes[qui] = code
    return code
