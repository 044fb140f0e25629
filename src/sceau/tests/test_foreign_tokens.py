"""Tokens signed in ways that our authority does not use: accepted when sound, refused when not."""

import hashlib
from datetime import UTC, datetime

import pytest
from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from sceau import timestamp
from sceau._internal import authority as internals
from sceau.errors import TimestampError, UntrustedAuthority

NOW = datetime(2026, 11, 24, 16, tzinfo=UTC)
DIGEST = hashlib.sha256(b"depot.json").digest()
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ROOT_KEY = ec.generate_private_key(ec.SECP256R1())
ROOT_NAME = internals._name("root", "root")
ROOTS = [internals._sign_root(ROOT_NAME, ROOT_KEY, NOW)]
SALT_LENGTH = 32


def unit_certificate(*, common_name: bool = True, key=KEY) -> x509.Certificate:
    organisation = x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "foreign")
    name = internals._name("foreign", "unit") if common_name else x509.Name([organisation])
    builder = internals._certificate(name, ROOT_NAME, key.public_key(), NOW)
    usage = x509.ExtendedKeyUsage([x509.oid.ExtendedKeyUsageOID.TIME_STAMPING])
    return builder.add_extension(usage, True).sign(ROOT_KEY, hashes.SHA256())


UNIT = unit_certificate()
PSS = algos.SignedDigestAlgorithm(
    {
        "algorithm": "rsassa_pss",
        "parameters": {
            "hash_algorithm": {"algorithm": "sha256"},
            "mask_gen_algorithm": {"algorithm": "mgf1", "parameters": {"algorithm": "sha256"}},
            "salt_length": SALT_LENGTH,
        },
    }
)


def ess(certificate: x509.Certificate = UNIT) -> tsp.SigningCertificateV2:
    der = certificate.public_bytes(serialization.Encoding.DER)
    return tsp.SigningCertificateV2({"certs": [{"cert_hash": hashlib.sha256(der).digest()}]})


def issuer_and_serial(certificate: x509.Certificate) -> cms.SignerIdentifier:
    parsed = asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
    value = {"issuer": parsed.issuer, "serial_number": parsed.serial_number}
    return cms.SignerIdentifier({"issuer_and_serial_number": value})


def key_identifier(certificate: x509.Certificate) -> cms.SignerIdentifier:
    digest = certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    return cms.SignerIdentifier(name="subject_key_identifier", value=core.OctetString(digest))


def sign(data: bytes, algorithm) -> bytes:
    if algorithm is PSS:
        return KEY.sign(
            data, padding.PSS(padding.MGF1(hashes.SHA256()), SALT_LENGTH), hashes.SHA256()
        )
    return KEY.sign(data, padding.PKCS1v15(), hashes.SHA256())


def token(
    *,
    algorithm=PSS,
    certificate=UNIT,
    sid=issuer_and_serial,
    digest_algorithm="sha256",
    carried=True,
    content_type="tst_info",
    signers=1,
    **attributes,
) -> bytes:
    content = tsp.TSTInfo(
        {
            "version": "v1",
            "policy": "1.2.3",
            "message_imprint": {
                "hash_algorithm": {"algorithm": "sha256"},
                "hashed_message": DIGEST,
            },
            "serial_number": 1,
            "gen_time": NOW,
        }
    ).dump()
    signed_attributes = {
        "content_type": "tst_info",
        "message_digest": hashlib.new(digest_algorithm, content).digest(),
        "signing_certificate_v2": ess(certificate),
    } | attributes
    present = [{"type": k, "values": [v]} for k, v in signed_attributes.items() if v is not None]
    signed = cms.CMSAttributes([cms.CMSAttribute(attribute) for attribute in present])
    signer = {
        "version": "v1" if sid is issuer_and_serial else "v3",
        "sid": sid(certificate),
        "digest_algorithm": {"algorithm": digest_algorithm},
        "signed_attrs": signed,
        "signature_algorithm": algorithm,
        "signature": sign(signed.dump(), algorithm),
    }
    data = {
        "version": "v3",
        "digest_algorithms": [{"algorithm": digest_algorithm}],
        "encap_content_info": {
            "content_type": content_type,
            "content": core.ParsableOctetString(content),
        },
        "signer_infos": [signer] * signers,
    }
    if carried:
        encoded = certificate.public_bytes(serialization.Encoding.DER)
        data["certificates"] = [asn1_x509.Certificate.load(encoded)]
    return bytes(
        cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(data)}).dump()
    )


