"""L'affluence : N entreprises envoient leur réponse entière au même instant, pendant qu'on lit.

Chaque demande est chronométrée ; une panne (5xx) se compte, et la demande se répète, comme le
ferait un client. C'est la série qui dit ce que la base supporte d'écritures à la fois.
"""

import itertools
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from beffroi.commandes.outillage.banc_depot_scene import Entreprise, Envoi, Refus, appeler

ESSAIS = 8
PAUSE_S = 0.5
PANNE = 500
PAGE = "/consultations/"
Resultat = TypeVar("Resultat")


@dataclass
class Affluence:
    """Ce que l'affluence a donné : la durée de chaque demande, par geste, et ses pannes."""

    durees_s: dict[str, list[float]] = field(default_factory=dict)
    pannes: Counter[str] = field(default_factory=Counter)
    total_s: float = 0.0

    def __post_init__(self) -> None:
        self._verrou = threading.Lock()

    def jouer(self, geste: str, action: Callable[[], Resultat]) -> Resultat:
        """Joue et chronomètre, jusqu'au succès ; chaque panne se compte."""
        for essai in itertools.count(1):
            debut = time.perf_counter()
            try:
                return action()
            except Refus as refus:
                if refus.statut and refus.statut < PANNE:
                    raise
                self._compter_la_panne(geste)
                if essai == ESSAIS:
                    raise
            finally:
                self._retenir(geste, time.perf_counter() - debut)
            time.sleep(PAUSE_S)
        raise AssertionError  # `count` ne finit pas

    def _compter_la_panne(self, geste: str) -> None:
        with self._verrou:
            self.pannes[geste] += 1

    def _retenir(self, geste: str, duree: float) -> None:
        with self._verrou:
            self.durees_s.setdefault(geste, []).append(duree)


def mesurer_l_affluence(
    scene: list[Entreprise], dossier: Path, *, octets: int, fils: int, lecteurs: int
) -> Affluence:
    """La même offre scellée pour toutes : c'est le serveur que l'on mesure, non le scellement."""
    for entreprise in scene:
        entreprise.commencer()
    offre = scene[0].sceller(dossier, octets, "offre.bin")
    manifeste = scene[0].sceller(dossier, 2000, "manifeste.age")
    affluence, fini = Affluence(), threading.Event()
    lecture = [
        threading.Thread(target=lire_sans_cesse, args=(affluence, scene[0].adresse, fini))
        for _ in range(lecteurs)
    ]
    for fil in lecture:
        fil.start()
    debut = time.perf_counter()
    try:
        with ThreadPoolExecutor(len(scene)) as equipe:
            list(
                equipe.map(
                    lambda entreprise: repondre(
                        entreprise, (offre, manifeste), affluence, fils=fils
                    ),
                    scene,
                )
            )
    finally:
        fini.set()
        for fil in lecture:
            fil.join()
    affluence.total_s = time.perf_counter() - debut
    return affluence


def repondre(
    entreprise: Entreprise, envois: tuple[Envoi, Envoi], affluence: Affluence, *, fils: int
) -> None:
    """Une réponse entière : annoncer, envoyer partie par partie, faire vérifier, déposer."""
    distants = [envoyer(entreprise, envoi, affluence, fils=fils) for envoi in envois]
    entreprise.preparer_le_depot(distants)
    affluence.jouer("déposer", entreprise.deposer)


def envoyer(entreprise: Entreprise, envoi: Envoi, affluence: Affluence, *, fils: int) -> str:
    distant = affluence.jouer("annoncer", lambda: entreprise.annoncer(envoi))
    with ThreadPoolExecutor(fils) as equipe:
        list(
            equipe.map(
                lambda numero: affluence.jouer(
                    "envoyer une partie",
                    lambda: entreprise.envoyer_la_partie(envoi, distant, numero),
                ),
                envoi.numeros,
            )
        )
    affluence.jouer("finir", lambda: entreprise.finir(envoi, distant))
    return distant


def lire_sans_cesse(affluence: Affluence, adresse: tuple[str, int], fini: threading.Event) -> None:
    while not fini.is_set():
        affluence.jouer("lire la liste", lambda: appeler(adresse, "GET", PAGE, None, {}))


def tableau(affluence: Affluence, *, entreprises: int, octets: int) -> str:
    """Ce que chaque geste a pris, et combien de pannes."""
    mio, secondes = octets >> 20, round(affluence.total_s)
    titre = f"{entreprises} entreprises envoient {mio} Mio ensemble ({secondes} s)"
    lignes = [
        f"| {titre} | demandes | médiane | p99 | au plus | pannes |",
        "|---|---|---|---|---|---|",
    ]
    for geste, brutes in affluence.durees_s.items():
        durees = sorted(brutes)
        lignes.append(
            f"| {geste} | {len(durees)} | {durees[len(durees) // 2] * 1000:.0f} ms "
            f"| {durees[max(0, round(len(durees) * 0.99) - 1)] * 1000:.0f} ms "
            f"| {durees[-1] * 1000:.0f} ms | {affluence.pannes[geste]} |"
        )
    return "\n".join(lignes)
