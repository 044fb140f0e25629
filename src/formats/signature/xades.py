"""XAdES (ETSI EN 319 132) :
signxml vérifie, sous le profil strict, puis ce qu'il a vérifié est comparé à ce qu'on lit.
"""

import asyncio
import base64
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from formats.signature import profil_xades
from formats.signature.cms import dire_le_jeton
from formats.signature.confiance import Preuves
from formats.signature.jugement import Constat, conclure
from formats.signature.profil_xades import DS, XADES, Element, Profil
from formats.signature.rapport import SignatureVerifiee
from formats.signature.temps import Temps
from formats.signature.verdict import AUTRE_DOCUMENT, ILLISIBLE, HorsProfil

NON_SIGNEES = (
    f"{{{XADES}}}QualifyingProperties/{{{XADES}}}UnsignedProperties/"
    f"{{{XADES}}}UnsignedSignatureProperties"
)
BITS_DE_RSA = 2048
COUVERTURES = {
    "enveloppée": "Tout le document XML est signé.",
    "enveloppante": "Tout le document contenu dans la signature est signé.",
    "détachée": "Tout le document donné est signé.",
}


@dataclass(frozen=True)
class _Cryptographie:
    intacte: bool
    valide: bool
    signe: bytes = b""


def verifier(
    octets: bytes, document: bytes | None, preuves: Preuves, existait_le: datetime | None
) -> SignatureVerifiee:
    racine = profil_xades.lire(octets)
    profil = profil_xades.examiner(racine, document_donne=document is not None)
    certificats = _certificats(profil.signature)
    certificat = _le_certificat(profil, certificats)
    faite = _cryptographie(octets, document, profil, certificat)
    if faite.intacte and faite.valide:
        _comparer(profil, faite.signe, document)
    jointes = preuves.avec(
        [c for c in certificats if c is not certificat], *_preuves_jointes(profil.signature)
    )
    declaree = _heure_declaree(profil.proprietes)
    jeton = _jeton(profil.signature, jointes, existait_le or declaree)
    jeton_bon = jeton is not None and jeton.intact and jeton.valid
    return conclure(
        Constat(
            format="XAdES",
            niveau=_niveau(profil.signature, jeton_bon),
            disposition=profil.disposition,
            certificat=certificat,
            intacte=faite.intacte,
            valide=faite.valide,
            temps=Temps(
                declaree, jeton.timestamp if jeton_bon and jeton.trusted else None, existait_le
            ),
            algorithmes=_algorithmes(profil),
            faible=_cle_trop_courte(certificat),
            couverture=COUVERTURES[profil.disposition],
            couvre_tout=True,
            empreinte_signee=hashlib.sha256(faite.signe).hexdigest() if faite.signe else "",
            horodateur=dire_le_jeton(jeton),
            sans_reproche=jeton is None or (jeton_bon and jeton.trusted),
            preuves=jointes,
        )
    )


def signataire_du_document(octets: bytes) -> tuple[bytes, Element | None]:
    """Le certificat (DER) d'une signature enveloppée qui couvre tout le document, et le
    document ; aucun s'il a changé.
    """
    profil = profil_xades.examiner(profil_xades.lire(octets), document_donne=False)
    if profil.disposition != "enveloppée":
        raise HorsProfil(
            "SIG_CONSTRAINTS_FAILURE", "La signature n'est pas dans le document qu'elle couvre."
        )
    certificat = _le_certificat(profil, _certificats(profil.signature))
    faite = _cryptographie(octets, None, profil, certificat)
    if not (faite.intacte and faite.valide):
        return bytes(certificat.dump()), None
    _comparer(profil, faite.signe, None)
    return bytes(certificat.dump()), profil.racine


def _certificats(signature: Element) -> list[Any]:
    from asn1crypto import x509

    portes = signature.findall(f"{{{DS}}}KeyInfo/{{{DS}}}X509Data/{{{DS}}}X509Certificate")
    joints = signature.findall(
        f"{{{DS}}}Object/{NON_SIGNEES}"
        f"/{{{XADES}}}CertificateValues/{{{XADES}}}EncapsulatedX509Certificate"
    )
    try:
        return [x509.Certificate.load(octets_de(un), strict=True) for un in (*portes, *joints)]
    except (ValueError, TypeError) as panne:
        raise HorsProfil("NO_SIGNING_CERTIFICATE_FOUND", "") from panne


def octets_de(element: Element) -> bytes:
    return base64.b64decode("".join((element.text or "").split()), validate=True)


