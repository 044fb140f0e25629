"""Scelle des fichiers pour le destinataire publié d'une consultation, sans réseau.

Exemple : ./beffroi sceller --destinataire age1pq1… offre.pdf prix.ods --vers scelles/ Le résultat
(un fichier .age par fichier) s'ouvre aussi avec l'outil libre `age` (1.3 ou plus récent).
"""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.fichiers import (
    dossier_de_sortie,
    ecrire_a_cote,
    fichier_lisible,
    sorties_neuves,
)
from formats.phrases_du_sceau import en_francais
from sceau import Recipient, SealError, seal


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "--destinataire", required=True, help="age1pq1…, ou un fichier qui le contient"
    )
    analyseur.add_argument(
        "--vers", required=True, type=Path, help="dossier où écrire les fichiers scellés"
    )
    analyseur.add_argument("fichiers", nargs="+", type=Path, help="fichiers à sceller")


def executer(options: Namespace) -> int:
    destinataire = lire_destinataire(options.destinataire)
    sorties = sorties_neuves(
        options.fichiers, vers=options.vers, nommer=lambda fichier: f"{fichier.name}.age"
    )
    dossier_de_sortie(options.vers)
    for fichier, sortie in sorties.items():
        with fichier_lisible(fichier) as source, ecrire_a_cote(sortie) as cible:
            taille = seal(source, cible, to=destinataire)
        print(f"{sortie}  {taille} octets")
    print(f"Scellé pour la clé d'empreinte {destinataire.fingerprint}.")
    return 0


def lire_destinataire(texte: str) -> Recipient:
    contenu = Path(texte).read_text("utf-8", "replace") if os.path.isfile(texte) else texte
    try:
        return Recipient.parse(contenu.strip())
    except SealError as erreur:
        raise ErreurDeCommande(
            f"le destinataire n'est pas une clé age1pq valide ({en_francais(erreur)}). "
            "Recopiez celle qui est publiée sur la page de la consultation."
        ) from erreur
