"""Dit ce que le serveur frontal passe à la plateforme, ce qu'il oublie, et la ligne à y écrire.

À lancer sur un nœud : il demande à l'adresse publique (BEFFROI_ADRESSE) ce qu'une entreprise lui
demanderait, chiffrement, taille et envoi compris. L'écran « Le serveur frontal » de la supervision
montre les mêmes lignes. Code de retour : 0, rien ne manque ; 1, quelque chose est à écrire.
"""

import ssl
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from beffroi.commandes.cli.cadre import preparer_django
from beffroi.commandes.cli.erreurs import ErreurDeCommande

if TYPE_CHECKING:
    from beffroi.service.disponibilite.frontal import Ligne


def arguments(analyseur: ArgumentParser) -> None:
    """Rien à régler."""


def executer(_: Namespace) -> int:
    preparer_django()
    from django.core import signing

    from beffroi.integrations.frontal.client import Frontal, Injoignable
    from beffroi.service.disponibilite.frontal import lignes
    from beffroi.service.disponibilite.views.frontal import USAGE, attendu

    voulu = attendu()
    jeton = signing.dumps("", salt=USAGE)
    devant = Frontal(voulu.adresse, ssl.create_default_context(), jeton)
    try:
        lues = lignes(voulu, devant.arrivee(), devant.dehors())
    except (Injoignable, OSError) as cause:
        raise ErreurDeCommande(
            f"{voulu.adresse} ne mène pas à cette plateforme : {cause}. Vérifiez BEFFROI_ADRESSE, "
            "le certificat, et que ce nœud joint sa propre adresse publique."
        ) from cause
    sys.stdout.writelines(f"{ligne}\n" for ligne in dites(lues))
    return int(any(ligne.est_a_ecrire for ligne in lues))


def dites(lues: list["Ligne"]) -> Iterator[str]:
    from beffroi.service.disponibilite.frontal import bilan

    for ligne in lues:
        yield f"{ligne.regard.titre} ({ligne.regard.en_tete}) : {ligne.etat}. {ligne.phrase}"
        for remede in ligne.remedes:
            yield f"  {remede.serveur} : {remede.texte}"
    yield f"{bilan(lues)[1]}."
