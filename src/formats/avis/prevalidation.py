"""Nos règles, avant celles de l'autorité : en français, champ par champ, avec ce qu'il faut faire.

Elles lisent le XML, le nôtre ou celui d'un autre logiciel,
et n'ont besoin d'aucun fichier officiel.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from lxml import etree

from formats.avis import coherence
from formats.avis.champs import Champ, champs
from formats.avis.codes import listes
from formats.avis.defaut import Defaut
from formats.avis.eforms.noms import CAN, CN, ESPACES
from formats.nomenclatures import cpv, nuts
from formats.nomenclatures.cpv import Code

SOUS_TYPE = "string(//efac:NoticeSubType/cbc:SubTypeCode)"
CODES_MONTRES = 6


class AvisIllisible(ValueError):
    """Le fichier n'est pas un avis européen que nous sachions lire ; la phrase dit pourquoi."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AvisLu:
    """Un avis européen reçu en XML."""

    racine: etree._Element
    sous_type: str
    sdk: str


def ouvrir(xml: bytes) -> AvisLu:
    """Lit l'avis sans entité, sans réseau, sans excès."""
    try:
        lecteur = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        racine = etree.fromstring(xml, lecteur)
    except etree.XMLSyntaxError as erreur:
        raise AvisIllisible(f"Ce fichier n'est pas du XML lisible ({erreur.msg}).") from erreur
    if racine.getroottree().docinfo.doctype:
        raise AvisIllisible("Ce fichier déclare un DOCTYPE. Un avis n'en a pas : il est refusé.")
    if racine.tag not in {f"{{{CN}}}ContractNotice", f"{{{CAN}}}ContractAwardNotice"}:
        raise AvisIllisible(
            f"Ce fichier est un « {etree.QName(racine).localname} ». "
            "Nous lisons les avis de marché (ContractNotice) et "
            "d'attribution (ContractAwardNotice)."
        )
    sous_type = str(racine.xpath(SOUS_TYPE, namespaces=ESPACES)).strip()
    sdk = (
        (racine.findtext(f"{{{ESPACES['cbc']}}}CustomizationID") or "")
        .removeprefix("eforms-sdk-")
        .strip()
    )
    return AvisLu(racine=racine, sous_type=sous_type, sdk=sdk)


def prevalider(avis: AvisLu, *, cpv_entier: tuple[Code, ...] = ()) -> list[Defaut]:
    """Tout ce qui manque, déborde ou se contredit, dans l'ordre de l'avis."""
    defauts = [
        defaut
        for champ in champs()
        for noeud in _noeuds(avis.racine, champ)
        for defaut in _defauts(avis, champ, noeud, cpv_entier)
    ]
    return list(dict.fromkeys([*defauts, *coherence.verifier(avis.racine)]))


def _noeuds(racine: etree._Element, champ: Champ) -> list[etree._Element]:
    return list(_xpath(champ.sur)(racine))


def _defauts(
    avis: AvisLu, champ: Champ, noeud: etree._Element, cpv_entier: tuple[Code, ...]
) -> Iterator[Defaut]:
    valeurs = [_texte(trouve) for trouve in _xpath(champ.chemin)(noeud)]
    lieu = lieu_de(noeud)
    if avis.sous_type in champ.obligatoire and not any(valeurs) and _est_exige(champ, noeud):
        yield Defaut(
            bt=champ.bt,
            champ=champ.nom,
            lieu=lieu,
            phrase=f"Il manque {champ.nom}.",
            remede=champ.remede,
        )
    for valeur in filter(None, valeurs):
        if phrase := _mauvaise_forme(champ, valeur, cpv_entier):
            yield Defaut(
                bt=champ.bt, champ=champ.nom, lieu=lieu, phrase=phrase[0], remede=phrase[1]
            )


def _est_exige(champ: Champ, noeud: etree._Element) -> bool:
    return not champ.si or bool(_xpath(f"boolean({champ.si})")(noeud))


def _mauvaise_forme(
    champ: Champ, valeur: str, cpv_entier: tuple[Code, ...]
) -> tuple[str, str] | None:
    if champ.longueur and len(valeur) > champ.longueur:
        phrase = f"{_debut(champ)} fait {len(valeur)} caractères ; la limite est {champ.longueur}."
        return phrase, f"Retirez {len(valeur) - champ.longueur} caractères."
    if champ.liste == "cpv":
        phrase, _, remede = cpv.phrase_de_defaut(valeur, complete=cpv_entier).partition(". ")
        return (f"{_debut(champ)} : {phrase}.", remede) if phrase else None
    if champ.liste == "nuts-3-si-FR":
        if valeur.startswith("FR") and not nuts.est_connu(valeur):
            return (
                f"{_debut(champ)} : « {valeur} » n'est pas un département.",
                "Choisissez un code NUTS de niveau 3, comme FRE12.",
            )
        return None
    if champ.liste and valeur not in listes()[champ.liste]:
        return f"{_debut(champ)} : « {valeur} » n'est pas un code de la liste.", _codes_possibles(
            champ.liste
        )
    if champ.motif and not re.fullmatch(champ.motif, valeur):
        return (
            f"{_debut(champ)} : « {valeur[:80]} » n'a pas la forme attendue.",
            f"Forme attendue : {champ.forme}.",
        )
    return None


def _codes_possibles(liste: str) -> str:
    codes = listes()[liste]
    montres = ", ".join(
        f"{code} ({libelle})" for code, libelle in list(codes.items())[:CODES_MONTRES]
    )
    return f"Codes possibles : {montres}{'…' if len(codes) > CODES_MONTRES else '.'}"


def _debut(champ: Champ) -> str:
    return champ.nom[0].upper() + champ.nom[1:]


def lieu_de(noeud: etree._Element) -> str:
    """Le lot ou l'organisation où est ce nœud : ce que la personne reconnaîtra."""
    for ancetre in [noeud, *noeud.iterancestors()]:
        nom = etree.QName(ancetre).localname
        if nom == "ProcurementProjectLot":
            return _premier(ancetre, "cbc:ID") or "un lot"
        if nom == "Company":
            return _premier(ancetre, "cac:PartyName/cbc:Name") or _premier(
                ancetre, "cac:PartyIdentification/cbc:ID"
            )
    return ""


def _premier(noeud: etree._Element, chemin: str) -> str:
    return next((_texte(trouve) for trouve in _xpath(chemin)(noeud)), "")


def _texte(trouve: object) -> str:
    """Un élément ou un attribut, sans ses blancs."""
    brut = trouve.text if isinstance(trouve, etree._Element) else str(trouve)
    return (brut or "").strip()


@cache
def _xpath(chemin: str) -> etree.XPath:
    return etree.XPath(chemin, namespaces=ESPACES)
