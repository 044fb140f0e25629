"""Vérifie une facture électronique :
le schéma, EN 16931 ou Factur-X, puis les règles françaises (BR-FR).

Code de sortie : 0 si tout a été vérifié et rien n'est refusé,
1 sinon, 2 si le fichier n'a pas pu être lu.
"""

import json
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path

from beffroi.commandes.cli.erreurs import ErreurDArguments, ErreurDeCommande
from beffroi.commandes.cli.fichiers import fichier_lisible
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
    return 0 if rapport.est_bon else 1


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
