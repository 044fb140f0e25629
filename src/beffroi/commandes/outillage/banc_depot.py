"""Le banc du dépôt :
envoyer de gros fichiers scellés, puis déposer tous ensemble, sur un vrai serveur.

Débit : des parties scellées, par HTTP, jusqu'au disque (synchronisé) et à la base ; à côté, dans la
même série, une copie locale des mêmes octets avec SHA-256 et synchronisation. Rush : N entreprises
déposent au même instant, deux fois chacune avec la même clé ; le banc compte ensuite ce qui est
perdu et ce qui est en double. Entre les deux, l'affluence : toutes envoient leur réponse entière.
"""

import hashlib
import os
import statistics
import tempfile
import threading
import time
from argparse import Namespace
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from beffroi.commandes.cli import processus
from beffroi.commandes.cli.analyse import Analyseur
from beffroi.commandes.cli.cadre import preparer_django
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.outillage import banc_depot_a_cote, banc_depot_echelle
from beffroi.commandes.outillage.banc_depot_a_cote import ACote, copier_nu, envoyer_a_tus
from beffroi.commandes.outillage.banc_depot_affluence import mesurer_l_affluence, tableau
from beffroi.commandes.outillage.banc_depot_echelle import NOTRE, Marche, marches_servies
from beffroi.commandes.outillage.banc_depot_scene import (
    Entreprise,
    Envoi,
    appeler,
    preparer_la_scene,
)

BLOC = 256 * 1024
MIO = 1 << 20


@dataclass
class Debit:
    """Une passe : secondes de l'envoi et de la copie de repère."""

    envoi_s: float
    copie_s: float


@dataclass
class Rush:
    """Ce que le rush a donné."""

    durees_s: list[float]
    total_s: float
    perdus: int
    doubles: int
    processeur_s: float = 0.0


def mesurer(argv: list[str]) -> int:
    options = lire_les_options(argv)
    with tempfile.TemporaryDirectory(prefix="beffroi-banc-") as nom:
        return mesurer_dans(Path(nom), options)


def lire_les_options(argv: list[str]) -> Namespace:
    analyseur = Analyseur("./beffroi bench depot")
    analyseur.add_argument(
        "--taille", type=int, default=256, help="taille du fichier envoyé, en Mio (256)"
    )
    analyseur.add_argument(
        "--passes", type=int, default=3, help="passes de débit, la médiane compte (3)"
    )
    analyseur.add_argument("--fils", type=int, default=3, help="parties envoyées à la fois (3)")
    analyseur.add_argument(
        "--entreprises", type=int, default=50, help="entreprises qui déposent ensemble (50)"
    )
    analyseur.add_argument("--vagues", type=int, default=4, help="vagues de dépôts (4)")
    analyseur.add_argument(
        "--affluence", type=int, default=20, help="Mio que chacune envoie avec les autres (20)"
    )
    analyseur.add_argument(
        "--lecteurs", type=int, default=4, help="lecteurs de la liste pendant l'affluence (4)"
    )
    analyseur.add_argument(
        "--a-cote",
        action="store_true",
        help="seulement le débit, à côté d'une copie nue et synchronisée des mêmes octets",
    )
    analyseur.add_argument(
        "--tus", default="", help="avec --a-cote : et à côté du serveur tus de cette adresse"
    )
    analyseur.add_argument(
        "--base", default="", help="adresse d'une base vide (SQLite dans le dossier du banc)"
    )
    analyseur.add_argument(
        "--processus", type=int, default=1, help="processus web ; sur PostgreSQL, un par cœur (1)"
    )
    analyseur.add_argument(
        "--sans-ouvrier", action="store_true", help="sans les courriels et les relectures à côté"
    )
    return analyseur.parse_args(argv)


def mesurer_dans(dossier: Path, options: Namespace) -> int:
    port = next(port for port in range(18_000, 18_200) if processus.port_libre(port))
    environnement = reglages(dossier, port, options)
    os.environ.update(environnement)
    preparer_django()
    scene = preparer_la_scene(options.entreprises, adresse=("127.0.0.1", port))
    journal = dossier / "serveur.log"
    servir = ["serve", "--port", str(port), "--processus", str(options.processus)]
    lances = [processus.lancer(servir, environnement=environnement, sortie=journal)]
    try:
        processus.attendre_la_reponse(
            f"http://127.0.0.1:{port}/heure", processus=lances[0], sortie=journal
        )
        if options.a_cote:
            comparer(scene[0], Marche(NOTRE, port, lances[0].pid), dossier, options)
            return 0
        debits = mesurer_le_debit(scene[0], dossier, options)
        if not options.sans_ouvrier:
            ouvrier = dossier / "ouvrier.log"
            lances.append(processus.lancer(["worker"], environnement=environnement, sortie=ouvrier))
        affluence = mesurer_l_affluence(
            scene,
            dossier,
            octets=options.affluence * MIO,
            fils=options.fils,
            lecteurs=options.lecteurs,
        )
        rush = mesurer_le_rush(scene, options.vagues, serveur=lances[0].pid)
        memoire = memoire_de_l_arbre(lances[0].pid)
    finally:
        for lance in lances:
            processus.arreter(lance.pid)
    imprimer(options, debits, rush, memoire)
    octets = options.affluence * MIO
    print("\n" + tableau(affluence, entreprises=options.entreprises, octets=octets))
    return 0 if rush.perdus == rush.doubles == affluence.pannes.total() == 0 else 1


