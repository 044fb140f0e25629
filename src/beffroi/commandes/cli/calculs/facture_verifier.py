"""Vérifie une facture électronique :
le schéma, EN 16931 ou Factur-X, puis les règles françaises (BR-FR).

Code de retour, celui de toute vérification : 0 si tout a été vérifié et rien n'est refusé,
1 si quelque chose est refusé, 2 si le fichier n'a pas pu être lu, 3 si rien n'est refusé et
qu'un contrôle n'a pas eu lieu.
"""

import json
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path

from beffroi.commandes.cli.erreurs import ErreurDArguments, ErreurDeCommande
from beffroi.commandes.cli.fichiers import fichier_lisible
from beffroi.commandes.cli.verdict import Verdict
from formats.facture.rapport import TAILLE_MAXIMALE, Rapport, verifier


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "facture", metavar="FICHIER", type=Path, help="la facture : PDF Factur-X, XML CII ou UBL"
    )
    analyseur.add_argument("--json", action="store_true", help="pour un autre programme")


def executer(options: Namespace) -> int:
    try:
        with fichier_lisible(options.facture) as flux:
            rapport = verifier(flux.read(TAILLE_MAXIMALE + 1))
    except ErreurDeCommande as erreur:
        raise ErreurDArguments(str(erreur)) from erreur
    contenu = (
        json.dumps(en_json(rapport), ensure_ascii=False, indent=2)
        if options.json
        else en_lignes(rapport)
    )
    print(contenu)
    return code_de(rapport)


def code_de(rapport: Rapport) -> Verdict:
    """Ce qui n'a pas été vérifié n'est ni bon, ni faux."""
    if rapport.est_illisible:
        return Verdict.ILLISIBLE
    if rapport.defauts:
        return Verdict.FAUX
    return Verdict.INTACT if rapport.est_bon else Verdict.NON_ETABLI


def en_json(rapport: Rapport) -> dict[str, object]:
    controles = [
        {"nom": controle.nom, "defauts": [asdict(defaut) for defaut in controle.defauts]}
        for controle in rapport.controles
    ]
    return {
        "profil": rapport.profil,
        "regles": rapport.edition,
        "est_bon": rapport.est_bon,
        "controles": controles,
        "non_faits": rapport.non_faits,
    }


def en_lignes(rapport: Rapport) -> str:
    lignes = [
        f"{rapport.profil or 'Document inconnu'} ; règles de {rapport.edition or 'nulle part'}."
    ]
    for controle in rapport.controles:
        lignes.append(f"{controle.nom} : {'passé' if controle.est_passe else 'refusé'}")
        lignes += [f"  {'' if d.est_une_erreur else 'À savoir : '}{d}" for d in controle.defauts]
    lignes += [f"Pas vérifié : {dit}." for dit in rapport.non_faits]
    lignes.append(
        "Rien n'est refusé." if rapport.est_bon else "Cette facture n'est pas dite valide."
    )
    return "\n".join(lignes)
