"""Timestamps: ours convince openssl, openssl's convince us,
and nothing altered convinces anybody.
"""

import hashlib
import shutil
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import cms, tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from sceau import SealError, timestamp
from sceau._internal import authority as internals
from sceau.errors import TimestampError, UntrustedAuthority

NOW = datetime(2026, 11, 24, 16, 0, 0, 123_456, tzinfo=UTC)
DATA = b"depot.json"
DIGEST = hashlib.sha256(DATA).digest()
AUTHORITY = timestamp.Authority.create(NOW, "Centre de gestion")
ROOTS = [AUTHORITY.root]
TOKEN = AUTHORITY.issue(DIGEST, NOW)

needs_openssl = pytest.mark.skipif(
    not shutil.which("openssl"), reason="the openssl command is not installed"
)


def test_a_token_says_when_and_by_whom():
    stamp = timestamp.verify(TOKEN, DIGEST, ROOTS)

    assert stamp.time == datetime(2026, 11, 24, 16, 0, 0, 123_000, tzinfo=UTC)
    assert stamp.policy == timestamp.UNREGISTERED_POLICY
    assert stamp.authority == "Timestamp unit"
    assert stamp.accuracy == timedelta(seconds=1)


def test_two_tokens_have_two_serials():
    again = timestamp.verify(AUTHORITY.issue(DIGEST, NOW), DIGEST, ROOTS)

    assert again.serial != timestamp.verify(TOKEN, DIGEST, ROOTS).serial


@pytest.mark.parametrize("name", ["sha256", "sha384", "sha512"])
def test_each_digest_is_served(name):
    digest = hashlib.new(name, DATA).digest()

    assert timestamp.verify(AUTHORITY.issue(digest, NOW), digest, ROOTS).time


def test_a_token_about_something_else_is_refused():
    with pytest.raises(TimestampError, match="digest differs"):
        timestamp.verify(TOKEN, hashlib.sha256(b"other").digest(), ROOTS)


def test_a_digest_of_an_unknown_length_is_refused():
    with pytest.raises(TimestampError, match="SHA-256"):
        timestamp.verify(TOKEN, b"short", ROOTS)


def test_an_unknown_root_is_named_as_the_only_flaw():
    other = timestamp.Authority.create(NOW, "Centre de gestion")

    with pytest.raises(UntrustedAuthority) as raised:
        timestamp.verify(TOKEN, DIGEST, [other.root])

    assert raised.value.diagnostics()[1] == "authority: CN=Timestamp unit,O=Centre de gestion"


@pytest.mark.parametrize("days", [-2, 3651])
def test_a_certificate_out_of_its_dates_is_refused(days):
    with pytest.raises(UntrustedAuthority, match="not valid at that time"):
        timestamp.verify(TOKEN, DIGEST, ROOTS, NOW + timedelta(days=days))


def test_the_unit_itself_may_be_the_trusted_certificate():
    assert timestamp.verify(TOKEN, DIGEST, [AUTHORITY._certificate]).authority == "Timestamp unit"


@given(st.integers(0, len(TOKEN) - 1), st.integers(1, 255))
@settings(max_examples=400)
def test_a_changed_byte_is_found(position, change):
    altered = bytearray(TOKEN)
    altered[position] ^= change

    with pytest.raises(SealError):
        timestamp.verify(bytes(altered), DIGEST, ROOTS)


VERSION, DIGEST_ALGORITHM = (
    (b"\x02\x01\x03\x31", b"\x02\x01\x04\x31"),
    (b"\x03\x04\x02\x01", b"\x03\x04\x02\x03"),
)


@pytest.mark.parametrize("change", [VERSION, DIGEST_ALGORITHM])
def test_what_no_signature_covers_is_as_the_standard_has_it(change):
    """The first of each in the token:
    the version of the envelope, the digests it announces (RFC 5652, 5.1).
    """
    with pytest.raises(TimestampError, match="altered"):
        timestamp.verify(TOKEN.replace(*change, 1), DIGEST, ROOTS)


def test_a_certificate_with_a_negative_serial_is_refused():
    """As one changed byte makes it; RFC 5280, 4.1.2.2."""
    token = cms.ContentInfo.load(TOKEN)
    token["content"]["certificates"][0].chosen["tbs_certificate"]["serial_number"] = -1

    with pytest.raises(TimestampError, match="not well formed"):
        timestamp.read(token.dump(force=True), DIGEST)


@pytest.mark.parametrize(
    "token", [b"", b"0\x00", TOKEN[:-1], TOKEN + b"\0", bytes(100), b"\x30\x80" * 5000]
)
def test_a_malformed_token_is_refused(token):
    with pytest.raises(TimestampError):
        timestamp.verify(token, DIGEST, ROOTS)


