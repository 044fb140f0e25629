"""Lire un fichier de données essentielles, JSON ou XML, venu d'ailleurs :
borné, sans entité, sans clé double.
"""

import json
import re
from collections import Counter
from decimal import Decimal, InvalidOperation
from typing import Any

from lxml import etree

from formats.decp import arbre
from formats.decp.arbre import Lecture
from formats.decp.champs import LISTES, Champ, Sorte, Structure
from formats.illisible import Illisible
from formats.xml_fautif import faute_de_xml

TAILLE_MAXIMALE = 25_000_000
PROFONDEUR_MAXIMALE = 12
CHIFFRES_MAXIMAUX = 32
EXPOSANT_MAXIMAL = 20
_CROCHETS = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[{]|[\]}]', re.DOTALL)
_ENTIER = re.compile(r"[+-]?[0-9]{1,32}")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,32}(\.[0-9]{0,32})?|[+-]?\.[0-9]{1,32}")
_ZONE = re.compile(r"(Z|[+-]\d{2}:\d{2})$", re.ASCII)
_OUI_NON = {"true": True, "1": True, "oui": True, "false": False, "0": False, "non": False}
_BOM = b"\xef\xbb\xbf"


def lire(contenu: bytes) -> Lecture:
    """Les contrats d'un fichier.

    Lève `Illisible`, avec une phrase, s'il ne se lit pas ou passe les bornes.
    """
    return arbre.lire(arbre_lu(contenu))


def arbre_lu(contenu: bytes) -> Any:
    """L'arbre JSON du fichier, qu'il soit JSON ou XML.

    Les nombres y sont des `int` ou des `Decimal`.
    """
    if len(contenu) > TAILLE_MAXIMALE:
        raise Illisible(
            f"Ce fichier dépasse {TAILLE_MAXIMALE // 1_000_000} Mo. Coupez-le, "
            "par année ou par acheteur."
        )
    contenu = contenu.removeprefix(_BOM)
    return _du_xml(contenu) if est_du_xml(contenu) else _du_json(contenu)


def est_du_xml(contenu: bytes) -> bool:
    """Le premier caractère utile ouvre une balise."""
    return contenu.removeprefix(_BOM).lstrip()[:1] == b"<"


def racine_xml(contenu: bytes) -> etree._Element:
    """La racine d'un fichier XML, lu sans entité, sans type de document, sans réseau.

    Lève `Illisible`.
    """
    lecteur = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        racine = etree.fromstring(contenu.removeprefix(_BOM), lecteur)
    except etree.XMLSyntaxError as erreur:
        raise Illisible(f"Ce XML ne se lit pas, {faute_de_xml(erreur)}.") from erreur
    if racine.getroottree().docinfo.doctype:
        raise Illisible(
            "Ce XML déclare un type de document, et peut-être des entités : il n'est pas lu."
        )
    return racine


def _du_json(contenu: bytes) -> Any:
    try:
        texte = contenu.decode("utf-8")
    except UnicodeDecodeError as erreur:
        raise Illisible(f"Ce fichier n'est pas en UTF-8 (octet {erreur.start}).") from erreur
    _mesurer_la_profondeur(texte)
    try:
        return json.loads(
            texte,
            parse_float=_nombre,
            parse_int=_entier,
            parse_constant=_constante,
            object_pairs_hook=_sans_double,
        )
    except json.JSONDecodeError as erreur:
        raise Illisible(
            f"Ce JSON ne se lit pas, ligne {erreur.lineno}, colonne {erreur.colno}."
        ) from erreur


def _mesurer_la_profondeur(texte: str) -> None:
    profondeur = 0
    for trouve in _CROCHETS.finditer(texte):
        signe = trouve.group()[0]
        profondeur += (signe in "[{") - (signe in "]}")
        if profondeur > PROFONDEUR_MAXIMALE:
            raise Illisible(
                f"Ce JSON a plus de {PROFONDEUR_MAXIMALE} niveaux : "
                "il n'est pas au format national."
            )


def _entier(texte: str) -> int:
    if len(texte) > CHIFFRES_MAXIMAUX:
        raise Illisible(f"Un nombre a plus de {CHIFFRES_MAXIMAUX} chiffres.")
    return int(texte)


def _nombre(texte: str) -> Decimal:
    try:
        lu = Decimal(texte)
    except InvalidOperation as erreur:
        raise Illisible("Un nombre a un exposant démesuré.") from erreur
    if len(texte) > CHIFFRES_MAXIMAUX or abs(int(lu.as_tuple().exponent)) > EXPOSANT_MAXIMAL:
        raise Illisible(
            f"Un nombre a plus de {CHIFFRES_MAXIMAUX} chiffres, ou un exposant démesuré."
        )
    return lu


