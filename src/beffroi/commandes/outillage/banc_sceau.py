"""Le banc du sceau :
débit et mémoire pour sceller et ouvrir un gros fichier, à côté d'une copie avec SHA-256.
"""

import hashlib
import os
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from beffroi.commandes.cli.analyse import Analyseur
from sceau import Identity, seal, unseal

BLOC = 1 << 20


def mesurer(argv: list[str]) -> int:
    analyseur = Analyseur("./beffroi bench sceau")
    analyseur.add_argument(
        "--taille", type=int, default=2048, help="taille du fichier, en Mio (2048)"
    )
    taille = analyseur.parse_args(argv).taille
    with tempfile.TemporaryDirectory(prefix="beffroi-banc-") as nom:
        dossier = Path(nom)
        clair, scelle, ouvert = dossier / "clair", dossier / "scelle.age", dossier / "ouvert"
        fabriquer(clair, taille)
        cle = Identity.generate()
        repere = chronometrer(lambda: copier(clair, dossier / "copie"))
        (dossier / "copie").unlink()
        avant = memoire()
        sceller_s = chronometrer(
            lambda: traiter(clair, scelle, lambda s, c: seal(s, c, to=cle.recipient))
        )
        ouvrir_s = chronometrer(lambda: traiter(scelle, ouvert, lambda s, c: unseal(s, c, [cle])))
        identiques = empreinte(clair) == empreinte(ouvert)
    print(f"| {taille} Mio | secondes | Mio/s | rapport à la copie |")
    print("|---|---|---|---|")
    for libelle, duree in (
        ("copie et SHA-256", repere),
        ("sceller", sceller_s),
        ("ouvrir", ouvrir_s),
    ):
        print(f"| {libelle} | {duree:.2f} | {taille / duree:.0f} | {duree / repere:.2f} |")
    print(
        f"\nMémoire du processus : {avant} Mio avant, {memoire()} Mio au plus. Contenu identique : "
        f"{identiques}."
    )
    return 0 if identiques else 1


def fabriquer(fichier: Path, mio: int) -> None:
    bloc = os.urandom(BLOC)
    with fichier.open("wb") as flux:
        for _ in range(mio):
            flux.write(bloc)


def copier(source: Path, cible: Path) -> None:
    condense = hashlib.sha256()
    with source.open("rb") as lu, cible.open("wb") as ecrit:
        while bloc := lu.read(BLOC):
            condense.update(bloc)
            ecrit.write(bloc)
        ecrit.flush()
        os.fsync(ecrit.fileno())


def traiter(source: Path, cible: Path, operation: Callable[..., int]) -> None:
    with source.open("rb") as lu, cible.open("wb") as ecrit:
        operation(lu, ecrit)
        ecrit.flush()
        os.fsync(ecrit.fileno())


def empreinte(fichier: Path) -> bytes:
    with fichier.open("rb") as flux:
        return hashlib.file_digest(flux, "sha256").digest()


def chronometrer(action: Callable[[], None]) -> float:
    debut = time.perf_counter()
    action()
    return time.perf_counter() - debut


def memoire() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
