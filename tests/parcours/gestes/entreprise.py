"""Ce que fait une entreprise au navigateur : commencer, envoyer, vérifier, déposer."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

LONG_MS = 90_000


def commencer(page: Any, reference: str) -> str:
    """Ouvre une réponse aux deux lots. Rend sa référence."""
    page.goto(f"/consultations/{reference}/deposer/")
    for case in page.locator("input[name=lots]").all():
        case.check()
    page.get_by_role("button", name="Commencer ma réponse").click()
    page.wait_for_url("**/reponses/*/**")
    return str(page.url.split("/reponses/")[1].split("/")[0])


def aller_aux_fichiers(page: Any, reponse: str, ecran: str) -> None:
    fin = "" if ecran == "candidature" else f"{ecran}/"
    page.goto(f"/reponses/{reponse}/pieces/{fin}")
    page.locator("[data-choix]").wait_for(state="visible")


def choisir(page: Any, chemins: Iterable[Path]) -> None:
    page.locator("[data-choix]").set_input_files(list(chemins))


def attendre_la_reception(page: Any, noms: Iterable[str]) -> None:
    """Chaque fichier, par son nom, est reçu et vérifié."""
    for nom in noms:
        ligne = page.locator("[data-pieces] li").filter(has=page.locator("bdi", has_text=nom))
        ligne.get_by_text("Reçu et vérifié").wait_for(timeout=LONG_MS)


def repartir(page: Any) -> None:
    """La troupe reste telle que les autres parcours la connaissent."""
    page.goto("/entreprise/")
    page.get_by_role("link", name="Ne plus agir pour celui-ci").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Quitter cette équipe").click()


class PartiesEnvoyees:
    """Les parties que le serveur a reçues, dans l'ordre :
    de quoi prouver qu'aucune n'est partie deux fois.
    """

    def __init__(self, page: Any) -> None:
        self.recues: list[str] = []
        page.on("response", self.noter)

    def noter(self, reponse: Any) -> None:
        if reponse.request.method == "PUT" and reponse.ok:
            self.recues.append(reponse.url)


def deposer_en_cliquant_deux_fois(page: Any, reponse: str) -> str:
    """Relit, puis dépose. Rend la référence du récépissé."""
    page.goto(f"/reponses/{reponse}/verifier/")
    page.get_by_role("button", name="Déposer maintenant").dblclick()
    page.wait_for_url("**/depots/*/", timeout=LONG_MS)
    return str(page.url.rstrip("/").split("/")[-1])


def telecharger(page: Any, lien: Any, vers: Path) -> Path:
    with page.expect_download() as attente:
        lien.click()
    attente.value.save_as(vers)
    return vers
