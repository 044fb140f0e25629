"""Le rapport d'un DUME : nos règles, le schéma, les règles européennes, et ce qui n'a pas été vérifié."""

from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from formats.dume import officiel, regles
from formats.dume.balises import Element
from formats.dume.defaut import Defaut
from formats.dume.lecture import du_xml, racine
from formats.dume.modele import Dume
from formats.schematron import MoteurArrete, Ouvrier, SchematronIllisible

NOS_REGLES, SCHEMA, REGLES = "Nos règles", "Schéma officiel", "Règles officielles"


@dataclass(frozen=True, slots=True, kw_only=True)
class Controle:
    """Un contrôle qui a eu lieu, et ce qu'il a à redire."""

    nom: str
    defauts: tuple[Defaut, ...]

    @property
    def erreurs(self) -> tuple[Defaut, ...]:
        return tuple(defaut for defaut in self.defauts if defaut.est_une_erreur)


@dataclass
class Rapport:
    """`non_faits` : les contrôles officiels qui n'ont pas eu lieu, et pourquoi."""

    dume: Dume
    controles: list[Controle] = field(default_factory=list)
    non_faits: list[str] = field(default_factory=list)

    @property
    def defauts(self) -> tuple[Defaut, ...]:
        return tuple(defaut for controle in self.controles for defaut in controle.defauts)

    @property
    def est_bon(self) -> bool:
        return not any(controle.erreurs for controle in self.controles)


def verifier(
    contenu: bytes, *, normes: Path | None, cache: Path, ouvrier: Ouvrier | None = None, schematron: bool = True
) -> Rapport:
    """Lève `DumeIllisible` si le fichier ne se lit pas ; tout le reste est dans le rapport.

    `schematron` : passer aussi les règles européennes, quelques secondes.
    """
    lu = racine(contenu)
    dume = du_xml(lu)
    rapport = Rapport(dume, [Controle(nom=NOS_REGLES, defauts=tuple(regles.verifier(dume)))])
    dossier = officiel.dossier_installe(normes)
    if dossier is None:
        rapport.non_faits.append(
            f"le schéma et les règles européennes ({officiel.VERSION}) ne sont pas installés sur cette plateforme"
        )
        return rapport
    try:
        rapport.controles.append(Controle(nom=SCHEMA, defauts=tuple(officiel.verifier_le_schema(lu, dossier))))
    except (OSError, etree.LxmlError):
        rapport.non_faits.append("le schéma européen est abîmé. Vérifiez-le : ./beffroi normes verifier")
    if schematron:
        _passer_les_regles(rapport, lu, dossier, cache, ouvrier)
    else:
        rapport.non_faits.append(f"les règles européennes ({officiel.VERSION}) n'ont pas été demandées")
    return rapport


def _passer_les_regles(rapport: Rapport, lu: Element, dossier: Path, cache: Path, ouvrier: Ouvrier | None) -> None:
    try:
        trouves = officiel.verifier_les_regles(lu, dossier, cache=cache, ouvrier=ouvrier)
    except (MoteurArrete, SchematronIllisible, OSError, etree.LxmlError) as arret:
        rapport.non_faits.append(f"les contrôles européens n'ont pas tous eu lieu : {arret}")
    else:
        rapport.controles.append(Controle(nom=REGLES, defauts=tuple(trouves)))
