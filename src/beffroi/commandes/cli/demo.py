"""Démarre une démonstration complète :
une base, une histoire, un serveur, des comptes pour essayer.

Tout reste dans le dossier des données. Relancée, elle reprend la même démonstration.
"""

import json
import os
import signal
import subprocess
import threading
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn

from beffroi.commandes.cli import processus
from beffroi.commandes.cli.analyse import port
from beffroi.commandes.cli.cadre import preparer_django
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.migrer import mettre_les_tables_a_jour
from beffroi.commandes.cli.ports_tenus import PortTenu, est_libre, tenir, tenir_le_premier
from beffroi.commandes.cli.stockage_distant import autoriser_les_pages

RACINE = Path(__file__).resolve().parents[4]
PORT = 8000
PORTS_ESSAYES = 50
DERNIER_PORT = 65_535
FICHIER = "demo.json"
PIDS = "demo.pids"


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "--port", type=port, help=f"port d'écoute ({PORT}, ou le premier libre ensuite)"
    )
    analyseur.add_argument(
        "--donnees", type=Path, default=RACINE / "donnees", help="dossier des données"
    )
    analyseur.add_argument(
        "--sans-attendre", action="store_true", help="rend la main dès que la plateforme répond"
    )
    analyseur.add_argument("--ecole", action="store_true", help="lance aussi la consultation école")
    analyseur.add_argument(
        "--sans-essai", action="store_true", help="ne lance pas l'espace d'essai à côté"
    )


def executer(options: Namespace) -> int:
    dossier = options.donnees.expanduser().resolve()
    preparer_le_dossier(dossier)
    tenu = tenir_le_port(options.port)
    espaces = tenir_les_voisins(tenu.numero, essai=not options.sans_essai, ecole=options.ecole)
    adresse = f"http://localhost:{tenu.numero}"
    environnement = reglages(dossier, adresse, espaces)
    os.environ.update(environnement)
    dire("préparation de la base")
    preparer_django()
    recit = jouer_le_scenario(adresse)
    tenus = [tenu, *espaces.values()]
    pids = demarrer(
        dossier, adresse, environnement, tenus=tenus, avec_sonde=not options.sans_attendre
    )
    ecrire(dossier, recit)
    presenter(recit, dossier)
    if options.sans_attendre:
        return 0
    attendre_l_arret(pids, dossier)
    return 0


def dire(phrase: str) -> None:
    print(f"beffroi : {phrase}…", flush=True)


def preparer_le_dossier(dossier: Path) -> None:
    try:
        dossier.mkdir(parents=True, exist_ok=True)
        (dossier / ".essai").touch()
        (dossier / ".essai").unlink()
    except OSError as erreur:
        raise ErreurDeCommande(
            f"impossible d'écrire dans {dossier} ({erreur.strerror}). "
            "Indiquez un autre dossier par --donnees."
        ) from erreur
    vivants = [pid for pid in lire_les_pids(dossier) if processus.est_vivant(pid)]
    if vivants:
        raise ErreurDeCommande(
            f"une démonstration tourne déjà dans {dossier}. Arrêtez-la : "
            f"./beffroi arreter --donnees {dossier}"
        )


def tenir_le_port(voulu: int | None) -> PortTenu:
    """Celui que l'on veut, ou le premier libre : tenu dès maintenant, la mise en scène dure."""
    if voulu is not None:
        return tenir(voulu) or refuser_le_port(voulu)
    tenu = tenir_le_premier(range(PORT, PORT + PORTS_ESSAYES))
    if tenu is None:
        dernier = PORT + PORTS_ESSAYES - 1
        raise ErreurDeCommande(
            f"aucun port n'est libre de {PORT} à {dernier}. Indiquez-en un autre par --port."
        )
    return tenu


def tenir_les_voisins(port: int, *, essai: bool, ecole: bool) -> dict[str, PortTenu]:
    """Les premiers ports libres après celui de la plateforme, un par espace voulu."""
    tenus = {}
    for espace in [nom for nom, voulu in (("essai", essai), ("ecole", ecole)) if voulu]:
        tenu = tenir_le_premier(range(port + 1, min(port + 1 + PORTS_ESSAYES, DERNIER_PORT + 1)))
        if tenu is None:
            raise ErreurDeCommande(
                f"aucun port n'est libre après {port}. Indiquez-en un autre par --port."
            )
        tenus[espace] = tenu
    return tenus


def exiger_le_port(port: int) -> None:
    if not est_libre(port):
        refuser_le_port(port)


def refuser_le_port(port: int) -> NoReturn:
    raise ErreurDeCommande(
        f"un autre serveur tient le port {port}. Arrêtez-le, ou choisissez un autre port : "
        f"./beffroi demo --port {port + 1}"
    )


