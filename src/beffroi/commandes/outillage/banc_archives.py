"""Le banc des archives :
débit et mémoire pour écrire l'archive d'un organisme, à côté d'un simple ZIP des mêmes fichiers.
"""

import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from beffroi.commandes.cli.analyse import Analyseur
from beffroi.commandes.outillage.banc_sceau import chronometrer, fabriquer, memoire
from beffroi.garde.archives.bordereau import Entete, composer
from beffroi.garde.archives.rules import Dossier
from beffroi.garde.restitution.ecriture import Ecrivain
from beffroi.garde.restitution.lecture import Rendue, empreinte
from formats.versement import Etape, Piece, Sorte

BLOC = 256 * 1024
PLAFOND_MIO = 200
LE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def mesurer(argv: list[str]) -> int:
    analyseur = Analyseur("./beffroi bench archives")
    analyseur.add_argument(
        "--taille", type=int, default=5000, help="taille de tous les fichiers, en Mio (5000)"
    )
    analyseur.add_argument("--fichiers", type=int, default=50, help="combien de fichiers (50)")
    options = analyseur.parse_args(argv)
    chacun = options.taille // options.fichiers
    taille = chacun * options.fichiers
    with tempfile.TemporaryDirectory(prefix="beffroi-banc-") as nom:
        dossier = Path(nom)
        originaux = [dossier / f"original-{rang}.pdf" for rang in range(options.fichiers)]
        for original in originaux:
            fabriquer(original, chacun)
        zip_s = chronometrer(lambda: zipper(originaux, dossier / "simple.zip"))
        (dossier / "simple.zip").unlink()
        avant, vers = memoire(), dossier / "archive.zip"
        archive_s = chronometrer(lambda: archiver(originaux, vers))
        relire_s = chronometrer(lambda: relire(vers))
    print(
        f"| {taille} Mio, {options.fichiers} fichiers | secondes | Mio/s | rapport au simple ZIP |"
    )
    print("|---|---|---|---|")
    for libelle, duree in (("simple ZIP", zip_s), ("archive", archive_s), ("relecture", relire_s)):
        print(f"| {libelle} | {duree:.2f} | {taille / duree:.0f} | {duree / zip_s:.2f} |")
    print(
        f"\nMémoire du processus : {avant} Mio avant, "
        f"{memoire()} Mio au plus (plafond {PLAFOND_MIO})."
    )
    return 0 if memoire() < PLAFOND_MIO else 1


def zipper(originaux: list[Path], vers: Path) -> None:
    """Le repère : les mêmes fichiers,
    rangés sans compression par la bibliothèque de Python, et rien d'autre.
    """
    with zipfile.ZipFile(vers, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for original in originaux:
            archive.write(original, original.name)


def archiver(originaux: list[Path], vers: Path) -> None:
    """Ce que fait l'ouvrier :
    l'empreinte et le format de chaque pièce, le bordereau SEDA, le manifeste.
    """
    pieces = [
        Piece(
            titre=original.name,
            sorte=Sorte.OFFRE,
            etape=Etape.OFFRES,
            nom=original.name,
            ouvrir=partial(blocs, original),
            le=LE,
        )
        for original in originaux
    ]
    transfert, sources = composer(ENTETE, pieces, Dossier())
    with vers.open("wb") as sortie:
        ecrivain = Ecrivain(sortie)
        ecrivain.deplier("consultations/2026-0001/", transfert, sources)
        ecrivain.sceller({"consultations": ["2026-0001"]}, horodater=lambda condense: condense)


def relire(vers: Path) -> None:
    """Ce que fait `./beffroi verifier` de chaque fichier."""
    with vers.open("rb") as flux:
        rendue = Rendue(flux)
        for nom, dit in rendue.manifeste["fichiers"].items():
            if empreinte(rendue.blocs(nom)) != (dit["sha256"], dit["taille"]):
                raise ValueError(f"{nom} n'est plus ce qui a été écrit.")


def blocs(original: Path) -> Iterator[bytes]:
    with original.open("rb") as flux:
        lire: Callable[[], bytes] = partial(flux.read, BLOC)
        yield from iter(lire, b"")


ENTETE = Entete(
    identifiant="RS-BANC",
    titre="Banc",
    reference="2026-0001",
    service_d_archives="FRAD062",
    service_versant="21620153300017",
    service_producteur="21620153300017",
    accord="",
    version="2.1",
    le=LE,
)