def _le_certificat(profil: Profil, certificats: list[Any]) -> Any:
    """Celui que les propriétés signées nomment par son empreinte (EN 319 132-1, 5.2.2)."""
    signees = f"{{{XADES}}}SignedSignatureProperties"
    nommes = [
        un
        for nom in ("SigningCertificateV2", "SigningCertificate")
        for un in profil.proprietes.findall(
            f"{signees}/{{{XADES}}}{nom}/{{{XADES}}}Cert/{{{XADES}}}CertDigest"
        )
    ]
    if nommes:
        methode = str(nommes[0].findtext(f"{{{DS}}}DigestMethod") or "")
        methode = str(nommes[0].find(f"{{{DS}}}DigestMethod").get("Algorithm", methode)).rpartition(
            "#"
        )[2]
        valeur = nommes[0].find(f"{{{DS}}}DigestValue")
        for certificat in (
            certificats if valeur is not None and methode in {"sha256", "sha384", "sha512"} else ()
        ):
            if hashlib.new(methode, certificat.dump()).digest() == octets_de(valeur):
                return certificat
    raise HorsProfil("NO_SIGNING_CERTIFICATE_FOUND", "")


def _cryptographie(
    octets: bytes, document: bytes | None, profil: Profil, certificat: Any
) -> _Cryptographie:
    """Ce que signxml vérifie.

    La validité du certificat se juge à part : ici, il est pris au milieu de ses dates.
    """
    import cryptography.exceptions
    from cryptography import x509
    from signxml import exceptions
    from signxml.algorithms import CanonicalizationMethod
    from signxml.xades.xades import XAdESSignatureConfiguration, XAdESVerifier

    detache = _a_resumer(profil, document)
    milieu = (
        certificat.not_valid_before + (certificat.not_valid_after - certificat.not_valid_before) / 2
    )
    reglages = XAdESSignatureConfiguration(
        expect_references=True,
        location="./",
        verification_time=milieu,
        default_reference_c14n_method=CanonicalizationMethod.CANONICAL_XML_1_0,
    )
    try:
        resultats = XAdESVerifier().verify(
            octets,
            x509_cert=x509.load_der_x509_certificate(certificat.dump()),
            uri_resolver=(lambda _: detache) if profil.disposition == "détachée" else None,
            expect_config=reglages,
        )
    except exceptions.InvalidDigest:
        return _Cryptographie(intacte=False, valide=True)
    except exceptions.InvalidInput as refus:
        raise HorsProfil("GENERIC", ILLISIBLE) from refus
    except (exceptions.InvalidSignature, cryptography.exceptions.InvalidSignature) as fausse:
        return _fausse(fausse)
    except (
        exceptions.SignXMLException,
        etree.LxmlError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
    ) as refus:
        raise HorsProfil("GENERIC", ILLISIBLE) from refus
    return _Cryptographie(True, True, _ce_qui_est_signe(profil, resultats))


def _a_resumer(profil: Profil, document: bytes | None) -> Any:
    """Un document XML que la signature met en forme canonique se lit d'abord ;
    tout autre se résume tel quel.
    """
    if (
        profil.disposition != "détachée"
        or document is None
        or not profil_xades.est_transforme(profil)
    ):
        return document
    return profil_xades.lire(document)


def _fausse(refus: Exception) -> _Cryptographie:
    """Une signature que la cryptographie rejette ;
    le reste (longueur, références inattendues) n'est qu'un doute.
    """
    if "Signature verification failed" in str(refus):
        return _Cryptographie(intacte=True, valide=False)
    raise HorsProfil("GENERIC", ILLISIBLE) from refus


def _ce_qui_est_signe(profil: Profil, resultats: list[Any]) -> bytes:
    """Les octets de la référence du document, et d'elle seule ;
    toutes les autres sont des annexes vérifiées.
    """
    references = profil.signature.findall(f"{{{DS}}}SignedInfo/{{{DS}}}Reference")
    if len(resultats) != len(references) or len(references) != profil.nombre_de_references:
        raise HorsProfil("SIG_CONSTRAINTS_FAILURE", "")
    propres = [
        r
        for r in resultats
        if r.signed_xml is not None and r.signed_xml.tag == f"{{{XADES}}}SignedProperties"
    ]
    if len(propres) != 1 or etree.tostring(
        propres[0].signed_xml, method="c14n", exclusive=True
    ) != etree.tostring(profil.proprietes, method="c14n", exclusive=True):
        raise HorsProfil(
            "SIG_CONSTRAINTS_FAILURE", "Les propriétés vérifiées ne sont pas celles que l'on lit."
        )
    return bytes(resultats[references.index(profil.reference)].signed_data)


def _comparer(profil: Profil, signe: bytes, document: bytes | None) -> None:
    """Ce qui a été vérifié est ce que l'on lit, au bit près : refait sans la bibliothèque."""
    if profil.disposition == "détachée":
        pareil = signe == document or (
            profil_xades.est_transforme(profil)
            and _canonique(etree.fromstring(signe))
            == _canonique(profil_xades.lire(document or b""))
        )
    elif profil.disposition == "enveloppée":
        if document is not None:
            raise HorsProfil("SIG_CONSTRAINTS_FAILURE", AUTRE_DOCUMENT)
        pareil = _canonique(etree.fromstring(signe)) == _canonique(_sans_la_signature(profil))
    else:
        contenu = profil_xades.document_enveloppe(profil)
        pareil = signe == contenu if contenu is not None else _meme_objet(profil, signe)
    if not pareil:
        raise HorsProfil(
            "SIG_CONSTRAINTS_FAILURE", "Ce qui a été vérifié n'est pas ce que l'on lit."
        )
    if document is not None and profil.disposition == "enveloppante" and document != signe:
        raise HorsProfil("SIG_CONSTRAINTS_FAILURE", AUTRE_DOCUMENT)


