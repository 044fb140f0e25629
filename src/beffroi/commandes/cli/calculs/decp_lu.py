"""Lire le fichier de données essentielles qu'une commande nomme, dans les bornes du format."""

from pathlib import Path

from beffroi.commandes.cli.erreurs import ErreurDArguments, ErreurDeCommande
from beffroi.commandes.cli.fichiers import fichier_lisible
from formats.decp.lecture import TAILLE_MAXIMALE


def contenu_de(chemin: Path) -> bytes:
    """Les octets, un de plus que la borne au plus : la lecture dira qu'elle est passée.

    Lève `ErreurDArguments`.
    """
    try:
        with fichier_lisible(chemin) as flux:
            return flux.read(TAILLE_MAXIMALE + 1)
    except ErreurDeCommande as erreur:
        raise ErreurDArguments(str(erreur)) from erreur
