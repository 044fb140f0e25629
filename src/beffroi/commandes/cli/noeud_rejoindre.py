"""Prend les clés d'un paquet fait par « ./beffroi noeud ajouter », et rejoint la base.

Le code se demande, ou se lit à l'entrée. Le nœud a déjà l'adresse de la base
(BEFFROI_BASE_DE_DONNEES) : elle dit si ces clés sont les siennes, et retient qu'elles sont prises.
"""

import hashlib
import sys
from argparse import ArgumentParser, Namespace
from getpass import getpass
from pathlib import Path

from beffroi.commandes.cli import noeud_paquet
from beffroi.commandes.cli.cadre import exiger_une_base_a_jour, preparer_django
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.fichiers import ecrire_pour_soi


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "--paquet", metavar="FICHIER", type=Path, required=True, help="le paquet reçu"
    )


def executer(options: Namespace) -> int:
    preparer_django()
    from django.conf import settings

    cles = Path(settings.DONNEES) / "cles"
    exiger_un_noeud_neuf(cles)
    paquet = lu(options.paquet)
    contenus = noeud_paquet.ouvrir(paquet, code=demander_le_code())
    if est_du_dossier(settings.SECRET_KEY, cles):
        settings.SECRET_KEY = contenus[noeud_paquet.CLE_DU_SERVICE].decode()
    poses = poser(contenus, cles)
    try:
        prendre(paquet)
    except Exception:
        for pose in poses:
            pose.unlink()
        raise
    print(
        f"ce nœud a les clés de la base, dans {cles}. Vérifiez-le : ./beffroi noeud verifier ; "
        f"puis effacez {options.paquet}."
    )
    return 0


def exiger_un_noeud_neuf(cles: Path) -> None:
    """Celles qu'il a déjà sont peut-être d'une autre plateforme : rien ne les remplace."""
    deja = [nom for nom in noeud_paquet.PARTAGES if (cles / nom).exists()]
    if deja not in ([], [noeud_paquet.CLE_DU_SERVICE]):
        raise ErreurDeCommande(
            f"ce nœud a déjà des clés ({', '.join(deja)} dans {cles}). S'il doit rejoindre cette "
            "base, rangez d'abord ce dossier ailleurs : il est peut-être d'une autre plateforme."
        )


def lu(fichier: Path) -> bytes:
    try:
        return fichier.read_bytes()
    except OSError as cause:
        raise ErreurDeCommande(f"« {fichier} » ne se lit pas : {cause.strerror}.") from cause


def demander_le_code() -> str:
    return getpass("Code du paquet : ") if sys.stdin.isatty() else sys.stdin.readline()


def poser(contenus: dict[str, bytes], cles: Path) -> list[Path]:
    """La clé du service que les réglages viennent de créer ici n'a encore servi à rien."""
    (cles / noeud_paquet.CLE_DU_SERVICE).unlink(missing_ok=True)
    poses = [cles / nom for nom in contenus]
    for pose, contenu in zip(poses, contenus.values(), strict=True):
        pose.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        ecrire_pour_soi(pose, contenu)
    return poses


def est_du_dossier(cle_du_service: str, cles: Path) -> bool:
    """Les réglages la lisent là, ou la créent ; donnée par l'environnement, elle le reste."""
    fichier = cles / noeud_paquet.CLE_DU_SERVICE
    return fichier.exists() and fichier.read_text("utf-8") == cle_du_service


def prendre(paquet: bytes) -> None:
    """La base dit si ces clés sont les siennes ; la remise ne vaut qu'une fois."""
    from beffroi.socle.fondations.erreurs import ErreurMetier
    from beffroi.socle.fondations.horloge import maintenant
    from beffroi.socle.journal.acteurs import PLATEFORME
    from beffroi.socle.noeuds.services import prendre_les_cles

    exiger_une_base_a_jour("Lancez « ./beffroi migrer » d'un nœud qui la sert.")
    try:
        prendre_les_cles(
            empreinte=hashlib.sha256(paquet).hexdigest(), par=PLATEFORME, maintenant=maintenant()
        )
    except ErreurMetier as refus:
        raise ErreurDeCommande(str(refus)) from refus
