"""Reprend dans cette instance l'archive d'un organisme venue d'une autre,
après l'avoir vérifiée tout entière.

Altérée, déjà reprise, ou d'un SIREN connu ici sous une autre identité :
elle est refusée, et rien n'est gardé.
"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from beffroi.commandes.cli.cadre import exiger_une_base_a_jour, preparer_django
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.fichiers import fichier_lisible


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument("archive", metavar="FICHIER", type=Path, help="l'archive à reprendre")


def executer(options: Namespace) -> int:
    preparer_django()
    exiger_une_base_a_jour("Lancez « ./beffroi migrer ».")
    from beffroi.garde.restitution import services
    from beffroi.garde.restitution.lecture import ArchiveRefusee
    from beffroi.socle.fondations.erreurs import ErreurMetier
    from beffroi.socle.fondations.horloge import maintenant

    with fichier_lisible(options.archive) as flux:
        try:
            reprise = services.reprendre(flux=flux, maintenant=maintenant())
        except (ArchiveRefusee, ErreurMetier) as refus:
            raise ErreurDeCommande(str(refus)) from refus
    print(
        f"{reprise.nom} : {reprise.consultations.count()} consultations reprises de "
        f"{reprise.origine}."
    )
    return 0
