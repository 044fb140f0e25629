"""Ce que la personne tient déjà pour vrai :
la clé du registre, les certificats d'horodatage qu'elle connaît.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography import x509

from beffroi.commandes.cli import confiance_installee
from beffroi.commandes.cli.confiance_installee import Installee
from beffroi.commandes.cli.constats import Constat
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.fichiers import fichier_lisible
from formats.phrases_du_sceau import en_francais
from formats.seda import Archive, PaquetIllisible
from sceau import SealError, log, receipt, timestamp

CLE_JOINTE, AUTORITE_JOINTE = "cles/journal.vkey", "cles/horodatage.pem"
SANS_RACINE = (
    "présent, mais non vérifié : aucune racine n'est donnée. Avec --racines FICHIER.pem, "
    "donnez celle du prestataire "
    "qualifié, tirée de la liste de confiance"
)


@dataclass(frozen=True)
class Confiance:
    """Les clés et certificats connus d'ailleurs, et d'où ;
    une place vide laisse juger sur ceux que porte le fichier, et le dit.
    """

    cles: Sequence[log.Verifier] = ()
    autorites: Sequence[x509.Certificate] = ()
    racines: Sequence[x509.Certificate] = ()
    fichiers_des_racines: tuple[str, ...] = ()
    installees: tuple[Installee, ...] = ()
    cles_d_ou: str = "donnée par --cle"
    autorites_d_ou: str = "donnée par --autorite"

    def du_registre(
        self, cles: Sequence[log.Verifier], autorites: Sequence[x509.Certificate]
    ) -> "Confiance":
        """Ce qu'un registre relu à l'instant fait connaître ; ce qui est donné l'emporte."""
        connue = self
        siennes = {cle.vkey for cle in cles}
        autres = [cle for cle in connue.cles if cle.vkey not in siennes]
        if len(autres) < len(connue.cles):
            # Celle que l'on donne, et toutes celles où mènent les relèves de ce registre.
            connue = replace(connue, cles=[*autres, *cles])
        if not connue.cles and cles:
            connue = replace(connue, cles=cles, cles_d_ou="celle du registre relu")
        if not connue.autorites and autorites:
            connue = replace(
                connue, autorites=autorites, autorites_d_ou="celle que publie ce registre"
            )
        return connue

    def sans_soupcon(self) -> "Confiance":
        """De la main d'une clé volée, la tête que ce registre tient est bien de lui."""
        return replace(self, cles=[cle.unsuspected() for cle in self.cles])

    def pour(self, archive: Path) -> "Confiance":
        """Ce que l'on sait de qui a fait cette archive."""
        jointe, certificats = _jointes(archive)
        return self.pour_le_registre(jointe, certificats)

    def pour_le_registre(self, cle_jointe: str, certificats_joints: bytes = b"") -> "Confiance":
        """Ce qui est installé ne parle que du registre de ce nom : d'un autre, il ne dit rien.

        Un certificat plus récent que le fichier de confiance n'y est pas : ce n'est pas une faute,
        et il reste à connaître.
        """
        noms = {ligne.partition("+")[0].strip() for ligne in cle_jointe.splitlines() if ligne}
        siennes = [
            une for une in self.installees if not noms or noms & {cle.name for cle in une.cles}
        ]
        if not siennes:
            return self
        connue, d_ou = self, f"celle de {siennes[0].fichier}"
        if not connue.cles:
            cles = [cle for une in siennes for cle in une.cles]
            connue = replace(connue, cles=cles, cles_d_ou=d_ou)
        autorites = [autorite for une in siennes for autorite in une.autorites]
        if not connue.autorites and _racines(certificats_joints) <= set(autorites):
            connue = replace(connue, autorites=autorites, autorites_d_ou=d_ou)
        return connue

    def horodatage_qualifie(
        self,
        controle: receipt.Check,
        *,
        sur: str = "cet enregistrement",
        absent: str = "absent de cette copie",
        date: str = "",
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
                    detail=f"porte sur {sur} et remonte à une racine donnée ({donnees}){date}",
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
    analyseur.add_argument(
        "--cle",
        action="append",
        default=[],
        help="clé du registre que vous connaissez déjà ; une fois par registre",
    )
    analyseur.add_argument(
        "--autorite",
        type=Path,
        help="certificat (PEM) de l'autorité d'horodatage de la plateforme, que vous connaissez",
    )
    analyseur.add_argument(
        "--confiance",
        type=Path,
        help=(
            "le cles.json d'une plateforme, gardé chez vous, ou un dossier de tels fichiers "
            f"(d'office, {confiance_installee.VARIABLE}, ~/.config/beffroi/confiance, "
            f"puis {confiance_installee.PARTOUT})"
        ),
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
        cles=[cle_du_registre(cle) for cle in options.cle],
        autorites=certificats([options.autorite]) if options.autorite else [],
        racines=certificats(options.racines),
        fichiers_des_racines=tuple(fichier.name for fichier in options.racines),
        installees=confiance_installee.lire(options.confiance),
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


def _jointes(archive: Path) -> tuple[str, bytes]:
    """La clé et les certificats que l'archive porte, s'ils se lisent ; rien n'en est cru."""
    with fichier_lisible(archive) as flux:
        try:
            ouverte = Archive(flux)
            lues = [
                b"".join(ouverte.blocs(nom)) if ouverte.est_lisible(nom) else b""
                for nom in (CLE_JOINTE, AUTORITE_JOINTE)
                if ouverte.noms.get(nom, 0) <= confiance_installee.OCTETS_AU_PLUS
            ]
        except PaquetIllisible:
            lues = []
    cle, certificats_joints = lues if len(lues) == 2 else (b"", b"")
    return cle.decode("utf-8", "replace"), certificats_joints


def _racines(pem: bytes) -> set[x509.Certificate]:
    try:
        return set(timestamp.load_roots(pem)) if pem else set()
    except SealError:
        return set()
