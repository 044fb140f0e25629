"""La table des commandes, et ce qu'elles ont en commun : une aide, un code de sortie, des erreurs en une phrase."""

import argparse
import sys
from importlib import import_module
from types import ModuleType

from beffroi.cli.erreurs import ErreurDeCommande

# Une commande est un module de ce paquet : AIDE, arguments(analyseur), executer(options) -> code de sortie.
COMMANDES = {
    "demo": "demo",
    "arreter": "arreter",
    "test": "essais",
    "qualite": "qualite",
    "corrige": "corrige",
    "deposer": "deposer",
    "verifier": "verifier",
    "ouvrir-pli": "ouvrir_pli",
    "sceller": "sceller",
    "bench": "banc",
    "serve": "serve",
    "worker": "worker",
    "migrer": "migrer",
    "docs": "documents",
}
DEMANDES_D_AIDE = {"aide", "help", "-h", "--help"}


def principal(arguments: list[str]) -> int:
    """Exécute une commande ; rend 0 seulement si elle a réussi."""
    nom, *reste = arguments or ["aide"]
    if nom in DEMANDES_D_AIDE:
        print(aide())
        return 0
    if nom not in COMMANDES:
        return dire_l_erreur(f"« {nom} » n'est pas une commande. « ./beffroi aide » en donne la liste.")
    module = module_de(nom)
    try:
        return int(module.executer(analyseur(nom, module).parse_args(reste)))
    except ErreurDeCommande as erreur:
        return dire_l_erreur(str(erreur))
    except BrokenPipeError:
        return 1
    except KeyboardInterrupt:
        return dire_l_erreur("interrompu.")


def module_de(nom: str) -> ModuleType:
    return import_module(f"beffroi.cli.{COMMANDES[nom]}")


def analyseur(nom: str, module: ModuleType) -> argparse.ArgumentParser:
    lecteur = argparse.ArgumentParser(prog=f"./beffroi {nom}", description=module.__doc__, add_help=False)
    lecteur.formatter_class = argparse.RawDescriptionHelpFormatter
    lecteur.add_argument("-h", "--help", "--aide", action="help", help="affiche cette aide")
    module.arguments(lecteur)
    return lecteur


def aide() -> str:
    """La liste des commandes, chacune avec la première phrase de son module."""
    lignes = ["Beffroi, profil d'acheteur libre.", "", "Commandes :"]
    largeur = max(map(len, COMMANDES))
    for nom in COMMANDES:
        resume = (module_de(nom).__doc__ or "").strip().splitlines()[0]
        lignes.append(f"  ./beffroi {nom.ljust(largeur)}  {resume}")
    lignes += ["", "« ./beffroi COMMANDE --aide » dit comment s'en servir."]
    return "\n".join(lignes)


def dire_l_erreur(phrase: str) -> int:
    print(f"beffroi : {phrase}", file=sys.stderr)
    return 1
