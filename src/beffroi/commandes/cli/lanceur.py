"""La table des commandes, et ce qu'elles ont en commun :
une aide, un code de sortie, des erreurs en une phrase.
"""

import json
import os
import sys
from types import ModuleType

from beffroi.commandes.cli.analyse import Analyseur
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.questions import module_nomme
from beffroi.commandes.cli.verdict import Verdict, est_une_verification

# Une commande est un module de ce paquet, ou de celui qu'elle nomme :
# arguments(analyseur), executer(options) -> code.
COMMANDES = {
    "demo": "demo",
    "arreter": "arreter",
    "test": "beffroi.commandes.outillage.essais",
    "qualite": "beffroi.commandes.outillage.qualite",
    "corrige": "beffroi.commandes.outillage.corrige",
    "deposer": "deposer",
    "verifier": "verifier",
    "ouvrir-pli": "ouvrir_pli",
    "sceller": "sceller",
    "bench": "beffroi.commandes.outillage.banc",
    "installer": "installer",
    "serve": "serve",
    "worker": "worker",
    "sonde": "beffroi.integrations.sonde.commande",
    "frontal": "beffroi.integrations.frontal.commande",
    "stockage": "beffroi.integrations.stockage.commande",
    "espace": "espace",
    "courriels": "courriels",
    "migrer": "migrer",
    "exploitant": "exploitant",
    "docs": "beffroi.commandes.outillage.documents",
    "publier-version": "beffroi.commandes.outillage.publication",
    "droit": "beffroi.commandes.cli.calculs.droit",
    "contribution": "beffroi.commandes.cli.calculs.contribution",
    "contributions": "beffroi.commandes.outillage.rejeu",
    "convention": "beffroi.commandes.cli.calculs.convention",
    "facture": "beffroi.commandes.cli.calculs.facture",
    "decp": "beffroi.commandes.cli.calculs.decp",
    "dume": "beffroi.commandes.cli.calculs.dume",
    "signature": "beffroi.commandes.cli.calculs.signature",
    "seda": "beffroi.commandes.cli.calculs.seda",
    "normes": "beffroi.commandes.cli.calculs.normes",
    "inventaire": "beffroi.commandes.cli.calculs.inventaire",
    "failles": "beffroi.commandes.cli.calculs.failles",
    "avis": "beffroi.commandes.cli.calculs.avis",
    "rc": "beffroi.commandes.cli.calculs.rc",
    "recherche": "recherche",
    "adherents": "adherents",
    "archives": "archives",
    "sauvegarde": "sauvegarde",
    "noeud": "noeud",
    "cles": "cles",
}
DETAIL = "BEFFROI_DETAIL_DES_PANNES"
DEMANDES_D_AIDE = {"aide", "help", "-h", "--help"}


def principal(arguments: list[str]) -> int:
    """Exécute une commande ; rend 0 seulement si elle a réussi."""
    nom, *reste = arguments or ["aide"]
    if nom in DEMANDES_D_AIDE:
        if not reste:
            print(aide())
            return 0
        nom, reste = reste[0], ["--aide"]
    if nom not in COMMANDES:
        return dire_l_erreur(
            f"« {nom} » n'est pas une commande. « ./beffroi aide » en donne la liste."
        )
    # Ce qui empêche une vérification de conclure n'est pas « faux », que 1 dirait à un script.
    panne = int(Verdict.ILLISIBLE) if est_une_verification(arguments) else 1
    try:
        return executer(nom, reste)
    except ErreurDeCommande as erreur:
        return dire_le_refus(erreur, code=max(erreur.code, panne), en_json="--json" in reste)
    except BrokenPipeError:
        return panne
    except KeyboardInterrupt:
        return dire_l_erreur("interrompu.", code=panne)
    except OSError as erreur:
        return dire_l_erreur(phrase_du_systeme(erreur), code=panne)
    except (
        Exception
    ) as erreur:  # le dernier recours : jamais une trace illisible à qui tape une commande
        if os.environ.get(DETAIL):
            raise
        return dire_l_erreur(phrase_de(erreur), code=panne)


def phrase_de(erreur: Exception) -> str:
    """Un refus du métier porte sa phrase ; le reste n'était pas prévu."""
    from beffroi.socle.fondations.erreurs import ErreurMetier

    if isinstance(erreur, ErreurMetier):
        return erreur.message
    return (
        f"panne imprévue ({type(erreur).__name__} : {erreur}). Signalez-la, "
        f"avec ce que donne la même commande précédée de {DETAIL}=oui."
    )


def executer(nom: str, reste: list[str]) -> int:
    module = module_de(nom)
    return int(module.executer(analyseur(nom, module).lire(reste)))


def phrase_du_systeme(erreur: OSError) -> str:
    """Le fichier et la raison, dans les mots du système."""
    ou = f"{erreur.filename} : " if erreur.filename else ""
    return f"{ou}{erreur.strerror or erreur}."


def module_de(nom: str) -> ModuleType:
    return module_nomme(COMMANDES[nom])


def analyseur(nom: str, module: ModuleType) -> Analyseur:
    lecteur = Analyseur(f"./beffroi {nom}", module.__doc__)
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


def dire_le_refus(erreur: ErreurDeCommande, *, code: int, en_json: bool) -> int:
    """La phrase pour la personne ;
    pour l'autre programme, la même en JSON sur la sortie qu'il lit.
    """
    if en_json:
        print(json.dumps({"erreur": str(erreur), "code": code}, ensure_ascii=False))
    return dire_l_erreur(str(erreur), code=code)


def dire_l_erreur(phrase: str, *, code: int = 1) -> int:
    print(f"beffroi : {phrase}", file=sys.stderr)
    return code
