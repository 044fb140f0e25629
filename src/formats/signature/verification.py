"""Vérifier les signatures d'un fichier, dans un processus à part :
ni réseau, ni écriture, 20 s de calcul, 1 Gio.
"""

import base64
import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version
from typing import Any

from formats.lecture.enclos import couper_du_monde, lancer, limiter
from formats.signature.confiance import Confiance
from formats.signature.rapport import (
    RapportDeSignature,
    SignatureVerifiee,
    depuis_json,
    illisible,
    pour_json,
)
from formats.signature.verdict import AUTRE_DOCUMENT, ILLISIBLE, HorsProfil

SECONDES_DE_CALCUL, SECONDES_D_ATTENTE, MEMOIRE = 20, 60, 1 << 30
OCTETS_LUS = 200_000_000
SUFFIXES_CMS = (".p7s", ".p7m", ".p7c", ".cms", ".pkcs7")
ESPACE_XMLDSIG = b"http://www.w3.org/2000/09/xmldsig#"

TOMBE = (
    "La vérification s'est arrêtée sur ce fichier, par sécurité : il demande trop de mémoire, "
    "ou il est piégé."
)
TROP_LONG = (
    "La vérification de ce fichier n'en finissait pas : elle a été arrêtée. Rien n'en est dit."
)
TROP_GROS = (
    "Ce fichier est trop gros pour être vérifié ici (plus de 200 Mo). "
    "Vérifiez-le avec un autre outil."
)


@dataclass(frozen=True)
class Demande:
    """Un fichier à vérifier. `document` : ce que signe une signature détachée. `existait_le` : il
    était déjà là, preuve à l'appui ; c'est à cet instant, sinon à celui que la signature déclare,
    que le certificat est jugé.
    """

    nom: str
    octets: bytes
    document: bytes | None = None
    nom_du_document: str = ""
    existait_le: datetime | None = None


def verifier(demande: Demande, confiance: Confiance) -> RapportDeSignature:
    """Le rapport ; jamais d'exception pour un fichier hostile,
    qui ne touche que le processus enfant.
    """
    vide = _vide(demande, confiance)
    if len(demande.octets) + len(demande.document or b"") > OCTETS_LUS:
        return replace(vide, lacune=TROP_GROS)
    if nature(demande) == "":
        return vide
    try:
        fait = lancer(
            "formats.signature.verification",
            _en_paquet(demande, confiance),
            attente=SECONDES_D_ATTENTE,
        )
    except subprocess.TimeoutExpired:
        return replace(vide, lacune=TROP_LONG)
    if fait.returncode:
        return replace(vide, lacune=TROP_LONG if fait.returncode in {-24, -9} else TOMBE)
    return depuis_json(json.loads(fait.stdout))


