"""Le rapport d'un avis :
nos règles, le schéma et les règles de l'autorité, et ce qui n'a pas été vérifié.

Un contrôle officiel qui n'a pas eu lieu est dit, jamais supposé bon.
"""

from dataclasses import dataclass, field
from pathlib import Path

from formats.avis import officiel
from formats.avis.defaut import Defaut
from formats.avis.officiel import Reproche
from formats.avis.prevalidation import AvisLu, prevalider
from formats.nomenclatures import cpv
from formats.schematron import MoteurArrete, Ouvrier, SchematronIllisible

CPV = Path("cpv") / "cpv_2008_fr.csv"
LES_REGLES = "les règles officielles"


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
        return (
            not self.nos_regles
            and not self.schema
            and not any(reproche.est_une_erreur for reproche in self.regles)
        )


def verifier(
    lu: AvisLu, *, fichier: str, normes: Path | None, cache: Path, ouvrier: Ouvrier | None = None
) -> Rapport:
    """Les trois contrôles, dans l'ordre :
    le nôtre ne dépend de rien, les autres de ce qui est installé.
    """
    rapport = Rapport(fichier=fichier, sous_type=lu.sous_type, sdk=lu.sdk)
    entier = normes / CPV if normes else None
    complete = cpv.entiere(entier) if entier and entier.is_file() else ()
    rapport.nos_regles = prevalider(lu, cpv_entier=complete)
    if not complete:
        rapport.non_faits.append(
            "la nomenclature CPV entière n'est pas installée : "
            "seuls les groupes de codes sont vérifiés"
        )
    kit = officiel.kit_pour(normes, lu.sdk)
    if kit is None:
        rapport.non_faits.append(
            f"le schéma et les règles officielles : {_pourquoi(normes, lu.sdk)}"
        )
        return rapport
    rapport.kit = kit.version
    try:
        rapport.schema = officiel.verifier_le_schema(lu, kit)
    except officiel.KitIncomplet as incomplet:
        rapport.kit = ""
        rapport.non_faits.append(f"le schéma et les règles officielles : {incomplet}")
        return rapport
    try:
        rapport.regles = officiel.verifier_les_regles(lu, kit, cache=cache, ouvrier=ouvrier)
    except (MoteurArrete, SchematronIllisible) as arret:
        rapport.non_faits.append(f"les règles officielles : {arret}")
    return rapport


def en_lignes(rapport: Rapport) -> str:
    kit = f"kit officiel {rapport.kit}" if rapport.kit else "aucun fichier officiel employé"
    lignes = [
        (
            f"{rapport.fichier} : avis {rapport.sous_type or 'sans sous-type'}, "
            f"version {rapport.sdk or 'inconnue'} ; {kit}."
        )
    ]
    lignes += _bloc("Nos règles", [str(defaut) for defaut in rapport.nos_regles], fait=True)
    lignes += _bloc(
        "Schéma officiel",
        [f"{r.phrase} ({r.regle})" for r in rapport.schema],
        fait=bool(rapport.kit),
    )
    regles_faites = bool(rapport.kit) and not any(
        dit.startswith("les règles officielles") for dit in rapport.non_faits
    )
    lignes += _bloc(
        "Règles officielles",
        [f"{r.phrase} ({r.regle}, {r.lieu})" for r in rapport.regles],
        fait=regles_faites,
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
    if not rapport.kit or any(
        dit.startswith("les règles officielles") for dit in rapport.non_faits
    ):
        return (
            "Nos règles n'ont rien à redire, mais l'avis n'a pas passé tous les "
            "contrôles officiels."
        )
    return "Rien ne s'oppose à l'envoi."


def _pourquoi(normes: Path | None, sdk: str) -> str:
    if normes is None:
        return "les fichiers officiels ne sont pas installés sur cette plateforme"
    return (
        f"le kit européen {sdk or '(version non annoncée)'} n'est pas installé sur cette plateforme"
    )
