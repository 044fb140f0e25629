"""Change l'accès au service S3, après l'avoir essayé, de l'écriture à l'effacement.

L'identifiant et la clé neufs se demandent, ou se lisent à l'entrée, une ligne chacun. Refusés, ceux
d'avant restent en place. Bons, ils remplacent le contenu des fichiers que désignent
BEFFROI_S3_IDENTIFIANT_FICHIER et BEFFROI_S3_CLE_FICHIER ; « serve » et « worker » les relisent en
repartant. Le registre garde qu'ils ont changé.
"""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from getpass import getpass
from pathlib import Path

from beffroi.commandes.cli.cadre import exiger_une_base_a_jour, preparer_django
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.fichiers import remplacer_pour_soi

REFUS = (
    "ce nouvel accès ne convient pas. {epreuve.en_bref} Rien n'a changé, l'accès d'avant reste en "
    "place. À faire : {epreuve.remede}"
)
ENSUITE = (
    "Relancez « serve » et « worker », sur chaque nœud ; retirez l'accès d'avant chez votre "
    "fournisseur ensuite, cinq minutes après le dernier : les adresses signées valent ce temps."
)
AU_CLAIR = "l'environnement (BEFFROI_S3_IDENTIFIANT, BEFFROI_S3_CLE)"
AILLEURS = (
    "cet accès convient, et le registre l'inscrit. Il est à vous de le poser : {ou} le donne, et "
    "ne se change pas d'ici."
)


def arguments(analyseur: ArgumentParser) -> None:
    """Rien à régler : un secret ne se donne pas dans une commande."""


def executer(_: Namespace) -> int:
    preparer_django()
    exiger_une_base_a_jour("Lancez « ./beffroi migrer ».")
    from django.conf import settings

    reglages = settings.STOCKAGE
    if reglages["sorte"] != "s3":
        raise ErreurDeCommande("les fichiers sont sur un disque : il n'y a pas d'accès à changer.")
    neufs = demander("Identifiant : ", lire=input), demander("Clé : ", lire=getpass)
    essayer({**reglages, "identifiant": neufs[0], "cle": neufs[1]})
    inscrire(neufs[0])
    if poser(neufs, reglages["acces"]):
        print("l'accès au stockage est changé, et inscrit au registre.")
    else:
        print(
            AILLEURS.format(ou=" et ".join(map(str, filter(None, reglages["acces"]))) or AU_CLAIR)
        )
    print(ENSUITE)
    return 0


def demander(quoi: str, *, lire: Callable[[str], str]) -> str:
    dit = (lire(quoi) if sys.stdin.isatty() else sys.stdin.readline()).strip()
    if not dit:
        raise ErreurDeCommande("l'identifiant, puis la clé, sont attendus : une ligne chacun.")
    return dit


def essayer(reglages: dict[str, object]) -> None:
    """Un objet d'essai, du début à la fin ; ce qui est refusé se nomme."""
    from beffroi.socle.fondations.stockage.epreuve import eprouver
    from beffroi.socle.fondations.stockage.s3 import S3Store

    for epreuve in eprouver(S3Store.selon(reglages)):
        if not epreuve.reussie:
            raise ErreurDeCommande(REFUS.format(epreuve=epreuve))


def inscrire(identifiant: str) -> None:
    from django.conf import settings

    from beffroi.socle.fondations.horloge import maintenant
    from beffroi.socle.noeuds.services import changer_l_acces_au_stockage

    changer_l_acces_au_stockage(
        avant=settings.STOCKAGE["identifiant"], apres=identifiant, maintenant=maintenant()
    )


def poser(neufs: tuple[str, str], fichiers: list[Path | None]) -> bool:
    """Les deux, ou aucun : un identifiant sans sa clé n'ouvre rien."""
    ou = [fichier for fichier in fichiers if fichier is not None and fichier.exists()]
    if len(ou) != len(neufs):
        return False
    avant = ou[0].read_text("utf-8")
    if not remplacer_pour_soi(ou[0], neufs[0]):
        return False
    if remplacer_pour_soi(ou[1], neufs[1]):
        return True
    remplacer_pour_soi(ou[0], avant)
    return False