def nature(demande: Demande) -> str:
    """Ce que le fichier a l'air d'être, sans le lire vraiment ;
    vide s'il ne porte pas de signature.
    """
    octets = demande.octets
    from formats.signature.asic import est_un_conteneur
    from formats.signature.pdf import MARQUE

    if octets[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf" if MARQUE in octets else ""
    if est_un_conteneur(octets):
        return "asic"
    debut = octets[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if debut.startswith((b"<", b"\xff\xfe", b"\xfe\xff")) and (
        ESPACE_XMLDSIG in octets or b"\x00" in debut[:8]
    ):
        return "xml"
    est_cms = (
        debut.startswith((b"-----BEGIN PKCS7", b"-----BEGIN CMS"))
        or b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" in octets[:40]
    )
    return "cms" if est_cms or demande.nom.lower().endswith(SUFFIXES_CMS) else ""


def verifier_ici(demande: Demande, confiance: Confiance) -> RapportDeSignature:
    """La même vérification, sans enclos : ce que fait le processus enfant."""
    sorte = nature(demande)
    try:
        signatures = _signatures(sorte, demande, confiance)
    except HorsProfil as refus:
        signatures = (illisible(_FORMATS.get(sorte, ""), refus.sous_indication, refus.phrase),)
    except Exception as panne:  # noqa: BLE001 — d'un fichier hostile, toute panne du lecteur est un doute, pas une erreur
        signatures = (illisible(_FORMATS.get(sorte, ""), *_refus_de_pyhanko(panne)),)
    return replace(_vide(demande, confiance), signatures=signatures)


_FORMATS = {"pdf": "PAdES", "cms": "CAdES", "xml": "XAdES", "asic": "ASiC"}


def _refus_de_pyhanko(panne: Exception) -> tuple[str, str]:
    """pyHanko dit parfois pourquoi, dans les mots de la norme ;
    toute autre panne d'un lecteur est un doute.
    """
    indication = getattr(panne, "ades_subindication", None)
    if indication is not None:
        return indication.standard_name, ""
    return "GENERIC", ILLISIBLE


def _signatures(
    sorte: str, demande: Demande, confiance: Confiance
) -> tuple[SignatureVerifiee, ...]:
    from formats.signature import asic, cms, pdf, xades
    from formats.signature.confiance import preuves_de

    if not sorte:
        return ()
    preuves, quand = preuves_de(confiance), demande.existait_le
    if sorte == "pdf":
        _se_suffit(demande, demande.octets)
        return pdf.verifier(demande.octets, preuves, quand)
    if sorte == "cms":
        return (cms.verifier(demande.octets, demande.document, preuves, quand),)
    if sorte == "xml":
        return (xades.verifier(demande.octets, demande.document, preuves, quand),)
    conteneur = asic.ouvrir(demande.octets)
    _se_suffit(demande, conteneur.document)
    lire = xades.verifier if conteneur.signature.lstrip().startswith(b"<") else cms.verifier
    return (lire(conteneur.signature, conteneur.document, preuves, quand),)


def _se_suffit(demande: Demande, signe: bytes) -> None:
    """Un fichier qui porte ce qu'il signe ne dit rien d'un autre document, posé à côté de lui."""
    if demande.document is not None and demande.document != signe:
        raise HorsProfil("SIG_CONSTRAINTS_FAILURE", AUTRE_DOCUMENT)


def _vide(demande: Demande, confiance: Confiance) -> RapportDeSignature:
    document = demande.document
    return RapportDeSignature(
        nom=demande.nom,
        empreinte=hashlib.sha256(demande.octets).hexdigest(),
        taille=len(demande.octets),
        document=demande.nom_du_document,
        empreinte_du_document=hashlib.sha256(document).hexdigest() if document is not None else "",
        existait_le=demande.existait_le,
        confiance=confiance.phrase,
        outils=tuple(
            f"{nom} {version(nom)}"
            for nom in ("pyHanko", "pyhanko-certvalidator", "signxml", "lxml", "cryptography")
        ),
    )


def _en_paquet(demande: Demande, confiance: Confiance) -> bytes:
    """Une ligne de JSON, puis les octets du fichier et de son document, bout à bout."""
    entete = {
        "nom": demande.nom,
        "nom_du_document": demande.nom_du_document,
        "taille": len(demande.octets),
        "avec_document": demande.document is not None,
        "existait_le": demande.existait_le.isoformat() if demande.existait_le else "",
        "racines": [base64.b64encode(une).decode() for une in confiance.racines],
        "revocations": [base64.b64encode(une).decode() for une in confiance.revocations],
        "listes": confiance.listes.decode(),
        "le": confiance.le.isoformat() if confiance.le else "",
    }
    return b"".join((json.dumps(entete).encode(), b"\n", demande.octets, demande.document or b""))


def _depuis_le_paquet(paquet: bytes) -> tuple[Demande, Confiance]:
    ligne, _, reste = paquet.partition(b"\n")
    dit: dict[str, Any] = json.loads(ligne)
    demande = Demande(
        nom=dit["nom"],
        octets=reste[: dit["taille"]],
        document=reste[dit["taille"] :] if dit["avec_document"] else None,
        nom_du_document=dit["nom_du_document"],
        existait_le=datetime.fromisoformat(dit["existait_le"]) if dit["existait_le"] else None,
    )
    racines, revocations = (
        tuple(base64.b64decode(une) for une in dit[cle]) for cle in ("racines", "revocations")
    )
    le = datetime.fromisoformat(dit["le"]) if dit["le"] else None
    return demande, Confiance(racines, revocations, dit["listes"].encode(), le)


def enfant() -> None:
    """Ce que fait le processus : se borner, lire l'entrée, répondre."""
    limiter(memoire=MEMOIRE, secondes=SECONDES_DE_CALCUL)
    couper_du_monde()
    rapport = verifier_ici(*_depuis_le_paquet(sys.stdin.buffer.read()))
    sys.stdout.buffer.write(json.dumps(pour_json(rapport), ensure_ascii=False).encode())
