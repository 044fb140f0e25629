"""Installe les fichiers officiels, de leur éditeur ou d'un support,
après avoir vérifié chaque empreinte.

Ce qui est déjà là et juste n'est pas repris : une installation coupée se relance.
Un fichier dont l'empreinte n'est pas celle du manifeste est refusé, d'où qu'il vienne.
"""

import sys
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass, field
from pathlib import Path

from beffroi.commandes.cli import normes_dossier
from beffroi.commandes.cli.calculs import normes_sources
from beffroi.commandes.cli.fichiers import dossier_de_sortie, ecrire_a_cote
from formats import normes

REFUS_MONTRES = 5


@dataclass
class Bilan:
    """Ce qui s'est passé pour un jeu."""

    installes: int = 0
    deja_la: int = 0
    absents: list[str] = field(default_factory=list)
    refuses: list[str] = field(default_factory=list)

    @property
    def est_complet(self) -> bool:
        return not self.absents and not self.refuses


def arguments(analyseur: ArgumentParser) -> None:
    normes_dossier.arguments(analyseur)
    analyseur.add_argument(
        "jeux", nargs="*", metavar="JEU", help="un ou plusieurs jeux (d'office, tous)"
    )
    analyseur.add_argument(
        "--depuis",
        metavar="CHEMIN",
        type=Path,
        help="un dossier ou une archive, pour une machine sans Internet",
    )


def executer(options: Namespace) -> int:
    dossier = dossier_de_sortie(normes_dossier.exige(options))
    jeux = normes_dossier.choisis(options.jeux)
    complets = True
    with normes_sources.ouvrir(options.depuis) as source:
        for jeu in jeux:
            if options.depuis is None and not jeu.se_telecharge:
                complets = _dire_derive(jeu, dossier) and complets
                continue
            bilan = installer(jeu, source, dossier)
            _dire(jeu, bilan)
            complets = complets and bilan.est_complet
    return 0 if complets else 1


def installer(jeu: normes.Jeu, source: normes_sources.Source, dossier: Path) -> Bilan:
    """Pose chaque fichier manquant ou faux, entier et vérifié."""
    bilan = Bilan()
    absents, alteres = normes.fichiers_en_defaut(jeu, dossier)
    a_prendre = [*absents, *alteres]
    bilan.deja_la = len(jeu.fichiers) - len(a_prendre)
    for fichier in a_prendre:
        contenu = source.lire(jeu, fichier)
        if contenu is None:
            bilan.absents.append(fichier.chemin)
        elif not normes.est_celui(fichier, contenu):
            bilan.refuses.append(fichier.chemin)
        else:
            cible = dossier / jeu.dossier / fichier.chemin
            dossier_de_sortie(cible.parent)
            with ecrire_a_cote(cible) as flux:
                flux.write(contenu)
            bilan.installes += 1
    return bilan


def _dire(jeu: normes.Jeu, bilan: Bilan) -> None:
    pluriel = "s" if bilan.installes > 1 else ""
    print(
        f"{jeu.nom} : {bilan.installes} fichier{pluriel} installé{pluriel}, "
        f"{bilan.deja_la} déjà là."
    )
    for motif, chemins in (
        ("la source ne l'a pas", bilan.absents),
        ("son empreinte n'est pas celle du manifeste : refusé", bilan.refuses),
    ):
        for chemin in chemins[:REFUS_MONTRES]:
            print(f"  {chemin} : {motif}.", file=sys.stderr)
        if len(chemins) > REFUS_MONTRES:
            print(f"  et {len(chemins) - REFUS_MONTRES} autres : {motif}.", file=sys.stderr)


def _dire_derive(jeu: normes.Jeu, dossier: Path) -> bool:
    """Un jeu dérivé ne se télécharge pas : personne ne publie ces octets-là."""
    if normes.etat_du_jeu(jeu, dossier) is normes.Etat.INSTALLE:
        print(f"{jeu.nom} : déjà là.")
        return True
    print(
        f"{jeu.nom} : ce jeu est tiré de fichiers officiels ({jeu.derive_de}). "
        "Il ne se télécharge pas : "
        "installez-le par --depuis.",
        file=sys.stderr,
    )
    return False
