"""Prend les clés d'un paquet fait par « ./beffroi noeud ajouter », et rejoint la base ; ou, d'un
nœud qui la sert déjà, une clé changée (« ./beffroi cles changer-secrete --vers », ou
« changer-registre »).

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
from sceau import SealError, log

AILLEURS = (
    "la clé du service de ce nœud vient de BEFFROI_CLE_SECRETE : si elle a changé, posez-y celle "
    "des autres."
)


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "--paquet", metavar="FICHIER", type=Path, required=True, help="le paquet reçu"
    )


def executer(options: Namespace) -> int:
    preparer_django()
    from django.conf import settings

    cles = Path(settings.DONNEES) / "cles"
    paquet = lu(options.paquet)
    contenus = noeud_paquet.ouvrir(paquet, code=demander_le_code())
    exiger_la_meme_plateforme(contenus, cles)
    du_dossier = est_du_dossier(settings.SECRET_KEY, cles)
    avant = {nom: (cles / nom).read_bytes() for nom in contenus if (cles / nom).exists()}
    poser(contenus, cles)
    try:
        relire(cles, du_dossier=du_dossier)
        prendre(paquet)
    except Exception:
        for nom in contenus:
            (cles / nom).unlink()
        poser(avant, cles)
        raise
    if not du_dossier:
        print(AILLEURS)
    print(
        f"ce nœud a les clés de la base, dans {cles}. Vérifiez-le : ./beffroi noeud verifier ; "
        f"puis effacez {options.paquet}."
    )
    return 0


def exiger_la_meme_plateforme(contenus: dict[str, bytes], cles: Path) -> None:
    """Un nœud neuf n'a aucune clé ; un autre, qui prend une clé changée, a déjà le reste. Celles
    d'une autre plateforme ne se remplacent pas.
    """
    a_prendre = {noeud_paquet.CLE_DU_SERVICE} | releve_d_ici(contenus, cles)
    deja = [
        nom
        for nom in noeud_paquet.PARTAGES
        if nom not in a_prendre
        and (cles / nom).exists()
        and (cles / nom).read_bytes() != contenus.get(nom)
    ]
    if deja:
        raise ErreurDeCommande(
            f"ce nœud a déjà d'autres clés ({', '.join(deja)} dans {cles}). S'il doit rejoindre "
            "cette base, rangez d'abord ce dossier ailleurs : il est peut-être d'une autre "
            "plateforme."
        )


def releve_d_ici(contenus: dict[str, bytes], cles: Path) -> set[str]:
    """La clé du registre se prend quand celle d'ici lui a elle-même passé la main."""
    from django.conf import settings

    from beffroi.socle.journal import releves

    posee = releves.decoder(contenus.get(noeud_paquet.RELEVE, b""))
    ici = cles / noeud_paquet.CLE_DU_REGISTRE
    if posee is None or not ici.exists():
        return set()
    origine = settings.JOURNAL["origine"]
    tenues = [
        cle_publique(origine, octets)
        for octets in (ici.read_bytes(), contenus.get(noeud_paquet.CLE_DU_REGISTRE, b""))
    ]
    menee = posee.dit.vouched and tenues == [posee.dit.old, posee.dit.new]
    return {noeud_paquet.CLE_DU_REGISTRE} if menee else set()


def cle_publique(origine: str, secret: bytes) -> str:
    """Celle d'un fichier `journal.txt` ; rien de ce qui n'en est pas un."""
    try:
        return log.Signer(origine, bytes.fromhex(secret.decode("ascii"))).vkey
    except (SealError, ValueError):
        return ""


def lu(fichier: Path) -> bytes:
    try:
        return fichier.read_bytes()
    except OSError as cause:
        raise ErreurDeCommande(f"« {fichier} » ne se lit pas : {cause.strerror}.") from cause


def demander_le_code() -> str:
    return getpass("Code du paquet : ") if sys.stdin.isatty() else sys.stdin.readline()


def poser(contenus: dict[str, bytes], cles: Path) -> None:
    """Celles qui y sont déjà sont les mêmes, sauf la clé du service : celle d'avant est dans le
    paquet, et celle que les réglages viennent de créer ici n'a servi à rien.
    """
    for nom, contenu in contenus.items():
        pose = cles / nom
        pose.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        pose.unlink(missing_ok=True)
        ecrire_pour_soi(pose, contenu)


def relire(cles: Path, *, du_dossier: bool) -> None:
    """Les réglages ont lu les clés d'avant le paquet."""
    from django.conf import settings

    from beffroi.socle.fondations.cles_du_service import rangees
    from beffroi.socle.journal import chainage

    if du_dossier:
        settings.SECRET_KEY = (cles / noeud_paquet.CLE_DU_SERVICE).read_text("utf-8")
    chainage.lire_le_signataire.cache_clear()
    precedentes = [une.cle for une in rangees(cles)]
    settings.CLES_DU_SERVICE = {**settings.CLES_DU_SERVICE, "precedentes": precedentes}


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
