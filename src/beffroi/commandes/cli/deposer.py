"""Dépose une réponse depuis la ligne de commande : scelle ici, envoie, dépose, garde le récépissé.

Interrompue, la même commande reprend où elle en était. Le dépôt n'a lieu qu'une fois.
Avec --signataire, rien n'est scellé pour une clé que cette personne n'a pas signée ; son empreinte
est au règlement. Le registre est suivi d'un dépôt à l'autre : raccourci ou réécrit, rien ne part.

Exemple : ./beffroi deposer --url https://marches.example --jeton JETON
--consultation 2026-0142 --lot 1 \\
            --candidature dc1.pdf dc2.pdf --offre acte.pdf prix.ods --recu recu.zip
Avec --scelles DOSSIER, ce que vous avez scellé vous-même (« ./beffroi sceller »,
ou « age ») part tel quel : pour offre.pdf,
DOSSIER/offre.pdf.age, ou DOSSIER/candidature/… et DOSSIER/offre/….
"""

import hashlib
import io
import os
import secrets
import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from beffroi.commandes.cli.client.atelier import Atelier, Scelle
from beffroi.commandes.cli.client.avancement import Barre
from beffroi.commandes.cli.client.cles import (
    POUR_DIRE,
    ce_qui_est_connu,
    dire_qui_a_signe,
    empreinte_lue,
    verifier_les_cles,
)
from beffroi.commandes.cli.client.cles_publiees import ClesPubliees
from beffroi.commandes.cli.client.envoi import Expedition, envoyer
from beffroi.commandes.cli.client.liaison import ESSAIS, Liaison, Refus
from beffroi.commandes.cli.client.paquets import envoyer_les_petits, est_petit
from beffroi.commandes.cli.client.recu import completer
from beffroi.commandes.cli.client.suivi import Suivi, tete_d_office
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.fichiers import ecrire_a_cote, fichier_lisible
from formats import noms_de_fichiers
from formats.phrases_du_sceau import en_francais
from formats.pluriels import compter
from sceau import Recipient, SealError, receipt

VERSION = "beffroi-cli/0.1.0"


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument("--url", required=True, help="adresse de la plateforme")
    analyseur.add_argument("--jeton", required=True, help="jeton d'accès (Mon compte, Sécurité)")
    analyseur.add_argument("--consultation", required=True, help="référence de la consultation")
    analyseur.add_argument(
        "--invitation",
        default="",
        help="référence de l'invitation à remettre une offre (I-…), s'il y en a une",
    )
    analyseur.add_argument("--lot", type=int, help="numéro du lot, si la consultation est allotie")
    analyseur.add_argument(
        "--candidature", nargs="+", type=Path, default=[], help="fichiers de la candidature"
    )
    analyseur.add_argument("--offre", nargs="+", type=Path, default=[], help="fichiers de l'offre")
    analyseur.add_argument(
        "--scelles", type=Path, help="dossier où vos fichiers sont déjà scellés (.age)"
    )
    analyseur.add_argument("--recu", required=True, type=Path, help="où écrire le récépissé (.zip)")
    analyseur.add_argument(
        "--cle", default="", help="clé du registre que vous connaissez déjà (page /journal/)"
    )
    analyseur.add_argument(
        "--signataire",
        type=empreinte_lue,
        help="empreinte de la personne qui doit avoir signé les clés (elle est au règlement)",
    )
    analyseur.add_argument(
        "--tete",
        type=Path,
        help="où garder la tête du registre, que le dépôt suivant lui opposera "
        "(par défaut, dans l'état de l'utilisateur)",
    )
    analyseur.add_argument(
        "--sans-relecture",
        action="store_true",
        help="ne pas chercher au registre une autre clé de cette consultation (plus vite)",
    )
    analyseur.add_argument(
        "--insister",
        type=int,
        default=ESSAIS,
        help=f"essais quand la plateforme se tait ({ESSAIS})",
    )
    analyseur.add_argument(
        "--atelier",
        type=Path,
        help="dossier de travail (par défaut, dans le cache de l'utilisateur)",
    )


