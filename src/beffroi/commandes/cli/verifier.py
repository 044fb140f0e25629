"""Vérifie un récépissé, une autre preuve, ou tout un registre,
et dit ligne par ligne ce qui a été vérifié.

Un récépissé, hors ligne, et si vous voulez vos propres fichiers avec lui :
  ./beffroi verifier recu.zip --cle CLE --fichiers offre.pdf prix.ods
Toute autre preuve remise par la plateforme (docs/verifier.md en donne la liste),
reconnue à ce qu'elle contient :
  ./beffroi verifier preuve.zip --confiance cles.json
Un PDF que cette preuve connaît (procès-verbal, registre, certificat) :
  ./beffroi verifier preuve.zip --confiance cles.json --fichiers proces-verbal.pdf
Avec la racine du prestataire qualifié, prise dans la liste de confiance européenne :
  ./beffroi verifier recu.zip --cle CLE --racines racine-du-prestataire.pem
Un registre, depuis son adresse ou depuis un dossier de données,
et la place qu'y tiennent des récépissés :
  ./beffroi verifier --journal https://marches.example --tete tete.txt recu.zip
  ./beffroi verifier --journal /srv/beffroi/donnees
« Intact » ne se dit que sous une clé connue d'ailleurs : --cle (la page /journal/ la publie) et
--autorite, --confiance (le cles.json d'une plateforme, gardé chez vous), ou --journal.
Sous la clé qu'il porte, un fichier s'accorde avec lui-même, et rien de plus.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from beffroi.commandes.cli import confiance, normes_dossier, tete_gardee, verdict
from beffroi.commandes.cli.confiance import Confiance
from beffroi.commandes.cli.constats import Bilan, Constat, afficher
from beffroi.commandes.cli.demande import Demande
from beffroi.commandes.cli.erreurs import ErreurDArguments
from beffroi.commandes.cli.fichiers import fichier_lisible
from beffroi.commandes.cli.nature import verification_de
from beffroi.commandes.cli.recu import verifier_un_recu
from beffroi.commandes.cli.registre_distant import RegistreDistant
from beffroi.commandes.cli.verdict import Verdict
from formats.phrases_du_sceau import en_francais
from sceau import SealError, receipt

# La tête publique suit d'une heure, de quelques-unes après un rush :
# au-delà de deux jours, ce n'est plus une attente.
ATTENTE_AU_PLUS = timedelta(days=2)
PAS_ENCORE = (
    "La tête publique du registre n'atteint pas encore chaque récépissé : elle avance chaque "
    "heure. Recommencez dans une heure."
)
CONCLUSIONS = {
    Verdict.INTACT: "Tout est intact.",
    Verdict.FAUX: "Quelque chose ne va pas : lisez les lignes marquées NON.",
    Verdict.ILLISIBLE: "Tout n'a pas pu être lu : lisez les lignes marquées NON.",
    Verdict.NON_ETABLI: "Rien n'est faux, et tout n'est pas établi.",
}


class Registre(tete_gardee.Registre, Protocol):
    """Un registre relu en entier, de loin ou depuis sa base."""

    def verifier(self) -> Iterator[Constat]: ...

    def ce_qu_il_fait_connaitre(self) -> Confiance: ...

    def feuille(self, numero: int) -> bytes | None: ...

    def paquet_inscrit(self, empreinte: str) -> int | None: ...

    def est_a_venir(self, note: str) -> bool: ...


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "recus", nargs="*", type=Path, help="récépissés (recu.zip), ou autres preuves"
    )
    analyseur.add_argument("--journal", help="adresse d'une plateforme, ou dossier de données")
    analyseur.add_argument(
        "--fichiers", nargs="+", type=Path, default=[], help="vos fichiers, à comparer à la preuve"
    )
    analyseur.add_argument(
        "--tete",
        type=Path,
        help="fichier où garder la tête signée, et à quoi comparer le registre : celle de la "
        "dernière fois, un récépissé, un courriel, ce qu'un témoin a signé",
    )
    confiance.arguments(analyseur)
    normes_dossier.arguments(analyseur)
    analyseur.epilog = verdict.en_lignes()


def executer(options: Namespace) -> int:
    if options.tete and not options.journal:
        raise ErreurDArguments(
            "--tete garde la tête d'un registre : indiquez lequel par --journal."
        )
    if not options.recus and not options.journal:
        raise ErreurDArguments(
            "rien à vérifier. Indiquez un récépissé (recu.zip), ou un registre par --journal."
        )
    bilan = afficher(tout_verifier(options))
    print("\n" + "\n".join(conclure(bilan)))
    return bilan.verdict


def conclure(bilan: Bilan) -> list[str]:
    """Ce que l'on peut dire de tout ; s'il manque quelque chose, quoi donner, et où le trouver."""
    manques = bilan.manques if bilan.verdict is Verdict.NON_ETABLI else []
    return [CONCLUSIONS[bilan.verdict], *manques, *bilan.reserves]


def tout_verifier(options: Namespace) -> Iterator[Constat]:
    """Le registre d'abord : il fait connaître la clé sous laquelle les preuves se jugent."""
    # Une clé, un certificat, un fichier illisible arrête tout, avant la première ligne.
    connu = confiance.lire(options)
    for fichier in (*options.recus, *options.fichiers):
        with fichier_lisible(fichier):
            pass
    demande = Demande(connu, options.fichiers, normes_dossier.indique(options))
    if not options.journal:
        yield from verifier_les_preuves(options.recus, demande)
        return
    registre = registre_de(options.journal, connu)
    yield from registre.verifier()
    if options.tete:
        yield from tete_gardee.confronter(registre, options.tete)
    elif not options.recus:
        yield Constat("fin du registre", bon=None, reserve=tete_gardee.SANS_TETE)
    if options.recus:
        connu = registre.ce_qu_il_fait_connaitre()
        demande = Demande(connu, demande.fichiers, demande.normes, registre.paquet_inscrit)
        yield from verifier_les_preuves(options.recus, demande, registre)
        for recu in options.recus:
            if verification_de(recu) is verifier_un_recu:
                yield place_au_registre(recu, registre)


