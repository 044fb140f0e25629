"""A local timestamp authority (RFC 3161): one ECDSA P-256 key, one certificate, one root.

The root signs once and its key is forgotten: nobody can certify a second key under it.
To renew, create another authority and keep the root of the former one to verify its tokens.
"""

import hashlib
import os
from collections.abc import Callable
from datetime import datetime, timedelta

from asn1crypto import cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from sceau.errors import TimestampError

# Not a registered arc: an operator publishes a timestamp policy and sets the OID of its own arc.
UNREGISTERED_POLICY = "1.3.6.1.4.1.99999.1.1"
DIGESTS = {"sha256": 32, "sha384": 48, "sha512": 64}
_VALIDITY = timedelta(days=3650)


class Response(core.Sequence):  # type: ignore[misc]
    """TimeStampResp; its token is absent from a refusal."""

    _fields = [
        ("status", tsp.PKIStatusInfo),
        ("time_stamp_token", cms.ContentInfo, {"optional": True}),
    ]


class _Refusal(Exception):
    def __init__(self, failure: str, text: str) -> None:
        super().__init__(text)
        self.failure = failure


class Authority:
    """Signs timestamp tokens; the clock is the caller's."""

    def __init__(
        self,
        key: ec.EllipticCurvePrivateKey,
        certificate: x509.Certificate,
        root: x509.Certificate,
        *,
        policy: str = UNREGISTERED_POLICY,
        accuracy_seconds: int = 1,
    ) -> None:
        self._key = key
        self._certificate = certificate
        self.root = root
        self._policy = policy
        self._accuracy_seconds = accuracy_seconds
        self._der = certificate.public_bytes(serialization.Encoding.DER)
        self._asn1 = asn1_x509.Certificate.load(self._der)
        self._policy_der = core.ObjectIdentifier(policy).dump()
        self._identifier = _sequence(
            self._asn1.issuer.dump(), core.Integer(self._asn1.serial_number).dump()
        )
        self._signing_certificate = self._certificate_attribute()

    @classmethod
    def create(
        cls,
        now: datetime,
        name: str,
        *,
        policy: str = UNREGISTERED_POLICY,
        accuracy_seconds: int = 1,
    ) -> "Authority":
        """A new authority of the organisation `name`, valid ten years."""
        root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        root_name, unit_name = _name(name, "Timestamp root"), _name(name, "Timestamp unit")
        root = _sign_root(root_name, root_key, now)
        unit = _certificate(unit_name, root_name, key.public_key(), now)
        unit = unit.add_extension(x509.BasicConstraints(False, None), True)
        unit = unit.add_extension(_key_usage(digital_signature=True), True)
        unit = unit.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True)
        authority_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
        certificate = unit.add_extension(authority_id, False).sign(root_key, hashes.SHA256())
        return cls(key, certificate, root, policy=policy, accuracy_seconds=accuracy_seconds)

    @classmethod
    def load(
        cls, pem: bytes, *, policy: str = UNREGISTERED_POLICY, accuracy_seconds: int = 1
    ) -> "Authority":
        """Read what `save` wrote."""
        try:
            key = serialization.load_pem_private_key(pem, None)
            certificate, root = x509.load_pem_x509_certificates(pem)
        except ValueError:
            raise TimestampError(
                "A timestamp authority is a key, its certificate and its root, in PEM."
            ) from None
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise TimestampError("The key of a timestamp authority is an ECDSA key.")
        return cls(key, certificate, root, policy=policy, accuracy_seconds=accuracy_seconds)

    def save(self) -> bytes:
        """The private key, unprotected,
        then the certificate and the root, in PEM: a secret to keep.
        """
        key = self._key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        return key + self._certificate.public_bytes(serialization.Encoding.PEM) + self.root_pem

    @property
    def root_pem(self) -> bytes:
        """What a verifier needs."""
        return self.root.public_bytes(serialization.Encoding.PEM)

    def issue(
        self, digest: bytes, now: datetime, *, random: Callable[[int], bytes] = os.urandom
    ) -> bytes:
        """A token over a digest; the certificate is inside."""
        return self._token(tsp.TimeStampReq.load(request(digest)), now, random)

    def respond(
        self, request_der: bytes, now: datetime, *, random: Callable[[int], bytes] = os.urandom
    ) -> bytes:
        """The TimeStampResp to a TimeStampReq;
        a bad request gets the refusal that RFC 3161 names.
        """
        try:
            return response(self._token(self._checked(request_der), now, random))
        except _Refusal as refusal:
            status = {
                "status": "rejection",
                "status_string": [str(refusal)],
                "fail_info": {refusal.failure},
            }
            return bytes(Response({"status": status}).dump())

    def _checked(self, request_der: bytes) -> tsp.TimeStampReq:
        try:
            asked = tsp.TimeStampReq.load(request_der, strict=True)
            imprint = asked.native["message_imprint"]
            policy = asked["req_policy"].dotted if asked["req_policy"].native else self._policy
        except (ValueError, TypeError, KeyError):
            raise _Refusal("bad_data_format", "The request is malformed.") from None
        algorithm = imprint["hash_algorithm"]["algorithm"]
        if algorithm not in DIGESTS:
            raise _Refusal("bad_alg", "The digest must be SHA-256, SHA-384 or SHA-512.")
        if len(imprint["hashed_message"]) != DIGESTS[algorithm]:
            raise _Refusal("bad_data_format", "The digest has a wrong length.")
        if policy != self._policy:
            raise _Refusal("unaccepted_policy", "This policy is not served here.")
        if asked["extensions"].native:
            raise _Refusal("unaccepted_extensions", "No extension is served here.")
        return asked

    def _token(
        self, asked: tsp.TimeStampReq, now: datetime, random: Callable[[int], bytes]
    ) -> bytes:
        """The DER is assembled here:
        a structure of asn1crypto would be encoded again at each of its levels.
        """
        content = self._statement(asked, now, random)
        certificates = _der(_CONTEXT_0, self._der) if asked["cert_req"].native else b""
        signed = _sequence(
            _VERSION_3,
            _der(_SET, _SHA256),
            _sequence(_TST_INFO, _der(_CONTEXT_0, _der(_OCTETS, content))),
            certificates,
            _der(_SET, self._signer_info(content)),
        )
        return _sequence(_SIGNED_DATA, _der(_CONTEXT_0, signed))

    def _statement(
        self, asked: tsp.TimeStampReq, now: datetime, random: Callable[[int], bytes]
    ) -> bytes:
        nonce = asked["nonce"].native
        return _sequence(
            _VERSION_1,
            self._policy_der,
            asked["message_imprint"].dump(),
            core.Integer(int.from_bytes(random(16), "big") >> 1).dump(),
            core.GeneralizedTime(now.replace(microsecond=now.microsecond // 1000 * 1000)).dump(),
            _sequence(core.Integer(self._accuracy_seconds).dump()),
            b"" if nonce is None else core.Integer(nonce).dump(),
        )

    def _signer_info(self, content: bytes) -> bytes:
        digest = _sequence(
            _MESSAGE_DIGEST, _der(_SET, _der(_OCTETS, hashlib.sha256(content).digest()))
        )
        attributes = b"".join(sorted((_CONTENT_TYPE, digest, self._signing_certificate)))
        signature = self._key.sign(_der(_SET, attributes), ec.ECDSA(hashes.SHA256()))
        return _sequence(
            _VERSION_1,
            self._identifier,
            _SHA256,
            _der(_CONTEXT_0, attributes),
            _SHA256_ECDSA,
            _der(_OCTETS, signature),
        )

    def _certificate_attribute(self) -> bytes:
        """The attribute that names the signer's certificate (RFC 5816): the same in every token."""
        certificate_id = tsp.ESSCertIDv2(
            {
                "cert_hash": hashlib.sha256(self._der).digest(),
                "issuer_serial": {
                    "issuer": [asn1_x509.GeneralName("directory_name", self._asn1.issuer)],
                    "serial_number": self._asn1.serial_number,
                },
            }
        )
        value = tsp.SigningCertificateV2({"certs": [certificate_id]})
        return bytes(cms.CMSAttribute({"type": "signing_certificate_v2", "values": [value]}).dump())


def _der(tag: int, content: bytes) -> bytes:
    """One DER element."""
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def _sequence(*parts: bytes) -> bytes:
    return _der(_SEQUENCE, b"".join(parts))


_OCTETS, _SEQUENCE, _SET, _CONTEXT_0 = 0x04, 0x30, 0x31, 0xA0
_VERSION_1, _VERSION_3 = core.Integer(1).dump(), core.Integer(3).dump()
_SIGNED_DATA = cms.ContentType("signed_data").dump()
_TST_INFO = cms.ContentType("tst_info").dump()
_MESSAGE_DIGEST = cms.CMSAttributeType("message_digest").dump()
_CONTENT_TYPE = cms.CMSAttribute({"type": "content_type", "values": ["tst_info"]}).dump()
_SHA256 = cms.DigestAlgorithm({"algorithm": "sha256"}).dump()
_SHA256_ECDSA = cms.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}).dump()


