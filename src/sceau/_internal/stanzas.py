"""How each type of key wraps and unwraps the 16-byte file key of an age file.

`unwrap` returns None when no stanza is for this key;
it raises HeaderError on a malformed stanza of its type.
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from sceau._internal.header import Stanza, decode_base64, derive, encode_base64
from sceau.errors import HeaderError, SealError

HYBRID = "mlkem768x25519"
ENCAPSULATED_SIZE = 1120
WRAPPED_SIZE = 32
_MLKEM_PUBLIC_SIZE, _MLKEM_CIPHERTEXT_SIZE, _SALT_SIZE = 1184, 1088, 16
_SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
_HYBRID_LABEL = b"age-encryption.org/mlkem768x25519"
_X25519_LABEL = b"age-encryption.org/v1/X25519"
_SCRYPT_LABEL = b"age-encryption.org/v1/scrypt"
_ZERO_NONCE = bytes(12)


class SecretKey(Protocol):
    """What opens files."""

    def unwrap(self, stanzas: Sequence[Stanza]) -> bytes | None: ...


class PublicKey(Protocol):
    """What seals files."""

    def wrap(self, file_key: bytes, salt: bytes) -> Stanza: ...


class HybridPublicKey:
    """ML-KEM-768 ‖ X25519, 1216 bytes."""

    def __init__(self, raw: bytes) -> None:
        try:
            mlkem = MLKEM768PublicKey.from_public_bytes(raw[:_MLKEM_PUBLIC_SIZE])
            x25519 = X25519PublicKey.from_public_bytes(raw[_MLKEM_PUBLIC_SIZE:])
        except ValueError:
            raise SealError("A recipient is not a valid hybrid public key.") from None
        self.raw = raw
        self._key = hpke.MLKEM768X25519PublicKey(mlkem, x25519)

    def wrap(self, file_key: bytes, salt: bytes) -> Stanza:
        sealed = _SUITE.encrypt(file_key, self._key, info=_HYBRID_LABEL)
        encapsulated, body = sealed[:ENCAPSULATED_SIZE], sealed[ENCAPSULATED_SIZE:]
        return Stanza(HYBRID, (encode_base64(encapsulated),), body)


class HybridSecretKey:
    """The key expanded from a 32-byte seed (X-Wing expansion)."""

    def __init__(self, seed: bytes) -> None:
        if len(seed) != 32:
            raise SealError("The seed of an identity is 32 bytes long.")
        expanded = hashlib.shake_256(seed).digest(96)
        mlkem = MLKEM768PrivateKey.from_seed_bytes(expanded[:64])
        self.seed = seed
        self._x25519 = X25519PrivateKey.from_private_bytes(expanded[64:])
        self._key = hpke.MLKEM768X25519PrivateKey(mlkem, self._x25519)
        public = (
            mlkem.public_key().public_bytes_raw() + self._x25519.public_key().public_bytes_raw()
        )
        self.public = HybridPublicKey(public)

    def unwrap(self, stanzas: Sequence[Stanza]) -> bytes | None:
        for stanza in _of_type(HYBRID, stanzas, arguments=1):
            encapsulated = _sized(stanza.arguments[0], ENCAPSULATED_SIZE)
            # HPKE would report an all-zero X25519 secret as a mere mismatch; age demands a failure.
            _exchange(self._x25519, encapsulated[_MLKEM_CIPHERTEXT_SIZE:])
            try:
                return _SUITE.decrypt(encapsulated + stanza.body, self._key, info=_HYBRID_LABEL)
            except (InvalidTag, ValueError):
                continue
        return None


class X25519SecretKey:
    """Classic age identity: read only, never written by this package."""

    def __init__(self, raw: bytes) -> None:
        if len(raw) != 32:
            raise SealError("A classic identity is 32 bytes long.")
        self._key = X25519PrivateKey.from_private_bytes(raw)

    def unwrap(self, stanzas: Sequence[Stanza]) -> bytes | None:
        public = self._key.public_key().public_bytes_raw()
        for stanza in _of_type("X25519", stanzas, arguments=1):
            share = _sized(stanza.arguments[0], 32)
            key = derive(_exchange(self._key, share), share + public, _X25519_LABEL)
            if file_key := _open(key, stanza.body):
                return file_key
        return None


class Passphrase:
    """A passphrase both seals and opens;
    it is normalised so that any keyboard types the same one.
    """

    def __init__(self, text: str, work_factor: int) -> None:
        self._secret = unicodedata.normalize("NFKC", text).strip().encode()
        self._work_factor = work_factor

    def wrap(self, file_key: bytes, salt: bytes) -> Stanza:
        body = ChaCha20Poly1305(self._derive(salt, self._work_factor)).encrypt(
            _ZERO_NONCE, file_key, None
        )
        return Stanza("scrypt", (encode_base64(salt), str(self._work_factor)), body)

    def unwrap(self, stanzas: Sequence[Stanza]) -> bytes | None:
        for stanza in _of_type("scrypt", stanzas, arguments=2):
            if len(stanzas) != 1:
                raise HeaderError("A passphrase stanza must be alone.")
            salt = _sized(stanza.arguments[0], _SALT_SIZE)
            if not re.fullmatch("[1-9][0-9]?", stanza.arguments[1]):
                raise HeaderError("A work factor is malformed.")
            if int(stanza.arguments[1]) > self._work_factor:
                raise HeaderError(
                    "A work factor above {limit} is refused.", limit=self._work_factor
                )
            return _open(self._derive(salt, int(stanza.arguments[1])), stanza.body)
        return None

    def _derive(self, salt: bytes, work_factor: int) -> bytes:
        return Scrypt(_SCRYPT_LABEL + salt, 32, 1 << work_factor, 8, 1).derive(self._secret)


def _of_type(kind: str, stanzas: Sequence[Stanza], *, arguments: int) -> list[Stanza]:
    found = [stanza for stanza in stanzas if stanza.type == kind]
    for stanza in found:
        if len(stanza.arguments) != arguments or len(stanza.body) != WRAPPED_SIZE:
            raise HeaderError("A {kind} stanza is malformed.", kind=kind)
    return found


def _sized(text: str, size: int) -> bytes:
    value = decode_base64(text)
    if len(value) != size:
        raise HeaderError("A stanza value has a wrong length.")
    return value


def _exchange(key: X25519PrivateKey, share: bytes) -> bytes:
    try:
        return key.exchange(X25519PublicKey.from_public_bytes(share))
    except ValueError:
        raise HeaderError("A stanza holds a low-order point.") from None


def _open(key: bytes, body: bytes) -> bytes | None:
    try:
        return ChaCha20Poly1305(key).decrypt(_ZERO_NONCE, body, None)
    except InvalidTag:
        return None
