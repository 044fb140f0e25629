"""Vérifier un dossier de preuve ou une attestation de tentative, hors ligne."""

from collections.abc import Iterator
from pathlib import Path

from beffroi.commandes.cli.confiance import AUTORITE_JOINTE, Confiance
from beffroi.commandes.cli.constats import BON, Constat
from beffroi.commandes.cli.demande import Demande
from beffroi.commandes.cli.fichiers import fichier_lisible
from beffroi.commandes.cli.remis import CLE_VOLEE, PREUVE
from formats.phrases_du_sceau import en_francais
from sceau import evidence
from sceau.verdict import Verdict as Trouve

QUOI = {
    "archive": "la preuve se lit",
    "contents": "chaque fichier est celui du manifeste",
    "timestamp": "l'horodatage porte sur ce manifeste",
    "authority_root": "l'autorité d'horodatage est la bonne",
    "log_key": "la clé du registre est la bonne",
    "entries": "chaque écriture est au registre",
    "file": "fichier",
    "lines": "chaque trace est de celles que le registre a retenues",
}


def est_une_preuve(chemin: Path) -> bool:
    with fichier_lisible(chemin) as archive:
        return evidence.is_evidence(archive)


def verifier_une_preuve(chemin: Path, demande: Demande) -> Iterator[Constat]:
    connu = demande.connu.pour(chemin)
    with fichier_lisible(chemin) as archive:
        controles = evidence.verify(
            archive,
            log_keys=connu.cles,
            roots=connu.autorites,
            qualified_roots=connu.racines,
            files=demande.fichiers,
        )
    yield Constat(f"preuve {chemin}", bon=None)
    yield from (constat_de(controle, connu) for controle in controles)
    match evidence.verdict(controles):
        case Trouve.FALSE:
            yield Constat("preuve valable", bon=False, detail=str(chemin))
        case Trouve.INTACT:
            yield Constat("preuve intacte", bon=True, detail=str(chemin))


def constat_de(controle: evidence.Check, connu: Confiance) -> Constat:
    dit, quoi = en_francais(controle.detail), QUOI.get(controle.code, "")
    match controle.code, controle.outcome:
        case "qualified_timestamp", _:
            return connu.horodatage_qualifie(controle, sur=dit, absent=dit)
        case "key_from_archive", _:
            seule = controle.detail == AUTORITE_JOINTE and bool(connu.cles)
            manque = PREUVE.sans_autorite if seule else PREUVE.sans_cle
            return PREUVE.cle_a_lui(controle.detail, manque=manque)
        case "archive", "failed":
            return Constat(quoi, bon=False, detail=dit, illisible=True)
        case "log_key", "ok":
            return Constat(quoi, bon=True, detail=connu.cles_d_ou)
        case "authority_root", "ok":
            return Constat(quoi, bon=True, detail=connu.autorites_d_ou)
    manque = CLE_VOLEE if (controle.code, controle.outcome) == ("entries", "not_checked") else ""
    return Constat(quoi, bon=BON[controle.outcome], detail=dit, manque=manque)
