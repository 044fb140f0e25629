"""Le rapport d'un DUME :
nos règles, le schéma, les règles européennes, et ce qui n'a pas été vérifié.
"""

from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from formats.controles import Controle, defauts_de, sont_bons
from formats.dume import officiel, regles
from formats.dume.balises import Element
from formats.dume.defaut import Defaut
from formats.dume.lecture import du_xml, racine
from formats.dume.modele import Dume
from formats.schematron import MoteurArrete, Ouvrier, SchematronIllisible

NOS_REGLES, SCHEMA, REGLES = "Nos règles", "Schéma officiel", "Règles officielles"


@dataclass
class Rapport:
    """`non_faits` : les contrôles officiels qui n'ont pas eu lieu, et pourquoi."""

    dume: Dume
    controles: list[Controle[Defaut]] = field(default_factory=list)
    non_faits: list[str] = field(default_factory=list)

    @property
    def defauts(self) -> tuple[Defaut, ...]:
        return defauts_de(self.controles)

    @property
    def est_bon(self) -> bool:
        return sont_bons(self.controles)


def verifier(
    contenu: bytes,
    *,
    normes: Path | None,
    cache: Path,
    ouvrier: Ouvrier | None = None,
    schematron: bool = True,
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
            f"le schéma et les règles européennes ({officiel.VERSION}) ne sont pas installés "
            "sur cette plateforme"
        )
        return rapport
    try:
        rapport.controles.append(
            Controle(nom=SCHEMA, defauts=tuple(officiel.verifier_le_schema(lu, dossier)))
        )
    except (OSError, etree.LxmlError):
        rapport.non_faits.append(
            "le schéma européen est abîmé. Vérifiez-le : ./beffroi normes verifier"
        )
    if schematron:
        _passer_les_regles(rapport, lu, dossier, cache, ouvrier)
    else:
        rapport.non_faits.append(
            f"les règles européennes ({officiel.VERSION}) n'ont pas été demandées"
        )
    return rapport


def _passer_les_regles(
    rapport: Rapport, lu: Element, dossier: Path, cache: Path, ouvrier: Ouvrier | None
) -> None:
    try:
        trouves = officiel.verifier_les_regles(lu, dossier, cache=cache, ouvrier=ouvrier)
    except (MoteurArrete, SchematronIllisible, OSError, etree.LxmlError) as arret:
        rapport.non_faits.append(f"les contrôles européens n'ont pas tous eu lieu : {arret}")
    else:
        rapport.controles.append(Controle(nom=REGLES, defauts=tuple(trouves)))
