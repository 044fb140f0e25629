"""Les contrôles de l'autorité :
le schéma UBL 2.3, puis les règles ESPD-EDM 4.1.0, réunies en une seule feuille.

Les fichiers officiels ne sont pas dans le produit :
l'exploitant les installe (`./beffroi normes installer`).
"""

import hashlib
import re
from copy import deepcopy
from pathlib import Path

from lxml import etree

from formats import schematron
from formats.dume.balises import UBL, Element
from formats.dume.defaut import Defaut
from formats.dume.modele import DEMANDE
from formats.schemas import schema
from formats.schematron.constat import Constat
from formats.schematron.traduction import SCH, XSL

DOSSIER = Path("espd")
# Les fragments des règles : ceux de la sorte du document, puis ceux que les deux partagent.
DE_LA_SORTE, COMMUNS = "ESPDRequest ESPDResponse", "common"
CRITERES = "ESPD-criterion.xml"
VERSION = "ESPD-EDM 4.1.0"
# « tel élément de la liste dont l'identifiant vaut cette variable »,
# parfois le premier de chaque parent.
_CHERCHE = re.compile(r"(document\('[^']+'\))//(cac:\w+)\[cbc:ID = (\$\w+)\](\[1\])?")


def dossier_installe(normes: Path | None) -> Path | None:
    """Le dossier des fichiers européens du DUME, s'il est là et entier."""
    dossier = normes / DOSSIER if normes else None
    entier = (
        dossier
        and (dossier / "schematron" / COMMUNS / CRITERES).is_file()
        and (dossier / "xsd").is_dir()
    )
    return dossier if entier else None


def verifier_le_schema(racine: Element, dossier: Path) -> list[Defaut]:
    """Les éléments, leur ordre, leurs types."""
    nom = etree.QName(racine).localname
    lu = schema(dossier / "xsd" / "maindoc" / f"UBL-{nom}-2.3.xsd", dossier / "xsd")
    if lu.validate(racine):
        return []
    return [_du_schema(erreur) for erreur in lu.error_log]


def verifier_les_regles(
    racine: Element, dossier: Path, *, cache: Path, ouvrier: schematron.Ouvrier | None = None
) -> list[Defaut]:
    """Toutes les règles Schematron de cette sorte de DUME."""
    constats = schematron.valider(
        etree.tostring(racine, encoding="UTF-8"),
        schematron=_reunies(etree.QName(racine).localname, dossier, cache),
        phase=schematron.TOUT,
        cache=cache,
        ouvrier=ouvrier,
    )
    return [_de_la_regle(constat) for constat in constats]


def _reunies(sorte: str, dossier: Path, cache: Path) -> Path:
    """Un seul Schematron :
    l'ouvrier ne garde que quelques feuilles, et l'autorité en publie une dizaine.
    """
    propre, commun = DE_LA_SORTE.split()[0 if sorte == DEMANDE else 1], COMMUNS
    fichiers = [
        f for nom in (propre, commun) for f in sorted((dossier / "schematron" / nom).glob("*.sch"))
    ]
    somme = hashlib.sha256(str(dossier.resolve()).encode())
    for fichier in fichiers:
        somme.update(fichier.read_bytes())
    cible = cache / f"espd-{sorte}-{somme.hexdigest()[:24]}.sch"
    if not cible.exists():
        cache.mkdir(parents=True, exist_ok=True)
        brouillon = cible.with_suffix(".brouillon")
        brouillon.write_bytes(_reunir(sorte, fichiers, dossier / "schematron" / commun / CRITERES))
        brouillon.replace(cible)
    return cible


def _reunir(sorte: str, fichiers: list[Path], criteres: Path) -> bytes:
    reuni = etree.Element(f"{{{SCH}}}schema", nsmap={None: SCH, "xsl": XSL})
    for prefixe, uri in _prefixes(sorte).items():
        etree.SubElement(reuni, f"{{{SCH}}}ns", prefix=prefixe, uri=uri)
    lecteur = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    lus = [etree.parse(str(fichier), lecteur).getroot() for fichier in fichiers]
    for balise in (f"{{{XSL}}}key", f"{{{SCH}}}pattern"):
        for lu in lus:
            reuni.extend(deepcopy(element) for element in lu.findall(balise))
    # La liste des critères est à côté des règles, pas à côté de la feuille que nous en tirons.
    texte = etree.tostring(_par_cle(reuni), encoding="unicode")
    return (
        str(texte)
        .replace(f"document('{CRITERES}')", f"document('{criteres.resolve().as_uri()}')")
        .encode()
    )


def _par_cle(reuni: Element) -> Element:
    """Les mêmes éléments, trouvés par une clé :
    l'autorité relit toute sa liste pour chaque question d'un document.
    """
    balises = set()
    for variable in reuni.iter(f"{{{SCH}}}let"):
        ecrit = variable.get("value") or ""
        balises |= {trouve[2] for trouve in _CHERCHE.finditer(ecrit)}
        variable.set("value", _CHERCHE.sub(_de_la_cle, ecrit))
    for balise in sorted(balises):
        cle = etree.SubElement(
            reuni, f"{{{XSL}}}key", name=_nom_de_cle(balise), match=balise, use="cbc:ID"
        )
        reuni.insert(0, cle)
    return reuni


def _de_la_cle(cherche: re.Match[str]) -> str:
    liste, balise, valeur, premier = cherche.groups()
    # Après `//`, `[1]` garde le premier de chaque parent, non le premier de tous.
    filtre = f"[not(preceding-sibling::{balise}[cbc:ID = {valeur}])]" if premier else ""
    return f"key('{_nom_de_cle(balise)}', {valeur}, {liste}){filtre}"


def _nom_de_cle(balise: str) -> str:
    return f"par-ID-{balise.removeprefix('cac:')}"


def _prefixes(sorte: str) -> dict[str, str]:
    return {
        "cac": f"{UBL}CommonAggregateComponents-2",
        "cbc": f"{UBL}CommonBasicComponents-2",
        "ext": f"{UBL}CommonExtensionComponents-2",
        "espd": f"{UBL}{sorte}-2",
        "espd-req": f"{UBL}QualificationApplicationRequest-2",
        "espd-resp": f"{UBL}QualificationApplicationResponse-2",
    }


def _du_schema(erreur: Element) -> Defaut:
    court = (erreur.path or "").rsplit("/", 1)[-1].replace("*", "").strip("[]0123456789")
    return Defaut(
        champ=court or f"ligne {erreur.line}",
        phrase=f"Le schéma refuse : {erreur.message}",
        regle=f"XSD, ligne {erreur.line}",
    )


def _de_la_regle(constat: Constat) -> Defaut:
    """La phrase de l'autorité est en anglais :
    nos règles disent la même chose en français, quand elles la savent.
    """
    dernier = constat.lieu.rsplit("}", 1)[-1].split("[", 1)[0]
    return Defaut(
        champ=dernier or "document",
        phrase=constat.texte or constat.essai,
        regle=constat.regle,
        est_une_erreur=constat.est_une_erreur,
    )
