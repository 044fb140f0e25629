"""Vérifier une archive de restitution, hors ligne, sans rien garder en mémoire."""

from collections.abc import Iterator
from pathlib import Path

from beffroi.commandes.cli.confiance import Confiance
from beffroi.commandes.cli.constats import Constat
from beffroi.commandes.cli.demande import Demande
from beffroi.commandes.cli.fichiers import empreinte_de, fichier_lisible
from beffroi.commandes.cli.remis import ARCHIVE, CLE_VOLEE
from beffroi.garde.restitution import lecture
from formats.phrases_du_sceau import en_francais

VENU_D_AILLEURS = (
    "Ce qui vient d'une autre plateforme est tel que celle-ci l'a reçu. Pour l'établir là-bas "
    "aussi, donnez les clés de cette autre : --cle et --autorite, ou son cles.json par --confiance."
)


def est_une_restitution(chemin: Path) -> bool:
    with fichier_lisible(chemin) as archive:
        return lecture.est_une_restitution(archive)


def constat_de(controle: lecture.Controle, connu: Confiance) -> Constat:
    """Ce que l'on dit des jetons qualifiés tient aux racines données."""
    dit = en_francais(controle.detail)
    if controle.qualifie is not None:
        return connu.horodatage_qualifie(controle.qualifie, sur=dit, absent=dit)
    manque = ""
    match controle.manque:
        case lecture.Manque.CLE:
            manque = ARCHIVE.sans_cle
        case lecture.Manque.AUTORITE:
            manque = ARCHIVE.sans_autorite if connu.cles else ARCHIVE.sans_cle
        case lecture.Manque.CLES_D_AILLEURS:
            manque = VENU_D_AILLEURS
        case lecture.Manque.REGISTRE:
            manque = CLE_VOLEE
    return Constat(controle.quoi, bon=controle.bon, detail=dit, manque=manque)


def verifier_une_restitution(chemin: Path, demande: Demande) -> Iterator[Constat]:
    connu = demande.connu.pour(chemin)
    yield Constat(f"archive {chemin}", bon=None)
    with fichier_lisible(chemin) as archive:
        try:
            rendue = lecture.Rendue(archive)
        except lecture.ArchiveRefusee as refus:
            yield Constat("le manifeste est celui d'une restitution", bon=False, detail=str(refus))
            return
        controles = lecture.controler(
            rendue, cles=connu.cles, autorites=connu.autorites, racines=connu.racines
        )
        for controle in controles:
            yield constat_de(controle, connu)
        connues = rendue.empreintes()
    for fichier in demande.fichiers:
        y_est = empreinte_de(fichier) in connues
        yield Constat(
            "fichier",
            bon=y_est,
            detail=f"{fichier.name} est{'' if y_est else ' absent'} de cette archive",
        )
