"""Ce que pèse une page :
`python -m tests.parcours.poids` en écrit la table, `test_poids.py` en garde les limites.

Les octets sont ceux qui ont voyagé, en-têtes compris, pour une première visite :
document, style, police, script, images.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.urls import reverse
from playwright.sync_api import sync_playwright

from tests.parcours.ecran import Ecran, Objets
from tests.parcours.ecrans import ECRANS
from tests.parcours.navigateur import CHROMIUM, chemin_du_chromium
from tests.plateforme import Plateforme


@dataclass
class Pesee:
    """Les octets d'une page, par sorte de ressource, et le nombre de demandes."""

    octets: dict[str, int] = field(default_factory=dict)
    demandes: int = 0

    @property
    def total(self) -> int:
        return sum(self.octets.values())

    @property
    def script(self) -> int:
        return self.octets.get("Script", 0)


def publics() -> list[Ecran]:
    """Les écrans que l'on ouvre sans compte, par leur seule adresse."""
    return [ecran for ecran in ECRANS if not (ecran.qui or ecran.geste or ecran.depart)]


def adresse(ecran: Ecran, objets: Objets) -> str:
    return str(reverse(ecran.route, kwargs=ecran.arguments(objets))) + ecran.requete


def peser(chromium: Any, base: str, chemin: str) -> Pesee:
    """Pèse une page ouverte par quelqu'un qui n'est jamais venu."""
    contexte = chromium.new_context(base_url=base, locale="fr-FR")
    try:
        page, pesee, sortes = contexte.new_page(), Pesee(), {}
        espion = contexte.new_cdp_session(page)
        espion.send("Network.enable")
        espion.on(
            "Network.responseReceived",
            lambda recu: sortes.update({recu["requestId"]: sorte_de(recu)}),
        )
        espion.on(
            "Network.loadingFinished",
            lambda fini: noter(pesee, sortes.get(fini["requestId"]), fini["encodedDataLength"]),
        )
        page.goto(chemin, wait_until="load")
        page.evaluate("document.fonts.ready")
        return pesee
    finally:
        contexte.close()


def sorte_de(recu: dict[str, Any]) -> str:
    """Une image écrite dans la page n'est pas demandée : elle pèse déjà dans le document."""
    return "" if recu["response"]["url"].startswith("data:") else str(recu["type"])


def noter(pesee: Pesee, sorte: str | None, octets: int) -> None:
    if sorte:
        pesee.octets[sorte] = pesee.octets.get(sorte, 0) + int(octets)
        pesee.demandes += 1


@contextmanager
def demonstration() -> Iterator[Plateforme]:
    plateforme = Plateforme(Path(tempfile.mkdtemp()) / "donnees")
    plateforme.demarrer()
    try:
        yield plateforme
    finally:
        plateforme.arreter()
        shutil.rmtree(plateforme.dossier.parent)


def ecrire(ligne: str) -> None:
    sys.stdout.write(f"{ligne}\n")
    sys.stdout.flush()


def ecrire_la_table() -> None:
    ecrire("| page | octets | script | demandes |\n|---|---|---|---|")
    with demonstration() as plateforme, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chemin_du_chromium(), args=CHROMIUM)
        objets = Objets(plateforme.dossier, plateforme.recit)
        for ecran in publics():
            pesee = peser(chromium, plateforme.adresse, adresse(ecran, objets))
            ecrire(f"| {ecran} | {pesee.total} | {pesee.script} | {pesee.demandes} |")
        chromium.close()


if __name__ == "__main__":
    import django

    django.setup()
    ecrire_la_table()
