"""Vérifie un avis européen : nos règles, le schéma officiel, les règles officielles de son sous-type.

Code de sortie : 0 si rien ne s'oppose à l'envoi, 1 si un défaut s'y oppose, 2 si le fichier n'a pas pu être lu ou la demande
comprise. Un contrôle officiel qui n'a pas eu lieu est dit, jamais supposé bon.
"""

import json
import os
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass, field
from pathlib import Path

from beffroi.cli import normes_dossier
from beffroi.cli.erreurs import ErreurDArguments, ErreurDeCommande
from beffroi.cli.fichiers import fichier_lisible
from formats import avis as avis_lus
from formats.avis import officiel
from formats.avis.defaut import Defaut
from formats.avis.officiel import Reproche
from formats.nomenclatures import cpv
from formats.schematron import MoteurArrete, SchematronIllisible

TAILLE_MAXIMALE = 10_000_000
CPV = Path("cpv") / "cpv_2008_fr.csv"


@dataclass
class Rapport:
    """Ce que les trois contrôles ont dit. `non_faits` : ceux qui n'ont pas eu lieu, et pourquoi."""

    fichier: str
    sous_type: str
    sdk: str
    kit: str = ""
    nos_regles: list[Defaut] = field(default_factory=list)
    schema: list[Reproche] = field(default_factory=list)
    regles: list[Reproche] = field(default_factory=list)
    non_faits: list[str] = field(default_factory=list)

    @property
    def est_bon(self) -> bool:
        return not self.nos_regles and not self.schema and not any(reproche.est_une_erreur for reproche in self.regles)


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument("avis", metavar="AVIS.xml", type=Path, help="l'avis européen, en XML")
    analyseur.add_argument("--json", action="store_true", help="pour un autre programme")
    normes_dossier.arguments(analyseur)


def executer(options: Namespace) -> int:
    try:
        with fichier_lisible(options.avis) as flux:
            contenu = flux.read(TAILLE_MAXIMALE + 1)
    except ErreurDeCommande as erreur:
        raise ErreurDArguments(str(erreur)) from erreur
    if len(contenu) > TAILLE_MAXIMALE:
        raise ErreurDArguments(f"{options.avis} dépasse {TAILLE_MAXIMALE // 1_000_000} Mo : ce n'est pas un avis.")
    try:
        lu = avis_lus.ouvrir(contenu)
    except avis_lus.AvisIllisible as illisible:
        raise ErreurDArguments(f"{options.avis} : {illisible}") from illisible
    rapport = valider(lu, fichier=str(options.avis), normes=normes_dossier.indique(options))
    print(json.dumps(en_json(rapport), ensure_ascii=False, indent=2) if options.json else en_lignes(rapport))
    return 0 if rapport.est_bon else 1


def valider(lu: avis_lus.AvisLu, *, fichier: str, normes: Path | None) -> Rapport:
    """Les trois contrôles, dans l'ordre : le nôtre ne dépend de rien, les autres de ce qui est installé."""
    rapport = Rapport(fichier=fichier, sous_type=lu.sous_type, sdk=lu.sdk)
    entier = normes / CPV if normes else None
    complete = cpv.entiere(entier) if entier and entier.is_file() else ()
    rapport.nos_regles = avis_lus.prevalider(lu, cpv_entier=complete)
    if not complete:
        rapport.non_faits.append("la nomenclature CPV entière (jeu cpv-2008 absent) : seuls les groupes sont vérifiés")
    kit = officiel.kit_pour(normes, lu.sdk)
    if kit is None:
        rapport.non_faits.append(f"le schéma et les règles officielles : {_pourquoi(normes, lu.sdk)}")
        return rapport
    rapport.kit = kit.version
    try:
        rapport.schema = officiel.verifier_le_schema(lu, kit)
    except officiel.KitIncomplet as incomplet:
        rapport.kit = ""
        rapport.non_faits.append(f"le schéma et les règles officielles : {incomplet}")
        return rapport
    try:
        rapport.regles = officiel.verifier_les_regles(lu, kit, cache=dossier_de_cache())
    except (MoteurArrete, SchematronIllisible) as arret:
        rapport.non_faits.append(f"les règles officielles : {arret}")
    return rapport


def dossier_de_cache() -> Path:
    """Là où la machine range ce qui peut se refaire (norme XDG)."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "beffroi" / "schematron"


def en_lignes(rapport: Rapport) -> str:
    kit = f"kit officiel {rapport.kit}" if rapport.kit else "aucun fichier officiel employé"
    lignes = [
        f"{rapport.fichier} : avis {rapport.sous_type or 'sans sous-type'}, version {rapport.sdk or 'inconnue'} ; {kit}."
    ]
    lignes += _bloc("Nos règles", [str(defaut) for defaut in rapport.nos_regles], fait=True)
    lignes += _bloc("Schéma officiel", [f"{r.phrase} ({r.regle})" for r in rapport.schema], fait=bool(rapport.kit))
    regles_faites = bool(rapport.kit) and not any(dit.startswith("les règles officielles") for dit in rapport.non_faits)
    lignes += _bloc(
        "Règles officielles", [f"{r.phrase} ({r.regle}, {r.lieu})" for r in rapport.regles], fait=regles_faites
    )
    lignes += [f"Pas vérifié : {dit}." for dit in rapport.non_faits]
    lignes.append(_conclusion(rapport))
    return "\n".join(lignes)


def en_json(rapport: Rapport) -> dict[str, object]:
    return {
        "fichier": rapport.fichier,
        "sous_type": rapport.sous_type,
        "version_annoncee": rapport.sdk,
        "kit_officiel": rapport.kit or None,
        "bon": rapport.est_bon,
        "nos_regles": [
            {"bt": d.bt, "champ": d.champ, "lieu": d.lieu, "phrase": d.phrase, "remede": d.remede}
            for d in rapport.nos_regles
        ],
        "schema": [_reproche(r) for r in rapport.schema],
        "regles": [_reproche(r) for r in rapport.regles],
        "non_faits": rapport.non_faits,
    }


def _reproche(reproche: Reproche) -> dict[str, object]:
    return {
        "regle": reproche.regle,
        "champ": reproche.champ,
        "phrase": reproche.phrase,
        "lieu": reproche.lieu,
        "erreur": reproche.est_une_erreur,
    }


def _bloc(titre: str, phrases: list[str], *, fait: bool) -> list[str]:
    if not fait:
        return [f"{titre} : non fait."]
    if not phrases:
        return [f"{titre} : rien à redire."]
    return [f"{titre} : {len(phrases)} à corriger.", *(f"  - {phrase}" for phrase in phrases)]


def _conclusion(rapport: Rapport) -> str:
    if not rapport.est_bon:
        return "Cet avis serait refusé : corrigez-le."
    if not rapport.kit or any(dit.startswith("les règles officielles") for dit in rapport.non_faits):
        return "Nos règles n'ont rien à redire, mais l'avis n'a pas passé tous les contrôles officiels."
    return "Rien ne s'oppose à l'envoi."


def _pourquoi(normes: Path | None, sdk: str) -> str:
    if normes is None:
        return f"le dossier des fichiers officiels n'est pas réglé ({normes_dossier.VARIABLE})"
    return f"le kit européen {sdk or '(version non annoncée)'} n'est pas installé dans {normes}"
