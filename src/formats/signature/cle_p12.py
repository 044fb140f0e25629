"""Une clé dans un fichier PKCS#12 (RFC 7292) :
lue en mémoire, pour une signature, et oubliée avec le processus.
"""

from typing import Any

from formats.signature.refus_de_signer import (
    ANCIEN,
    CERTIFICAT_TROP_GROS,
    MOT_DE_PASSE,
    PAS_UN_P12,
    SANS_CERTIFICAT,
    SANS_CLE,
    RefusDeSigner,
    plusieurs_cles,
)

type Asn1 = Any
OCTETS_D_UN_P12 = 200_000
CLES = {"key_bag", "pkcs8_shrouded_key_bag"}


def signataire(octets: bytes, mot_de_passe: str) -> Asn1:
    """Le signataire de pyHanko ; lève `RefusDeSigner`."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import pkcs12

    if len(octets) > OCTETS_D_UN_P12:
        raise RefusDeSigner(CERTIFICAT_TROP_GROS)
    cles = _nombre_de_cles(_contenu(octets))
    if cles > 1:
        raise RefusDeSigner(plusieurs_cles(cles))
    try:
        lu = pkcs12.load_pkcs12(octets, mot_de_passe.encode())
    except UnsupportedAlgorithm as refus:
        raise RefusDeSigner(ANCIEN) from refus
    except (ValueError, TypeError) as refus:
        raise RefusDeSigner(MOT_DE_PASSE) from refus
    if lu.key is None:
        raise RefusDeSigner(SANS_CLE)
    if lu.cert is None:
        raise RefusDeSigner(SANS_CERTIFICAT)
    return _de(lu)


def _de(lu: Any) -> Asn1:
    from pyhanko.keys.internal import (
        translate_pyca_cryptography_cert_to_asn1,
        translate_pyca_cryptography_key_to_asn1,
    )
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator import registry

    magasin: Any = registry.SimpleCertificateStore  # pas typé
    magasin = magasin()
    magasin.register_multiple(
        [translate_pyca_cryptography_cert_to_asn1(une.certificate) for une in lu.additional_certs]
    )
    return SimpleSigner(
        signing_cert=translate_pyca_cryptography_cert_to_asn1(lu.cert.certificate),
        signing_key=translate_pyca_cryptography_key_to_asn1(lu.key),
        cert_registry=magasin,
        embed_roots=False,
    )


def _contenu(octets: bytes) -> list[Asn1]:
    """Les parties du fichier, sans rien déchiffrer."""
    from asn1crypto import pkcs12

    try:
        return list(pkcs12.Pfx.load(octets, strict=True).authenticated_safe)
    except (ValueError, TypeError, KeyError) as panne:
        raise RefusDeSigner(PAS_UN_P12) from panne


def _nombre_de_cles(contenu: list[Asn1]) -> int:
    """Les clés se rangent chiffrées une à une, dans une partie qui ne l'est pas (RFC 7292, 4.2)."""
    from asn1crypto import pkcs12

    claires = [
        partie["content"].native for partie in contenu if partie["content_type"].native == "data"
    ]
    try:
        sacs = [sac for une in claires for sac in pkcs12.SafeContents.load(une)]
        return sum(sac["bag_id"].native in CLES for sac in sacs)
    except (ValueError, TypeError, KeyError) as panne:
        raise RefusDeSigner(PAS_UN_P12) from panne
