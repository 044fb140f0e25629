"""Écrit l'archive d'un organisme : ses consultations, leurs pièces, le journal et ses preuves.

Le fichier n'est à sa place qu'entier. Il se vérifie : ./beffroi verifier archive.zip
"""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from beffroi.commandes.cli.cadre import exiger_une_base_a_jour, preparer_django
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.fichiers import ecrire_a_cote


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "--organisme", metavar="SIREN", required=True, help="son SIREN, ou son SIRET"
    )
    analyseur.add_argument(
        "--vers", metavar="FICHIER", type=Path, required=True, help="l'archive à écrire"
    )


def executer(options: Namespace) -> int:
    vers = options.vers.expanduser()
    if os.path.lexists(vers):
        raise ErreurDeCommande(f"{vers} existe déjà : rien n'a été écrit. Donnez un autre nom.")
    preparer_django()
    exiger_une_base_a_jour("Lancez « ./beffroi migrer ».")
    from beffroi.garde.archives.bordereau import ObjetAbime
    from beffroi.garde.restitution import queries, services
    from beffroi.socle.fondations.erreurs import ErreurMetier
    from beffroi.socle.fondations.horloge import maintenant
    from formats.seda import PaquetImpossible

    organismes = queries.acheteurs_du_siren("".join(options.organisme.split()))
    if not organismes:
        raise ErreurDeCommande(f"aucun organisme n'a le SIREN {options.organisme} ici.")
    if len(organismes) > 1:
        sirets = ", ".join(organisme.siret for organisme in organismes)
        raise ErreurDeCommande(
            f"plusieurs organismes ont ce SIREN : donnez le SIRET de l'un d'eux ({sirets})."
        )
    try:
        with ecrire_a_cote(vers) as sortie:
            reference, manifeste = services.exporter(
                organisme=organismes[0], sortie=sortie, maintenant=maintenant()
            )
    except (ErreurMetier, ObjetAbime, PaquetImpossible) as refus:
        raise ErreurDeCommande(
            f"{refus} Rien n'a été écrit : l'archive ne serait pas complète."
        ) from refus
    print(f"{organismes[0].nom} : archive {reference} écrite dans {vers}.\nManifeste : {manifeste}")
    return 0
