"""Se connecter comme une personne, et taper un code qui n'a pas encore servi."""

import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tests.parcours.gestes.confirmation import prouvee
from tests.parcours.totp import code_totp


def connecter(page: Any, compte: dict[str, Any], *, vers: str = "/") -> Any:
    """Se connecte comme une personne :
    adresse, mot de passe, puis code à six chiffres s'il est demandé.
    """
    prouvee(page)
    page.goto(f"/compte/connexion/?next={vers}")
    if reprendre_sa_session(page, compte, vers=vers):
        return page
    page.fill("input[name=login]", compte["identifiant"])
    page.fill("input[name=password]", compte["mot_de_passe"])
    valider(page)
    if page.locator("input[name=code]").count():
        page.fill("input[name=code]", code_neuf(page, compte))
        valider(page)
        _ouvertes[_qui(page, compte)].session = [
            c for c in page.context.cookies() if c["name"] == "session"
        ]
    return page


def valider(page: Any) -> None:
    """Envoie le formulaire et attend la page suivante :
    un clic seul rend la main avant qu'elle soit là.
    """
    with page.expect_navigation():
        page.click("form button[type=submit]:not([formnovalidate])")


@dataclass
class Ouverte:
    """La dernière connexion d'une personne à un site :
    le code qu'elle y a tapé, la session qu'elle a reçue.
    """

    code: str
    session: list[Any] = field(default_factory=list)


_ouvertes: dict[tuple[str, str], Ouverte] = {}


def _qui(page: Any, compte: dict[str, Any]) -> tuple[str, str]:
    return urlsplit(page.url).netloc, compte["identifiant"]


def reprendre_sa_session(page: Any, compte: dict[str, Any], *, vers: str) -> bool:
    """Un code ne sert qu'une fois.

    Plutôt que d'attendre le suivant, la personne reprend sa session de la même minute.
    """
    derniere = _ouvertes.get(_qui(page, compte))
    if (
        derniere is None
        or not derniere.session
        or derniere.code != code_totp(compte["secret_totp"])
    ):
        return False
    page.context.add_cookies(derniere.session)
    page.goto(vers)
    if "/compte/" not in page.url:
        return True
    page.context.clear_cookies()
    page.goto(f"/compte/connexion/?next={vers}")
    return False


def code_neuf(page: Any, compte: dict[str, Any]) -> str:
    """Un code ne sert qu'une fois : on attend le suivant s'il le faut."""
    derniere = _ouvertes.get(_qui(page, compte))
    code = code_totp(compte["secret_totp"])
    while derniere and derniere.code == code:
        time.sleep(0.5)
        code = code_totp(compte["secret_totp"])
    _ouvertes[_qui(page, compte)] = Ouverte(code)
    return code