PKCS1 = {"algorithm": "rsassa_pkcs1v15"}


@pytest.mark.parametrize(
    "algorithm", [PSS, PKCS1, {"algorithm": "sha256_rsa"}], ids=["pss", "pkcs1", "sha256_rsa"]
)
@pytest.mark.parametrize("sid", [issuer_and_serial, key_identifier])
def test_each_rsa_signature_is_accepted(algorithm, sid):
    assert timestamp.verify(token(algorithm=algorithm, sid=sid), DIGEST, ROOTS).authority == "unit"


def test_without_accuracy_nor_common_name_the_rest_is_said():
    stamp = timestamp.verify(token(certificate=unit_certificate(common_name=False)), DIGEST, ROOTS)

    assert (stamp.authority, stamp.accuracy, stamp.nonce) == ("O=foreign", None, None)


def test_the_certificate_may_come_from_the_roots():
    assert timestamp.verify(token(carried=False), DIGEST, [UNIT]).authority == "unit"


@pytest.mark.parametrize("sid", [issuer_and_serial, key_identifier])
def test_a_token_without_any_certificate_is_refused(sid):
    bare = internals._certificate(ROOT_NAME, ROOT_NAME, ROOT_KEY.public_key(), NOW)
    without_identifier = x509.CertificateBuilder(
        ROOT_NAME,
        ROOT_NAME,
        ROOT_KEY.public_key(),
        1,
        bare._not_valid_before,
        bare._not_valid_after,
    ).sign(ROOT_KEY, hashes.SHA256())

    with pytest.raises(TimestampError, match="does not carry"):
        timestamp.verify(token(carried=False, sid=sid), DIGEST, [without_identifier])


@pytest.mark.parametrize(
    "flaw, message",
    [
        ({"algorithm": {"algorithm": "sha1_rsa"}}, "not accepted"),
        ({"algorithm": {"algorithm": "sha256_ecdsa"}}, "not accepted"),
        ({"digest_algorithm": "sha1"}, "digest that is not accepted"),
        ({"content_type": "data"}, "not a timestamp"),
        ({"signers": 2}, "exactly one signer"),
        ({"signing_certificate_v2": None}, "does not name"),
        ({"signing_certificate_v2": ess(ROOTS[0])}, "does not name"),
        ({"message_digest": bytes(32)}, "altered"),
        ({"message_digest": None}, "altered"),
    ],
)
def test_a_flawed_token_is_refused(flaw, message):
    with pytest.raises(TimestampError, match=message):
        timestamp.verify(token(**flaw), DIGEST, ROOTS)


def test_a_signature_of_another_content_is_refused():
    signed = cms.ContentInfo.load(token())
    signed["content"]["signer_infos"][0]["signature"] = bytes(256)

    with pytest.raises(TimestampError, match="signature of the token is wrong"):
        timestamp.verify(signed.dump(force=True), DIGEST, ROOTS)


def test_signed_data_is_expected():
    other = cms.ContentInfo({"content_type": "data", "content": core.OctetString(b"x")}).dump()

    with pytest.raises(TimestampError, match="not signed data"):
        timestamp.verify(other, DIGEST, ROOTS)


def test_a_root_that_may_not_certify_is_no_root():
    builder = internals._certificate(ROOT_NAME, ROOT_NAME, ROOT_KEY.public_key(), NOW)
    builder = builder.add_extension(x509.BasicConstraints(True, None), True)
    root = builder.add_extension(internals._key_usage(digital_signature=True), True).sign(
        ROOT_KEY, hashes.SHA256()
    )

    with pytest.raises(UntrustedAuthority):
        timestamp.verify(token(), DIGEST, [root])


def test_an_authority_without_certificate_asked_sends_none():
    authority = timestamp.Authority.create(NOW, "Centre de gestion")
    asked = tsp.TimeStampReq.load(timestamp.request(DIGEST))
    asked["cert_req"] = False
    answer = timestamp.parse_response(authority.respond(asked.dump(force=True), NOW))

    with pytest.raises(TimestampError, match="does not carry"):
        timestamp.verify(answer, DIGEST, [authority.root])
    assert timestamp.verify(answer, DIGEST, [authority._certificate])


def test_an_authority_has_an_ecdsa_key():
    pem = KEY.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    certificates = UNIT.public_bytes(serialization.Encoding.PEM) + ROOTS[0].public_bytes(
        serialization.Encoding.PEM
    )

    with pytest.raises(TimestampError, match="ECDSA"):
        timestamp.Authority.load(pem + certificates)
