"""Les vérifications de l'autorité :
le schéma, puis les règles du sous-type, dans la version que l'avis annonce.

Les fichiers officiels ne sont pas dans le produit : l'exploitant les installe (`./beffroi normes
installer`). Sans eux, on dit ce qui n'a pas été vérifié ; on ne dit jamais qu'un avis est valide.
"""

from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from formats import schematron
from formats.avis import libelles
from formats.avis.prevalidation import AvisLu
from formats.schemas import schema

SCHEMAS = {
    "ContractNotice": "schemas/maindoc/UBL-ContractNotice-2.3.xsd",
    "ContractAwardNotice": "schemas/maindoc/UBL-ContractAwardNotice-2.3.xsd",
}
REGLES = "schematrons/static/complete-validation.sch"
CHAMPS_FR = "translations/field_fr.xml"
REGLES_FR = "translations/rule_fr.xml"


class KitIncomplet(RuntimeError):
    """Il manque des fichiers du kit, ou l'un d'eux est abîmé : le contrôle n'a pas eu lieu."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """Un kit européen installé : sa version, son dossier."""

    version: str
    dossier: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Reproche:
    """Ce qu'un contrôle officiel refuse.

    `regle` : son identifiant, ou la ligne du fichier pour le schéma.
    """

    regle: str
    champ: str
    phrase: str
    lieu: str
    est_une_erreur: bool = True


def kit_pour(normes: Path | None, version: str) -> Kit | None:
    """Le kit installé qui vaut pour cette version :
    `1.15` se lit dans le plus récent des `sdk-1.15.*`.
    """
    if normes is None or not version:
        return None
    trouves = [
        dossier
        for dossier in sorted((normes / "eforms").glob("sdk-*"), key=_numeros)
        if f"{dossier.name.removeprefix('sdk-')}.".startswith(f"{version}.")
    ]
    return (
        Kit(version=trouves[-1].name.removeprefix("sdk-"), dossier=trouves[-1]) if trouves else None
    )


def verifier_le_schema(avis: AvisLu, kit: Kit) -> list[Reproche]:
    """Le schéma XML : les éléments, leur ordre, leurs types."""
    nature = etree.QName(avis.racine).localname
    try:
        lu = schema(kit.dossier / SCHEMAS[nature], kit.dossier)
    except (OSError, etree.LxmlError) as erreur:
        raise KitIncomplet(
            f"Le kit {kit.version} est incomplet ou abîmé. Vérifiez-le : ./beffroi normes verifier"
        ) from erreur
    if lu.validate(avis.racine):
        return []
    return [
        Reproche(
            regle=f"ligne {erreur.line}",
            champ="",
            phrase=libelles.phrase_du_schema(erreur.message),
            lieu=erreur.path or "",
        )
        for erreur in lu.error_log
    ]


def verifier_les_regles(
    avis: AvisLu, kit: Kit, *, cache: Path, ouvrier: schematron.Ouvrier | None = None
) -> list[Reproche]:
    """Les règles Schematron de la phase du sous-type."""
    constats = schematron.valider(
        etree.tostring(avis.racine),
        schematron=kit.dossier / REGLES,
        phase=f"eforms-{avis.sous_type}",
        cache=cache,
        ouvrier=ouvrier,
    )
    champs = libelles.lire(kit.dossier / CHAMPS_FR)
    regles = libelles.lire(kit.dossier / REGLES_FR)
    return [
        Reproche(
            regle=constat.regle,
            champ=libelles.nom_du_champ(constat.champ, constat.regle, champs),
            phrase=libelles.phrase_de_la_regle(constat, champs, regles),
            lieu=libelles.chemin_court(constat.lieu),
            est_une_erreur=constat.est_une_erreur,
        )
        for constat in constats
    ]


def _numeros(dossier: Path) -> tuple[int, ...]:
    return tuple(
        int(morceau)
        for morceau in dossier.name.removeprefix("sdk-").split(".")
        if morceau.isdecimal()
    )
