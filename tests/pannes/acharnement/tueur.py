"""Qui tue : dans un ordre qui ne change pas, et jamais deux choses à la fois.

Entre deux morts, il attend que tout soit revenu et qu'un dépôt de plus soit acquitté.
"""

import os
import signal
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import psycopg
from psycopg import sql

from tests.pannes.acharnement.acteurs import Lecteur
from tests.pannes.acharnement.monde import Monde, Noeud, Service
from tests.pannes.acharnement.parole import montrer
from tests.pannes.acharnement.registre import Registre
from tests.serveurs.attente import attendre

ACQUITTE_S = 180
# Où en est un dépôt, à ce qu'il vient d'écrire. Leur nombre et celui des sortes de morts sont
# premiers entre eux : chaque sorte tombe à chaque pas.
PAS = (
    "depots_brouillondereponse",
    "depots_fichierscelle",
    "depots_partieannoncee",
    "depots_enveloppe",
    "depots_pli",
)


def tuer_et_relancer(service: Service) -> None:
    service.finir()
    service.demarrer()


def tuer_un_enfant(noeud: Noeud) -> None:
    """Le processus qui sert, sous celui qui le surveille : il en naît un autre."""
    os.kill(noeud.serveur.enfants()[0], signal.SIGKILL)


def sortes(monde: Monde) -> dict[str, Callable[[], object]]:
    """Chaque sorte de mort, dans l'ordre où elles se suivent."""
    a, b = monde.noeuds
    return {
        "nœud A": lambda: tuer_et_relancer(a.serveur),
        "base": lambda: (monde.tuer_la_base(), monde.relancer_la_base()),
        "ouvrier A": lambda: tuer_et_relancer(a.ouvrier),
        "stockage": lambda: tuer_et_relancer(monde.stockage),
        "nœud B": lambda: tuer_et_relancer(b.serveur),
        "frontal": lambda: tuer_et_relancer(monde.frontal),
        "processus de A": lambda: tuer_un_enfant(a),
        "ouvrier B": lambda: tuer_et_relancer(b.ouvrier),
    }


@dataclass(frozen=True)
class Mort:
    """Une mort, et combien de secondes jusqu'à la première page, au retour de tout, au premier
    dépôt acquitté."""

    sorte: str
    page_s: float
    entier_s: float
    depot_s: float


@dataclass
class Tueur:
    monde: Monde
    registre: Registre
    lecteur: Lecteur
    morts: list[Mort] = field(default_factory=list)

    def tuer(self, nombre: int) -> None:
        gestes = list(sortes(self.monde).items())
        for rang in range(nombre):
            sorte, geste = gestes[rang % len(gestes)]
            self.attendre_un_pas(PAS[rang % len(PAS)])
            self.tuer_ainsi(sorte, geste)

    def attendre_un_pas(self, table: str) -> None:
        """Un dépôt, n'importe lequel, en est là : la mort tombe dans ce qui suit."""
        suite = sql.SQL("SELECT last_value FROM {}").format(sql.Identifier(f"{table}_id_seq"))
        with psycopg.connect(self.monde.base, autocommit=True) as base:
            avant = base.execute(suite).fetchone()
            attendre(lambda: base.execute(suite).fetchone() != avant, delai_s=ACQUITTE_S)

    def tuer_ainsi(self, sorte: str, geste: Callable[[], object]) -> None:
        self.morts.append(self.une_mort(sorte, geste))
        montrer(len(self.morts), self.morts[-1])

    def une_mort(self, sorte: str, geste: Callable[[], object]) -> Mort:
        debut = time.monotonic()
        geste()
        self.monde.attendre_qu_il_soit_entier()
        entier = time.monotonic()
        attendre(lambda: self.registre.premier_apres(debut) is not None, delai_s=ACQUITTE_S)
        attendre(lambda: self.lecteur.premiere_apres(debut) is not None, delai_s=ACQUITTE_S)
        page, depot = self.lecteur.premiere_apres(debut), self.registre.premier_apres(debut)
        assert page and depot
        return Mort(sorte, page - debut, entier - debut, depot - debut)

    def tableau(self) -> str:
        """Par sorte de mort : la médiane et le plus long de chaque attente."""
        lignes = [
            "| tué | fois | première page | tout revenu | premier dépôt acquitté |",
            "|---|---|---|---|---|",
        ]
        for sorte in dict.fromkeys(mort.sorte for mort in self.morts):
            siennes = [mort for mort in self.morts if mort.sorte == sorte]
            mesures = (
                en_secondes([getattr(mort, quoi) for mort in siennes])
                for quoi in ("page_s", "entier_s", "depot_s")
            )
            lignes.append(f"| {sorte} | {len(siennes)} | {' | '.join(mesures)} |")
        return "\n".join(lignes)


def en_secondes(durees: list[float]) -> str:
    mediane, au_plus = statistics.median(durees), max(durees)
    return f"{mediane:.1f} s, au plus {au_plus:.1f} s".replace(".", ",")
