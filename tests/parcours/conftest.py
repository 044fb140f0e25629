"""Une démonstration entière, un vrai navigateur, et axe : ce qu'un parcours demande."""

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.parcours.attente import attendre_la_page_apres_un_geste
from tests.parcours.gestes.confirmation import prouvee
from tests.parcours.navigateur import CHROMIUM, chemin_du_chromium
from tests.parcours.totp import code_totp
from tests.plateforme import Plateforme, une_copie

# Joués d'abord, du plus long au plus court : les processus de tests qui vont de front
# finissent alors presque ensemble. Le stockage S3 joue sa propre démonstration, que
# les autres n'attendent pas.
LES_PLUS_LONGS = ("test_ecrans.py", "test_stockage_s3.py", "test_canaris.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/parcours" in str(item.path):
            item.add_marker(pytest.mark.navigateur)
    items.sort(
        key=lambda item: (
            LES_PLUS_LONGS.index(item.path.name) if item.path.name in LES_PLUS_LONGS else math.inf
        )
    )


@pytest.fixture(scope="session")
def plateforme(
    origine: Plateforme, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Plateforme]:
    with une_copie(origine, tmp_path_factory.mktemp("demo") / "donnees") as copie:
        yield copie


@pytest.fixture(scope="session")
def pilote() -> Iterator[Any]:
    """Ce qui conduit les navigateurs : un seul par processus."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as correctif:
        attendre_la_page_apres_un_geste(correctif)
        yield playwright


@pytest.fixture(scope="session")
def chromium(pilote: Any) -> Iterator[Any]:
    navigateur = pilote.chromium.launch(executable_path=chemin_du_chromium(), args=CHROMIUM)
    try:
        yield navigateur
    finally:
        navigateur.close()


@pytest.fixture
def ouvrir(chromium: Any, plateforme: Plateforme) -> Iterator[Any]:
    """`ouvrir()` donne une page neuve, comme une autre personne sur un autre poste."""
    contextes = []

    def nouvelle_page(*, largeur: int = 1280, hauteur: int = 900, **options: Any) -> Any:
        contexte = chromium.new_context(
            base_url=plateforme.adresse,
            viewport={"width": largeur, "height": hauteur},
            locale="fr-FR",
            **options,
        )
        contextes.append(contexte)
        page = contexte.new_page()
        page.erreurs, page.console = [], []
        page.on("pageerror", lambda erreur: page.erreurs.append(str(erreur)))
        page.on("console", lambda message: noter_la_console(page, message))
        return page

    yield nouvelle_page
    for contexte in contextes:
        contexte.close()


def noter_la_console(page: Any, message: Any) -> None:
    """Une violation de la politique de sécurité est une faute, où qu'elle soit.

    Les autres erreurs se gardent à part.
    """
    if message.type != "error":
        return
    page.console.append(f"{message.text} ({message.location.get('url', '')})")
    if "Content Security Policy" in message.text:
        page.erreurs.append(message.text)


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