def request(digest: bytes, nonce: int | None = None) -> bytes:
    """A TimeStampReq over a SHA-256, SHA-384 or SHA-512 digest, that asks for the certificate."""
    fields = {
        "version": "v1",
        "message_imprint": {
            "hash_algorithm": {"algorithm": digest_name(digest)},
            "hashed_message": digest,
        },
        "cert_req": True,
    }
    if nonce is not None:
        fields["nonce"] = nonce
    return bytes(tsp.TimeStampReq(fields).dump())


def response(token: bytes) -> bytes:
    """The TimeStampResp that carries a token: what `openssl ts -verify -in` reads."""
    granted = {"status": {"status": "granted"}, "time_stamp_token": cms.ContentInfo.load(token)}
    return bytes(Response(granted).dump())


def digest_name(digest: bytes) -> str:
    """The algorithm of a digest, told by its length."""
    for name, size in DIGESTS.items():
        if size == len(digest):
            return name
    raise TimestampError("A timestamp is over a SHA-256, SHA-384 or SHA-512 digest.")


def _sign_root(name: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime) -> x509.Certificate:
    root = _certificate(name, name, key.public_key(), now)
    root = root.add_extension(x509.BasicConstraints(True, 0), True)
    return root.add_extension(_key_usage(key_cert_sign=True), True).sign(key, hashes.SHA256())


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder(subject_name=subject, issuer_name=issuer, public_key=key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + _VALIDITY)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), False)
    )


def _name(organisation: str, unit: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, unit),
        ]
    )


def _key_usage(*, digital_signature: bool = False, key_cert_sign: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        key_cert_sign=key_cert_sign,
        crl_sign=key_cert_sign,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
