"""Une démonstration entière, un vrai navigateur, et axe : ce qu'un parcours demande."""

import math
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.parcours.attente import attendre_la_page_apres_un_geste
from tests.parcours.chromium_nu import chromium_nu
from tests.parcours.ecran import Ecran, Objets
from tests.parcours.gestes.confirmation import rester_reconnue
from tests.parcours.gestes.connexion import connecter
from tests.parcours.navigateur import CHROMIUM, chemin_du_chromium
from tests.parcours.pages_gardees import PagesGardees
from tests.parcours.recit import Recit
from tests.parcours.regards import Releve, arriver, regarder
from tests.plateforme import Plateforme, une_copie

# Joués d'abord, du plus long au plus court : les processus de tests qui vont de front
# finissent alors presque ensemble. Le stockage S3 joue sa propre démonstration, que
# les autres n'attendent pas.
LES_PLUS_LONGS = (
    "test_ecrans.py",
    "test_ecrans_au_telephone.py",
    "test_stockage_s3.py",
    "test_canaris.py",
)


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
        contexte.plateforme = plateforme
        contextes.append(contexte)
        contexte.on("page", equiper)
        return contexte.new_page()

    def equiper(page: Any) -> None:
        """Chaque onglet, même un second du même poste, dit ses erreurs et ce qu'il montrait."""
        page.erreurs, page.console = [], []
        page.on("pageerror", lambda erreur: page.erreurs.append(str(erreur)))
        page.on("console", lambda message: noter_la_console(page, message))
        nouvelle_page.recits.append(Recit(page))

    nouvelle_page.recits = []
    yield nouvelle_page
    for contexte in contextes:
        contexte.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    rapport = yield
    if rapport.when == "call" and rapport.failed:
        for recit in getattr(item.funcargs.get("ouvrir"), "recits", ()):  # type: ignore[attr-defined]
            rapport.sections.append(("Ce que la page montrait", str(recit)))
    return rapport


def noter_la_console(page: Any, message: Any) -> None:
    """Une violation de la politique de sécurité est une faute, où qu'elle soit.

    Les autres erreurs se gardent à part.
    """
    if message.type != "error":
        return
    page.console.append(f"{message.text} ({message.location.get('url', '')})")
    if "Content Security Policy" in message.text:
        page.erreurs.append(message.text)


@pytest.fixture
def onglet(plateforme: Plateforme, tmp_path: Path) -> Iterator[Any]:
    """Kévin, connecté, devant une réponse neuve, dans un navigateur sans pilote."""
    with chromium_nu(chemin_du_chromium(), CHROMIUM, tmp_path / "profil") as onglet:
        consultation = plateforme.consultation("publiee")["reference"]
        onglet.aller(
            f"{plateforme.adresse}/compte/connexion/?next=/consultations/{consultation}/deposer/"
        )
        compte = plateforme.compte("kevin")
        onglet.remplir(login=compte["identifiant"], password=compte["mot_de_passe"])
        onglet.cliquer("main form button[type=submit]")
        onglet.attendre(
            "location.pathname.endsWith('/deposer/') && document.readyState == 'complete'"
        )
        onglet.cliquer("button", "Commencer")
        onglet.attendre(
            "location.pathname.startsWith('/reponses/') && document.readyState == 'complete'"
        )
        yield onglet


@pytest.fixture
def dire(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Écrit une mesure tout de suite, même quand la sortie des tests est retenue."""

    def ecrire_la_mesure(mesure: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{mesure}\n")

    return ecrire_la_mesure


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
            contextes[qui].plateforme = plateforme
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
