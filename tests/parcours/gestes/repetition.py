"""Ce que font deux personnes pour répéter l'ouverture : une phrase, un code, deux clés, la phrase retrouvée."""

import base64
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

LENT_MS = 90_000


def commencer(page: Any, reference: str, *, phrase: str) -> str:
    """La présidence écrit sa phrase. Rend l'adresse de la répétition."""
    page.goto(f"/consultations/{reference}/repetition/")
    page.locator("[data-phrase]").fill(phrase)
    page.get_by_role("button", name="Commencer la répétition").click()
    page.wait_for_url("**/repetition/T-*/", timeout=LENT_MS)
    return str(page.url)


def rejoindre(page: Any, reference: str) -> None:
    page.goto(f"/consultations/{reference}/repetition/")
    page.get_by_role("link", name="Rejoindre la répétition").click()
    page.get_by_role("button", name="Rejoindre la répétition").click()


def comparer_le_code(presidence: Any, membre: Any) -> str:
    """Le même code sur les deux écrans. Rend le code."""
    comparer = membre.locator("[data-identique]")
    comparer.wait_for(timeout=LENT_MS)
    chez_l_un = presidence.locator("[data-table] [data-code]").first
    chez_l_un.wait_for(timeout=LENT_MS)
    code = chez_l_un.inner_text()
    assert code == membre.locator("[data-code]").inner_text()
    comparer.click()
    return str(code)


def tourner_sa_cle(membre: Any, *, phrase: str) -> None:
    membre.locator("[data-secret]").fill(phrase)
    membre.locator("[data-remettre] [data-tourner]").click()
    membre.get_by_text("Votre clé est tournée").wait_for(timeout=LENT_MS)


@contextmanager
def serveur_hostile(membre: Any, vraie: Mapping[str, Any]) -> Iterator[list[str]]:
    """Le service présente, à la place de la clé d'essai, une vraie clé et la part que la personne en tient.

    Rend ce que le navigateur envoie au service pendant ce temps.
    """
    envois: list[str] = []
    cle = {**vraie, "part": base64.b64encode(vraie["part"]).decode()}

    def mentir(route: Any) -> None:
        reponse = route.fetch()
        etat = reponse.json()
        route.fulfill(response=reponse, json={**etat, "cles": [{**etat["cles"][0], **cle}]})

    def noter(requete: Any) -> None:
        if requete.url.endswith("/part/"):
            envois.append(requete.post_data)

    membre.route("**/etat.json", mentir)
    membre.on("request", noter)
    with membre.expect_response("**/etat.json"):
        pass
    yield envois
    membre.remove_listener("request", noter)
    membre.unroute("**/etat.json")


def tourner_les_cles(presidence: Any, *, phrase: str) -> None:
    presidence.locator("[data-secret]").fill(phrase)
    presidence.locator("[data-tourner]:not([disabled])").click(timeout=LENT_MS)
    presidence.get_by_role("heading", name="Les clés sont tournées").wait_for(timeout=LENT_MS)
