"""Vérifier un fichier de données essentielles : la forme, nos règles, le schéma officiel.

Ce qui n'a pas eu lieu est dit.
"""

from dataclasses import asdict, dataclass, field
from pathlib import Path

from formats.decp import arbre, lecture, officiel, regles
from formats.decp.defaut import Defaut
from formats.decp.modele import Paquet
from formats.illisible import Illisible
from formats.pluriels import compter

FORME = "Forme"
REGLES = "Règles au-delà du schéma"
SCHEMA = "Schéma officiel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Controle:
    """Un contrôle qui a eu lieu, et ce qu'il dit."""

    nom: str
    defauts: tuple[Defaut, ...]

    @property
    def est_passe(self) -> bool:
        return not any(defaut.est_une_erreur for defaut in self.defauts)


@dataclass
class Rapport:
    """Ce que chaque contrôle a dit d'un fichier.

    `non_faits` : ceux qui n'ont pas eu lieu, et pourquoi.
    """

    syntaxe: str = ""
    paquet: Paquet = field(default_factory=Paquet)
    controles: list[Controle] = field(default_factory=list)
    non_faits: list[str] = field(default_factory=list)

    @property
    def defauts(self) -> tuple[Defaut, ...]:
        """Ce qui est refusé."""
        return tuple(
            defaut
            for controle in self.controles
            for defaut in controle.defauts
            if defaut.est_une_erreur
        )

    @property
    def avertissements(self) -> tuple[Defaut, ...]:
        """Ce qui mérite d'être relu, sans être refusé."""
        return tuple(
            defaut
            for controle in self.controles
            for defaut in controle.defauts
            if not defaut.est_une_erreur
        )

    @property
    def est_bon(self) -> bool:
        """Rien n'est refusé par les contrôles qui ont eu lieu :
        nos règles suffisent, le schéma officiel peut manquer.
        """
        return bool(self.controles) and not self.defauts


def verifier(contenu: bytes, *, normes: Path | None) -> Rapport:
    """Le fichier, JSON ou XML, devant chaque contrôle.

    `normes` : le dossier des fichiers officiels, s'il y en a un.
    """
    en_xml = lecture.est_du_xml(contenu)
    rapport = Rapport(syntaxe="XML" if en_xml else "JSON")
    try:
        brut = lecture.arbre_lu(contenu)
        lu = arbre.lire(brut)
    except Illisible as refus:
        defaut = Defaut(contrat="Fichier", champ="", phrase=str(refus), remede="", source="")
        rapport.controles.append(Controle(nom=FORME, defauts=(defaut,)))
        rapport.non_faits.append("les règles et le schéma officiel : le fichier ne se lit pas")
        return rapport
    rapport.paquet = lu.paquet
    rapport.controles.append(Controle(nom=FORME, defauts=lu.defauts))
    rapport.controles.append(Controle(nom=REGLES, defauts=tuple(regles.verifier(lu.paquet))))
    chemin = officiel.schema_installe(normes, xml=en_xml)
    if chemin is None:
        rapport.non_faits.append("le schéma officiel : il n'est pas installé sur cette machine")
    elif en_xml:
        refuses = officiel.verifier_le_xml(lecture.racine_xml(contenu), chemin)
        rapport.controles.append(Controle(nom=SCHEMA, defauts=tuple(refuses)))
    else:
        rapport.controles.append(
            Controle(nom=SCHEMA, defauts=tuple(officiel.verifier_le_json(brut, chemin)))
        )
    return rapport


def en_lignes(rapport: Rapport) -> str:
    """Le rapport pour une personne :
    chaque défaut sur sa ligne, avec son contrat, son champ et son remède.
    """
    lignes = [f"Fichier {rapport.syntaxe} : bien formés, {en_nombre(rapport.paquet)}."]
    for controle in rapport.controles:
        lignes.append(f"{controle.nom} : {'passé' if controle.est_passe else 'refusé'}")
        lignes += [f"  {'' if d.est_une_erreur else 'À savoir : '}{d}" for d in controle.defauts]
    lignes += [f"Pas vérifié : {dit}." for dit in rapport.non_faits]
    lignes.append(_conclusion(rapport))
    return "\n".join(lignes)


def en_nombre(paquet: Paquet) -> str:
    """« 158 marchés et 1 concession »."""
    return (
        f"{compter(len(paquet.marches), 'marché')} et "
        f"{compter(len(paquet.concessions), 'concession')}"
    )


def en_json(rapport: Rapport) -> dict[str, object]:
    """Le rapport pour un autre programme : formes stables."""
    return {
        "syntaxe": rapport.syntaxe,
        "marches": len(rapport.paquet.marches),
        "concessions": len(rapport.paquet.concessions),
        "est_bon": rapport.est_bon,
        "controles": [
            {"nom": controle.nom, "defauts": [asdict(defaut) for defaut in controle.defauts]}
            for controle in rapport.controles
        ],
        "non_faits": rapport.non_faits,
    }


def _conclusion(rapport: Rapport) -> str:
    if not rapport.est_bon:
        return f"{compter(len(rapport.defauts), 'défaut')} à corriger avant de publier."
    if rapport.non_faits:
        return "Nos règles n'ont rien à redire, mais le schéma officiel n'a pas été employé."
    return "Rien n'est refusé."