def executer(options: Namespace) -> int:
    if not options.candidature and not options.offre:
        raise ErreurDeCommande(
            "aucun fichier à déposer. Indiquez --candidature, --offre, ou les deux."
        )
    refuser_les_homonymes(options.candidature, options.offre)
    refuser_l_illisible(options)
    for sorte, fichiers in (("candidature", options.candidature), ("offre", options.offre)):
        for fichier in fichiers:
            deja_scelle(fichier, sorte, options)
    avertir(options)
    atelier = Atelier(options.atelier or dossier_de_travail(options))
    liaison = Liaison(options.url, options.jeton, essais=max(1, options.insister))
    reponse = commencer(liaison, atelier, options)
    connu = ce_qui_est_connu(options.cle, reponse)
    destinataires = verifier_les_cles(
        reponse, consultation=options.consultation, connu=connu, signataire=options.signataire or ""
    )
    suivi = Suivi(options.tete or tete_d_office(liaison.adresse), connu.cles)
    interroger_le_registre(liaison, suivi, reponse, options)
    enveloppes = sceller(atelier, destinataires, options)
    tout_envoyer(liaison, atelier, enveloppes, reponse=reponse["reponse"])
    recu = deposer(liaison, atelier, enveloppes, reponse=reponse["reponse"])
    archive = liaison.telecharger(f"depots/{recu['recepisse']}/recu.zip")
    with ecrire_a_cote(options.recu) as flux:
        flux.write(completer(archive, [manifeste for *_, manifeste in enveloppes]))
    atelier.ranger()
    retenir_la_tete_du_recu(suivi, archive)
    print(f"Déposé. Récépissé {recu['recepisse']}, reçu le {recu['recu_le']}{retard(recu)}.")
    print(
        f"Gardez {options.recu} : il se vérifie hors ligne avec « ./beffroi "
        f"verifier {options.recu} »."
    )
    return 0


def interroger_le_registre(
    liaison: Liaison, suivi: Suivi, reponse: dict[str, Any], options: Namespace
) -> None:
    """C'est le registre que l'on a suivi jusqu'ici,
    et il ne porte pas d'autre clé que celles que la plateforme montre.
    """
    publiees = ClesPubliees(reponse, options.consultation)
    publiees.verifier(suivi.cles)
    tete = suivi.confronter(liaison.lire_le_public, publiees.tetes, datetime.now(UTC))
    if tete and not options.sans_relecture:
        publiees.relire(tete, liaison.lire_le_public)
    publiees.departager(options.signataire or "")
    if not options.signataire:
        dire_qui_a_signe(reponse)


def refuser_l_illisible(options: Namespace) -> None:
    """Ce qui manque se dit avant le premier envoi, pas après le dépôt."""
    for fichier in (*options.candidature, *options.offre):
        with fichier_lisible(fichier):
            pass
    if not options.recu.resolve().parent.is_dir() or options.recu.is_dir():
        raise ErreurDeCommande(
            f"le récépissé ne peut pas s'écrire dans {options.recu}. Indiquez un autre --recu."
        )


def avertir(options: Namespace) -> None:
    """Ce qui étonne se dit, et n'arrête rien : c'est à la personne de décider."""
    for sorte, fichiers in (("candidature", options.candidature), ("offre", options.offre)):
        for fichier in fichiers:
            dits = noms_de_fichiers.avertissements(
                fichier.name,
                enveloppe=sorte,
                consultation=options.consultation,
                taille=fichier.stat().st_size,
            )
            for dit in dits:
                print(f"À vérifier : « {fichier.name} ». {dit}", file=sys.stderr)


def retard(recu: dict[str, Any]) -> str:
    return ", HORS DÉLAI : l'acheteur décidera" if recu["hors_delai"] else ", dans les délais"


def refuser_les_homonymes(*groupes: list[Path]) -> None:
    for groupe in groupes:
        noms = [fichier.name for fichier in groupe]
        doubles = sorted({nom for nom in noms if noms.count(nom) > 1})
        if doubles:
            raise ErreurDeCommande(
                f"deux fichiers d'une même enveloppe portent le nom « {doubles[0]} ». "
                "Renommez l'un d'eux."
            )


def dossier_de_travail(options: Namespace) -> Path:
    """Le même dépôt retrouve le même atelier : même plateforme, consultation, lot et fichiers."""
    racine = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "beffroi" / "depots"
    fichiers = [
        str(fichier.resolve())
        for fichier in (*options.candidature, "|", *options.offre)
        if fichier != "|"
    ]
    scelles = [f"scellés dans {options.scelles.resolve()}"] if options.scelles else []
    identite = "\n".join(
        [
            options.url,
            options.consultation,
            str(options.lot),
            options.invitation,
            *fichiers,
            *scelles,
        ]
    )
    return racine / hashlib.sha256(identite.encode()).hexdigest()[:24]


def commencer(liaison: Liaison, atelier: Atelier, options: Namespace) -> dict[str, Any]:
    """Ouvre une réponse, ou retrouve celle qu'on avait ouverte."""
    reponse = atelier.etat.get("reponse")
    if reponse is None:
        lots = [] if options.lot is None else [options.lot]
        if options.invitation:
            reponse = liaison.poster(f"invitations/{options.invitation}/reponses", {})
        else:
            reponse = liaison.poster(
                f"consultations/{options.consultation}/reponses", {"lots": lots}
            )
        atelier.noter(reponse=reponse)
    liaison.avec_jeton(reponse["jeton"])
    return dict(reponse)


