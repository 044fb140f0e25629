"""Ce que la personne tient déjà pour vrai :
la clé du registre, les certificats d'horodatage qu'elle connaît.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509

from beffroi.commandes.cli.constats import Constat
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.fichiers import fichier_lisible
from formats.phrases_du_sceau import en_francais
from sceau import SealError, log, receipt, timestamp

SANS_RACINE = (
    "présent, mais non vérifié : aucune racine n'est donnée. Avec --racines FICHIER.pem, "
    "donnez celle du prestataire "
    "qualifié, tirée de la liste de confiance"
)


@dataclass(frozen=True)
class Confiance:
    """Les clés et certificats donnés ;
    une place vide laisse juger sur ceux que porte le récépissé, et le dit.
    """

    cles: list[log.Verifier]
    autorites: list[x509.Certificate]
    racines: list[x509.Certificate]
    fichiers_des_racines: tuple[str, ...] = ()

    def horodatage_qualifie(
        self,
        controle: receipt.Check,
        *,
        sur: str = "cet enregistrement",
        absent: str = "absent de cette copie",
    ) -> Constat:
        """Le jeton qualifié est jugé contre les racines données, ou ne l'est
        pas : jamais entre les deux.
        """
        quoi = "l'horodatage qualifié"
        donnees = ", ".join(self.fichiers_des_racines)
        match controle.outcome:
            case "ok":
                return Constat(
                    quoi,
                    bon=True,
                    detail=f"porte sur {sur} et remonte à une racine donnée ({donnees})",
                )
            case "absent":
                return Constat(quoi, bon=None, detail=absent)
            case "not_checked" if not self.racines:
                return Constat(quoi, bon=None, detail=SANS_RACINE)
            case "not_checked":
                return Constat(
                    quoi, bon=False, detail=f"ne remonte à aucune des racines données ({donnees})"
                )
        return Constat(quoi, bon=False, detail=en_francais(controle.detail))


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument("--cle", default="", help="clé du registre que vous connaissez déjà")
    analyseur.add_argument(
        "--autorite",
        type=Path,
        help="certificat (PEM) de l'autorité d'horodatage de la plateforme, que vous connaissez",
    )
    analyseur.add_argument(
        "--racines",
        nargs="+",
        type=Path,
        default=[],
        help="certificats racines (PEM) de prestataires d'horodatage qualifié (eIDAS)",
    )


def lire(options: Namespace) -> Confiance:
    """Lit ce qui est donné ; une clé ou un certificat illisible arrête la commande."""
    return Confiance(
        cles=[cle_du_registre(options.cle)] if options.cle else [],
        autorites=certificats([options.autorite]) if options.autorite else [],
        racines=certificats(options.racines),
        fichiers_des_racines=tuple(fichier.name for fichier in options.racines),
    )


def cle_du_registre(texte: str) -> log.Verifier:
    try:
        return log.Verifier(texte)
    except SealError:
        raise ErreurDeCommande(
            "la clé du registre est mal recopiée : elle a la forme nom+empreinte+clé. "
            "La page /journal/ la donne."
        ) from None


def certificats(fichiers: Sequence[Path]) -> list[x509.Certificate]:
    lus: list[x509.Certificate] = []
    for fichier in fichiers:
        with fichier_lisible(fichier) as flux:
            contenu = flux.read()
        try:
            lus += timestamp.load_roots(contenu)
        except SealError:
            raise ErreurDeCommande(
                f"{fichier} ne contient pas de certificat au format PEM."
            ) from None
    return lus
