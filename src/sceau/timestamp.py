"""Timestamps (RFC 3161): ask for them, issue them, verify them.

    authority = timestamp.Authority.create(now, "Centre de gestion")
    token = authority.issue(digest, now)
    timestamp.verify(token, digest, timestamp.load_roots(authority.root_pem)).time

    query = timestamp.request(digest, nonce)              # to another authority
    token = timestamp.parse_response(answer)
    timestamp.verify(token, digest, roots, nonce=nonce)

The default policy OID of `Authority` belongs to nobody: an operator passes the one of its own arc.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from asn1crypto import cms, core, tsp
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from sceau._internal.authority import (
    DIGESTS,
    UNREGISTERED_POLICY,
    Authority,
    Response,
    digest_name,
    request,
    response,
)
from sceau._internal.chain import check_chain, check_usage
from sceau.errors import TimestampError

__all__ = [
    "UNREGISTERED_POLICY",
    "Authority",
    "Timestamp",
    "load_roots",
    "parse_response",
    "read",
    "request",
    "response",
    "verify",
]

_HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
_CERTIFICATES_LIMIT = 12
# asn1crypto and x509 parse lazily: anything malformed may surface at any access, as any of these.
_MALFORMED = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    OverflowError,
    RecursionError,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)


@dataclass(frozen=True, slots=True)
class Timestamp:
    """What a verified token says; `expires` is the end of its signer's certificate."""

    time: datetime
    serial: int
    policy: str
    authority: str
    accuracy: timedelta | None
    nonce: int | None
    expires: datetime


def load_roots(pem: bytes) -> list[x509.Certificate]:
    """The certificates of a PEM file."""
    try:
        return x509.load_pem_x509_certificates(pem)
    except ValueError:
        raise TimestampError("The trusted roots are not certificates in PEM.") from None


def parse_response(der: bytes) -> bytes:
    """The token of a TimeStampResp;
    TimestampError when the authority refused, with what it said.
    """
    try:
        answer = Response.load(der, strict=True)
        status, token = answer["status"].native, answer["time_stamp_token"]
        # The token is taken as received: once read, the library would write it again, slowly.
        present = not isinstance(token, core.Void)
        granted = status["status"] in ("granted", "granted_with_mods") and present
    except _MALFORMED:
        raise TimestampError("The answer of the authority is malformed.") from None
    if not granted:
        said = [*(status["status_string"] or []), *sorted(status["fail_info"] or [])]
        raise TimestampError("The authority refused the timestamp.", *said)
    return bytes(token.dump())


def verify(
    token: bytes,
    digest: bytes,
    roots: Sequence[x509.Certificate],
    at: datetime | None = None,
    *,
    nonce: int | None = None,
) -> Timestamp:
    """What a token says of `digest`, once everything in it is verified.

    The certificates must be valid at `at`, by default the time that the token states.
    TimestampError when the token is wrong in itself; UntrustedAuthority when only the link to
    one of `roots` is missing.
    """
    try:
        signed = _Signed(token, roots)
        signed.check_imprint(digest, nonce)
        signed.check_envelope()
        signed.check_signature()
        check_usage(signed.certificate)
        check_chain(signed.certificate, signed.certificates, roots, at or signed.timestamp.time)
    except _MALFORMED:
        raise TimestampError("The token is malformed.") from None
    return signed.timestamp


def read(token: bytes, digest: bytes, certificates: Sequence[x509.Certificate] = ()) -> Timestamp:
    """What a token says of `digest`, sound in itself; who issued it is not checked.
    TimestampError when it is wrong.

    `certificates` may hold the signer's, when the token does not carry it.
    """
    try:
        signed = _Signed(token, certificates)
        signed.check_imprint(digest, None)
        signed.check_envelope()
        signed.check_signature()
        check_usage(signed.certificate)
    except _MALFORMED:
        raise TimestampError("The token is malformed.") from None
    return signed.timestamp


