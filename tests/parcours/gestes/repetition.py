"""Ce que font deux personnes pour répéter l'ouverture, sans souris :
une phrase, un code, deux clés, la phrase retrouvée.
"""

import base64
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from tests.parcours.gestes.clavier import ecrire, presser

LENT_MS = 90_000


def commencer(page: Any, reference: str, *, phrase: str) -> str:
    """La présidence écrit sa phrase. Rend l'adresse de la répétition."""
    page.goto(f"/consultations/{reference}/repetition/")
    ecrire(page, page.locator("[data-phrase]"), phrase)
    presser(page, page.get_by_role("button", name="Commencer la répétition"))
    page.wait_for_url("**/repetition/T-*/", timeout=LENT_MS)
    return str(page.url)


def rejoindre(page: Any, reference: str) -> None:
    page.goto(f"/consultations/{reference}/repetition/")
    presser(page, page.get_by_role("link", name="Rejoindre la répétition"))
    page.wait_for_url("**/repetition/T-*/")
    presser(page, page.get_by_role("button", name="Rejoindre la répétition"))
    page.locator("[data-role=participant]").wait_for()


def comparer_le_code(presidence: Any, membre: Any) -> str:
    """Le même code sur les deux écrans. Rend le code."""
    comparer = membre.locator("[data-identique]")
    comparer.wait_for(timeout=LENT_MS)
    chez_l_un = presidence.locator("[data-table] [data-code]").first
    chez_l_un.wait_for(timeout=LENT_MS)
    code = chez_l_un.inner_text()
    assert code == membre.locator("[data-code]").inner_text()
    presser(membre, comparer)
    return str(code)


def tourner_sa_cle(membre: Any, *, phrase: str) -> None:
    ecrire(membre, membre.locator("[data-secret]"), phrase)
    presser(membre, membre.locator("[data-remettre] [data-tourner]"))
    membre.get_by_text("Votre clé est tournée").wait_for(timeout=LENT_MS)


@contextmanager
def serveur_hostile(membre: Any, vraie: Mapping[str, Any]) -> Iterator[list[str]]:
    """Le service présente, à la place de la clé d'essai,
    une vraie clé et la part que la personne en tient.

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

    membre.on("request", noter)
    membre.route("**/etat.json", mentir)
    attendre_l_etat_suivant(membre)
    yield envois
    membre.remove_listener("request", noter)
    membre.unroute("**/etat.json")
    attendre_l_etat_suivant(membre)


def attendre_l_etat_suivant(page: Any) -> None:
    """La première réponse a pu être demandée avant ; la seconde, non."""
    for _ in range(2):
        with page.expect_response("**/etat.json", timeout=LENT_MS):
            pass


def tourner_les_cles(presidence: Any, *, phrase: str) -> None:
    presidence.locator("[data-tourner]:not([disabled])").wait_for(timeout=LENT_MS)
    ecrire(presidence, presidence.locator("[data-secret]"), phrase)
    presser(presidence, presidence.locator("[data-tourner]"))
    presidence.get_by_role("heading", name="Les clés sont tournées").wait_for(timeout=LENT_MS)