def _constante(texte: str) -> Any:
    raise Illisible(f"« {texte} » n'est pas un nombre : le JSON ne l'admet pas.")


def _sans_double(paires: list[tuple[str, Any]]) -> dict[str, Any]:
    lu = dict(paires)
    if len(lu) != len(paires):
        double = Counter(nom for nom, _valeur in paires).most_common(1)[0][0]
        numero = lu.get("id")
        ou = f" (contrat « {numero[:64]} »)" if isinstance(numero, str) else ""
        phrase = f"La clé « {double[:80]} » est écrite deux fois dans le même objet{ou}"
        raise Illisible(f"{arbre.imprimable(phrase)} : laquelle croire ?")
    return lu


def _du_xml(contenu: bytes) -> Any:
    racine = racine_xml(contenu)
    if racine.tag != "marches":
        raise Illisible("Ce XML n'est pas au format national : sa racine n'est pas « marches ».")
    structures = {nom: structure for nom, structure, _mot in LISTES}
    contrats: dict[str, list[Any]] = {}
    for element in _enfants(racine):
        nom = _nom(element)
        if nom not in structures:
            raise Illisible(
                f"« {nom} » n'est pas un contrat : le format n'admet que « marche » et « "
                "contrat-concession »."
            )
        contrats.setdefault(nom, []).append(_objet(element, structures[nom]))
    return {"marches": contrats}


def _objet(element: etree._Element, structure: Structure) -> dict[str, Any]:
    lu: dict[str, Any] = {f"@{nom}": valeur for nom, valeur in element.attrib.items()}
    if (element.text or "").strip():
        lu["texte hors des champs"] = (element.text or "").strip()
    for enfant in _enfants(element):
        nom = _nom(enfant)
        if nom in lu:
            raise Illisible(
                f"« {nom} » est écrit deux fois dans « {_nom(element)} », "
                f"ligne {enfant.sourceline} : lequel croire ?"
            )
        champ = structure.champ(nom)
        valeur = _valeur(enfant, champ) if champ else (enfant.text or "")
        # `<origineUE/>` : la documentation écrit ainsi une part qui n'est pas concernée.
        if not (champ and champ.nul_admis and valeur == ""):
            lu[nom] = valeur
    return lu


def _valeur(element: etree._Element, champ: Champ) -> Any:
    if champ.sorte is Sorte.ORGANISME:
        return {_nom(enfant): enfant.text or "" for enfant in _enfants(element)}
    if champ.sorte is Sorte.VALEURS:
        return _valeurs(element, champ)
    if champ.structure is None:
        return _scalaire(element, champ)
    if champ.sorte is Sorte.OBJET:
        return _objet(element, champ.structure)
    return [
        {
            (champ.enveloppe if _nom(enfant) == champ.balise else _nom(enfant)): _objet(
                enfant, champ.structure
            )
        }
        for enfant in _enfants(element)
    ]


def _valeurs(element: etree._Element, champ: Champ) -> dict[str, Any]:
    lu: dict[str, Any] = {champ.enveloppe: []}
    for enfant in _enfants(element):
        if _nom(enfant) == champ.balise:
            lu[champ.enveloppe].append(enfant.text or "")
        else:
            lu[_nom(enfant)] = enfant.text or ""
    return lu


def _scalaire(element: etree._Element, champ: Champ) -> Any:
    """Le texte, devenu nombre, vrai ou date s'il en a la forme ;
    sinon tel quel, pour que le défaut se dise.
    """
    if len(element):
        return {_nom(enfant): enfant.text or "" for enfant in _enfants(element)} or "".join(
            element.itertext()
        )
    texte = element.text or ""
    net = texte.strip()
    if champ.sorte is Sorte.ENTIER:
        return int(net) if _ENTIER.fullmatch(net) else texte
    if champ.sorte is Sorte.NOMBRE:
        return Decimal(net) if _DECIMAL.fullmatch(net) else texte
    if champ.sorte is Sorte.BOOLEEN:
        return _OUI_NON.get(texte, texte)
    if champ.sorte is Sorte.DATE:
        return _ZONE.sub("", net)
    return texte


def _enfants(element: etree._Element) -> list[etree._Element]:
    return [enfant for enfant in element if isinstance(enfant.tag, str)]


def _nom(element: etree._Element) -> str:
    return str(element.tag)
