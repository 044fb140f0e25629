"""Ouvre des fichiers scellés, sans réseau et sans la plateforme.

Avec l'identité de la consultation :
  ./beffroi ouvrir-pli --identite cle.txt offre.pdf.age --vers ouverts/
Avec les identités des membres (ou des gardiens) et leurs parts scellées :
  ./beffroi ouvrir-pli --identite martine.txt --identite helene.txt --parts parts/
  offre.pdf.age --vers ouverts/
Une identité est un fichier qui contient AGE-SECRET-KEY-PQ-1…,
ou un fichier .age fermé par une phrase,
que la commande demande alors.
"""

import io
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from getpass import getpass
from pathlib import Path

from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.fichiers import (
    dossier_de_sortie,
    ecrire_a_cote,
    fichier_lisible,
    sorties_neuves,
)
from formats.phrases_du_sceau import en_francais
from formats.pluriels import compter
from sceau import Identity, SealError, passphrase, shares, unseal

PREFIXE = "AGE-SECRET-KEY-"
ARMURE = b"-----BEGIN AGE"


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "--identite", action="append", required=True, help="identité, ou fichier qui la contient"
    )
    analyseur.add_argument("--parts", type=Path, help="dossier des parts scellées (.age) de la clé")
    analyseur.add_argument(
        "--vers", required=True, type=Path, help="dossier où écrire les fichiers ouverts"
    )
    analyseur.add_argument("plis", nargs="+", type=Path, help="fichiers scellés (.age)")


def executer(options: Namespace) -> int:
    sorties = sorties_neuves(options.plis, vers=options.vers, nommer=nom_ouvert)
    identites = [lire_identite(texte) for texte in options.identite]
    if options.parts:
        identites = [recomposer(identites, options.parts)]
    dossier_de_sortie(options.vers)
    echecs = [pli for pli, sortie in sorties.items() if not ouvrir(pli, identites, sortie)]
    if echecs:
        refus = compter(
            len(echecs), "fichier n'a pas pu être ouvert", "fichiers n'ont pas pu être ouverts"
        )
        raise ErreurDeCommande(f"sur {len(sorties)}, {refus}.")
    return 0


def nom_ouvert(pli: Path) -> str:
    return pli.name.removesuffix(".age") or "pli"


def lire_identite(texte: str) -> Identity:
    """L'identité écrite en toutes lettres, dans un fichier,
    ou dans un fichier fermé par une phrase.
    """
    if texte.startswith(PREFIXE):
        return analyser(texte)
    with fichier_lisible(Path(texte)) as flux:
        contenu = flux.read()
    if not contenu.startswith((b"age-encryption.org/", ARMURE)):
        lignes = [
            ligne
            for ligne in contenu.decode("utf-8", "replace").split()
            if ligne.startswith(PREFIXE)
        ]
        if not lignes:
            raise ErreurDeCommande(f"{texte} ne contient pas d'identité {PREFIXE}….")
        return analyser(lignes[0])
    return analyser(
        ouvrir_la_fente(contenu, getpass(f"Phrase ou code de secours pour {texte} : "), nom=texte)
    )


def ouvrir_la_fente(fente: bytes, saisie: str, *, nom: str) -> str:
    """L'identité qu'une phrase ou un code de secours referme, saisis comme une main les saisit."""
    for secret in passphrase.secrets(saisie):
        clair = io.BytesIO()
        try:
            unseal(
                io.BytesIO(fente),
                clair,
                [Identity.from_passphrase(secret)],
                armored=fente.startswith(ARMURE),
            )
        except SealError:
            continue
        return clair.getvalue().decode("ascii", "replace")
    raise ErreurDeCommande(
        f"{nom} ne s'ouvre pas avec cette phrase ni ce code. "
        "Vérifiez que la fente est bien celle de cette personne, "
        "puis ressaisissez ; pour un code de secours, recopiez ses sept groupes de quatre."
    )


def analyser(texte: str) -> Identity:
    try:
        return Identity.parse(texte.strip())
    except SealError as erreur:
        raise ErreurDeCommande(f"l'identité est mal recopiée : {en_francais(erreur)}.") from erreur


def recomposer(identites: Sequence[Identity], dossier: Path) -> Identity:
    """Ouvre les parts que ces identités peuvent ouvrir, et recombine la clé."""
    parts = [
        part
        for fichier in sorted(dossier.glob("*.age"))
        if (part := part_ouverte(fichier, identites))
    ]
    if not parts:
        raise ErreurDeCommande(f"aucune part de {dossier} ne s'ouvre avec ces identités.")
    try:
        return shares.combine(parts)
    except SealError as erreur:
        raise ErreurDeCommande(
            f"{compter(len(parts), 'part ouverte', 'parts ouvertes')}, "
            "mais la clé ne se recompose pas : "
            f"{en_francais(erreur)}."
        ) from erreur


def part_ouverte(fichier: Path, identites: Sequence[Identity]) -> bytes | None:
    clair = io.BytesIO()
    try:
        with fichier_lisible(fichier) as flux:
            unseal(flux, clair, identites)
    except SealError:
        return None
    return clair.getvalue()


def ouvrir(pli: Path, identites: Sequence[Identity], sortie: Path) -> bool:
    try:
        with fichier_lisible(pli) as source, ecrire_a_cote(sortie) as cible:
            taille = unseal(source, cible, identites)
    except SealError as erreur:
        print(f"non   {pli} : {en_francais(erreur)}")
        return False
    print(f"bien  {sortie}  {taille} octets")
    return True