def test_a_request_is_answered_with_its_nonce():
    token = timestamp.parse_response(AUTHORITY.respond(timestamp.request(DIGEST, 12345), NOW))

    assert timestamp.verify(token, DIGEST, ROOTS, nonce=12345).nonce == 12345
    with pytest.raises(TimestampError, match="nonce"):
        timestamp.verify(token, DIGEST, ROOTS, nonce=54321)


def test_a_response_carries_its_token_unchanged():
    assert timestamp.parse_response(timestamp.response(TOKEN)) == TOKEN


def altered_request(**fields: object) -> bytes:
    asked = tsp.TimeStampReq.load(timestamp.request(DIGEST))
    for name, value in fields.items():
        asked[name] = value
    return bytes(asked.dump(force=True))


@pytest.mark.parametrize(
    "request_der, failure",
    [
        (b"", "bad_data_format"),
        (b"not DER", "bad_data_format"),
        (
            altered_request(
                message_imprint={
                    "hash_algorithm": {"algorithm": "sha1"},
                    "hashed_message": bytes(20),
                }
            ),
            "bad_alg",
        ),
        (
            altered_request(
                message_imprint={
                    "hash_algorithm": {"algorithm": "sha256"},
                    "hashed_message": bytes(20),
                }
            ),
            "bad_data_format",
        ),
        (altered_request(req_policy="1.2.3.4"), "unaccepted_policy"),
        (
            altered_request(extensions=[{"extn_id": "1.2.3.4", "extn_value": b"x"}]),
            "unaccepted_extensions",
        ),
    ],
)
def test_a_bad_request_gets_the_refusal_of_the_rfc(request_der, failure):
    with pytest.raises(TimestampError, match="refused") as raised:
        timestamp.parse_response(AUTHORITY.respond(request_der, NOW))

    assert failure in raised.value.details


@pytest.mark.parametrize("answer", [b"", b"<html>502</html>", timestamp.response(TOKEN)[:-1]])
def test_a_malformed_answer_is_refused(answer):
    with pytest.raises(TimestampError, match="malformed"):
        timestamp.parse_response(answer)


def test_a_policy_and_an_accuracy_may_be_chosen():
    chosen = timestamp.Authority.load(
        AUTHORITY.save(), policy="1.3.6.1.4.1.4242.7", accuracy_seconds=3
    )
    stamp = timestamp.verify(chosen.issue(DIGEST, NOW), DIGEST, ROOTS)

    assert (stamp.policy, stamp.accuracy) == ("1.3.6.1.4.1.4242.7", timedelta(seconds=3))


def test_an_authority_survives_its_file():
    assert timestamp.Authority.load(AUTHORITY.save()).root == AUTHORITY.root
    assert timestamp.load_roots(AUTHORITY.root_pem) == ROOTS


def test_what_is_not_an_authority_is_refused():
    with pytest.raises(TimestampError, match="in PEM"):
        timestamp.Authority.load(AUTHORITY.root_pem)
    with pytest.raises(TimestampError, match="in PEM"):
        timestamp.load_roots(b"nothing")


def certificate(name, key, issuer_name, issuer_key, *, authority, usage=None, path_length=None):
    builder = internals._certificate(
        internals._name(name, name), issuer_name, key.public_key(), NOW
    )
    builder = builder.add_extension(x509.BasicConstraints(authority, path_length), True)
    if usage:
        builder = builder.add_extension(x509.ExtendedKeyUsage(usage[0]), usage[1])
    return builder.sign(issuer_key, hashes.SHA256())


TIME_STAMPING = x509.oid.ExtendedKeyUsageOID.TIME_STAMPING
SERVER_AUTH = x509.oid.ExtendedKeyUsageOID.SERVER_AUTH


def issued_under(
    *, usage=([TIME_STAMPING], True), intermediate_is_ca=True, path_length=None
) -> tuple[bytes, list]:
    """A token whose signer is certified by an intermediate authority, and the root above it."""
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(3)]
    root_name, middle_name = internals._name("root", "root"), internals._name("middle", "middle")
    root = certificate("root", keys[0], root_name, keys[0], authority=True, path_length=path_length)
    middle = certificate("middle", keys[1], root_name, keys[0], authority=intermediate_is_ca)
    unit = certificate("unit", keys[2], middle_name, keys[1], authority=False, usage=usage)
    token = cms.ContentInfo.load(timestamp.Authority(keys[2], unit, root).issue(DIGEST, NOW))
    encoded = middle.public_bytes(serialization.Encoding.DER)
    token["content"]["certificates"].append(internals.asn1_x509.Certificate.load(encoded))
    return bytes(token.dump(force=True)), [root]


