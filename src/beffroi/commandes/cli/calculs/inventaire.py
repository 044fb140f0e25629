"""Écrit l'inventaire de ce qui tourne (CycloneDX 1.6) : bibliothèques, empreintes, licences.

./beffroi inventaire
./beffroi inventaire --sortie beffroi.cdx.json

Tiré des verrous : deux installations de la même version donnent les mêmes octets. Les licences
des bibliothèques Python viennent de ce qui est installé.
"""

import platform
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path

from beffroi.commandes.cli.calculs import verrous
from beffroi.commandes.cli.calculs.verrous import Verrouille
from beffroi.commandes.cli.fichiers import ecrire_a_cote
from formats.cyclonedx import Composant, Licence, inventaire
from formats.pluriels import compter

LONGUEUR_D_UN_NOM_DE_LICENCE = 60


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "--sortie", metavar="FICHIER", type=Path, help="où l'écrire (d'office, à l'écran)"
    )


def executer(options: Namespace) -> int:
    connues = verrous.verrouilles()
    octets = inventaire(*composer(connues, licences=licences_installees()))
    if options.sortie is None:
        print(octets.decode(), end="")
        return 0
    with ecrire_a_cote(options.sortie) as flux:
        flux.write(octets)
    print(
        f"{options.sortie} : {compter(len(connues), 'bibliothèque')}, "
        f"{verrous.projet()['name']} {verrous.projet()['version']}.",
        file=sys.stderr,
    )
    return 0


def composer(
    connues: Sequence[Verrouille], *, licences: Mapping[tuple[str, str], Licence]
) -> tuple[Composant, list[Composant]]:
    """Le produit, et chaque bibliothèque reliée à celles qu'elle demande."""
    python = Composant(
        nom="CPython",
        version=platform.python_version(),
        purl=f"pkg:generic/cpython@{platform.python_version()}",
        sorte="platform",
        licence=Licence("PSF-2.0", est_spdx=True),
    )
    composants = [
        Composant(
            nom=connue.nom,
            version=connue.version,
            purl=connue.purl,
            licence=licence_de(connue, licences),
            empreintes=connue.empreintes,
            condition=connue.condition,
            demande=tuple(
                autre.purl
                for autre in connues
                if autre.ecosysteme == connue.ecosysteme and connue.nom in autre.demandee_par
            ),
        )
        for connue in connues
    ]
    directes = [connue.purl for connue in connues if connue.est_directe]
    return le_produit(demande=(python.purl, *directes)), [python, *composants]


def le_produit(*, demande: tuple[str, ...]) -> Composant:
    decrit = verrous.projet()
    return Composant(
        nom=decrit["name"],
        version=decrit["version"],
        purl=f"pkg:generic/{decrit['name']}@{decrit['version']}",
        sorte="application",
        licence=Licence(decrit["license"], est_spdx=True),
        demande=demande,
    )


def licence_de(connue: Verrouille, licences: Mapping[tuple[str, str], Licence]) -> Licence | None:
    """Celle que le verrou dit, ou celle de la même version installée ; sinon, aucune."""
    if connue.licence:
        return Licence(connue.licence, est_spdx=True)
    return licences.get((connue.nom, connue.version))


def licences_installees() -> dict[tuple[str, str], Licence]:
    """Ce que chaque distribution installée dit de sa licence."""
    trouvees = {}
    for distribution in metadata.distributions():
        lue = licence_dite(distribution.metadata)
        if lue:
            nom = verrous.normaliser(distribution.metadata["Name"])
            trouvees[nom, distribution.version] = lue
    return trouvees


def licence_dite(dit: metadata.PackageMetadata) -> Licence | None:
    """L'expression SPDX (PEP 639), le champ libre s'il est court, ou les étiquettes."""
    if expression := dit.get("License-Expression"):
        return Licence(str(expression), est_spdx=True)
    libre = str(dit.get("License") or "").strip()
    etiquettes = [
        etiquette.rpartition(" :: ")[2]
        for etiquette in dit.get_all("Classifier") or []
        if etiquette.startswith("License ::")
    ]
    if not libre or len(libre) > LONGUEUR_D_UN_NOM_DE_LICENCE or "\n" in libre:
        libre = ", ".join(etiquettes)
    return Licence(libre, est_spdx=False) if libre else None
