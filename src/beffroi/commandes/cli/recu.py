"""Vérifier un récépissé, hors ligne : `sceau` et le disque, rien d'autre."""

from collections.abc import Iterator
from pathlib import Path

from beffroi.commandes.cli.confiance import AUTORITE_JOINTE, Confiance
from beffroi.commandes.cli.constats import BON, Constat
from beffroi.commandes.cli.demande import Demande
from beffroi.commandes.cli.fichiers import fichier_lisible
from beffroi.commandes.cli.remis import CLE_VOLEE, RECEPISSE
from formats.phrases_du_sceau import en_francais
from sceau import receipt
from sceau.verdict import Verdict as Trouve

RECU = "depot.json"
QUOI = {
    "archive": "le récépissé se lit",
    "record": "l'enregistrement est celui d'un dépôt",
    "canonical": "l'enregistrement est canonique",
    "log_key": "la clé du registre est la bonne",
    "authority_root": "l'autorité d'horodatage est la bonne",
    "timestamp": "l'horodatage porte sur cet enregistrement",
    "received_at": "l'horodatage et l'enregistrement disent la même heure",
    "deadline": "dans les délais ou hors délai : l'enregistrement le dit justement",
    "checkpoint": "le registre a signé son état",
    "inclusion": "le dépôt est au registre",
    "manifest": "les manifestes sont ceux du dépôt",
    "file": "fichier",
}
SANS_CONCLUSION = {"absent": "absent", "not_checked": "non établi"}
HEURE_EN_DOUTE = (
    "L'heure de ce récépissé n'est pas établie : il n'est ni « dans les délais », ni « hors "
    "délai ». Aucune clé n'y change rien : demandez à la plateforme pourquoi son horodatage et "
    "son enregistrement diffèrent."
)
MANQUES = {
    "checkpoint": CLE_VOLEE,
    "received_at": HEURE_EN_DOUTE,
    "deadline": HEURE_EN_DOUTE,
    "file": (
        "Un fichier n'a pas pu être comparé : donnez la copie complète du récépissé, qui a les "
        "empreintes en clair (sur sa page, « Enregistrer ma copie complète » ; ou celle que "
        "« ./beffroi deposer » a écrite)."
    ),
}
TARDIF = " ; il peut venir après l'heure limite, et ne juge pas le délai"


def verifier_un_recu(recu: Path, demande: Demande) -> Iterator[Constat]:
    connu = demande.connu.pour(recu)
    with fichier_lisible(recu) as archive:
        controles = receipt.verify(
            archive,
            log_keys=connu.cles,
            roots=connu.autorites,
            qualified_roots=connu.racines,
            files=demande.fichiers,
        )
    yield Constat(f"récépissé {recu}", bon=None)
    yield from (constat_de(controle, connu) for controle in controles)
    match receipt.verdict(controles):
        case Trouve.FALSE:
            yield Constat("récépissé valable", bon=False, detail=str(recu))
        case Trouve.INTACT:
            yield Constat("récépissé intact", bon=True, detail=str(recu))


def constat_de(controle: receipt.Check, connu: Confiance) -> Constat:
    dit, quoi = en_francais(controle.detail), QUOI.get(controle.code, "")
    match controle.code, controle.outcome:
        case "qualified_timestamp", _:
            return connu.horodatage_qualifie(controle, date=f" : {dit}{TARDIF}")
        case "key_from_archive", _:
            return cle_jointe(controle.detail, connu)
        case "archive", "failed":
            return Constat(quoi, bon=False, detail=dit, illisible=True)
        case "log_key", "ok":
            return Constat(quoi, bon=True, detail=connu.cles_d_ou)
        case "authority_root", "ok":
            return Constat(quoi, bon=True, detail=connu.autorites_d_ou)
    detail = " : ".join(filter(None, [SANS_CONCLUSION.get(controle.outcome), dit]))
    manque = MANQUES[controle.code] if controle.outcome == "not_checked" else ""
    return Constat(quoi, bon=BON[controle.outcome], detail=detail, manque=manque)


def cle_jointe(fichier: str, connu: Confiance) -> Constat:
    """Le registre retient ensemble l'enregistrement et son jeton : sa clé répond des deux."""
    if fichier == AUTORITE_JOINTE and connu.cles:
        return Constat(
            "le certificat d'horodatage vient du récépissé",
            bon=None,
            detail="le registre, que vous connaissez, a retenu ce jeton",
        )
    return RECEPISSE.cle_a_lui(fichier, manque=RECEPISSE.sans_cle)