class _Signed:
    """A token taken apart."""

    def __init__(self, token: bytes, roots: Sequence[x509.Certificate]) -> None:
        content = cms.ContentInfo.load(token, strict=True)
        _expect(content["content_type"].native == "signed_data", "The token is not signed data.")
        self._data = data = content["content"]
        inner = data["encap_content_info"]
        _expect(inner["content_type"].native == "tst_info", "The token is not a timestamp.")
        _expect(len(data["signer_infos"]) == 1, "A token has exactly one signer.")
        self._content = bytes(inner["content"])
        self._info = tsp.TSTInfo.load(self._content, strict=True)
        self._imprint = self._info["message_imprint"].native
        self._signer = data["signer_infos"][0]
        # The signature covers the attributes as a SET; on the wire they carry an implicit tag. They
        # are taken as received, before they are read: once read, the library would write them
        # again, for most of the time spent here.
        self._signed_bytes = b"\x31" + self._signer["signed_attrs"].dump()[1:]
        self._attributes = _attributes(self._signer["signed_attrs"])
        self._signature = self._signer["signature"].native
        self._digest_name = self._signer["digest_algorithm"]["algorithm"].native
        self._signature_kind, self._signature_hash = self._algorithms()
        self.certificates = _certificates(data["certificates"])
        self.certificate = self._find_signer([*self.certificates, *roots])
        self._certificate_ids = self._certificate_hashes()
        self.timestamp = self._timestamp()

    def check_imprint(self, digest: bytes, nonce: int | None) -> None:
        expected = (digest_name(digest), digest)
        found = (self._imprint["hash_algorithm"]["algorithm"], self._imprint["hashed_message"])
        _expect(found == expected, "The token is about something else: its digest differs.")
        _expect(
            nonce in (None, self.timestamp.nonce),
            "The token answers another request: its nonce differs.",
        )

    def check_envelope(self) -> None:
        """What no signature covers is as RFC 5652, 5.1 and 5.3 has it:
        no byte of a token can change unseen.
        """
        signer = "v1" if self._signer["sid"].name == "issuer_and_serial_number" else "v3"
        versions = (self._data["version"].native, self._signer["version"].native)
        digests = [*self._data["digest_algorithms"], self._signer["digest_algorithm"]]
        plain = all(digest["parameters"].native is None for digest in digests)
        named = self._digest_name in [
            digest["algorithm"].native for digest in self._data["digest_algorithms"]
        ]
        _expect(versions == ("v3", signer) and plain and named, "The token was altered.")

    def check_signature(self) -> None:
        """The attributes bind the content and the certificate;
        the signature binds the attributes.
        """
        _expect(self._digest_name in DIGESTS, "The token uses a digest that is not accepted.")
        content_digest = hashlib.new(self._digest_name, self._content).digest()
        _expect(self._attributes.get("content_type") == "tst_info", "The token signs no timestamp.")
        _expect(self._attributes.get("message_digest") == content_digest, "The token was altered.")
        _expect(self._names_signer(), "The token does not name the certificate that signed it.")
        _expect(self._signature_hash in _HASHES, "The token uses a signature that is not accepted.")
        try:
            self._verify_signature(_HASHES[self._signature_hash])
        except InvalidSignature:
            raise TimestampError("The signature of the token is wrong.") from None

    def _verify_signature(self, digest: hashes.HashAlgorithm) -> None:
        key, signature, signed = self.certificate.public_key(), self._signature, self._signed_bytes
        if isinstance(key, ec.EllipticCurvePublicKey) and self._signature_kind == "ecdsa":
            key.verify(signature, signed, ec.ECDSA(digest))
        elif isinstance(key, rsa.RSAPublicKey) and self._signature_kind == "rsassa_pkcs1v15":
            key.verify(signature, signed, padding.PKCS1v15(), digest)
        elif isinstance(key, rsa.RSAPublicKey) and self._signature_kind == "rsassa_pss":
            key.verify(
                signature, signed, padding.PSS(padding.MGF1(digest), padding.PSS.AUTO), digest
            )
        else:
            raise TimestampError("The token uses a signature that is not accepted.")

    def _algorithms(self) -> tuple[str, str]:
        """The kind of signature and its digest; plain rsaEncryption takes the signer's digest."""
        algorithm = self._signer["signature_algorithm"]
        if algorithm["algorithm"].native in ("rsassa_pkcs1v15", "ecdsa"):
            return algorithm["algorithm"].native, self._digest_name
        return algorithm.signature_algo, algorithm.hash_algo

    def _find_signer(self, candidates: Sequence[x509.Certificate]) -> x509.Certificate:
        sid = self._signer["sid"].chosen
        for certificate in candidates:
            if self._signer["sid"].name == "subject_key_identifier":
                if _key_identifier(certificate) == sid.native:
                    return certificate
            elif (certificate.serial_number, certificate.issuer.public_bytes()) == (
                sid["serial_number"].native,
                sid["issuer"].dump(),
            ):
                return certificate
        raise TimestampError("The token does not carry the certificate of its signer.")

    def _certificate_hashes(self) -> list[tuple[str, bytes]]:
        """The certificates that the token names as its signer's (ESSCertID:
        SHA-1; ESSCertIDv2: any).
        """
        for attribute in self._signer["signed_attrs"]:
            if attribute["type"].native == "signing_certificate":
                return [("sha1", e["cert_hash"].native) for e in attribute["values"][0]["certs"]]
            if attribute["type"].native == "signing_certificate_v2":
                certs = attribute["values"][0]["certs"]
                return [
                    (e["hash_algorithm"]["algorithm"].native, e["cert_hash"].native) for e in certs
                ]
        return []

    def _names_signer(self) -> bool:
        """The first certificate named must be the signer's (RFC 5816)."""
        if not self._certificate_ids:
            return False
        name, value = self._certificate_ids[0]
        der = self.certificate.public_bytes(Encoding.DER)
        return name in ("sha1", *DIGESTS) and hashlib.new(name, der).digest() == value

    def _timestamp(self) -> Timestamp:
        info = self._info.native
        names = self.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        subject = str(names[0].value) if names else self.certificate.subject.rfc4514_string()
        accuracy = info["accuracy"] and timedelta(
            seconds=info["accuracy"]["seconds"] or 0,
            milliseconds=info["accuracy"]["millis"] or 0,
            microseconds=info["accuracy"]["micros"] or 0,
        )
        policy = self._info["policy"].dotted
        expires = self.certificate.not_valid_after_utc
        return Timestamp(
            info["gen_time"],
            info["serial_number"],
            policy,
            subject,
            accuracy,
            info["nonce"],
            expires,
        )


