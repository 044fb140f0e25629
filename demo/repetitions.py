"""La répétition de la démonstration : la clé jetable, le code, l'enveloppe d'essai.

Jouée par les services.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.cles.rules import SEUILS
from beffroi.seance.coffre.coffre import coffre
from beffroi.seance.ouverture.services import donner_son_alea, engager_les_codes, reveler_les_aleas
from beffroi.seance.ouverture.services.code import confirmer_le_code
from beffroi.seance.repetition import queries, services
from beffroi.seance.repetition.models import Repetition
from demo.cles import CAPACITE, ouvrir, sceller, secret_de
from demo.peuplement import Troupe
from sceau import Identity, Recipient, shares
from sceau.shares import Purpose

PHRASE = "Bonjour de la mairie de Bomy"


@dataclass(frozen=True)
class Table:
    """Qui répète, et à quelle heure."""

    troupe: Troupe
    preside: str
    avec: str
    le: datetime


def essai(consultation: Consultation, *, phrase: str = PHRASE) -> services.Essai:
    """Ce que fait le navigateur de la présidence : une clé neuve, des parts, une phrase scellée."""
    identites, cle = queries.identites_qui_ouvrent(consultation), Identity.generate()
    seuil = SEUILS[consultation.politique_de_cles]
    parts = shares.split(cle, shares=len(identites), threshold=seuil, purpose=Purpose.TRIAL)
    clair = "\n".join([services.EN_TETE, secrets.token_hex(16), phrase]).encode()
    return services.Essai(
        destinataire=cle.recipient.encode(),
        parts={
            identite: sceller(part, Recipient.parse(identite.destinataire))
            for identite, part in zip(identites, parts, strict=True)
        },
        enveloppe=sceller(clair, cle.recipient),
        engagement=hashlib.sha256(clair).hexdigest(),
    )


def repeter(consultation: Consultation, table: Table) -> Repetition:
    """Une répétition entière et réussie."""
    repetition = commencer(consultation, table)
    tourner(repetition, table)
    presidence, le = table.troupe.personnes[table.preside], table.le + timedelta(minutes=4)
    repetition.refresh_from_db()
    services.lire_l_enveloppe(
        repetition=repetition, capacite=CAPACITE, par=presidence, maintenant=le
    )
    return services.conclure(repetition=repetition, meme_phrase=True, par=presidence, maintenant=le)


def commencer(consultation: Consultation, table: Table) -> Repetition:
    """Deux personnes à la table, chacune sur son appareil."""
    presidence, membre = table.troupe.personnes[table.preside], table.troupe.personnes[table.avec]
    repetition = services.commencer(
        consultation=consultation,
        essai=essai(consultation),
        appareil=f"appareil de {table.preside}",
        par=presidence,
        maintenant=table.le,
    )
    services.rejoindre(
        repetition=repetition,
        utilisateur=membre,
        appareil=f"appareil de {table.avec}",
        maintenant=table.le,
    )
    return repetition


def composer_le_code(repetition: Repetition, table: Table, *, ephemere: Identity) -> None:
    presidence, membre = table.troupe.personnes[table.preside], table.troupe.personnes[table.avec]
    engagement = {membre.reference: secrets.token_hex(32)}
    engager_les_codes(
        seance=repetition,
        cle_ephemere=ephemere.recipient.encode(),
        engagements=engagement,
        par=presidence,
        maintenant=table.le,
    )
    donner_son_alea(seance=repetition, alea=secrets.token_hex(32), par=membre)
    reveler_les_aleas(
        seance=repetition, aleas={membre.reference: secrets.token_hex(32)}, par=presidence
    )
    confirmer_le_code(seance=repetition, par=membre, identique=True, maintenant=table.le)


def tourner(repetition: Repetition, table: Table) -> Repetition:
    """Le code comparé, la part remise, la clé jetable recomposée et confiée au coffre."""
    ephemere, membre = Identity.generate(), table.troupe.personnes[table.avec]
    composer_le_code(repetition, table, ephemere=ephemere)
    part = part_de(repetition, table, table.avec)
    parts = {queries.SORTE: sceller(part, ephemere.recipient).hex()}
    services.remettre_sa_part(seance=repetition, parts=parts, par=membre, maintenant=table.le)
    return services.tourner_les_cles(
        seance=repetition,
        graines={queries.SORTE: graine(repetition, table, (table.preside, table.avec))},
        avec_sa_part=True,
        capacite=CAPACITE,
        par=table.troupe.personnes[table.preside],
        maintenant=table.le + timedelta(minutes=2),
    )


def graine(repetition: Repetition, table: Table, porteurs: Sequence[str]) -> bytes:
    """La graine recombinée par le seuil de parts, scellée pour le coffre."""
    parts = [part_de(repetition, table, qui) for qui in porteurs][: repetition.seuil]
    return sceller(shares.combine(parts).seed, Recipient.parse(coffre().destinataire()))


def part_de(repetition: Repetition, table: Table, qui: str) -> bytes:
    personne = table.troupe.personnes[qui]
    return ouvrir(
        bytes(queries.parts_de(repetition, personne)[queries.SORTE].contenu), secret_de(personne)
    )
