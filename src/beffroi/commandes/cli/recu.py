"""Vérifier un récépissé, hors ligne : `sceau` et le disque, rien d'autre."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from beffroi.commandes.cli import confiance
from beffroi.commandes.cli.constats import BON, Constat
from beffroi.commandes.cli.fichiers import fichier_lisible
from formats.phrases_du_sceau import en_francais
from sceau import receipt

RECU = "depot.json"
QUOI = {
    "archive": "le récépissé se lit",
    "record": "l'enregistrement est celui d'un dépôt",
    "canonical": "l'enregistrement est canonique",
    "log_key": "la clé du registre est la bonne",
    "authority_root": "l'autorité d'horodatage est la bonne",
    "key_from_archive": (
        "une clé vient du récépissé lui-même : "
        "donnez celle que vous connaissez pour ne rien devoir croire"
    ),
    "timestamp": "l'horodatage porte sur cet enregistrement",
    "received_at": "l'horodatage et l'enregistrement disent la même heure",
    "deadline": "dans les délais ou hors délai : l'enregistrement le dit justement",
    "checkpoint": "le registre a signé son état",
    "inclusion": "le dépôt est au registre",
    "manifest": "les manifestes sont ceux du dépôt",
    "file": "fichier",
}
SANS_CONCLUSION = {"absent": "absent", "not_checked": "non vérifié"}


def verifier_un_recu(recu: Path, options: Namespace) -> Iterator[Constat]:
    connu = confiance.lire(options)
    with fichier_lisible(recu) as archive:
        controles = receipt.verify(
            archive,
            log_keys=connu.cles,
            roots=connu.autorites,
            qualified_roots=connu.racines,
            files=options.fichiers,
        )
    yield Constat(f"récépissé {recu}", bon=None)
    for controle in controles:
        if controle.code == "qualified_timestamp":
            yield connu.horodatage_qualifie(controle)
            continue
        detail = " : ".join(
            filter(None, [SANS_CONCLUSION.get(controle.outcome), en_francais(controle.detail)])
        )
        yield Constat(QUOI[controle.code], bon=BON[controle.outcome], detail=detail)
    if not receipt.is_valid(controles):
        yield Constat("récépissé valable", bon=False, detail=str(recu))
