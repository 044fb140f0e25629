"""Vérifier une attestation de test de poste, hors ligne."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from beffroi.commandes.cli import confiance
from beffroi.commandes.cli.constats import Constat
from beffroi.commandes.cli.fichiers import fichier_lisible
from beffroi.service.essai import lecture


def est_une_attestation(chemin: Path) -> bool:
    with fichier_lisible(chemin) as archive:
        return lecture.est_une_attestation(archive)


def verifier_une_attestation(chemin: Path, options: Namespace) -> Iterator[Constat]:
    yield Constat(
        f"attestation de test {chemin}",
        bon=None,
        detail="elle dit qu'un poste a été testé, pas qu'on a déposé",
    )
    with fichier_lisible(chemin) as archive:
        for controle in lecture.controler(archive, cles=confiance.lire(options).cles):
            yield Constat(controle.quoi, bon=controle.bon, detail=controle.detail)
