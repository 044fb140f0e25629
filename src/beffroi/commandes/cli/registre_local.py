"""Vérifier un dossier de données :
chaque écriture, chaque tête signée, chaque pli et ses octets.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from beffroi.commandes.cli import dossier_d_essai, tete_gardee
from beffroi.commandes.cli.cadre import exiger_une_base_a_jour, preparer_django
from beffroi.commandes.cli.constats import Constat
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from sceau import SealError, log


def relire(dossier: Path, *, tete: Path | None = None) -> Iterator[Constat]:
    """Relit tout depuis la base de ce dossier ;
    la base PostgreSQL, elle, est celle des réglages.
    """
    if espace := dossier_d_essai.sorte_de(dossier):
        # Son registre a un autre nom, et sa base est toujours dans son dossier.
        os.environ["BEFFROI_ESPACE"] = espace
        os.environ.pop("BEFFROI_BASE_DE_DONNEES", None)
        yield Constat(
            "ESSAI",
            bon=None,
            detail="ce dossier est celui d'un espace d'essai ; son registre ne prouve rien",
        )
    if "BEFFROI_BASE_DE_DONNEES" not in os.environ and not (dossier / "beffroi.sqlite3").exists():
        raise ErreurDeCommande(
            f"{dossier} ne contient pas de base Beffroi (beffroi.sqlite3). "
            "Si la base est PostgreSQL, donnez son adresse par BEFFROI_BASE_DE_DONNEES."
        )
    os.environ["BEFFROI_DONNEES"] = str(dossier.resolve())
    os.environ.setdefault("BEFFROI_SANS_HORODATAGE_QUALIFIE", "oui")
    preparer_django()
    exiger_une_base_a_jour(
        "Mettez-la à niveau (./beffroi migrer), ou vérifiez-la avec la version qui l'a écrite."
    )
    from beffroi.socle.journal.verification import relire_tout

    intact = True
    for constat in relire_tout():
        intact &= constat.bon
        yield Constat(constat.quoi, bon=constat.bon, detail=constat.ou)
    if tete:
        yield from tete_gardee.confronter(RegistreLocal(intact), tete)


class RegistreLocal:
    """Le registre d'un dossier, une fois relu :
    sa dernière tête signée, et celles qu'il contient.
    """

    def __init__(self, intact: bool) -> None:
        from beffroi.socle.journal.queries import derniere_tete_signee

        derniere = derniere_tete_signee()
        self.note = derniere.note if intact and derniere else ""

    def est_une_tete_de_l_arbre(self, note: str) -> bool:
        from beffroi.socle.journal import chainage
        from beffroi.socle.journal.services import taille

        try:
            tete = log.open_checkpoint(note, [log.Verifier(chainage.signataire().vkey)])
        except SealError:
            return False
        return 0 < tete.size <= taille() and tete.root == log.root(
            tete.size, chainage.lire_les_sommets(tete.size)
        )