def reglages(dossier: Path, port: int, options: Namespace) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "BEFFROI_DONNEES": str(dossier),
        "BEFFROI_ADRESSE": f"http://localhost:{port}",
        "BEFFROI_BASE_DE_DONNEES": options.base,
        "BEFFROI_COURRIEL": "fichiers",
        "BEFFROI_SANS_HORODATAGE_QUALIFIE": "oui",
    }


def mesurer_le_debit(entreprise: Entreprise, dossier: Path, options: Namespace) -> list[Debit]:
    """Le même fichier scellé, envoyé puis copié, plusieurs fois de suite, en alternant."""
    scelle = entreprise.sceller(dossier, options.taille * MIO)
    passes = []
    for _ in range(options.passes):
        envoi = chronometrer(lambda: envoyer(entreprise, scelle, fils=options.fils))
        passes.append(Debit(envoi, chronometrer(lambda: copier(scelle.fichier, dossier / "copie"))))
        (dossier / "copie").unlink()
    return passes


def comparer(entreprise: Entreprise, nous: Marche, dossier: Path, options: Namespace) -> None:
    """Le même fichier scellé, de chaque façon l'une après l'autre, plusieurs fois de suite."""
    scelle = entreprise.sceller(dossier, options.taille * MIO)
    copie, mesures = dossier / "nue", ACote(envoi_s=nous.secondes)
    with marches_servies(dossier) as marches:
        for _ in range(options.passes):
            gravir(nous, lambda: envoyer(entreprise, scelle, fils=options.fils))
            mesures.copie_nue_s.append(chronometrer(lambda: copier_nu(scelle.fichier, copie)))
            copie.unlink()
            if options.tus:
                mesures.tus_s.append(
                    chronometrer(lambda: envoyer_a_tus(scelle.fichier, options.tus))
                )
            for marche in marches:
                gravir(marche, partial(envoyer_nu, scelle, marche.port, fils=options.fils))
        print(banc_depot_a_cote.tableau(mesures, mio=options.taille))
        print("\n" + banc_depot_echelle.tableau([*marches, nous], mio=options.taille))


def gravir(marche: Marche, action: Callable[[], None]) -> None:
    """Le temps, et le processeur que ce serveur y prend."""
    avant = processeur_de_l_arbre(marche.pid)
    marche.secondes.append(chronometrer(action))
    marche.processeur_s.append(processeur_de_l_arbre(marche.pid) - avant)


def envoyer_nu(scelle: Envoi, port: int, *, fils: int) -> None:
    """Les mêmes parties, par le même client, à qui n'en demande pas plus."""
    with ThreadPoolExecutor(fils) as equipe:
        list(
            equipe.map(
                lambda numero: appeler(("127.0.0.1", port), "PUT", "/", scelle.octets(numero), {}),
                scelle.numeros,
            )
        )


def envoyer(entreprise: Entreprise, scelle: Envoi, *, fils: int) -> None:
    """Annonce le fichier, envoie ses parties par plusieurs fils, le fait vérifier."""
    distant = entreprise.annoncer(scelle)
    with ThreadPoolExecutor(fils) as equipe:
        list(
            equipe.map(
                lambda numero: entreprise.envoyer_la_partie(scelle, distant, numero), scelle.numeros
            )
        )
    entreprise.finir(scelle, distant)


def copier(source: Path, cible: Path) -> None:
    """Le repère : lire, condenser, écrire, synchroniser les mêmes octets."""
    condense = hashlib.sha256()
    with source.open("rb") as lu, cible.open("wb", buffering=0) as ecrit:
        while bloc := lu.read(BLOC):
            condense.update(bloc)
            ecrit.write(bloc)
        os.fsync(ecrit.fileno())


