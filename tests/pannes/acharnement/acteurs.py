"""Qui dépose, qui ouvre, qui lit, sans cesse, pendant que tout meurt autour."""

import os
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.pannes.acharnement.monde import Monde
from tests.pannes.acharnement.registre import Registre
from tests.pannes.poste import Poste, tourner_les_cles
from tests.serveurs import souche
from tests.serveurs.attente import attendre

# Une entreprise relance la même commande, comme la phrase le lui dit.
RELANCES = 40
# Rien ne meurt plus : ce qui ne passe toujours pas ne passera pas.
A_LA_FIN = 4
INSISTER = "3"
# Tout revient bien avant : au-delà, la séance ne reprend pas.
SEANCE_S, ENTRE_DEUX_S = 300, 0.3
# D'un bordereau à un mémoire de deux parties.
TAILLES = (2_000, 40_000, 900_000, 2_000, 9_500_000, 300_000)


@dataclass
class Deposante:
    """Une entreprise : elle dépose, puis remplace son offre, par la commande publique."""

    monde: Monde
    registre: Registre
    identifiant: str
    jeton: str
    dossier: Path
    relances: int = RELANCES
    insister: str = INSISTER

    def sans_cesse(self, fini: threading.Event) -> None:
        rang = 0
        while not fini.is_set():
            rang += 1
            self.deposer(rang, fini)

    def deposer(self, rang: int, fini: threading.Event) -> None:
        ici = self.dossier / str(rang)
        ici.mkdir(parents=True)
        (ici / "candidature.pdf").write_bytes(b"%PDF-1.7 " + os.urandom(1500))
        (ici / "offre.pdf").write_bytes(os.urandom(self.taille(rang)))
        reste = self.relances
        while reste:
            reste = min(reste - 1, A_LA_FIN) if fini.is_set() else reste - 1
            self.registre.essayer()
            fait = souche.beffroi(*self.commande(ici), **self.monde.confiance)
            if fait.returncode == 0:
                return self.registre.acquitter(self.identifiant, (ici / "recu.zip").read_bytes())
            self.registre.noter(derniere_phrase(fait.stderr))
        self.registre.abandonner(f"{self.identifiant}, {rang}")

    def taille(self, rang: int) -> int:
        return TAILLES[(rang + int(self.identifiant[-2:])) % len(TAILLES)]

    def commande(self, ici: Path) -> list[str]:
        return [
            *("deposer", "--url", self.monde.adresse, "--jeton", self.jeton),
            *("--consultation", self.monde.scene["consultation"], "--sans-relecture"),
            *("--candidature", str(ici / "candidature.pdf"), "--offre", str(ici / "offre.pdf")),
            *("--recu", str(ici / "recu.zip"), "--atelier", str(ici / "atelier")),
            *("--tete", str(self.dossier / "tete.txt"), "--insister", self.insister),
        ]


def derniere_phrase(dit: str) -> str:
    """La phrase, sans ce qui change d'une fois à l'autre."""
    lignes = [ligne for ligne in dit.strip().splitlines() if ligne.strip()]
    return re.sub(r"\d{3,}|[A-Z]-[\w-]{6,}", "…", lignes[-1]) if lignes else ""


