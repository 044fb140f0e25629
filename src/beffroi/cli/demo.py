"""Démarre une démonstration complète : une base, une histoire, un serveur, des comptes pour essayer.

Tout reste dans le dossier des données. Relancée, elle reprend la même démonstration.
"""

import json
import os
import signal
import threading
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from beffroi.cli import processus
from beffroi.cli.analyse import port
from beffroi.cli.cadre import preparer_django
from beffroi.cli.erreurs import ErreurDeCommande
from beffroi.cli.stockage_distant import autoriser_les_pages

RACINE = Path(__file__).resolve().parents[3]
PORT = 8000
FICHIER = "demo.json"
PIDS = "demo.pids"


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument("--port", type=port, help=f"port d'écoute ({PORT}, ou le premier libre ensuite)")
    analyseur.add_argument("--donnees", type=Path, default=RACINE / "donnees", help="dossier des données")
    analyseur.add_argument("--sans-attendre", action="store_true", help="rend la main dès que la plateforme répond")
    analyseur.add_argument("--ecole", action="store_true", help="lance aussi la consultation école")
    analyseur.add_argument("--sans-essai", action="store_true", help="ne lance pas l'espace d'essai à côté")


def executer(options: Namespace) -> int:
    dossier = options.donnees.expanduser().resolve()
    preparer_le_dossier(dossier)
    adresse = f"http://localhost:{choisir_le_port(options.port)}"
    environnement = reglages(dossier, adresse, essai=not options.sans_essai, ecole=options.ecole)
    os.environ.update(environnement)
    dire("préparation de la base")
    preparer_django()
    recit = jouer_le_scenario(adresse)
    pids = demarrer(dossier, adresse, environnement, avec_sonde=not options.sans_attendre)
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
            f"impossible d'écrire dans {dossier} ({erreur.strerror}). Indiquez un autre dossier par --donnees."
        ) from erreur
    vivants = [pid for pid in lire_les_pids(dossier) if processus.est_vivant(pid)]
    if vivants:
        raise ErreurDeCommande(
            f"une démonstration tourne déjà dans {dossier}. Arrêtez-la : ./beffroi arreter --donnees {dossier}"
        )


def choisir_le_port(voulu: int | None) -> int:
    if voulu is not None:
        exiger_le_port(voulu)
        return voulu
    libre = next((port for port in range(PORT, PORT + 50) if est_libre(port)), None)
    if libre is None:
        raise ErreurDeCommande(f"aucun port n'est libre de {PORT} à {PORT + 49}. Indiquez-en un autre par --port.")
    return libre


def est_libre(port: int) -> bool:
    return processus.port_libre(port) and not processus.quelqu_un_repond(port)


def exiger_le_port(port: int) -> None:
    if not est_libre(port):
        raise ErreurDeCommande(
            f"un autre serveur tient le port {port}. Arrêtez-le, ou choisissez un autre port : ./beffroi demo --port {port + 1}"
        )


def reglages(dossier: Path, adresse: str, *, essai: bool, ecole: bool = False) -> dict[str, str]:
    port_essai, port_ecole = ports_voisins(adresse)
    return {
        "BEFFROI_ADRESSE_D_ESSAI": f"http://localhost:{port_essai}" if essai else "",
        "BEFFROI_ADRESSE_DE_L_ECOLE": f"http://localhost:{port_ecole}" if ecole else "",
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "BEFFROI_DONNEES": str(dossier),
        "BEFFROI_ADRESSE": adresse,
        "BEFFROI_DEMONSTRATION": "oui",
        "BEFFROI_OCDS_PREFIXE": os.environ.get("BEFFROI_OCDS_PREFIXE", "ocds-essai0"),
        "BEFFROI_COURRIEL": os.environ.get("BEFFROI_COURRIEL", "fichiers"),
        "BEFFROI_SANS_HORODATAGE_QUALIFIE": "oui",
    }


def ports_voisins(adresse: str) -> tuple[int, int]:
    """Les deux premiers ports libres après celui de la plateforme."""
    premier = int(adresse.rsplit(":", 1)[1]) + 1
    libres = [port for port in range(premier, premier + 50) if processus.port_libre(port)]
    return (libres[0], libres[1]) if len(libres) > 1 else (premier, premier + 1)


def jouer_le_scenario(adresse: str) -> dict[str, Any]:
    from django.core.management import call_command

    from beffroi.journal.services import reprendre_les_lignes
    from beffroi.socle.horloge import maintenant
    from demo import scenario

    call_command("migrate", verbosity=0, interactive=False)
    reprendre_les_lignes(le=maintenant())
    autoriser_les_pages()
    dire("mise en scène : une commune, des entreprises, des consultations")
    return scenario.jouer(adresse=adresse)


def demarrer(dossier: Path, adresse: str, environnement: dict[str, str], *, avec_sonde: bool = False) -> list[int]:
    """Lance le serveur, l'ouvrier et, pour qui regarde, la sonde ; attend que la plateforme réponde."""
    dire("démarrage du serveur")
    port = adresse.rsplit(":", 1)[1]
    exiger_le_port(int(port))  # libre au départ, il a pu être pris pendant la mise en scène
    journal = dossier / "serveur.log"
    serveur = processus.lancer(["serve", "--port", port], environnement=environnement, sortie=journal)
    pids = [serveur.pid]
    for nom, commande in (("ouvrier", "worker"), *([("sonde", "sonde")] if avec_sonde else [])):
        pids.append(processus.lancer([commande], environnement=environnement, sortie=dossier / f"{nom}.log").pid)
    (dossier / PIDS).write_text("\n".join(map(str, pids)), encoding="ascii")
    try:
        processus.attendre_la_reponse(f"{adresse}/heure", processus=serveur, sortie=journal)
    except ErreurDeCommande:
        eteindre(dossier)
        raise
    return pids


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
        print(f"  {compte['identifiant']:<44} {compte['mot_de_passe']:<26} {compte['role']}, {lieu}")
    print(f"\nLes codes se lisent sur {recit['adresse']}/demonstration/. Tout le détail est dans {dossier / FICHIER}.")


def attendre_l_arret(pids: list[int], dossier: Path) -> None:
    print("Ctrl-C arrête tout ; les données restent.", flush=True)
    arret = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: arret.set())
    try:
        while not arret.wait(1):
            if not processus.est_vivant(pids[0]):
                raise ErreurDeCommande(f"le serveur s'est arrêté (journal : {dossier / 'serveur.log'}).")
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
