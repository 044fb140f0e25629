"""Signe un fichier, ou vérifie ses signatures électroniques.

./beffroi signature verifier acte.pdf
./beffroi signature verifier offre.pdf.p7s --detachee offre.pdf --json
./beffroi signature signer acte.pdf --certificat moi.p12 -o acte-signe.pdf
"""

from argparse import ArgumentParser, Namespace

from beffroi.commandes.cli import questions

QUESTIONS = {
    "verifier": "beffroi.commandes.cli.calculs.signature_verifier",
    "signer": "beffroi.commandes.cli.calculs.signature_signer",
    "listes": "beffroi.commandes.cli.calculs.signature_listes",
}


def arguments(analyseur: ArgumentParser) -> None:
    questions.declarer(analyseur, "signature", QUESTIONS)


def executer(options: Namespace) -> int:
    return int(options.executer(options))
