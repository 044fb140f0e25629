"""Calcule la contribution annuelle d'un adhérent : la tranche, le montant, le prorata, et pourquoi.

./beffroi contribution --agents 420 --volume 180 --effet 2026-07-25
./beffroi contribution --agents 420 --volume 180 --exercice 2027 --fin 2027-03-31 --json
"""

import json
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import date

from beffroi.centre.tarif.rules.contribution import Demande, Liquidation, calculer, fautes
from beffroi.commandes.cli.analyse import jour
from beffroi.commandes.cli.erreurs import ErreurDArguments
from formats.sommes import en_euros

DERNIER_EXERCICE = 2100
PREMIER_EXERCICE = 2020


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "--agents",
        required=True,
        type=entier,
        metavar="N",
        help="agents au 1er janvier, CCAS et caisse des écoles compris",
    )
    analyseur.add_argument(
        "--volume",
        required=True,
        type=entier,
        metavar="V",
        help="consultations comptées l'année précédente",
    )
    analyseur.add_argument(
        "--effet", type=jour, metavar="DATE", help="premier jour couvert (d'office, toute l'année)"
    )
    analyseur.add_argument(
        "--fin", type=jour, metavar="DATE", help="dernier jour couvert, si la convention finit"
    )
    analyseur.add_argument(
        "--exercice",
        type=exercice,
        metavar="AAAA",
        help="l'année (d'office, celle de l'effet ou de la fin, sinon la nôtre)",
    )
    analyseur.add_argument("--json", action="store_true", help="pour un autre programme")


def entier(texte: str) -> int:
    """Un nombre entier, écrit en chiffres ;
    le signe se lit, la règle le refuse en disant pourquoi.
    """
    if not texte.removeprefix("-").isdecimal() or not texte.isascii() or len(texte) > 9:
        raise ArgumentTypeError(f"un nombre entier s'écrit en chiffres, comme 420, pas « {texte} »")
    return int(texte)


def exercice(texte: str) -> int:
    annee = entier(texte)
    if not PREMIER_EXERCICE <= annee <= DERNIER_EXERCICE:
        raise ArgumentTypeError(
            f"un exercice est une année de {PREMIER_EXERCICE} à {DERNIER_EXERCICE}, pas « {texte} »"
        )
    return annee


def executer(options: Namespace) -> int:
    demande = demande_de(options, aujourd_hui=date.today())  # noqa: DTZ011 — le jour de la personne qui demande
    for motif in fautes(demande).values():
        raise ErreurDArguments(motif.texte)
    liquidation = calculer(demande)
    print(en_json(liquidation) if options.json else en_lignes(liquidation, demande))
    return 0


def demande_de(options: Namespace, *, aujourd_hui: date) -> Demande:
    repere = options.effet or options.fin or aujourd_hui
    return Demande(
        agents=options.agents,
        volume=options.volume,
        exercice=options.exercice or repere.year,
        effet=options.effet,
        fin=options.fin,
    )


def en_lignes(liquidation: Liquidation, demande: Demande) -> str:
    return "\n".join(
        (
            f"Contribution {demande.exercice} : {en_euros(liquidation.montant)}",
            f"Tranche {liquidation.tranche.numero} : {liquidation.tranche}",
            f"{liquidation.jours} jours sur {liquidation.jours_de_l_annee}",
            "",
            "Pourquoi",
            *(f"  {motif}" for motif in liquidation.motifs),
        )
    )


def en_json(liquidation: Liquidation) -> str:
    contenu = {
        "tranche": liquidation.tranche.numero,
        "montant": f"{liquidation.montant:.2f}",
        "jours": liquidation.jours,
        "jours_annee": liquidation.jours_de_l_annee,
        "motifs": [str(motif) for motif in liquidation.motifs],
    }
    return json.dumps(contenu, ensure_ascii=False, indent=2)