def test_an_intermediate_authority_of_the_token_leads_to_the_root():
    token, roots = issued_under()

    assert timestamp.verify(token, DIGEST, roots).authority == "unit"


@pytest.mark.parametrize("flaw", [{"intermediate_is_ca": False}, {"path_length": 0}])
def test_an_intermediate_without_the_right_to_issue_is_refused(flaw):
    token, roots = issued_under(**flaw)

    with pytest.raises(UntrustedAuthority, match="not linked"):
        timestamp.verify(token, DIGEST, roots)


@pytest.mark.parametrize(
    "usage",
    [None, ([TIME_STAMPING], False), ([SERVER_AUTH], True), ([TIME_STAMPING, SERVER_AUTH], True)],
)
def test_a_certificate_not_made_for_timestamps_only_is_refused(usage):
    token, roots = issued_under(usage=usage)

    with pytest.raises(TimestampError, match="not made for timestamps"):
        timestamp.verify(token, DIGEST, roots)


def openssl(*arguments: object, folder) -> subprocess.CompletedProcess[str]:
    command = ["openssl", *map(str, arguments)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@needs_openssl
def test_openssl_accepts_our_token_and_refuses_it_for_other_data(tmp_path):
    (tmp_path / "data").write_bytes(DATA)
    (tmp_path / "other").write_bytes(DATA + b"x")
    (tmp_path / "root.pem").write_bytes(AUTHORITY.root_pem)
    openssl("ts", "-query", "-data", "data", "-sha256", "-cert", "-out", "query", folder=tmp_path)
    (tmp_path / "answer").write_bytes(
        AUTHORITY.respond((tmp_path / "query").read_bytes(), datetime.now(UTC))
    )
    verify = ("ts", "-verify", "-in", "answer", "-CAfile", "root.pem")

    assert "Verification: OK" in openssl(*verify, "-queryfile", "query", folder=tmp_path).stdout
    assert "Verification: OK" in openssl(*verify, "-data", "data", folder=tmp_path).stdout
    assert openssl(*verify, "-data", "other", folder=tmp_path).returncode != 0


OPENSSL_TSA = """
[tsa]
default_tsa = t
[t]
serial = serial
crypto_device = builtin
signer_cert = unit.pem
certs = root.pem
signer_key = unit.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1, millisecs:500, microsecs:100
ess_cert_id_alg = {ess}
ess_cert_id_chain = yes
ordering = yes
[eku]
basicConstraints = critical, CA:FALSE
extendedKeyUsage = critical, timeStamping
subjectKeyIdentifier = hash
"""


REQUEST = "[req]\ndistinguished_name = dn\n[dn]\n" + OPENSSL_TSA[OPENSSL_TSA.index("[eku]") :]
RSA = ("-newkey", "rsa:2048")
P384 = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384")


def openssl_answer(folder, ess: str, key: tuple[str, ...]) -> bytes:
    (folder / "tsa.cnf").write_text(OPENSSL_TSA.format(ess=ess))
    (folder / "req.cnf").write_text(REQUEST)
    (folder / "serial").write_text("01\n")
    (folder / "query").write_bytes(timestamp.request(DIGEST, 99))
    new = ("req", "-x509", *key, "-nodes", "-days", 30)
    openssl(*new, "-keyout", "root.key", "-out", "root.pem", "-subj", "/CN=root", folder=folder)
    unit = (
        "-keyout",
        "unit.key",
        "-out",
        "unit.pem",
        "-subj",
        "/CN=openssl unit",
        "-config",
        "req.cnf",
    )
    openssl(
        *new, *unit, "-CA", "root.pem", "-CAkey", "root.key", "-extensions", "eku", folder=folder
    )
    reply = (
        "ts",
        "-reply",
        "-config",
        "tsa.cnf",
        "-section",
        "t",
        "-queryfile",
        "query",
        "-out",
        "answer",
    )
    made = openssl(*reply, folder=folder)
    assert made.returncode == 0, made.stderr
    return (folder / "answer").read_bytes()


@needs_openssl
@pytest.mark.parametrize("ess", ["sha1", "sha256", "sha512"])
@pytest.mark.parametrize("key", [RSA, P384], ids=["rsa", "p384"])
def test_we_accept_a_token_made_by_openssl(tmp_path, ess, key):
    token = timestamp.parse_response(openssl_answer(tmp_path, ess, key))
    roots = timestamp.load_roots((tmp_path / "root.pem").read_bytes())

    stamp = timestamp.verify(token, DIGEST, roots, nonce=99)

    assert (stamp.authority, stamp.policy) == ("openssl unit", "1.2.3.4.1")
    assert stamp.accuracy == timedelta(seconds=1, milliseconds=500, microseconds=100)
