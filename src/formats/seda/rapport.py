"""Le rapport d'un paquet : le schéma officiel, nos règles, les fichiers ;
et ce qui n'a pas été vérifié.
"""

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from formats.controles import Controle, defauts_de, sont_bons
from formats.seda import bornes, contenus, integrite, officiel
from formats.seda.archive import Archive, PaquetIllisible
from formats.seda.balises import Element
from formats.seda.defaut import Defaut
from formats.seda.lecture import racine
from formats.seda.versions import version_de

LECTURE, SCHEMA, PROFIL, BORDEREAU, FICHIERS = (
    "Lecture",
    "Schéma officiel",
    "Profil",
    "Bordereau",
    "Fichiers",
)


@dataclass
class Rapport:
    """`non_faits` : les contrôles qui n'ont pas eu lieu, et pourquoi.

    `octets` : ceux des fichiers relus.
    """

    version: str = ""
    unites: int = 0
    objets: int = 0
    octets: int = 0
    controles: list[Controle[Defaut]] = field(default_factory=list)
    non_faits: list[str] = field(default_factory=list)

    @property
    def defauts(self) -> tuple[Defaut, ...]:
        return defauts_de(self.controles)

    @property
    def est_bon(self) -> bool:
        return sont_bons(self.controles)


def verifier(sip: Path | BinaryIO, *, normes: Path | None, profil: Path | None = None) -> Rapport:
    """Le schéma, puis l'intégrité. Tout défaut du paquet est dans le rapport ;
    lève `OSError` si le fichier ne s'ouvre pas.

    `sip` : le chemin du paquet, ou un flux où l'on peut se déplacer. `normes` : le dossier des
    fichiers officiels. `profil` : le profil RelaxNG d'un service d'archives ; lève
    `etree.LxmlError` s'il n'en est pas un.
    """
    if isinstance(sip, Path):
        with sip.open("rb") as flux:
            return verifier(flux, normes=normes, profil=profil)
    rapport = Rapport()
    try:
        archive = Archive(sip)
        lu = racine(archive.bordereau())
    except PaquetIllisible as refus:
        illisible = Defaut(ou="paquet", phrase=str(refus), remede="", regle="illisible")
        rapport.controles.append(Controle(nom=LECTURE, defauts=(illisible,)))
        rapport.non_faits.append("le schéma et les fichiers : le bordereau ne se lit pas")
        return rapport
    rapport.version = version_de(etree.QName(lu).namespace)
    espace = f"{{{etree.QName(lu).namespace}}}"
    rapport.unites = sum(1 for _ in lu.iter(f"{espace}ArchiveUnit"))
    rapport.objets = sum(
        1 for _ in lu.iter(f"{espace}BinaryDataObject", f"{espace}PhysicalDataObject")
    )
    _passer_le_schema(rapport, lu, normes)
    if profil:
        rapport.controles.append(
            Controle(nom=PROFIL, defauts=tuple(officiel.verifier_le_profil(lu, profil)))
        )
    rapport.controles.append(Controle(nom=BORDEREAU, defauts=tuple(integrite.du_bordereau(lu))))
    des_fichiers, rapport.octets = contenus.du_paquet(archive, lu)
    rapport.controles.append(Controle(nom=FICHIERS, defauts=(*archive.defauts, *des_fichiers)))
    return rapport


def _passer_le_schema(rapport: Rapport, lu: Element, normes: Path | None) -> None:
    chemin = officiel.schema_installe(normes, rapport.version)
    if chemin is None:
        rapport.non_faits.append(
            f"le schéma officiel du SEDA {rapport.version} : "
            "il n'est pas installé sur cette machine"
        )
        return
    try:
        rapport.controles.append(Controle(nom=SCHEMA, defauts=tuple(officiel.verifier(lu, chemin))))
    except (OSError, etree.LxmlError):
        rapport.non_faits.append(
            "le schéma officiel est abîmé. Vérifiez-le : ./beffroi normes verifier"
        )


def en_lignes(rapport: Rapport) -> list[str]:
    """Le rapport pour une personne : chaque défaut sur sa ligne, où il est et quoi faire."""
    lignes = []
    if rapport.version:
        lignes.append(
            f"SEDA {rapport.version} : unités {rapport.unites}, objets {rapport.objets}, "
            f"octets {rapport.octets}."
        )
    for controle in rapport.controles:
        dit = f"{len(controle.erreurs)} à corriger" if controle.erreurs else "rien à redire"
        lignes.append(f"{controle.nom} : {dit}.")
        dits = controle.defauts[: bornes.DEFAUTS_DITS]
        lignes += [f"  - {'' if d.est_une_erreur else 'À savoir : '}{d}" for d in dits]
        if len(controle.defauts) > len(dits):
            lignes.append(f"  - et {len(controle.defauts) - len(dits)} autres.")
    lignes += [f"Pas vérifié : {dit}." for dit in rapport.non_faits]
    return [*lignes, _conclusion(rapport)]


def en_json(rapport: Rapport) -> dict[str, object]:
    """Le rapport pour un autre programme : formes stables, tous les défauts."""
    return {
        "version": rapport.version,
        "unites": rapport.unites,
        "objets": rapport.objets,
        "octets": rapport.octets,
        "est_bon": rapport.est_bon,
        "controles": [
            {"nom": controle.nom, "defauts": [asdict(defaut) for defaut in controle.defauts]}
            for controle in rapport.controles
        ],
        "non_faits": rapport.non_faits,
    }


def _conclusion(rapport: Rapport) -> str:
    if not rapport.est_bon:
        return "Ce paquet est à refuser."
    if rapport.non_faits:
        return "Nos règles n'ont rien à redire, mais le schéma officiel n'a pas été employé."
    return "Ce paquet est conforme et intègre."