def _canonique(racine: Element) -> bytes:
    return bytes(etree.tostring(racine, method="c14n", exclusive=True, with_comments=False))


def _sans_la_signature(profil: Profil) -> Element:
    copie = etree.fromstring(etree.tostring(profil.racine))
    (signature,) = copie.findall(f"{{{DS}}}Signature")
    precedent, suite = signature.getprevious(), signature.tail or ""
    if precedent is not None:
        precedent.tail = (precedent.tail or "") + suite
    else:
        copie.text = (copie.text or "") + suite
    copie.remove(signature)
    return copie


def _meme_objet(profil: Profil, signe: bytes) -> bool:
    objets = profil.signature.findall(f"{{{DS}}}Object")
    (objet,) = [un for un in objets if f"#{un.get('Id')}" == profil.reference.get("URI")]
    return _canonique(etree.fromstring(signe)) == _canonique(objet)


def _heure_declaree(proprietes: Element) -> datetime | None:
    dite = proprietes.findtext(f"{{{XADES}}}SignedSignatureProperties/{{{XADES}}}SigningTime")
    try:
        lue = datetime.fromisoformat((dite or "").strip())
    except ValueError:
        return None
    return lue if lue.tzinfo else lue.replace(tzinfo=UTC)


def _preuves_jointes(signature: Element) -> tuple[list[Any], list[Any]]:
    from asn1crypto import crl, ocsp

    valeurs = signature.find(f"{{{DS}}}Object/{NON_SIGNEES}/{{{XADES}}}RevocationValues")
    if valeurs is None:
        return [], []
    try:
        return (
            [
                crl.CertificateList.load(octets_de(v))
                for v in valeurs.iter(f"{{{XADES}}}EncapsulatedCRLValue")
            ],
            [
                ocsp.OCSPResponse.load(octets_de(v))
                for v in valeurs.iter(f"{{{XADES}}}EncapsulatedOCSPValue")
            ],
        )
    except (ValueError, TypeError):
        return [], []


def _jeton(signature: Element, preuves: Preuves, moment: datetime | None) -> Any:
    """Le jeton d'horodatage de la signature (EN 319 132-1, 5.3) :
    il porte sur sa valeur, mise en forme canonique.
    """
    from asn1crypto import cms
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
    from pyhanko.sign.validation.status import TimestampSignatureStatus

    place = signature.find(f"{{{DS}}}Object/{NON_SIGNEES}/{{{XADES}}}SignatureTimeStamp")
    jeton = None if place is None else place.find(f"{{{XADES}}}EncapsulatedTimeStamp")
    if place is None or jeton is None:
        return None
    methode = place.find(f"{{{DS}}}CanonicalizationMethod")
    exclusive = methode is not None and "exc-c14n" in str(methode.get("Algorithm"))
    valeur = etree.tostring(
        signature.find(f"{{{DS}}}SignatureValue"),
        method="c14n",
        exclusive=exclusive,
        with_tail=False,
    )
    try:
        signee = cms.ContentInfo.load(octets_de(jeton))["content"]
        lu = validate_tst_signed_data(
            signee, preuves.contexte_du_jeton(moment), lambda nom: hashlib.new(nom, valeur).digest()
        )
        return TimestampSignatureStatus(**asyncio.run(lu))
    except (SignatureValidationError, ValueError, TypeError, KeyError, AttributeError) as refus:
        raise HorsProfil(
            "GENERIC", "Le jeton d'horodatage joint à la signature ne se lit pas."
        ) from refus


def _niveau(signature: Element, jeton_bon: bool) -> str:
    non_signees = signature.find(f"{{{DS}}}Object/{NON_SIGNEES}")
    presents = (
        set() if non_signees is None else {str(un.tag).rpartition("}")[2] for un in non_signees}
    )
    if "ArchiveTimeStamp" in presents:
        return "B-LTA"
    if "RevocationValues" in presents:
        return "B-LT"
    return "B-T" if jeton_bon else "B-B"


def _cle_trop_courte(certificat: Any) -> bool:
    cle = certificat.public_key
    return cle.algorithm in {"rsa", "rsassa_pss"} and cle.bit_size < BITS_DE_RSA


def _algorithmes(profil: Profil) -> str:
    methode = profil.signature.find(f"{{{DS}}}SignedInfo/{{{DS}}}SignatureMethod")
    resume = profil.reference.find(f"{{{DS}}}DigestMethod")
    return ", ".join(
        str(un.get("Algorithm", "")).rpartition("#")[2]
        for un in (resume, methode)
        if un is not None
    )
