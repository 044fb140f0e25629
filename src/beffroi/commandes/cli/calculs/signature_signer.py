"""Signe un PDF en PAdES, sur cette machine, avec votre certificat ou votre jeton.

Un certificat dans un fichier :
  ./beffroi signature signer acte.pdf --certificat moi.p12 -o acte-signe.pdf
Une carte ou une clé USB, par le module PKCS#11 de son fabricant :
  ./beffroi signature signer acte.pdf --pkcs11 /usr/lib/fabricant.so --jeton "Mairie
  de Bomy" -o acte-signe.pdf
Le mot de passe ou le code PIN se tape au terminal ;
sans terminal, il se lit sur une ligne de l'entrée. Il n'est jamais un
argument, et rien n'est envoyé nulle part. Un PDF déjà signé garde ses
signatures : la vôtre s'ajoute.
Code de sortie : 0 si le fichier est signé ; 1 s'il ne l'est pas, et la phrase dit pourquoi ;
2 si la commande n'a pas été
comprise.
"""

import os
import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from getpass import getpass
from pathlib import Path

from beffroi.commandes.cli.erreurs import ErreurDArguments, ErreurDeCommande
from beffroi.commandes.cli.fichiers import ecrire_a_cote, fichier_lisible
from formats.signature import Cle, Jeton, RefusDeSigner, signer_un_pdf


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument("fichier", metavar="FICHIER", type=Path, help="le PDF à signer")
    analyseur.add_argument(
        "--certificat", metavar="C.p12", type=Path, help="votre certificat et sa clé, en PKCS#12"
    )
    analyseur.add_argument(
        "--pkcs11", metavar="MODULE", type=Path, help="le module PKCS#11 de votre jeton (.so, .dll)"
    )
    analyseur.add_argument(
        "--jeton", metavar="NOM", default="", help="le nom du jeton, s'il y en a plusieurs"
    )
    analyseur.add_argument(
        "--identifiant",
        metavar="ID",
        default="",
        help="l'identifiant du certificat, si le jeton en porte plusieurs",
    )
    analyseur.add_argument(
        "-o", "--sortie", metavar="SORTIE", type=Path, required=True, help="le PDF signé, à écrire"
    )


def executer(options: Namespace) -> int:
    if bool(options.certificat) == bool(options.pkcs11):
        raise ErreurDArguments(
            "donnez --certificat ou --pkcs11, l'un des deux : c'est lui qui signe."
        )
    if os.path.lexists(options.sortie):
        raise ErreurDeCommande(
            f"{options.sortie} existe déjà : rien n'est écrasé. Choisissez un autre nom."
        )
    document = _octets(options.fichier)
    p12 = _octets(options.certificat) if options.certificat else b""
    jeton = (
        Jeton(str(options.pkcs11), options.jeton, options.identifiant) if options.pkcs11 else None
    )
    try:
        signe = signer_un_pdf(document, Cle(_secret(jeton), p12, jeton), le=datetime.now(UTC))
    except RefusDeSigner as refus:
        raise ErreurDeCommande(refus.phrase[0].lower() + refus.phrase[1:]) from None
    with ecrire_a_cote(options.sortie) as flux:
        flux.write(signe.octets)
    print(
        f"{options.sortie} est signé (PAdES {signe.niveau}). Vérifiez-le : "
        f"./beffroi signature verifier {options.sortie}"
    )
    return 0


def _octets(chemin: Path) -> bytes:
    try:
        with fichier_lisible(chemin) as flux:
            return flux.read()
    except ErreurDeCommande as erreur:
        raise ErreurDArguments(str(erreur)) from erreur


def _secret(jeton: Jeton | None) -> str:
    """Au terminal, sans rien montrer ; d'un tube, une ligne."""
    if sys.stdin.isatty():
        return getpass("Code PIN du jeton : " if jeton else "Mot de passe du certificat : ")
    return sys.stdin.readline().rstrip("\r\n")
