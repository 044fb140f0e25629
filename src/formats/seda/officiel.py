"""Le contrôle de l'autorité : le schéma du SIAF, de la version que le bordereau annonce.

Les fichiers officiels ne sont pas dans le produit :
l'exploitant les installe (`./beffroi normes installer`).
"""

import re
from pathlib import Path

from lxml import etree

from formats.schemas import schema
from formats.seda.balises import Element
from formats.seda.defaut import Defaut
from formats.seda.versions import version_de

DOSSIER = Path("seda")
# Les schémas du SIAF appellent ceux du W3C par leur adresse : une copie locale en tient lieu.
ADRESSES = (
    ("http://www.w3.org/2001/xml.xsd", "w3c/xml.xsd"),
    ("http://www.w3.org/1999/xlink.xsd", "w3c/xlink.xsd"),
)
_ESPACE = re.compile(r"\{(?:fr|http)[^}]*\}")
# Ce que dit le moteur de schémas, en français ; ce qui n'est pas de ce répertoire reste tel quel.
_PHRASES = (
    (
        r"Element '(.+?)': This element is not expected\. Expected is (?:one of )?\( (.+) \)\.",
        r"l'élément « \1 » n'est pas admis à cette place ; attendu : \2",
    ),
    (
        r"Element '(.+?)': This element is not expected\.",
        r"l'élément « \1 » n'est pas admis à cette place",
    ),
    (
        r"Element '(.+?)': Missing child element\(s\)\. Expected is (?:one of )?\( (.+) \)\.",
        r"dans « \1 », il manque : \2",
    ),
    (
        r"Element '(.+?)': '(.*)' is not a valid value of the .*type '(.+)'\.",
        r"dans « \1 », « \2 » n'est pas une valeur admise (\3)",
    ),
    (
        (
            r"Element '(.+?)': \[facet 'enumeration'\] The value '(.*)' is not an element of the "
            r"set (.+)\."
        ),
        r"dans « \1 », « \2 » n'est pas une des valeurs admises : \3",
    ),
    (
        r"Element '(.+?)', attribute '(.+?)': The attribute '.+' is not allowed\.",
        r"l'élément « \1 » ne porte pas d'attribut « \2 »",
    ),
    (
        r"Element '(.+?)': The attribute '(.+?)' is required but missing\.",
        r"l'attribut « \2 » manque à « \1 »",
    ),
)


def schema_installe(normes: Path | None, version: str) -> Path | None:
    """Le schéma de cette version, s'il est là avec ce qu'il appelle."""
    if normes is None:
        return None
    dossier = normes / DOSSIER
    chemin = dossier / version / f"seda-{version}-main.xsd"
    appeles = [dossier / fichier for _, fichier in ADRESSES]
    return chemin if all(fichier.is_file() for fichier in (chemin, *appeles)) else None


def verifier(racine: Element, chemin: Path) -> list[Defaut]:
    """Les éléments, leur ordre, leurs types, selon le schéma de `chemin`.

    Lève `OSError`, `etree.LxmlError` s'il est abîmé.
    """
    lu = schema(chemin, chemin.parent.parent, ADRESSES)
    if lu.validate(racine):
        return []
    version = version_de(etree.QName(racine).namespace)
    return [
        Defaut(
            ou=f"bordereau, ligne {erreur.line}",
            phrase=(
                f"le schéma du SEDA {version} refuse : "
                f"{_en_francais(_ESPACE.sub('', erreur.message))}."
            ),
            remede="Corrigez l'élément nommé ; le dictionnaire du SEDA dit ce qu'il admet.",
            regle="schema",
        )
        for erreur in lu.error_log
    ]


def verifier_le_profil(racine: Element, chemin: Path) -> list[Defaut]:
    """Ce que refuse le profil (RelaxNG) du service d'archives.

    Lève `OSError`, `etree.LxmlError` s'il ne se lit pas.
    """
    lecteur = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False)
    profil = etree.RelaxNG(etree.parse(str(chemin), lecteur))
    if profil.validate(racine):
        return []
    return [
        Defaut(
            ou=f"bordereau, ligne {erreur.line}",
            phrase=f"le profil {chemin.name} refuse : {_ESPACE.sub('', erreur.message)}.",
            remede="Voyez ce profil avec le service d'archives qui l'a donné.",
            regle="profil",
        )
        for erreur in profil.error_log
    ]


def _en_francais(message: str) -> str:
    for motif, phrase in _PHRASES:
        if trouve := re.fullmatch(motif, message.strip(), re.DOTALL):
            return trouve.expand(phrase)
    return message.strip().removesuffix(".")