@dataclass
class Commission:
    """Deux personnes et une séance : elles ouvrent, une enveloppe à la fois."""

    monde: Monde
    helene: Poste
    bernard: Poste
    refus: list[str] = field(default_factory=list)
    ouvertes: int = 0

    @classmethod
    def de(cls, monde: Monde) -> "Commission":
        postes = [
            Poste.connecte(
                monde.client(follow_redirects=True, timeout=60), qui, monde.scene["comptes"][qui]
            )
            for qui in ("helene", "bernard")
        ]
        return cls(monde, *postes)

    @property
    def seance(self) -> str:
        return str(self.monde.scene["seance"])

    def ouvrir(self, rang: int) -> None:
        """Cette enveloppe, quoi qu'il arrive ; les clés se tournent de nouveau s'il le faut."""
        self.insister(lambda: self.ouvrir_si_possible(rang))
        self.ouvertes += 1

    def ouvrir_si_possible(self, rang: int) -> bool:
        if self.helene.etat(self.seance)["etat"] != "ouverte":
            tourner_les_cles(self.helene, self.bernard, self.seance)
        page = f"/ouverture/{self.seance}/"
        lue = self.helene.poster(f"{page}suivante/", depuis=page, rang=str(rang))
        assert lue.status_code == 200, f"suivante : {lue.status_code}"
        return self.est_ouverte(rang)

    def est_ouverte(self, rang: int) -> bool:
        """La table de la séance le dit."""
        return rang in self.rangs_ouverts()

    def rangs_ouverts(self) -> set[int]:
        import psycopg

        with psycopg.connect(self.monde.base, connect_timeout=5) as base:
            lignes = base.execute(
                "SELECT o.rang FROM ouverture_ouverturepli o "
                "JOIN ouverture_seance s ON s.id = o.seance_id "
                "WHERE s.reference = %s AND o.etat = 'ouverte'",
                [self.seance],
            ).fetchall()
        return {rang for (rang,) in lignes}

    def clore(self) -> None:
        page = f"/ouverture/{self.seance}/"

        def essai() -> bool:
            if self.helene.etat(self.seance)["etat"] == "close":
                return True
            fait = self.helene.poster(f"{page}clore/", depuis=f"{page}recapitulatif/")
            assert fait.status_code == 200, f"clore : {fait.status_code}"
            return self.helene.etat(self.seance)["etat"] == "close"

        self.insister(essai)

    def insister(self, geste: Callable[[], bool]) -> None:
        attendre(lambda: self.essayer(geste), delai_s=SEANCE_S, pas_s=ENTRE_DEUX_S)

    def essayer(self, geste: Callable[[], bool]) -> bool:
        import psycopg

        try:
            return geste()
        except (httpx.TransportError, AssertionError, ValueError, KeyError, StopIteration,
                psycopg.Error) as refus:  # fmt: skip
            self.refus.append(f"{type(refus).__name__} {str(refus)[:200]}")
            return False


@dataclass
class Sonde:
    """Celle d'un nœud, qui n'attend pas la minute : elle ne réessaie rien, elle note."""

    monde: Monde
    passages: list[tuple[bool, str]] = field(default_factory=list)

    def sans_cesse(self, fini: threading.Event) -> None:
        while not fini.is_set():
            fait = self.monde.noeuds[1].commande("sonde", "--une-fois")
            self.passages.append((fait.returncode == 0, fait.stdout + fait.stderr[-500:]))

    def echecs(self) -> list[str]:
        return [dit for reussi, dit in self.passages if not reussi]


@dataclass(frozen=True)
class Lecture:
    debut: float
    fin: float
    statut: int
    quand: str


@dataclass
class Lecteur:
    """Qui lit la même page sans cesse : ce qu'il a lu, et quand."""

    monde: Monde
    page: str = "/consultations/"
    chaque_s: float = 0.05
    lectures: list[Lecture] = field(default_factory=list)

    def sans_cesse(self, fini: threading.Event) -> None:
        """À son rythme, que la réponse vienne vite ou non ; la fin n'attend pas le coup suivant."""
        with self.monde.client(timeout=10) as client:
            while not fini.is_set():
                suivante = time.monotonic() + self.chaque_s
                self.lire(client)
                fini.wait(max(0, suivante - time.monotonic()))

    def lire(self, client: httpx.Client) -> None:
        debut = time.monotonic()
        try:
            lue = client.get(self.page)
        except httpx.TransportError as coupure:
            self.lectures.append(Lecture(debut, time.monotonic(), 0, type(coupure).__name__))
        else:
            quand = lue.headers.get("Retry-After", "")
            self.lectures.append(Lecture(debut, time.monotonic(), lue.status_code, quand))

    def premiere_apres(self, a: float) -> float | None:
        """Quand la page a été rendue de nouveau, demandée après cet instant."""
        rendues = (lue.fin for lue in self.lectures if lue.debut > a and lue.statut == 200)
        return next(rendues, None)

    def statuts(self) -> Counter[tuple[int, str]]:
        """Chaque statut lu, et quand il disait de revenir ; 0 : la liaison s'est coupée."""
        return Counter((lue.statut, lue.quand) for lue in self.lectures)


@contextmanager
def en_action(*gestes: Callable[[threading.Event], None]) -> Iterator[threading.Event]:
    """Chacun dans son fil, jusqu'à la fin du bloc ; un geste commencé s'achève, et ce qui l'aurait
    arrêté se dit : un acteur muet ferait un essai facile.
    """
    fini = threading.Event()
    with ThreadPoolExecutor(len(gestes)) as scene:
        joues = [scene.submit(geste, fini) for geste in gestes]
        try:
            yield fini
        finally:
            fini.set()
        for joue in joues:
            joue.result()
