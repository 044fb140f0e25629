"""Les mots français d'un contrôle officiel : ceux du kit européen s'il en a, les nôtres sinon."""

import re
from functools import cache
from pathlib import Path

from lxml import etree

from formats.avis.champs import champs as nos_champs
from formats.schematron import Constat

# Ce qu'une règle vérifie, d'après la forme de son essai : le kit n'en donne pas toujours la phrase.
SORTES = (
    (r"count\([^()]+\) > 0( or .+)?", "est obligatoire"),
    (r"count\(.+\) = 0( or .+)?", "n'est pas permis ici"),
    (r"count\(.+\) < 2", "ne se donne qu'une fois"),
    (r"count\(@\w+\) > 0", "n'a pas l'attribut exigé"),
    (r"replace\(replace\(\..+", "a des blancs au début ou à la fin"),
    (r"string-length\(.+\) le \d+", "est trop long"),
    (r"normalize-space\(\.\) = \(.+\)", "n'est pas un code de la liste"),
    (r"matches\(.+", "n'a pas la forme attendue"),
    (r"not\(\.?/?.*number\(\) < 0.*\)", "ne peut pas être négatif"),
)
DIAGNOSTIC = re.compile(r"(?:BT|OP[PTA])-\d+(?:_\w_)?-.+")
CHAMP = re.compile(r"(BT|OP[PTA])-0*(\d+)")
SCHEMA = (
    (
        (
            r"Element '\{[^}]*\}(\w+)': This element is not expected\. Expected is (?:one of )?\( "
            r"(.+?) \)\..*"
        ),
        r"« \1 » n'est pas à sa place. Attendu ici : \2.",
    ),
    (
        r"Element '\{[^}]*\}(\w+)': This element is not expected\..*",
        r"« \1 » n'est pas attendu à cet endroit.",
    ),
    (
        (
            r"Element '\{[^}]*\}(\w+)': Missing child element\(s\)\. Expected is (?:one of )?\( "
            r"(.+?) \)\..*"
        ),
        r"« \1 » est incomplet. Attendu : \2.",
    ),
    (
        r"Element '\{[^}]*\}(\w+)'(?:, attribute '(\w+)')?: '(.*)' is not a valid value of the .*",
        r"« \1 » : la valeur « \3 » n'a pas la forme attendue.",
    ),
    (
        r"Element '\{[^}]*\}(\w+)': The attribute '(\w+)' is required but missing\..*",
        r"« \1 » n'a pas son attribut « \2 ».",
    ),
)


@cache
def lire(fichier: Path) -> dict[str, str]:
    """Les traductions d'un fichier du kit, par clé ; rien si l'exploitant ne l'a pas."""
    if not fichier.exists():
        return {}
    racine = etree.parse(
        str(fichier), etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    ).getroot()
    return {entree.get("key") or "": (entree.text or "").strip() for entree in racine.iter("entry")}


def nom_du_champ(diagnostic: str, regle: str, champs: dict[str, str]) -> str:
    """Le nom du champ, sans la nomenclature interne du kit."""
    trouve = DIAGNOSTIC.search(diagnostic)
    identifiant = re.sub(r"_(\w)_", r"(\1)", trouve.group()) if trouve else ""
    if officiel := champs.get(f"field|name|{identifiant}", ""):
        return officiel
    debut = CHAMP.search(identifiant or regle)
    bt = f"{debut[1]}-{debut[2]}" if debut else ""
    notre = next(
        (champ.nom for champ in nos_champs() if bt and bt in {champ.bt, champ.bt.split("(")[0]}), ""
    )
    return notre[:1].upper() + notre[1:]


def phrase_de_la_regle(constat: Constat, champs: dict[str, str], regles: dict[str, str]) -> str:
    """La phrase officielle en français si le kit l'a ;
    sinon, le champ et ce que la règle vérifie.
    """
    if officielle := regles.get(f"rule|text|{constat.regle}", ""):
        return officielle
    if constat.regle == "element-not-empty":
        return "Un élément est vide. Remplissez-le ou retirez-le."
    nom = nom_du_champ(constat.champ, constat.regle, champs) or "Un champ"
    sorte = next((dit for motif, dit in SORTES if re.fullmatch(motif, constat.essai, re.S)), "")
    return f"« {nom} » {sorte or f'ne respecte pas la règle {constat.regle}'}."


def phrase_du_schema(message: str) -> str:
    """Le message de la bibliothèque, en français quand il est du répertoire."""
    for motif, phrase in SCHEMA:
        if trouve := re.fullmatch(motif, message, re.S):
            return re.sub(r"\{[^}]*\}", "", trouve.expand(phrase))
    return re.sub(r"\{[^}]*\}", "", message)


def chemin_court(lieu: str) -> str:
    """Le chemin XPath sans ses espaces de noms :
    `/ContractNotice[1]/ProcurementProjectLot[2]/…`.
    """
    return re.sub(r"Q\{[^}]*\}", "", lieu)