Enveloppe = tuple[str, int | None, Recipient, list[Scelle], Scelle, dict[str, Any]]


def sceller(
    atelier: Atelier, destinataires: dict[str, Recipient], options: Namespace
) -> list[Enveloppe]:
    resultat: list[Enveloppe] = []
    for sorte, fichiers, lot in (
        ("candidature", options.candidature, None),
        ("offre", options.offre, options.lot),
    ):
        if not fichiers:
            continue
        if sorte not in destinataires:
            raise ErreurDeCommande(
                f"la consultation n'attend pas {POUR_DIRE[sorte]} maintenant : rien n'est parti. "
                "En deux temps, la "
                "candidature vient d'abord, seule ; l'offre ensuite, avec --invitation."
            )
        pour = destinataires[sorte]
        scelles = [
            atelier.sceller(
                fichier,
                enveloppe=sorte,
                lot=lot,
                pour=pour,
                deja_scelle=deja_scelle(fichier, sorte, options),
            )
            for fichier in fichiers
        ]
        manifeste, contenu = atelier.sceller_le_manifeste(
            options.consultation, enveloppe=sorte, lot=lot, pour=pour, fichiers=scelles
        )
        resultat.append((sorte, lot, pour, scelles, manifeste, contenu))
        if options.scelles:
            print(
                f"Vos fichiers de {POUR_DIRE[sorte]} partent tels que vous les avez scellés. "
                "Rien ne permet de vérifier pour "
                f"quelle clé : ce doit être celle d'empreinte {pour.fingerprint}.",
                file=sys.stderr,
            )
        print(
            f"Scellé : {compter(len(scelles), 'fichier')} de {POUR_DIRE[sorte]}.", file=sys.stderr
        )
    return resultat


def deja_scelle(fichier: Path, enveloppe: str, options: Namespace) -> Path | None:
    """Ce que la personne a scellé elle-même pour ce fichier :
    dans le dossier de l'enveloppe, ou à côté.
    """
    if options.scelles is None:
        return None
    candidats = [
        options.scelles / enveloppe / f"{fichier.name}.age",
        options.scelles / f"{fichier.name}.age",
    ]
    trouve: Path | None = next((candidat for candidat in candidats if candidat.is_file()), None)
    if trouve is None:
        raise ErreurDeCommande(
            f"« {fichier.name} » n'est pas scellé dans {options.scelles} : "
            f"il y faudrait {fichier.name}.age. "
            "Scellez-le avec « ./beffroi sceller », ou ôtez --scelles."
        )
    return trouve


def retenir_la_tete_du_recu(suivi: Suivi, archive: bytes) -> None:
    """Le récépissé est écrit : ce qui manque ici n'est plus qu'une précaution pour la fois
    suivante, et ne se dit pas comme un échec.
    """
    try:
        *_, tete = receipt.leaf(io.BytesIO(archive))
        suivi.attendre(tete, datetime.now(UTC))
    except (SealError, ErreurDeCommande) as erreur:
        print(f"À vérifier : {en_francais(erreur)}.", file=sys.stderr)


def tout_envoyer(
    liaison: Liaison, atelier: Atelier, enveloppes: list[Enveloppe], *, reponse: str
) -> None:
    tous = [
        fichier
        for _, _, _, scelles, manifeste, _ in enveloppes
        for fichier in (*scelles, manifeste)
    ]
    barre = Barre(sum(fichier.taille_scellee for fichier in tous))
    petits = [fichier for fichier in tous if est_petit(fichier)]
    expedition = Expedition(liaison, atelier, reponse, barre.avancer)
    envoyer_les_petits(expedition, petits)
    for fichier in (fichier for fichier in tous if not est_petit(fichier)):
        envoyer(expedition, fichier)
    barre.finir()


def deposer(
    liaison: Liaison, atelier: Atelier, enveloppes: list[Enveloppe], *, reponse: str
) -> dict[str, Any]:
    """L'acte. Sa clé est écrite avant d'être envoyée : répété, il redonne le même récépissé."""
    if "cle" not in atelier.etat:
        atelier.noter(cle=secrets.token_urlsafe(24))
    corps = {
        "version_client": VERSION,
        "enveloppes": [
            {
                "enveloppe": sorte,
                "lot": lot,
                "fichiers": [fichier.distant for fichier in scelles],
                "manifeste": manifeste.distant,
                "engagement": manifeste.sha256,
                "empreinte": pour.fingerprint,
            }
            for sorte, lot, pour, scelles, manifeste, _ in enveloppes
        ],
    }
    try:
        recu = liaison.poster(
            f"reponses/{reponse}/depot", corps, **{"Idempotency-Key": atelier.etat["cle"]}
        )
    except Refus as refus:
        raise ErreurDeCommande(f"la réponse n'est pas déposée. {refus}") from refus
    return dict(recu)
