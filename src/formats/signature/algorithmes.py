"""Vérifier la valeur d'une signature, quel que soit l'algorithme qui la nomme.

Ce que pyHanko ne connaît pas n'est pas faux pour autant : SHA-3 avec RSA (RFC 8702, NIST), ECDSA
« simple » (BSI TR-03111), et un identifiant qui ne dit pas l'empreinte employée.
Un algorithme inconnu d'ici est un doute (EN 319 102-1, 5.2.7.4), jamais un échec.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed, encode_dss_signature
from pyhanko.sign.validation.utils import CMSAlgorithmUsagePolicy
from pyhanko_certvalidator.errors import AlgorithmNotSupported
from pyhanko_certvalidator.policy_decl import (
    AlgorithmUsageConstraint,
    DisallowWeakAlgorithmsPolicy,
)
from pyhanko_certvalidator.sig_validate import (
    DEFAULT_VALIDATION_CONTEXT,
    DefaultSignatureValidator,
    SignatureValidationContext,
    SignatureValidator,
)

from formats.signature.verdict import HorsProfil

Asn1 = Any
BITS_D_UNE_CLE_RSA = 2048

EMPREINTES: dict[str, hashes.HashAlgorithm] = {
    "sha224": hashes.SHA224(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
    "sha3_224": hashes.SHA3_224(),
    "sha3_256": hashes.SHA3_256(),
    "sha3_384": hashes.SHA3_384(),
    "sha3_512": hashes.SHA3_512(),
}
# id-rsassa-pkcs1-v1_5-with-sha3-… (NIST CSOR).
RSA_SHA3 = {
    "2.16.840.1.101.3.4.3.13": "sha3_224",
    "2.16.840.1.101.3.4.3.14": "sha3_256",
    "2.16.840.1.101.3.4.3.15": "sha3_384",
    "2.16.840.1.101.3.4.3.16": "sha3_512",
}
# ecdsa-plain-… (BSI TR-03111, 5.2.1.1) : r et s bout à bout, sans DER. SHA-1 n'y est pas.
ECDSA_SIMPLE = {
    "0.4.0.127.0.7.1.1.4.1.2": "sha224",
    "0.4.0.127.0.7.1.1.4.1.3": "sha256",
    "0.4.0.127.0.7.1.1.4.1.4": "sha384",
    "0.4.0.127.0.7.1.1.4.1.5": "sha512",
    "0.4.0.127.0.7.1.1.4.1.8": "sha3_224",
    "0.4.0.127.0.7.1.1.4.1.9": "sha3_256",
    "0.4.0.127.0.7.1.1.4.1.10": "sha3_384",
    "0.4.0.127.0.7.1.1.4.1.11": "sha3_512",
}


class Politique(DisallowWeakAlgorithmsPolicy, CMSAlgorithmUsagePolicy):
    """Celle de pyHanko, plus ce qu'elle ne connaît pas : la longueur de la clé reste exigée."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def signature_algorithm_allowed(
        self, algo: Asn1, moment: datetime | None, public_key: Asn1
    ) -> AlgorithmUsageConstraint:
        rsa_court = (
            algo["algorithm"].native in RSA_SHA3
            and public_key is not None
            and public_key.bit_size < BITS_D_UNE_CLE_RSA
        )
        if rsa_court:
            return AlgorithmUsageConstraint(allowed=False, failure_reason="RSA key too small")
        return super().signature_algorithm_allowed(algo, moment, public_key)

    def digest_combination_allowed(
        self, signature_algo: Asn1, message_digest_algo: Asn1, moment: datetime | None
    ) -> AlgorithmUsageConstraint:
        """La RFC 8933 veut une seule empreinte ; deux, sûres toutes deux, n'affaiblissent rien."""
        dite = _empreinte_nommee(signature_algo)
        if dite in EMPREINTES and message_digest_algo["algorithm"].native in EMPREINTES:
            return AlgorithmUsageConstraint(allowed=True)
        return super().digest_combination_allowed(signature_algo, message_digest_algo, moment)


class Verificateur(SignatureValidator):
    """Celui de pyHanko d'abord ; puis ce qu'il ne connaît pas.

    Un certificat, une liste de révocation se jugent sans empreinte de document : leur algorithme
    inconnu reste, comme chez lui, un chemin que l'on n'établit pas.
    """

    def validate_signature(
        self,
        signature: bytes,
        signed_data: bytes,
        public_key_info: Asn1,
        signature_algorithm: Asn1,
        context: SignatureValidationContext = DEFAULT_VALIDATION_CONTEXT,
    ) -> None:
        nom = str(signature_algorithm["algorithm"].native)
        cle = (signature, signed_data, public_key_info)
        if nom in RSA_SHA3:
            _selon(_rsa, cle, _candidates(RSA_SHA3[nom], context), context)
        elif nom in ECDSA_SIMPLE:
            _selon(_ecdsa_simple, cle, _candidates(ECDSA_SIMPLE[nom], context), context)
        else:
            _par_pyhanko(cle, signature_algorithm, context, nom)


