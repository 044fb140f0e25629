"""Convertit des données essentielles, JSON ou XML, en JSON, en XML ou en OCDS 1.1.5.

Un fichier qui a un défaut de forme n'est pas converti : aucun contrat ne se perd en route. Les
règles au-delà du schéma ne sont pas vérifiées ici. Sans --sortie, le résultat va sur la sortie
standard. Code de sortie : 0, 1 si le fichier est refusé, 2 si la demande n'est pas comprise.
"""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from beffroi.commandes.cli.calculs.decp_lu import contenu_de
from beffroi.commandes.cli.erreurs import ErreurDArguments, ErreurDeCommande
from beffroi.commandes.cli.fichiers import ecrire_a_cote
from formats import ocds
from formats.decp import Concession, Illisible, Marche, Paquet, flux_json, flux_xml, lire
from formats.decp.rapport import en_nombre


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "fichier", metavar="FICHIER", type=Path, help="les données essentielles : JSON ou XML"
    )
    analyseur.add_argument(
        "--vers", choices=("json", "xml", "ocds"), required=True, help="le format voulu"
    )
    analyseur.add_argument(
        "--sortie", metavar="FICHIER", type=Path, help="où écrire ; rien n'est jamais écrasé"
    )
    pour_ocds = analyseur.add_argument_group("pour OCDS")
    pour_ocds.add_argument(
        "--prefixe", default="", help="le préfixe de l'ocid, enregistré (ocds-xxxxxx)"
    )
    pour_ocds.add_argument("--editeur", default="", help="qui publie : son nom")
    pour_ocds.add_argument("--adresse", default="", help="l'adresse où le paquet sera publié")


def executer(options: Namespace) -> int:
    paquet = _paquet(options.fichier)
    morceaux = _morceaux(paquet, options)
    try:
        return _ecrire(morceaux, paquet, options)
    except ocds.NumeroDouble as double:
        raise ErreurDeCommande(f"{options.fichier} n'est pas converti. {double}") from double


def _ecrire(morceaux: Iterator[bytes], paquet: Paquet, options: Namespace) -> int:
    if options.sortie is None:
        sys.stdout.buffer.write(b"".join(morceaux))
        sys.stdout.buffer.flush()
        return 0
    if os.path.lexists(options.sortie):
        raise ErreurDeCommande(
            f"{options.sortie} existe déjà : rien n'a été écrit. Indiquez un autre fichier."
        )
    with ecrire_a_cote(options.sortie) as flux:
        flux.writelines(morceaux)
    print(f"Dans {options.sortie} : {en_nombre(paquet)}.")
    return 0


def _paquet(fichier: Path) -> Paquet:
    try:
        lu = lire(contenu_de(fichier))
    except Illisible as illisible:
        raise ErreurDeCommande(f"{fichier} : {illisible}") from illisible
    for defaut in lu.defauts:
        print(f"{'' if defaut.est_une_erreur else 'À savoir : '}{defaut}", file=sys.stderr)
    if any(defaut.est_une_erreur for defaut in lu.defauts):
        raise ErreurDeCommande(
            f"{fichier} n'est pas converti : corrigez d'abord les défauts ci-dessus."
        )
    return lu.paquet


def _morceaux(paquet: Paquet, options: Namespace) -> Iterator[bytes]:
    if options.vers == "json":
        return flux_json(paquet.marches, paquet.concessions)
    if options.vers == "xml":
        return flux_xml(paquet.marches, paquet.concessions)
    manquants = [nom for nom in ("prefixe", "editeur", "adresse") if not getattr(options, nom)]
    if manquants:
        raise ErreurDArguments(
            f"OCDS demande --{', --'.join(manquants)}. "
            "Le préfixe s'enregistre auprès de l'Open Contracting Partnership."
        )
    edition = ocds.Edition(
        prefixe=options.prefixe,
        uri=options.adresse,
        publie_le=_derniere_publication(paquet),
        editeur=ocds.Editeur(nom=options.editeur),
    )
    return ocds.flux((*paquet.marches, *paquet.concessions), edition)


def _derniere_publication(paquet: Paquet) -> datetime:
    """La plus récente des dates du fichier :
    deux conversions du même fichier donnent les mêmes octets.
    """
    contrats: list[Marche | Concession] = [*paquet.marches, *paquet.concessions]
    jours = [contrat.date_publication_donnees for contrat in contrats]
    jours += [
        modification.date_publication_donnees_modification
        for contrat in contrats
        for modification in contrat.modifications
    ]
    jour = max(jours, default=date.min)
    return datetime(jour.year, jour.month, jour.day, tzinfo=UTC)
