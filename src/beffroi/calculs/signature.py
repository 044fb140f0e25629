"""Signe un fichier, ou vérifie ses signatures électroniques.

./beffroi signature verifier acte.pdf
./beffroi signature verifier offre.pdf.p7s --detachee offre.pdf --json
./beffroi signature signer acte.pdf --certificat moi.p12 -o acte-signe.pdf
"""

from argparse import ArgumentParser, Namespace

from beffroi.cli import questions

QUESTIONS = {
    "verifier": "beffroi.calculs.signature_verifier",
    "signer": "beffroi.calculs.signature_signer",
    "listes": "beffroi.calculs.signature_listes",
}


def arguments(analyseur: ArgumentParser) -> None:
    questions.declarer(analyseur, "signature", QUESTIONS)


def executer(options: Namespace) -> int:
    return int(options.executer(options))