def verifier_les_preuves(
    preuves: list[Path], demande: Demande, registre: Registre | None = None
) -> Iterator[Constat]:
    for preuve in preuves:
        verifier = verification_de(preuve)
        tenu = registre and verifier is verifier_un_recu and est_de_ce_registre(preuve, registre)
        yield from verifier(preuve, demande.sans_soupcon() if tenu else demande)


def est_de_ce_registre(recu: Path, registre: Registre) -> bool:
    """La tête qu'il porte est de l'arbre que l'on vient de relire, qui que ce soit qui la signe."""
    try:
        with fichier_lisible(recu) as archive:
            return registre.est_une_tete_de_l_arbre(receipt.leaf(archive)[2])
    except SealError:
        return False


def registre_de(ou: str, connu: Confiance) -> Registre:
    if Path(ou).is_dir():
        from beffroi.commandes.cli.registre_local import RegistreLocal

        return RegistreLocal(Path(ou), connu)
    return RegistreDistant(adresse_de(ou), connu)


def adresse_de(texte: str) -> str:
    if not texte.startswith(("http://", "https://")):
        raise ErreurDArguments(
            f"« {texte} » n'est ni un dossier, ni une adresse qui commence par http."
        )
    return texte.removesuffix("/").removesuffix("/journal")


def place_au_registre(recu: Path, registre: Registre) -> Constat:
    """La feuille du récépissé est celle que le registre montre à sa place,
    et la tête qu'il porte est de ce registre.
    """
    quoi = f"{recu} est à sa place dans ce registre"
    try:
        with fichier_lisible(recu) as archive:
            numero, feuille, tete = receipt.leaf(archive)
    except SealError as erreur:
        return Constat(quoi, bon=False, detail=en_francais(erreur))
    tenue = registre.feuille(numero)
    if tenue is not None and tenue != feuille:
        return Constat(
            quoi, bon=False, detail=f"le registre tient autre chose à l'écriture n° {numero}"
        )
    if registre.est_a_venir(tete):
        return attendre_la_tete_publique(quoi, recu)
    if tenue is None or not registre.est_une_tete_de_l_arbre(tete):
        return Constat(
            quoi, bon=False, detail="la tête signée qu'il porte n'est pas de ce registre"
        )
    return Constat(quoi, bon=True, detail=f"écriture n° {numero}")


def attendre_la_tete_publique(quoi: str, recu: Path) -> Constat:
    """La tête publique avance à chaque heure.

    Un récépissé tout neuf l'attend ; un vieux aurait dû y être.
    """
    with fichier_lisible(recu) as archive:
        age = datetime.now(UTC) - receipt.received_at(archive)
    if age > ATTENTE_AU_PLUS:
        return Constat(
            quoi, bon=False, detail="la tête publique aurait dû l'atteindre depuis longtemps"
        )
    return Constat(quoi, bon=None, detail="pas encore", manque=PAS_ENCORE)