def _expect(condition: bool, message: str) -> None:
    if not condition:
        raise TimestampError(message)


def _attributes(attributes: cms.CMSAttributes) -> dict[str, object]:
    """Single-valued signed attributes;
    a repeated one is refused, since readers could disagree on it.
    """
    types = [attribute["type"].native for attribute in attributes]
    _expect(len(set(types)) == len(types), "The token repeats an attribute.")
    return {attribute["type"].native: attribute["values"].native[0] for attribute in attributes}


def _certificates(found: cms.CertificateSet) -> list[x509.Certificate]:
    _expect(len(found) <= _CERTIFICATES_LIMIT, "The token carries too many certificates.")
    carried = [choice.chosen for choice in found if choice.name == "certificate"]
    # RFC 5280, 4.1.2.2: a serial number is positive.
    # One that is not was altered, and cryptography no longer reads it.
    positive = all(
        certificate["tbs_certificate"]["serial_number"].native > 0 for certificate in carried
    )
    _expect(positive, "The token carries a certificate that is not well formed.")
    return [x509.load_der_x509_certificate(certificate.dump()) for certificate in carried]


def _key_identifier(certificate: x509.Certificate) -> bytes | None:
    try:
        return certificate.extensions.get_extension_for_class(
            x509.SubjectKeyIdentifier
        ).value.digest
    except x509.ExtensionNotFound:
        return None
