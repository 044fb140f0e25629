"""Le profil strict d'une signature XAdES :
une seule, à sa place, sur ce qu'on lit, et rien de plus.

Une bibliothèque vérifie ce que les références désignent ; elle ne dit pas que c'est ce que
l'on lit. L'enveloppement de signature (XSW) vit dans cet écart : le fragment signé est
déplacé, un autre est affiché. Tout ce qui n'est pas une des trois formes admises sort donc du
profil, avant toute cryptographie.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

from formats.signature.verdict import HorsProfil

type Element = Any

DS, XADES = "http://www.w3.org/2000/09/xmldsig#", "http://uri.etsi.org/01903/v1.3.2#"
ASIC = "http://uri.etsi.org/02918/v1.2.1#"
TYPE_DES_PROPRIETES = "http://uri.etsi.org/01903#SignedProperties"
ENVELOPPEE, BASE64 = f"{DS}enveloped-signature", f"{DS}base64"
CANONIQUES = frozenset(
    {
        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
        "http://www.w3.org/2006/12/xml-c14n11",
        "http://www.w3.org/2001/10/xml-exc-c14n#",
    }
)
IDENTIFIANTS = ("Id", "ID", "id", "{http://www.w3.org/XML/1998/namespace}id")
FAIBLES = re.compile(r"sha1|md5|ripemd|#(?:dsa|hmac)-", re.IGNORECASE)
PROFONDEUR, ELEMENTS = 100, 200_000


@dataclass(frozen=True)
class Profil:
    """La signature, et la seule référence qui désigne le document."""

    racine: Element
    signature: Element
    proprietes: Element
    reference: Element
    disposition: str
    nombre_de_references: int


def lire(octets: bytes) -> Element:
    """La racine, sans DTD ni entité ni réseau."""
    lecteur = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
    )
    try:
        racine = etree.fromstring(octets, lecteur)
    except (etree.XMLSyntaxError, ValueError) as panne:
        raise HorsProfil("GENERIC", "Ce fichier XML est abîmé : il n'a pas pu être lu.") from panne
    if racine.getroottree().docinfo.doctype:
        raise HorsProfil(
            "GENERIC",
            "Ce fichier XML déclare une DTD ou des entités : il n'est pas vérifié, par sécurité.",
        )
    _rien_autour(racine)
    profondeur = plus_profond = elements = 0
    for evenement, _ in etree.iterwalk(racine, events=("start", "end")):
        profondeur += 1 if evenement == "start" else -1
        plus_profond, elements = max(plus_profond, profondeur), elements + 1
    if plus_profond > PROFONDEUR or elements > 2 * ELEMENTS:
        raise HorsProfil(
            "GENERIC", "Ce fichier XML est démesuré : il n'est pas vérifié, par sécurité."
        )
    return racine


def _rien_autour(racine: Element) -> None:
    """Une feuille de style peut changer ce qui s'affiche,
    et la signature ne couvre que la racine.
    """
    autour = [*racine.itersiblings(preceding=True), *racine.itersiblings()]
    if any(un.tag is etree.ProcessingInstruction for un in autour):
        raise HorsProfil(
            "SIG_CONSTRAINTS_FAILURE", "Une instruction non signée entoure le document XML."
        )


def examiner(racine: Element, *, document_donne: bool) -> Profil:
    """Lève `HorsProfil` au premier écart."""
    signature = _la_signature(racine)
    _sans_doublon(racine)
    _algorithmes_surs(signature)
    proprietes = _les_proprietes(racine, signature)
    references = signature.findall(f"{{{DS}}}SignedInfo/{{{DS}}}Reference")
    documents = [une for une in references if not _est_annexe(une, signature, proprietes)]
    if len(documents) != 1:
        combien = f"La signature désigne {len(documents)} documents au lieu d'un"
        raise HorsProfil("SIG_CONSTRAINTS_FAILURE", f"{combien} : ce qu'elle couvre n'est pas sûr.")
    (reference,) = documents
    disposition = _disposition(racine, signature, reference, document_donne=document_donne)
    return Profil(racine, signature, proprietes, reference, disposition, len(references))


def _la_signature(racine: Element) -> Element:
    """Exactement une, à la racine ou juste dessous."""
    toutes = list(racine.iter(f"{{{DS}}}Signature"))
    if len(toutes) != 1:
        raise HorsProfil(
            "SIG_CONSTRAINTS_FAILURE",
            f"Ce fichier XML porte {len(toutes)} signatures : une seule se vérifie.",
        )
    (signature,) = toutes
    if signature is not racine and signature.getparent() is not racine:
        raise HorsProfil(
            "SIG_CONSTRAINTS_FAILURE",
            "La signature n'est pas à la place attendue dans le fichier XML.",
        )
    return signature


def _sans_doublon(racine: Element) -> None:
    vus: set[str] = set()
    for element in racine.iter(etree.Element):
        portes = {str(element.get(nom)) for nom in IDENTIFIANTS if element.get(nom) is not None}
        autres = {
            str(valeur)
            for nom, valeur in element.attrib.items()
            if str(nom).rpartition("}")[2].lower() == "id" and nom not in IDENTIFIANTS
        }
        if len(portes | autres) > 1 or (portes | autres) & vus:
            raise HorsProfil(
                "SIG_CONSTRAINTS_FAILURE",
                "Un identifiant est en double : ce qui est signé est équivoque.",
            )
        vus |= portes | autres


def _algorithmes_surs(signature: Element) -> None:
    """SHA-1, MD5, DSA et les codes à secret partagé ne prouvent plus rien."""
    for element in signature.iter(f"{{{DS}}}DigestMethod", f"{{{DS}}}SignatureMethod"):
        algorithme = str(element.get("Algorithm", ""))
        if FAIBLES.search(algorithme):
            raise HorsProfil("CRYPTO_CONSTRAINTS_FAILURE", "")


def _les_proprietes(racine: Element, signature: Element) -> Element:
    """Les propriétés signées, uniques, dans l'objet de la signature elle-même."""
    trouvees = list(racine.iter(f"{{{XADES}}}SignedProperties"))
    place = signature.findall(
        f"{{{DS}}}Object/{{{XADES}}}QualifyingProperties/{{{XADES}}}SignedProperties"
    )
    if len(trouvees) != 1 or place != trouvees:
        raise HorsProfil(
            "GENERIC",
            "Ce n'est pas une signature XAdES : ses propriétés signées manquent, ou sont ailleurs.",
        )
    cible, identifiant = trouvees[0].getparent().get("Target", ""), signature.get("Id", "")
    if not identifiant or cible != f"#{identifiant}":
        raise HorsProfil(
            "SIG_CONSTRAINTS_FAILURE", "Les propriétés signées ne désignent pas cette signature."
        )
    return trouvees[0]


