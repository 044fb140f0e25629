"""From the certificate of a timestamp authority to a trusted root."""

from collections.abc import Sequence
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.x509.oid import ExtendedKeyUsageOID

from sceau.errors import TimestampError, UntrustedAuthority

_DEPTH_LIMIT = 5


def check_usage(certificate: x509.Certificate) -> None:
    """A timestamp certificate serves nothing else,
    and says so in a critical extension (RFC 3161, 2.3).
    """
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound:
        raise TimestampError("The authority's certificate is not made for timestamps.") from None
    if not usage.critical or list(usage.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise TimestampError("The authority's certificate is not made for timestamps only.")


def check_chain(
    certificate: x509.Certificate,
    intermediates: Sequence[x509.Certificate],
    roots: Sequence[x509.Certificate],
    at: datetime,
) -> None:
    """Raise UntrustedAuthority unless a path of certificates valid at `at` leads to a root."""
    if not _is_valid(certificate, at):
        raise UntrustedAuthority("The authority's certificate was not valid at that time.")
    if certificate not in roots and not _reaches_root(certificate, intermediates, roots, at, 0):
        subject = certificate.subject.rfc4514_string()
        raise UntrustedAuthority(
            "The authority is not linked to a trusted root.", f"authority: {subject}"
        )


def _reaches_root(
    certificate: x509.Certificate,
    intermediates: Sequence[x509.Certificate],
    roots: Sequence[x509.Certificate],
    at: datetime,
    depth: int,
) -> bool:
    if any(_issued(root, certificate, at, depth) for root in roots):
        return True
    return depth < _DEPTH_LIMIT and any(
        issuer != certificate
        and _issued(issuer, certificate, at, depth)
        and _reaches_root(issuer, intermediates, roots, at, depth + 1)
        for issuer in intermediates
    )


def _issued(
    issuer: x509.Certificate, certificate: x509.Certificate, at: datetime, depth: int
) -> bool:
    if (
        issuer.subject != certificate.issuer
        or not _is_valid(issuer, at)
        or not _may_issue(issuer, depth)
    ):
        return False
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _is_valid(certificate: x509.Certificate, at: datetime) -> bool:
    return certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc


def _may_issue(issuer: x509.Certificate, depth: int) -> bool:
    """`depth` authorities already stand between this one and the signer."""
    extensions = {type(extension.value): extension.value for extension in issuer.extensions}
    constraints = extensions.get(x509.BasicConstraints)
    usage = extensions.get(x509.KeyUsage)
    if not isinstance(constraints, x509.BasicConstraints) or not constraints.ca:
        return False
    if isinstance(usage, x509.KeyUsage) and not usage.key_cert_sign:
        return False
    return constraints.path_length is None or constraints.path_length >= depth