def _par_pyhanko(
    cle: tuple[bytes, bytes, Asn1],
    algorithme: Asn1,
    contexte: SignatureValidationContext,
    nom: str,
) -> None:
    try:
        DefaultSignatureValidator().validate_signature(*cle, algorithme, contexte)
    except AlgorithmNotSupported as inconnu:
        if contexte.contextual_md_algorithm is None:
            raise
        raise _inconnu(nom) from inconnu
    except InvalidSignature:
        # L'identifiant dit une empreinte, la signature en a pris une autre : celle du document.
        autre = _empreinte_du_document(algorithme, contexte)
        if autre is None:
            raise
        _selon(_rsa if nom.endswith("_rsa") else _ecdsa, cle, [autre], contexte)
    except (AttributeError, NotImplementedError, UnsupportedAlgorithm) as inconnu:
        if contexte.contextual_md_algorithm is None:
            raise AlgorithmNotSupported(nom) from inconnu
        raise _inconnu(nom) from inconnu


def _inconnu(nom: str) -> HorsProfil:
    """Rien n'est faux : c'est nous qui ne savons pas."""
    return HorsProfil(
        "GENERIC",
        f"L'algorithme de signature ({nom}) n'est pas connu d'ici : la signature n'est ni juste, "
        "ni fausse. Vérifiez-la avec un autre outil.",
    )


def _empreinte_du_document(algorithme: Asn1, contexte: SignatureValidationContext) -> str | None:
    """L'empreinte du document, si elle n'est pas celle que l'identifiant de signature nomme."""
    dite, autre = _empreinte_nommee(algorithme), contexte.contextual_md_algorithm
    return autre if dite in EMPREINTES and autre in EMPREINTES and dite != autre else None


def _empreinte_nommee(algorithme: Asn1) -> str:
    """« sha256 » de « sha256_rsa » ; rien si l'identifiant n'en nomme pas."""
    nom = str(algorithme["algorithm"].native)
    autres = RSA_SHA3 | ECDSA_SIMPLE
    return autres.get(nom) or (nom.rpartition("_")[0] if nom.endswith(("_rsa", "_ecdsa")) else "")


def _candidates(nommee: str, contexte: SignatureValidationContext) -> list[str]:
    autre = contexte.contextual_md_algorithm
    return [nommee] if autre in (None, nommee) or autre not in EMPREINTES else [nommee, str(autre)]


def _selon(
    verifier: Any,
    cle: tuple[bytes, bytes, Asn1],
    candidates: list[str],
    contexte: SignatureValidationContext,
) -> None:
    """La première empreinte sous laquelle la signature est juste ; sinon, elle est fausse."""
    signature, signe, publique = cle
    lue = serialization.load_der_public_key(publique.dump())
    for empreinte in _empreintes(candidates, contexte):
        try:
            verifier(lue, signature, signe, empreinte)
        except InvalidSignature:
            continue
        return
    raise InvalidSignature


def _empreintes(
    noms: list[str], contexte: SignatureValidationContext
) -> Iterator[hashes.HashAlgorithm | Prehashed]:
    for nom in noms:
        yield Prehashed(EMPREINTES[nom]) if contexte.prehashed else EMPREINTES[nom]


def _rsa(cle: Any, signature: bytes, signe: bytes, empreinte: Any) -> None:
    if not isinstance(cle, rsa.RSAPublicKey):
        raise InvalidSignature
    cle.verify(signature, signe, padding.PKCS1v15(), empreinte)


def _ecdsa(cle: Any, signature: bytes, signe: bytes, empreinte: Any) -> None:
    if not isinstance(cle, ec.EllipticCurvePublicKey):
        raise InvalidSignature
    cle.verify(signature, signe, ec.ECDSA(empreinte))


def _ecdsa_simple(cle: Any, signature: bytes, signe: bytes, empreinte: Any) -> None:
    moitie, reste = divmod(len(signature), 2)
    if reste or not moitie:
        raise InvalidSignature
    r, s = (int.from_bytes(part) for part in (signature[:moitie], signature[moitie:]))
    _ecdsa(cle, encode_dss_signature(r, s), signe, empreinte)
