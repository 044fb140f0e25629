"""Vérifier une attestation de test de poste, hors ligne."""

from collections.abc import Iterator
from pathlib import Path

from beffroi.commandes.cli.constats import Constat
from beffroi.commandes.cli.demande import Demande
from beffroi.commandes.cli.fichiers import fichier_lisible
from beffroi.commandes.cli.remis import ATTESTATION
from beffroi.service.essai import lecture


def est_une_attestation(chemin: Path) -> bool:
    with fichier_lisible(chemin) as archive:
        return lecture.est_une_attestation(archive)


def verifier_une_attestation(chemin: Path, demande: Demande) -> Iterator[Constat]:
    yield Constat(
        f"attestation de test {chemin}",
        bon=None,
        detail="elle dit qu'un poste a été testé, pas qu'on a déposé",
    )
    connu = demande.connu.pour(chemin)
    with fichier_lisible(chemin) as archive:
        for controle in lecture.controler(archive, cles=connu.cles):
            manque = "" if controle.connu else ATTESTATION.sans_cle
            yield Constat(controle.quoi, bon=controle.bon, detail=controle.detail, manque=manque)