def _est_annexe(reference: Element, signature: Element, proprietes: Element) -> bool:
    """Une référence aux propriétés signées, ou au certificat : elle ne désigne pas le document."""
    uri = reference.get("URI")
    if uri and proprietes.get("Id") and uri == f"#{proprietes.get('Id')}":
        _transformations(reference, CANONIQUES)
        return True
    infos = signature.find(f"{{{DS}}}KeyInfo")
    if uri and infos is not None and infos.get("Id") and uri == f"#{infos.get('Id')}":
        _transformations(reference, CANONIQUES)
        return True
    return False


def _transformations(reference: Element, permises: frozenset[str]) -> list[str]:
    """La liste des transformations, toutes permises :
    la bibliothèque ignore en silence celles qu'elle ne connaît pas.
    """
    toutes = reference.findall(f"{{{DS}}}Transforms/{{{DS}}}Transform")
    noms = [str(une.get("Algorithm", "")) for une in toutes]
    if set(noms) - permises or len(noms) != len(set(noms)) or len(set(noms) & CANONIQUES) > 1:
        raise HorsProfil(
            "GENERIC", "La signature emploie une transformation qui ne se vérifie pas ici."
        )
    if noms and set(noms) & CANONIQUES and noms[-1] not in CANONIQUES:
        raise HorsProfil(
            "GENERIC", "La signature emploie ses transformations dans un ordre inattendu."
        )
    return noms


def _disposition(
    racine: Element, signature: Element, reference: Element, *, document_donne: bool
) -> str:
    uri = reference.get("URI")
    if uri == "" and signature is not racine:
        noms = _transformations(reference, CANONIQUES | {ENVELOPPEE})
        if noms[:1] != [ENVELOPPEE]:
            raise HorsProfil(
                "GENERIC",
                (
                    "La signature couvre le document sans s'en retirer : "
                    "elle ne peut pas être vérifiée."
                ),
            )
        return "enveloppée"
    if uri and uri.startswith("#"):
        return _enveloppante(racine, signature, reference, uri[1:])
    if uri and (signature is racine or racine.tag == f"{{{ASIC}}}XAdESSignatures"):
        if not document_donne:
            raise HorsProfil("SIGNED_DATA_NOT_FOUND", "")
        _transformations(reference, CANONIQUES)
        return "détachée"
    raise HorsProfil(
        "SIG_CONSTRAINTS_FAILURE", "La signature ne dit pas clairement quel document elle couvre."
    )


def _enveloppante(racine: Element, signature: Element, reference: Element, identifiant: str) -> str:
    """Le document est un objet de la signature, et la signature est tout le fichier."""
    objets = [o for o in signature.findall(f"{{{DS}}}Object") if o.get("Id") == identifiant]
    autres = [o for o in signature.findall(f"{{{DS}}}Object") if o.get("Id") != identifiant]
    if (
        signature is not racine
        or len(objets) != 1
        or any(not _porte_les_proprietes(o) for o in autres)
    ):
        raise HorsProfil(
            "SIG_CONSTRAINTS_FAILURE", "Ce que la signature désigne n'est pas tout le document."
        )
    _transformations(reference, CANONIQUES | {BASE64})
    return "enveloppante"


def _porte_les_proprietes(objet: Element) -> bool:
    return [enfant.tag for enfant in objet] == [f"{{{XADES}}}QualifyingProperties"]


def est_transforme(profil: Profil) -> bool:
    return profil.reference.find(f"{{{DS}}}Transforms/{{{DS}}}Transform") is not None


def document_enveloppe(profil: Profil) -> bytes | None:
    """Le fichier que l'objet contient en base 64 ; aucun si l'objet est du XML."""
    (objet,) = [
        o
        for o in profil.signature.findall(f"{{{DS}}}Object")
        if f"#{o.get('Id')}" == profil.reference.get("URI")
    ]
    transformations = profil.reference.findall(f"{{{DS}}}Transforms/{{{DS}}}Transform")
    if len(objet) or BASE64 not in {une.get("Algorithm") for une in transformations}:
        return None
    try:
        return base64.b64decode("".join((objet.text or "").split()), validate=True)
    except (binascii.Error, ValueError):
        return None