def mesurer_le_rush(scene: list[Entreprise], vagues: int, *, serveur: int) -> Rush:
    """Chaque vague : les fichiers d'abord, puis tous déposent au même instant, et répètent."""
    durees: list[float] = []
    recepisses: list[str] = []
    total = processeur = 0.0
    doubles, deja = 0, plis_au_registre()
    for _ in range(vagues):
        for entreprise in scene:
            entreprise.preparer_une_reponse()
        avant = processeur_de_l_arbre(serveur)
        mesures, ecoule = tous_ensemble([entreprise.deposer for entreprise in scene])
        total += ecoule
        processeur += processeur_de_l_arbre(serveur) - avant
        durees += [duree for duree, _ in mesures]
        recepisses += [reference for _, reference in mesures]
        repetes = [entreprise.deposer()[1] for entreprise in scene]
        doubles += sum(
            a != b for a, b in zip(repetes, [reference for _, reference in mesures], strict=True)
        )
    inscrits = plis_au_registre() - deja
    perdus = len(set(recepisses) - inscrits) + recepisses.count("")
    doubles += len(recepisses) - len(set(recepisses)) + len(inscrits - set(recepisses))
    return Rush(durees, total, perdus, doubles, processeur)


def plis_au_registre() -> set[str]:
    """Les dépôts que la base et le journal tiennent tous deux."""
    from beffroi.reponse.depots.models import Pli
    from beffroi.socle.journal.models import Ecriture

    au_journal = set(Ecriture.objects.filter(acte="pli.deposer").values_list("sujet", flat=True))
    en_base = set(Pli.objects.values_list("reference", flat=True))
    if au_journal != en_base:
        raise ErreurDeCommande("la base et le journal ne tiennent pas les mêmes dépôts.")
    return en_base


def tous_ensemble(
    gestes: list[Callable[[], tuple[float, str]]],
) -> tuple[list[tuple[float, str]], float]:
    """Tous les gestes partent au même instant ; rend leurs résultats et le temps du dernier."""
    depart = threading.Barrier(len(gestes) + 1)

    def jouer(geste: Callable[[], tuple[float, str]]) -> tuple[float, str]:
        depart.wait()
        return geste()

    with ThreadPoolExecutor(len(gestes)) as equipe:
        futurs = [equipe.submit(jouer, geste) for geste in gestes]
        depart.wait()
        debut = time.perf_counter()
        resultats = [futur.result() for futur in futurs]
        return resultats, time.perf_counter() - debut


def chronometrer(action: Callable[[], None]) -> float:
    debut = time.perf_counter()
    action()
    return time.perf_counter() - debut


def memoire_de_l_arbre(pid: int) -> int:
    """Le plus haut de la mémoire résidente du serveur et de ses processus, en Mio."""
    return sum(plus_haut(membre) for membre in arbre(pid)) // 1024


def processeur_de_l_arbre(pid: int) -> float:
    """Le temps de processeur que le serveur et ses processus ont pris, en secondes."""
    tics = sum(
        int(champ)
        for membre in arbre(pid)
        for champ in champs_de(Path(f"/proc/{membre}/stat"))[11:13]
    )
    return tics / os.sysconf("SC_CLK_TCK")


def arbre(pid: int) -> set[int]:
    """Le processus et ses enfants."""
    stats = {int(stat.parent.name): champs_de(stat) for stat in Path("/proc").glob("[0-9]*/stat")}
    return {pid} | {enfant for enfant, champs in stats.items() if champs[1:2] == [str(pid)]}


def champs_de(stat: Path) -> list[str]:
    try:
        return stat.read_text().rsplit(")", 1)[1].split()
    except (OSError, IndexError):
        return []


def plus_haut(pid: int) -> int:
    try:
        lignes = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(ligne.split()[1]) for ligne in lignes if ligne.startswith("VmHWM")), 0)


def imprimer(options: Namespace, debits: list[Debit], rush: Rush, memoire: int) -> None:
    envoi = options.taille / statistics.median(passe.envoi_s for passe in debits)
    copie = options.taille / statistics.median(passe.copie_s for passe in debits)
    rapport = statistics.median(passe.envoi_s / passe.copie_s for passe in debits)
    durees = sorted(rush.durees_s)
    print(
        f"| {options.taille} Mio, {options.fils} parties à la fois, "
        f"{len(debits)} passes (médiane) | Mio/s |"
    )
    print("|---|---|")
    print(f"| parties scellées, par HTTP, jusqu'au disque synchronisé et à la base | {envoi:.0f} |")
    print(f"| copie locale des mêmes octets, SHA-256, synchronisée | {copie:.0f} |")
    print(f"| temps de l'envoi sur temps de la copie | {rapport:.1f} |")
    print(f"\n| {options.entreprises} entreprises ensemble, {options.vagues} vagues | |")
    print("|---|---|")
    print(f"| dépôts par seconde | {len(durees) / rush.total_s:.0f} |")
    print(f"| « déposer », médiane | {statistics.median(durees) * 1000:.0f} ms |")
    print(f"| « déposer », p99 | {durees[max(0, round(len(durees) * 0.99) - 1)] * 1000:.0f} ms |")
    print(f"| processeur du serveur par dépôt | {rush.processeur_s / len(durees) * 1000:.0f} ms |")
    print(f"| perdus | {rush.perdus} |")
    print(f"| en double | {rush.doubles} |")
    print(f"| mémoire du serveur, au plus | {memoire} Mio |")
