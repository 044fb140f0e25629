"""Le processus où l'on occulte : le PDF vient de n'importe qui, et son lecteur est écrit en C."""

import io
import json
import subprocess
import sys

import pypdfium2

from formats.lecture import refus
from formats.lecture.enclos import lancer, limiter
from formats.lecture.pdf import ouvrir
from formats.occultation.demande import Demande, places
from formats.occultation.page_vue import Boite, PageVue, regions, voir
from formats.occultation.redessiner import redessiner
from formats.occultation.resultat import Occulte

PAGES_AU_PLUS = 200
OCTETS_AU_PLUS = 50_000_000
MEMOIRE = 2_000_000_000
SECONDES_DE_CALCUL, SECONDES_D_ATTENTE = 240, 300
FINESSE = 150  # points par pouce : lisible, imprimable, une page de texte pèse 100 à 300 Ko


class OccultationRatee(RuntimeError):
    """Un passage à ôter se lit encore dans le résultat : rien n'est rendu."""


def occulter(pdf: bytes, demande: Demande) -> Occulte:
    """Le PDF sans ces passages.

    `DocumentIllisible` : il ne se lit pas ; `OccultationRatee` : un passage a survécu.
    """
    if len(pdf) > OCTETS_AU_PLUS:
        raise refus.trop_gros(f"il fait plus de {OCTETS_AU_PLUS // 1_000_000} Mo")
    entete = json.dumps({"termes": demande.termes, "motifs": demande.motifs}).encode()
    try:
        fait = lancer(__name__, entete + b"\n" + pdf, attente=SECONDES_D_ATTENTE)
    except subprocess.TimeoutExpired as attente:
        raise refus.suspect("il n'en finissait pas") from attente
    if fait.returncode:
        raise refus.suspect("sa lecture a échoué de façon inattendue")
    lu, octets = fait.stdout.split(b"\n", 1)
    reponse = json.loads(lu)
    if "refus" in reponse:
        raise refus.DocumentIllisible(reponse["refus"])
    if reponse["restes"]:
        raise OccultationRatee(", ".join(reponse["restes"]))
    return Occulte(octets, reponse["pages"], reponse["comptes"], tuple(reponse["a_regarder"]))


def enfant() -> None:
    """Ce que fait le processus :
    se borner, lire l'entrée, répondre une ligne de JSON puis le PDF.
    """
    limiter(memoire=MEMOIRE, secondes=SECONDES_DE_CALCUL)
    entete, pdf = sys.stdin.buffer.read().split(b"\n", 1)
    demande = Demande(**{nom: tuple(valeurs) for nom, valeurs in json.loads(entete).items()})
    try:
        reponse, octets = _occulter_ici(pdf, demande)
    except refus.DocumentIllisible as illisible:
        reponse, octets = {"refus": illisible.phrase}, b""
    sys.stdout.buffer.write(json.dumps(reponse, ensure_ascii=False).encode() + b"\n" + octets)


def _occulter_ici(pdf: bytes, demande: Demande) -> tuple[dict[str, object], bytes]:
    document = ouvrir(pdf)
    if len(document) > PAGES_AU_PLUS:
        raise refus.trop_gros(f"il a plus de {PAGES_AU_PLUS} pages")
    comptes: dict[str, int] = {}
    a_regarder: list[str] = []
    neuf = pypdfium2.PdfDocument.new()
    for rang in range(len(document)):
        page = document[rang]
        # Droite le temps de la lire et de la refaire : un mot y va de gauche à droite.
        rotation = page.get_rotation()
        page.set_rotation(0)
        vue = voir(page)
        zones = _zones(vue, demande, comptes)
        a_regarder += _a_regarder(vue, rang + 1)
        neuf.import_pages(pypdfium2.PdfDocument(redessiner(page, vue, zones, finesse=FINESSE)))
        neuf[rang].set_rotation(rotation)
        page.close()
    sortie = io.BytesIO()
    neuf.save(sortie)
    octets = sortie.getvalue()
    reponse = {
        "pages": len(document),
        "comptes": comptes,
        "a_regarder": a_regarder,
        "restes": _restes(octets, demande),
    }
    return reponse, octets


def _zones(vue: PageVue, demande: Demande, comptes: dict[str, int]) -> list[Boite]:
    zones: list[Boite] = []
    for quoi, passages in places(vue.texte, demande).items():
        comptes[quoi] = comptes.get(quoi, 0) + len(passages)
        zones += [region for debut, fin in passages for region in regions(vue, debut, fin)]
    return zones


def _a_regarder(vue: PageVue, numero: int) -> list[str]:
    if not vue.texte.strip():
        return [
            f"Page {numero} : elle n'a pas de texte, sans doute numérisée. Rien n'y a été cherché."
        ]
    if vue.a_des_images:
        return [f"Page {numero} : elle a une image. Ce qui y est écrit n'a pas été cherché."]
    return []


def _restes(octets: bytes, demande: Demande) -> list[str]:
    """Ce qui se lit encore dans le résultat, ouvert à neuf : il ne devrait rien y avoir."""
    document = ouvrir(octets)
    textes = (voir(document[rang]).texte for rang in range(len(document)))
    return sorted(
        {quoi for texte in textes for quoi, passages in places(texte, demande).items() if passages}
    )
