"""Vérifier un dossier de données :
chaque écriture, chaque tête signée, chaque pli et ses octets.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from beffroi.commandes.cli import dossier_d_essai
from beffroi.commandes.cli.cadre import exiger_une_base_a_jour, preparer_django
from beffroi.commandes.cli.confiance import Confiance
from beffroi.commandes.cli.constats import Constat
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.releves_publiees import SANS_RELEVE
from sceau import SealError, handover, log

PAQUET_ETABLI = "paquet.etablir"
OCTETS = "octets gardés au stockage"
SANS_STOCKAGE = (
    "{} La relecture s'arrête là : ce qui suit n'a pas été vérifié, et rien n'en est conclu. "
    "Quand le stockage répond, relancez la même commande"
)


@dataclass
class RegistreLocal:
    """Le registre d'un dossier : sa dernière tête signée, et celles qu'il contient."""

    dossier: Path
    connu: Confiance = field(default_factory=Confiance)
    note: str = ""

    def verifier(self) -> Iterator[Constat]:
        """Relit tout depuis la base de ce dossier ;
        la base PostgreSQL, elle, est celle des réglages.
        """
        yield from self._preparer()
        from beffroi.socle.fondations.stockage import StockageEnPanne
        from beffroi.socle.journal.queries import derniere_tete_signee
        from beffroi.socle.journal.verification import relire_tout

        yield from self._cle_donnee()
        intact = True
        try:
            for constat in relire_tout():
                intact &= constat.bon
                yield Constat(constat.quoi, bon=constat.bon, detail=constat.ou)
        except StockageEnPanne as panne:
            # Ce qu'un stockage ne rend pas aujourd'hui n'accuse personne ; le registre, lui, a déjà
            # été relu : il vient de la base, et le premier.
            yield Constat(OCTETS, bon=False, detail=SANS_STOCKAGE.format(panne), illisible=True)
        derniere = derniere_tete_signee()
        self.note = derniere.note if intact and derniere else ""

    def _preparer(self) -> Iterator[Constat]:
        if espace := dossier_d_essai.sorte_de(self.dossier):
            # Son registre a un autre nom, et sa base est toujours dans son dossier.
            os.environ["BEFFROI_ESPACE"] = espace
            os.environ.pop("BEFFROI_BASE_DE_DONNEES", None)
            yield Constat(
                "ESSAI",
                bon=None,
                detail="ce dossier est celui d'un espace d'essai ; son registre ne prouve rien",
            )
        sans_base = not (self.dossier / "beffroi.sqlite3").exists()
        if "BEFFROI_BASE_DE_DONNEES" not in os.environ and sans_base:
            raise ErreurDeCommande(
                f"{self.dossier} ne contient pas de base Beffroi (beffroi.sqlite3). "
                "Si la base est PostgreSQL, donnez son adresse par BEFFROI_BASE_DE_DONNEES."
            )
        os.environ["BEFFROI_DONNEES"] = str(self.dossier.resolve())
        os.environ.setdefault("BEFFROI_SANS_HORODATAGE_QUALIFIE", "oui")
        preparer_django()
        exiger_une_base_a_jour(
            "Mettez-la à niveau (./beffroi migrer), ou vérifiez-la avec la version qui l'a écrite."
        )

    def _cle_donnee(self) -> Iterator[Constat]:
        """Un dossier se relit sous sa propre clé : celle que l'on donne doit être celle-là."""
        from beffroi.socle.journal import releves

        connu = self.connu.pour_le_registre(self._cle())
        if not connu.cles:
            return
        suivies = handover.follow(connu.cles, releves.publiees(), listed=True)
        if self._cle() in {cle.vkey for cle in suivies}:
            yield Constat("clé du registre", bon=True, detail=connu.cles_d_ou)
        elif {cle.vkey for cle in connu.cles} & {cle.vkey for cle in self._cles()}:
            yield Constat("clé du registre", None, connu.cles_d_ou, manque=SANS_RELEVE)
        else:
            yield Constat("clé du registre", bon=False, detail=connu.cles_d_ou)

    def _cle(self) -> str:
        from beffroi.socle.journal import chainage

        return chainage.signataire().vkey

    def _cles(self) -> list[log.Verifier]:
        from beffroi.socle.journal import releves

        return releves.cles()

    def ce_qu_il_fait_connaitre(self) -> Confiance:
        from beffroi.socle.journal import chainage

        return self.connu.du_registre(self._cles(), chainage.autorites_locales())

    def feuille(self, numero: int) -> bytes | None:
        """Ce que ce registre tient à cette place ; rien d'une écriture, si c'est du remplissage."""
        from beffroi.socle.journal.models import Ecriture

        ecriture = Ecriture.objects.filter(numero=numero).only("feuille").first()
        return bytes(ecriture.feuille) if ecriture else None

    def paquet_inscrit(self, empreinte: str) -> int | None:
        """L'acte seul compte : un dépôt fait nommer n'importe quelle empreinte."""
        from beffroi.socle.journal.models import Ecriture

        etablis = Ecriture.objects.filter(acte=PAQUET_ETABLI, contenu__contains=empreinte)
        for numero, contenu in etablis.values_list("numero", "contenu"):
            if json.loads(contenu)["donnees"].get("sha256") == empreinte:
                return int(numero)
        return None

    def est_a_venir(self, note: str) -> bool:
        """Tout ce que ce registre a signé est dans le dossier : rien n'est à attendre."""
        return False

    def est_une_tete_de_l_arbre(self, note: str) -> bool:
        from beffroi.socle.journal import chainage
        from beffroi.socle.journal.services import taille

        try:
            tete = log.open_checkpoint(note, [cle.unsuspected() for cle in self._cles()])
        except SealError:
            return False
        return 0 < tete.size <= taille() and tete.root == log.root(
            tete.size, chainage.lire_les_sommets(tete.size)
        )