def reglages(
    dossier: Path, adresse: str, espaces: Mapping[str, PortTenu] = MappingProxyType({})
) -> dict[str, str]:
    adresses = {nom: f"http://localhost:{tenu.numero}" for nom, tenu in espaces.items()}
    return {
        "BEFFROI_ADRESSE_D_ESSAI": adresses.get("essai", ""),
        "BEFFROI_ADRESSE_DE_L_ECOLE": adresses.get("ecole", ""),
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "BEFFROI_DONNEES": str(dossier),
        "BEFFROI_ADRESSE": adresse,
        "BEFFROI_DEMONSTRATION": "oui",
        "BEFFROI_OCDS_PREFIXE": os.environ.get("BEFFROI_OCDS_PREFIXE", "ocds-essai0"),
        "BEFFROI_COURRIEL": os.environ.get("BEFFROI_COURRIEL", "fichiers"),
        "BEFFROI_SANS_HORODATAGE_QUALIFIE": "oui",
    }


def jouer_le_scenario(adresse: str) -> dict[str, Any]:
    from beffroi.socle.fondations.horloge import maintenant
    from beffroi.socle.journal.services import reprendre_les_lignes
    from demo import scenario

    mettre_les_tables_a_jour()
    reprendre_les_lignes(le=maintenant())
    autoriser_les_pages()
    dire("mise en scène : une commune, des entreprises, des consultations")
    return scenario.jouer(adresse=adresse)


def demarrer(
    dossier: Path,
    adresse: str,
    environnement: dict[str, str],
    *,
    tenus: Sequence[PortTenu] = (),
    avec_sonde: bool = False,
) -> list[int]:
    """Lance le serveur, qui tient désormais ces ports, et l'ouvrier ; pour qui regarde, la sonde.

    Attend la réponse.
    """
    dire("démarrage du serveur")
    journal = dossier / "serveur.log"
    try:
        serveur = lancer_le_serveur(adresse, environnement, tenus, journal=journal)
    finally:
        for tenu in tenus:
            tenu.rendre()
    pids = [serveur.pid]
    for nom, commande in (("ouvrier", "worker"), *([("sonde", "sonde")] if avec_sonde else [])):
        pids.append(
            processus.lancer(
                [commande], environnement=environnement, sortie=dossier / f"{nom}.log"
            ).pid
        )
    (dossier / PIDS).write_text("\n".join(map(str, pids)), encoding="ascii")
    try:
        processus.attendre_la_reponse(f"{adresse}/heure", processus=serveur, sortie=journal)
    except ErreurDeCommande:
        eteindre(dossier)
        raise
    return pids


def lancer_le_serveur(
    adresse: str, environnement: dict[str, str], tenus: Sequence[PortTenu], *, journal: Path
) -> subprocess.Popen[bytes]:
    port = adresse.rsplit(":", 1)[1]
    exiger_le_port(
        int(port)
    )  # libre au départ, un autre programme a pu le prendre pendant la mise en scène
    return processus.lancer(
        ["serve", "--port", port],
        environnement=environnement,
        sortie=journal,
        confies=[tenu.verrou for tenu in tenus],
    )


def ecrire(dossier: Path, recit: dict[str, Any]) -> None:
    brouillon = dossier / f"{FICHIER}.partiel"
    brouillon.write_text(json.dumps(recit, ensure_ascii=False, indent=2), encoding="utf-8")
    brouillon.chmod(0o600)
    brouillon.replace(dossier / FICHIER)


def presenter(recit: dict[str, Any], dossier: Path) -> None:
    print(f"\nBeffroi est prêt : {recit['adresse']}\n")
    print("Comptes d'essai (mot de passe, puis code à six chiffres pour les agents) :")
    for compte in recit["comptes"]:
        lieu = compte.get("organisme") or compte.get("entreprise")
        print(
            f"  {compte['identifiant']:<44} {compte['mot_de_passe']:<26} {compte['role']}, {lieu}"
        )
    print(
        f"\nLes codes se lisent sur {recit['adresse']}/demonstration/. "
        f"Tout le détail est dans {dossier / FICHIER}."
    )


def attendre_l_arret(pids: list[int], dossier: Path) -> None:
    print("Ctrl-C arrête tout ; les données restent.", flush=True)
    arret = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: arret.set())
    try:
        while not arret.wait(1):
            if not processus.est_vivant(pids[0]):
                raise ErreurDeCommande(
                    f"le serveur s'est arrêté (journal : {dossier / 'serveur.log'})."
                )
    except KeyboardInterrupt:
        print()
    finally:
        eteindre(dossier)


def lire_les_pids(dossier: Path) -> list[int]:
    fichier = dossier / PIDS
    return [int(ligne) for ligne in fichier.read_text("ascii").split()] if fichier.exists() else []


def eteindre(dossier: Path) -> int:
    """Arrête ce qui tourne pour ce dossier ; rend le nombre de processus arrêtés."""
    arretes = sum(processus.arreter(pid) for pid in lire_les_pids(dossier))
    (dossier / PIDS).unlink(missing_ok=True)
    return arretes
