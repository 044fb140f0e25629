"""Vérifier un dossier de preuve ou une attestation de tentative, hors ligne."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from beffroi.commandes.cli import confiance
from beffroi.commandes.cli.constats import BON, Constat
from beffroi.commandes.cli.fichiers import fichier_lisible
from formats.phrases_du_sceau import en_francais
from sceau import evidence

QUOI = {
    "archive": "la preuve se lit",
    "contents": "chaque fichier est celui du manifeste",
    "timestamp": "l'horodatage porte sur ce manifeste",
    "authority_root": "l'autorité d'horodatage est la bonne",
    "log_key": "la clé du registre est la bonne",
    "key_from_archive": (
        "une clé vient de la preuve elle-même : "
        "donnez celle que vous connaissez pour ne rien devoir croire"
    ),
    "entries": "chaque écriture est au registre",
    "file": "fichier",
    "lines": "chaque trace est de celles que le registre a retenues",
}


def est_une_preuve(chemin: Path) -> bool:
    with fichier_lisible(chemin) as archive:
        return evidence.is_evidence(archive)


def verifier_une_preuve(chemin: Path, options: Namespace) -> Iterator[Constat]:
    connu = confiance.lire(options)
    with fichier_lisible(chemin) as archive:
        controles = evidence.verify(
            archive,
            log_keys=connu.cles,
            roots=connu.autorites,
            qualified_roots=connu.racines,
            files=options.fichiers,
        )
    yield Constat(f"preuve {chemin}", bon=None)
    for controle in controles:
        if controle.code == "qualified_timestamp":
            dit = en_francais(controle.detail)
            yield connu.horodatage_qualifie(controle, sur=dit, absent=dit)
            continue
        yield Constat(
            QUOI[controle.code], bon=BON[controle.outcome], detail=en_francais(controle.detail)
        )
    if not evidence.is_valid(controles):
        yield Constat("preuve valable", bon=False, detail=str(chemin))
