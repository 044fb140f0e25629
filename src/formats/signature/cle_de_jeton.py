"""Une clé qui ne sort pas de son jeton (PKCS#11) : carte, clé USB ou module de sécurité ;
le PIN l'ouvre pour une signature.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from formats.signature.refus_de_signer import RefusDeSigner

type Session = Any
MODULE_ABSENT = (
    "Le module du jeton ne se charge pas : son chemin est faux, "
    "ou son pilote n'est pas installé sur cette machine. "
    "Demandez à qui l'administre."
)
PIN_FAUX = (
    "Le jeton refuse ce code PIN. Attention : trois erreurs le bloquent le plus souvent. "
    "Vérifiez avant de recommencer."
)
PIN_BLOQUE = (
    "Le code PIN de ce jeton est bloqué. "
    "Débloquez-le avec le logiciel de son fabricant et son code de déblocage."
)
EN_PANNE = (
    "Le jeton n'a pas répondu comme attendu : rien n'est signé. Retirez-le, remettez-le, "
    "puis recommencez."
)
SANS_IDENTIFIANT = (
    "L'identifiant du certificat sur le jeton s'écrit en hexadécimal, par exemple 01."
)


@dataclass(frozen=True)
class Jeton:
    """`label` : le nom du jeton, ou rien s'il est seul.

    `certificat` : l'identifiant (CKA_ID) du certificat, en hexadécimal.
    """

    module: str
    label: str = ""
    certificat: str = ""


def ouvrir(jeton: Jeton, pin: str) -> Session:
    """Une session ; lève `RefusDeSigner`."""
    import pkcs11
    from pkcs11 import exceptions

    try:
        module = pkcs11.lib(jeton.module)
        trouves = [un for un in module.get_tokens() if not jeton.label or un.label == jeton.label]
    except (exceptions.PKCS11Error, RuntimeError, OSError) as panne:
        raise RefusDeSigner(MODULE_ABSENT) from panne
    if len(trouves) != 1:
        raise RefusDeSigner(_quel_jeton(jeton, len(trouves)))
    try:
        return trouves[0].open(user_pin=pin)
    except exceptions.PinLocked as bloque:
        raise RefusDeSigner(PIN_BLOQUE) from bloque
    except (exceptions.PinIncorrect, exceptions.PinInvalid, exceptions.PinLenRange) as faux:
        raise RefusDeSigner(PIN_FAUX) from faux
    except exceptions.PKCS11Error as panne:
        raise RefusDeSigner(EN_PANNE) from panne


def signataire(session: Session, jeton: Jeton) -> Any:
    """Le signataire de pyHanko,
    du seul certificat du jeton qui a sa clé, ou de celui qu'on nomme.
    """
    from asn1crypto import x509
    from pkcs11 import Attribute, ObjectClass
    from pyhanko.sign.pkcs11 import PKCS11Signer

    certificats = {
        bytes(un[Attribute.ID]): x509.Certificate.load(bytes(un[Attribute.VALUE]))
        for un in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
    }
    cles = {
        bytes(une[Attribute.ID])
        for une in session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})
    }
    possibles = {cle: un for cle, un in certificats.items() if cle in cles and _signe(un)}
    demande = _identifiant(jeton.certificat)
    if demande:
        possibles = {cle: un for cle, un in certificats.items() if cle in cles and cle == demande}
    if len(possibles) != 1:
        raise RefusDeSigner(_quel_certificat(list(possibles)))
    ((cle, certificat),) = possibles.items()
    autres = [un for un in certificats.values() if un is not certificat and un.ca]
    return PKCS11Signer(
        session, signing_cert=certificat, key_id=cle, ca_chain=autres, embed_roots=False
    )


@contextmanager
def pannes_dites() -> Iterator[None]:
    """Un jeton retiré pendant qu'il signe, ou qui refuse : une phrase."""
    from pkcs11.exceptions import PKCS11Error

    try:
        yield
    except PKCS11Error as panne:
        raise RefusDeSigner(EN_PANNE) from panne


def fermer(session: Session) -> None:
    with suppress(Exception):
        session.close()


def _signe(certificat: Any) -> bool:
    usages = certificat.key_usage_value
    return usages is not None and "non_repudiation" in usages.native


def _identifiant(dit: str) -> bytes:
    try:
        return bytes.fromhex(dit)
    except ValueError as refus:
        raise RefusDeSigner(SANS_IDENTIFIANT) from refus


def _quel_jeton(jeton: Jeton, nombre: int) -> str:
    if nombre:
        return (
            f"{nombre} jetons sont branchés : rien ne dit lequel signe. "
            "Donnez le nom (label) de celui qui convient."
        )
    nom = f" du nom de « {jeton.label} »" if jeton.label else ""
    return (
        f"Aucun jeton{nom} n'est branché : vérifiez qu'il l'est sur cette machine, "
        "et que son nom est le bon."
    )


def _quel_certificat(trouves: list[bytes]) -> str:
    if not trouves:
        return (
            "Ce jeton ne porte pas de certificat de signature avec sa clé : "
            "c'en est peut-être un autre, ou il n'est pas "
            "encore personnalisé."
        )
    noms = ", ".join(un.hex() for un in trouves)
    return (
        f"Ce jeton porte plusieurs certificats de signature ({noms}) : "
        "donnez l'identifiant de celui qui convient."
    )
