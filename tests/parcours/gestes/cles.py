"""Ce que fait une personne de sa clé, et un authentificateur factice,
celui que Chromium prête aux essais.
"""

import re
from typing import Any

from tests.parcours.gestes.acheteur import LENT_MS
from tests.parcours.gestes.clavier import ecrire, presser

PHRASE = "quatre oies traversent la grand-place"


def mots(texte: str) -> re.Pattern[str]:
    """Un texte tel qu'il se lit :
    la page compose ses apostrophes et ses espaces, les scripts non.
    """
    return re.compile(re.escape(texte).replace("'", "['’]").replace(r"\ ", r"\s"))


class Authentificateur:
    """Un appareil à clés d'accès : toujours présent, la personne toujours reconnue."""

    def __init__(self, page: Any, *, prf: bool = True) -> None:
        self.cdp = page.context.new_cdp_session(page)
        self.cdp.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "ctap2Version": "ctap2_1",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "hasPrf": prf,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        self.numero = self.cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})[
            "authenticatorId"
        ]

    def cles(self) -> list[dict[str, Any]]:
        return list(
            self.cdp.send("WebAuthn.getCredentials", {"authenticatorId": self.numero})[
                "credentials"
            ]
        )

    def perdre(self) -> None:
        """L'appareil tombe dans la Lys."""
        self.cdp.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": self.numero})


def taper_la_phrase(page: Any, phrase: str = PHRASE) -> None:
    """Sans souris, comme la suite jusqu'au code recopié."""
    ecrire(page, page.locator("#phrase"), phrase)
    ecrire(page, page.locator("#phrase-encore"), phrase)


def fabriquer(page: Any) -> list[str]:
    """Fabrique la clé comme la page le propose. Rend les sept groupes du code de secours."""
    presser(page, page.get_by_role("button", name="Fabriquer ma clé"))
    return lire_la_feuille(page)


def lire_la_feuille(page: Any) -> list[str]:
    page.locator("[data-gardee]").wait_for(timeout=LENT_MS)
    return list(page.locator("[data-code] b").all_inner_texts())


def recopier(page: Any, code: list[str]) -> None:
    """Les quatre groupes que la page tire au sort."""
    for champ in page.locator("[data-groupes] .champ").all():
        rang = int(re.search(r"\d+", champ.locator("label").inner_text()).group())  # type: ignore[union-attr]
        ecrire(page, champ.locator("input"), code[rang - 1])
    presser(page, page.get_by_role("button", name="Vérifier et terminer"))


def garder_et_recopier(page: Any, code: list[str]) -> None:
    presser(page, page.locator("[data-gardee]"))
    recopier(page, code)
    page.wait_for_url("**/cles/", timeout=LENT_MS)


def ouvrir_avec(page: Any, facon: str, secret: str = "", *, geste: str = "Ouvrir ma clé") -> None:
    """Choisit une façon d'ouvrir sa clé, et donne le secret qu'elle demande."""
    page.locator("[data-fentes] label", has_text=mots(facon)).locator("input").check()
    if secret:
        page.locator("#secret").fill(secret)
    page.get_by_role("button", name=geste).click()


def jusqu_a_la_feuille(page: Any) -> list[str]:
    """Une clé neuve, ouverte par une phrase ; la feuille du code est à l'écran."""
    taper_la_phrase(page)
    return fabriquer(page)


def jusqu_a_la_recopie(page: Any) -> None:
    jusqu_a_la_feuille(page)
    page.locator("[data-gardee]").click()


def sans_recopier(page: Any) -> None:
    """La personne ferme sa page trop tôt : la clé existe, son code n'est pas recopié."""
    jusqu_a_la_recopie(page)
    page.goto("/cles/secours/")


def jusqu_a_la_facon(page: Any, facon: str, secret: str) -> None:
    ouvrir_avec(page, facon, secret)
    page.locator('[data-etape="facon"]').wait_for(timeout=LENT_MS)


def refaire_l_essai(page: Any) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=mots("Refaire l'essai")).click()


# ---------------------------------------------------------------- se connecter par une clé d'accès


def ajouter_une_cle_de_connexion(page: Any, nom: str = "Téléphone") -> Authentificateur:
    """Depuis « Ajouter une clé d'accès » : l'appareil répond, la liste revient."""
    appareil = Authentificateur(page)
    page.locator("[name=name]").fill(nom)
    with page.expect_navigation():
        page.get_by_role("button", name=mots("Créer la clé d'accès")).click()
    return appareil


def jusqu_au_nom_de_la_cle(page: Any) -> None:
    ajouter_une_cle_de_connexion(page)
    page.goto("/compte/second-facteur/cles/")
    page.get_by_role("link", name="Renommer").first.click()


def jusqu_au_retrait_de_la_cle(page: Any) -> None:
    ajouter_une_cle_de_connexion(page)
    page.goto("/compte/second-facteur/cles/")
    page.get_by_role("link", name="Retirer").first.click()
