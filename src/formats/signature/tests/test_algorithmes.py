"""Un algorithme rare se vérifie, un inconnu est un doute, une valeur fausse est fausse."""

import hashlib
from functools import cache

import pytest
from asn1crypto import algos, cms
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from formats.signature import Demande, Verdict, verifier
from formats.signature.algorithmes import ECDSA_SIMPLE, EMPREINTES, RSA_SHA3
from formats.signature.tests import cas, pki

RSA_SHA3_256, SHA256_RSA = "2.16.840.1.101.3.4.3.14", "1.2.840.113549.1.1.11"
INCONNU = "1.3.6.1.4.1.99999.7"


@cache
def d_une_courbe() -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    """Le certificat de la porteuse, refait pour une clé de courbe elliptique."""
    cle, modele, racine = ec.generate_private_key(ec.SECP256R1()), pki.porteur(), pki.autorite()
    chantier = x509.CertificateBuilder(
        issuer_name=racine.certificat.subject,
        subject_name=modele.certificat.subject,
        public_key=cle.public_key(),
        serial_number=modele.certificat.serial_number + 1,
        not_valid_before=modele.certificat.not_valid_before_utc,
        not_valid_after=modele.certificat.not_valid_after_utc,
        extensions=list(modele.certificat.extensions),
    )
    return cle, chantier.sign(racine.cle, hashes.SHA256())


def recrite(*, document: str, identifiant: str, signer, certificat=None) -> bytes:
    """La même signature CAdES, ses empreintes et sa valeur refaites sous d'autres algorithmes."""
    enveloppe = cms.ContentInfo.load(pki.cms_signe(cas.DOCUMENT))
    signee = enveloppe["content"]
    signataire = signee["signer_infos"][0]
    signee["digest_algorithms"] = [{"algorithm": document}]
    signataire["digest_algorithm"] = {"algorithm": document}
    attributs = signataire["signed_attrs"]
    for attribut in attributs:
        if attribut["type"].native == "message_digest":
            attribut["values"] = [hashlib.new(document, cas.DOCUMENT).digest()]
        elif certificat is not None and attribut["type"].native == "signing_certificate_v2":
            der = certificat.public_bytes(pki.serialization.Encoding.DER)
            attribut["values"] = [{"certs": [{"cert_hash": hashlib.sha256(der).digest()}]}]
    gardes = [a for a in attributs if a["type"].native != "cms_algorithm_protection"]
    signataire["signed_attrs"] = cms.CMSAttributes(gardes)
    if certificat is not None:
        sien = pki_en_asn1(certificat)
        signee["certificates"] = [sien, *list(signee["certificates"])[1:]]
        emetteur = {"issuer": sien.issuer, "serial_number": sien.serial_number}
        signataire["sid"] = cms.SignerIdentifier("issuer_and_serial_number", emetteur)
    signataire["signature_algorithm"] = algos.SignedDigestAlgorithm({"algorithm": identifiant})
    a_signer = signataire["signed_attrs"].untag().dump(force=True)
    signataire["signature"] = signer(a_signer)
    return bytes(enveloppe.dump(force=True))


def pki_en_asn1(certificat):
    from asn1crypto import x509 as asn1

    return asn1.Certificate.load(certificat.public_bytes(pki.serialization.Encoding.DER))


def en_rsa(empreinte: str):
    return lambda octets: pki.porteur().cle.sign(octets, padding.PKCS1v15(), EMPREINTES[empreinte])


def en_ecdsa_simple(empreinte: str):
    def signer(octets: bytes) -> bytes:
        r, s = decode_dss_signature(d_une_courbe()[0].sign(octets, ec.ECDSA(EMPREINTES[empreinte])))
        return r.to_bytes(32) + s.to_bytes(32)

    return signer


def jugee(octets: bytes):
    demande = Demande("acte.p7m", octets, existait_le=pki.RECU_LE)
    (signature,) = verifier(demande, pki.confiance()).signatures
    return signature


@pytest.mark.parametrize(("identifiant", "empreinte"), RSA_SHA3.items())
def test_rsa_avec_sha_3_se_verifie(identifiant, empreinte):
    signature = jugee(
        recrite(document=empreinte, identifiant=identifiant, signer=en_rsa(empreinte))
    )

    assert signature.verdict is Verdict.REUSSIE, signature.motif


@pytest.mark.parametrize(("identifiant", "empreinte"), ECDSA_SIMPLE.items())
def test_ecdsa_simple_se_verifie(identifiant, empreinte):
    signature = jugee(
        recrite(
            document=empreinte,
            identifiant=identifiant,
            signer=en_ecdsa_simple(empreinte),
            certificat=d_une_courbe()[1],
        )
    )

    assert signature.verdict is Verdict.REUSSIE, signature.motif


@pytest.mark.parametrize(
    ("document", "identifiant", "prise"),
    [
        ("sha3_256", SHA256_RSA, "sha256"),
        ("sha3_256", SHA256_RSA, "sha3_256"),
        ("sha256", RSA_SHA3_256, "sha3_256"),
        ("sha256", RSA_SHA3_256, "sha256"),
    ],
)
def test_deux_empreintes_melees_se_verifient(document, identifiant, prise):
    """L'identifiant de signature et celui de l'empreinte diffèrent : des outils écrivent ainsi."""
    signature = jugee(recrite(document=document, identifiant=identifiant, signer=en_rsa(prise)))

    assert signature.verdict is Verdict.REUSSIE, signature.motif


def test_un_algorithme_inconnu_est_un_doute_et_le_dit():
    octets = recrite(document="sha256", identifiant=INCONNU, signer=en_rsa("sha256"))

    signature = jugee(octets)

    assert signature.verdict is Verdict.INDETERMINEE
    assert INCONNU in signature.motif and "n'est pas connu d'ici" in signature.motif


@pytest.mark.parametrize("identifiant", [RSA_SHA3_256, SHA256_RSA])
def test_une_valeur_fausse_reste_fausse(identifiant):
    def de_travers(octets: bytes) -> bytes:
        return en_rsa("sha3_256")(octets + b"!")

    octets = recrite(document="sha3_256", identifiant=identifiant, signer=de_travers)

    assert jugee(octets).verdict is Verdict.ECHEC


def test_une_empreinte_fausse_n_est_pas_sauvee_par_l_autre():
    """SHA-1 n'est pas des empreintes que l'on essaie."""
    octets = recrite(document="sha1", identifiant=SHA256_RSA, signer=en_rsa("sha256"))

    assert jugee(octets).verdict is not Verdict.REUSSIE
