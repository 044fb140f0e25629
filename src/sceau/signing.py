"""A member signs with a key drawn from the identity:
the slot that opens one opens the other (SPEC.md, section 4).

    signature = signing.sign(identity, message)
    signing.verify(signing.public_key(identity), signature, message)

Keys are 32 bytes, signatures 64 (Ed25519, RFC 8032).

    signing.public(identity).fingerprint                  # covers both keys of the identity
"""

import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sceau.errors import SealError
from sceau.keys import Identity

__all__ = ["PublicIdentity", "possession", "public", "public_key", "sign", "verify"]

_INFO = b"beffroi/signature/1"
_POSSESSION = "beffroi.possession/1\n"
_IDENTITY = "beffroi.identite/2\n"


@dataclass(frozen=True, slots=True)
class PublicIdentity:
    """What everybody knows of an identity:
    the fingerprint of the key one seals to, and the key that verifies its signatures.
    """

    sealing: str
    signing: bytes

    @property
    def fingerprint(self) -> str:
        """Covers both keys: nobody shows it with a signing key of their own."""
        text = f"{_IDENTITY}{self.sealing}\n{self.signing.hex()}"
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def public(identity: Identity) -> PublicIdentity:
    """What may be said of an identity to anybody."""
    return PublicIdentity(identity.recipient.fingerprint, public_key(identity))


def public_key(identity: Identity) -> bytes:
    """What anybody needs to verify the signatures of this identity."""
    return _private_key(identity).public_key().public_bytes_raw()


def sign(identity: Identity, message: bytes) -> bytes:
    """The signature of a message; the same message always has the same one."""
    return _private_key(identity).sign(message)


def verify(key: bytes, signature: bytes, message: bytes) -> None:
    """SealError unless the holder of `key` signed `message`."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise SealError("The signature is not that of this key over this message.") from None


def possession(fingerprint: str) -> bytes:
    """What a new member signs, so that nobody registers the signing key of another as their own."""
    return f"{_POSSESSION}{fingerprint}".encode()


def _private_key(identity: Identity) -> Ed25519PrivateKey:
    seed = HKDF(SHA256(), length=32, salt=None, info=_INFO).derive(identity.seed)
    return Ed25519PrivateKey.from_private_bytes(seed)
