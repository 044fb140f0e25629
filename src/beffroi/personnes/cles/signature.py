"""Ce que la personne signe :
que sa clé de signature est à elle, et qu'une clé de consultation vient d'elle.

La clé publique d'une consultation, remplacée en chemin, ferait lire toutes les réponses.
Signée par un membre et tenue au registre, elle se vérifie avant que l'entreprise scelle quoi
que ce soit (scellement, §2.3).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from beffroi.personnes.cles import rules
from beffroi.personnes.cles.models import Gardien, IdentiteDeMembre
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.journal import chainage
from sceau import Identity, SealError, key_record, signing
from sceau.signing import PublicIdentity


@dataclass(frozen=True)
class CleDeSignature:
    """La clé publique de signature d'une personne,
    et sa signature sur l'empreinte de son identité.
    """

    publique: bytes
    preuve: bytes


@dataclass(frozen=True)
class Usage:
    """À quoi sert une clé :
    quelle enveloppe de quelle consultation, sous quelle politique, jusqu'à quand.
    """

    consultation: str
    enveloppe: str
    politique: str
    date_limite: datetime | None = None

    @property
    def date_limite_ecrite(self) -> str | None:
        """L'heure limite au moment de signer.

        Une prolongation ne refait pas la signature (sceau, SPEC §11).
        """
        return chainage.instant(self.date_limite) if self.date_limite else None


@dataclass(frozen=True)
class PaireScellee:
    """Ce que le navigateur envoie pour une enveloppe :
    la clé publique, les parts scellées, et qui l'a signée.
    """

    destinataire: str
    parts_des_membres: Mapping[IdentiteDeMembre, bytes]
    parts_des_gardiens: Mapping[Gardien, bytes]
    signataire: IdentiteDeMembre
    signature: bytes


def exiger_la_possession(cle: CleDeSignature, empreinte: str) -> None:
    """Nul n'enregistre comme sienne la clé de signature d'une autre personne."""
    try:
        signing.verify(cle.publique, cle.preuve, signing.possession(empreinte))
    except SealError as erreur:
        raise RegleEnfreinte(
            "La signature de votre clé est fausse. Recommencez la création de votre clé."
        ) from erreur


def enregistrement(
    usage: Usage,
    *,
    destinataire: str,
    gardiens: Iterable[PublicIdentity],
    signataire: IdentiteDeMembre,
) -> dict[str, Any]:
    """Ce que la personne signe, recomposé de ce que le serveur sait."""
    return key_record.build(
        consultation=usage.consultation,
        envelope=usage.enveloppe,
        recipient=destinataire,
        policy=(usage.politique, rules.SEUILS[usage.politique]),
        deadline=usage.date_limite_ecrite,
        custodians=gardiens,
        signer=signataire.publique,
    )


@dataclass(frozen=True)
class SansLecteur:
    """L'enregistrement d'une clé que personne ne tient, et de quoi le vérifier."""

    contenu: dict[str, Any]
    signature: bytes
    publique: bytes


def signer_sans_lecteur(usage: Usage) -> SansLecteur:
    """Tire une clé et qui la signe ; les deux secrets meurent avec cette fonction."""
    cle, signataire = Identity.generate(), Identity.generate()
    contenu = key_record.build(
        consultation=usage.consultation,
        envelope=usage.enveloppe,
        recipient=cle.recipient.encode(),
        policy=(usage.politique, rules.SEUILS[usage.politique]),
        deadline=usage.date_limite_ecrite,
        custodians=(),
        signer=signing.public(signataire),
    )
    signature = signing.sign(signataire, chainage.canonique(contenu).encode())
    return SansLecteur(contenu, signature, signing.public_key(signataire))


def exiger_la_signature(contenu: Mapping[str, Any], scellee: PaireScellee) -> None:
    """La signature est celle du signataire,
    sur l'enregistrement que le serveur a recomposé lui-même.
    """
    cle = bytes.fromhex(scellee.signataire.cle_de_signature)
    try:
        key_record.check_signature(contenu, key=cle, signature=scellee.signature)
    except SealError as erreur:
        raise RegleEnfreinte(
            "La signature ne correspond pas à ces clés. La consultation a pu changer : "
            "rechargez la page."
        ) from erreur
