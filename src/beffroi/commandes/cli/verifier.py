"""Vérifie un récépissé, une autre preuve, ou tout un registre,
et dit ligne par ligne ce qui a été vérifié.

Un récépissé, hors ligne, et si vous voulez vos propres fichiers avec lui :
  ./beffroi verifier recu.zip --fichiers offre.pdf prix.ods
Toute autre preuve remise par la plateforme (docs/verifier.md en donne la liste),
reconnue à ce qu'elle contient :
  ./beffroi verifier preuve.zip
Un PDF que cette preuve connaît (procès-verbal, registre, certificat) :
  ./beffroi verifier preuve.zip --fichiers proces-verbal.pdf
Avec la racine du prestataire qualifié, prise dans la liste de confiance européenne :
  ./beffroi verifier recu.zip --racines racine-du-prestataire.pem
Un registre, depuis son adresse ou depuis un dossier de données,
et la place qu'y tiennent des récépissés :
  ./beffroi verifier --journal https://marches.example --tete tete.txt recu.zip
  ./beffroi verifier --journal /srv/beffroi/donnees
Code de retour : 0, tout est intact ; 1, quelque chose ne va pas ;
3, rien ne va mal, mais un récépissé trop récent n'a pas
encore sa place vérifiée au registre.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from beffroi.commandes.cli import confiance, normes_dossier, tete_gardee
from beffroi.commandes.cli.constats import Bilan, Constat, afficher
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.fichiers import fichier_lisible
from beffroi.commandes.cli.nature import verification_de
from beffroi.commandes.cli.recu import verifier_un_recu
from beffroi.commandes.cli.registre_distant import RegistreDistant
from formats.phrases_du_sceau import en_francais
from formats.pluriels import compter
from sceau import SealError, receipt

# La tête publique suit d'une heure, de quelques-unes après un rush :
# au-delà de deux jours, ce n'est plus une attente.
ATTENTE_AU_PLUS = timedelta(days=2)
RESTE_A_VERIFIER = 3


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
        help="fichier où garder la tête signée ; la prochaine vérification s'y compare",
    )
    confiance.arguments(analyseur)
    normes_dossier.arguments(analyseur)


def executer(options: Namespace) -> int:
    if options.tete and not options.journal:
        raise ErreurDeCommande(
            "--tete garde la tête d'un registre : indiquez lequel par --journal."
        )
    if not options.recus and not options.journal:
        raise ErreurDeCommande(
            "rien à vérifier. Indiquez un récépissé (recu.zip), ou un registre par --journal."
        )
    bilan = afficher(tout_verifier(options))
    phrase, code = conclure(bilan)
    print(f"\n{phrase}")
    return code


def conclure(bilan: Bilan) -> tuple[str, int]:
    """« Intact » ne se dit que lorsque rien ne reste à vérifier."""
    if not bilan.bon:
        return "Quelque chose ne va pas : lisez les lignes marquées NON.", 1
    if bilan.en_attente:
        restent = compter(bilan.en_attente, "récépissé reste", "récépissés restent")
        return (
            f"Rien ne va mal, mais {restent} à vérifier au registre. Recommencez dans une heure.",
            RESTE_A_VERIFIER,
        )
    return "Tout est intact.", 0


def tout_verifier(options: Namespace) -> Iterator[Constat]:
    if options.recus:
        confiance.lire(
            options
        )  # une clé ou un certificat illisible arrête tout, quel que soit le fichier
    for recu in options.recus:
        yield from verification_de(recu)(recu, options)
    if options.journal and Path(options.journal).is_dir():
        from beffroi.commandes.cli.registre_local import relire

        yield from relire(Path(options.journal), tete=options.tete)
    elif options.journal:
        registre = RegistreDistant(adresse_de(options.journal), cle=options.cle)
        yield from registre.verifier()
        if options.tete:
            yield from tete_gardee.confronter(registre, options.tete)
        for recu in options.recus:
            if verification_de(recu) is verifier_un_recu:
                yield place_au_registre(recu, registre)


def adresse_de(texte: str) -> str:
    if not texte.startswith(("http://", "https://")):
        raise ErreurDeCommande(
            f"« {texte} » n'est ni un dossier, ni une adresse qui commence par http."
        )
    return texte.removesuffix("/").removesuffix("/journal")


def place_au_registre(recu: Path, registre: RegistreDistant) -> Constat:
    """La feuille du récépissé est celle que le registre montre à sa place,
    et la tête qu'il porte est de ce registre.
    """
    quoi = f"{recu} est à sa place dans ce registre"
    try:
        with fichier_lisible(recu) as archive:
            numero, feuille, tete = receipt.leaf(archive)
    except SealError as erreur:
        return Constat(quoi, bon=False, detail=en_francais(erreur))
    if numero < len(registre.feuilles) and registre.feuilles[numero] != feuille:
        return Constat(
            quoi, bon=False, detail=f"le registre tient autre chose à l'écriture n° {numero}"
        )
    if registre.est_a_venir(tete):
        return attendre_la_tete_publique(quoi, recu)
    if not registre.est_une_tete_de_l_arbre(tete):
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
    return Constat(
        quoi,
        bon=None,
        attend=True,
        detail="pas encore : la tête publique avance chaque heure. Recommencez dans une heure",
    )
