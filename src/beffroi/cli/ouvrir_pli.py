"""Ouvre des fichiers scellés, sans réseau et sans la plateforme.

Avec l'identité de la consultation :
  ./beffroi ouvrir-pli --identite cle.txt offre.pdf.age --vers ouverts/
Avec les identités des membres (ou des gardiens) et leurs parts scellées :
  ./beffroi ouvrir-pli --identite martine.txt --identite helene.txt --parts parts/ offre.pdf.age --vers ouverts/
Une identité est un fichier qui contient AGE-SECRET-KEY-PQ-1…, ou un fichier .age fermé par une phrase,
que la commande demande alors.
"""

import io
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from getpass import getpass
from pathlib import Path

from beffroi.cli.erreurs import ErreurDeCommande
from beffroi.cli.fichiers import dossier_de_sortie, ecrire_a_cote, fichier_lisible
from beffroi.cli.phrases import en_francais
from sceau import Identity, SealError, shares, unseal

PREFIXE = "AGE-SECRET-KEY-"


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument("--identite", action="append", required=True, help="identité, ou fichier qui la contient")
    analyseur.add_argument("--parts", type=Path, help="dossier des parts scellées (.age) de la clé")
    analyseur.add_argument("--vers", required=True, type=Path, help="dossier où écrire les fichiers ouverts")
    analyseur.add_argument("plis", nargs="+", type=Path, help="fichiers scellés (.age)")


def executer(options: Namespace) -> int:
    identites = [lire_identite(texte) for texte in options.identite]
    if options.parts:
        identites = [recomposer(identites, options.parts)]
    dossier_de_sortie(options.vers)
    echecs = [pli for pli in options.plis if not ouvrir(pli, identites, options.vers)]
    if echecs:
        raise ErreurDeCommande(f"{len(echecs)} fichier(s) sur {len(options.plis)} n'ont pas pu être ouverts.")
    return 0


def lire_identite(texte: str) -> Identity:
    """L'identité écrite en toutes lettres, dans un fichier, ou dans un fichier fermé par une phrase."""
    if texte.startswith(PREFIXE):
        return analyser(texte)
    with fichier_lisible(Path(texte)) as flux:
        contenu = flux.read()
    if not contenu.startswith((b"age-encryption.org/", b"-----BEGIN AGE")):
        lignes = [ligne for ligne in contenu.decode("utf-8", "replace").split() if ligne.startswith(PREFIXE)]
        if not lignes:
            raise ErreurDeCommande(f"{texte} ne contient pas d'identité {PREFIXE}….")
        return analyser(lignes[0])
    phrase = getpass(f"Phrase ou code de secours pour {texte} : ")
    clair = io.BytesIO()
    try:
        unseal(io.BytesIO(contenu), clair, [Identity.from_passphrase(phrase)])
    except SealError as erreur:
        raise ErreurDeCommande(f"{texte} ne s'ouvre pas avec cette phrase.") from erreur
    return analyser(clair.getvalue().decode("ascii", "replace"))


def analyser(texte: str) -> Identity:
    try:
        return Identity.parse(texte.strip())
    except SealError as erreur:
        raise ErreurDeCommande(f"l'identité est mal recopiée : {en_francais(erreur)}.") from erreur


def recomposer(identites: Sequence[Identity], dossier: Path) -> Identity:
    """Ouvre les parts que ces identités peuvent ouvrir, et recombine la clé."""
    parts = [part for fichier in sorted(dossier.glob("*.age")) if (part := part_ouverte(fichier, identites))]
    if not parts:
        raise ErreurDeCommande(f"aucune part de {dossier} ne s'ouvre avec ces identités.")
    try:
        return shares.combine(parts)
    except SealError as erreur:
        raise ErreurDeCommande(
            f"{len(parts)} part(s) ouverte(s), mais la clé ne se recompose pas : {en_francais(erreur)}."
        ) from erreur


def part_ouverte(fichier: Path, identites: Sequence[Identity]) -> bytes | None:
    clair = io.BytesIO()
    try:
        with fichier_lisible(fichier) as flux:
            unseal(flux, clair, identites)
    except SealError:
        return None
    return clair.getvalue()


def ouvrir(pli: Path, identites: Sequence[Identity], vers: Path) -> bool:
    sortie = vers / (pli.name.removesuffix(".age") or "pli")
    try:
        with fichier_lisible(pli) as source, ecrire_a_cote(sortie) as cible:
            taille = unseal(source, cible, identites)
    except SealError as erreur:
        print(f"non   {pli} : {en_francais(erreur)}")
        return False
    print(f"bien  {sortie}  {taille} octets")
    return True
