"""Les séances de la démonstration : deux personnes, leurs clés, les enveloppes une à une.

Joué par les services.
"""

import secrets
from datetime import datetime, timedelta

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.cles import queries as cles_queries
from beffroi.personnes.cles.models import PaireDeCles
from beffroi.seance.coffre.coffre import coffre
from beffroi.seance.ouverture.models import Seance
from beffroi.seance.ouverture.services import (
    clore,
    confirmer_le_code,
    declarer_sans_conflit,
    donner_son_alea,
    engager_les_codes,
    installer,
    lire_le_registre,
    ouvrir_enveloppe_suivante,
    preparer_seance,
    rejoindre,
    remettre_sa_part,
    reveler_les_aleas,
    tourner_les_cles,
)
from demo.cles import CAPACITE, cle_de, ouvrir, porteurs, sceller
from demo.peuplement import Troupe
from sceau import Identity, Recipient, shares


def installer_une_seance(
    consultation: Consultation, troupe: Troupe, *, preside: str, avec: str, le: datetime
) -> Seance:
    """La présidence et une seconde personne, chacune sur son appareil, sans conflit d'intérêts."""
    presidence, membre = troupe.personnes[preside], troupe.personnes[avec]
    seance = preparer_seance(
        consultation=consultation, presidee_par=presidence, par=presidence, maintenant=le
    )
    for rang, personne in enumerate((presidence, membre)):
        rejoindre(seance=seance, utilisateur=personne, appareil=f"appareil-{rang}", maintenant=le)
        declarer_sans_conflit(seance=seance, utilisateur=personne, maintenant=le)
    return installer(seance=seance, lieu="Mairie de Bomy", autres=(), par=presidence, maintenant=le)


def depouiller(
    consultation: Consultation, troupe: Troupe, *, preside: str, avec: str, le: datetime
) -> Seance:
    """Une séance entière, jusqu'au procès-verbal."""
    seance = installer_une_seance(consultation, troupe, preside=preside, avec=avec, le=le)
    presidence = troupe.personnes[preside]
    lire_le_registre(seance=seance, par=presidence, maintenant=le)
    tourner(seance, troupe, preside=preside, avec=avec, le=le + timedelta(minutes=4))
    for rang in seance.ouvertures.values_list("rang", flat=True):
        instant = le + timedelta(minutes=5 + rang)
        ouvrir_enveloppe_suivante(
            seance=seance, rang=rang, capacite=CAPACITE, par=presidence, maintenant=instant
        )
    seance.refresh_from_db()
    clore(seance=seance, par=presidence, maintenant=le + timedelta(minutes=20))
    return seance


def tourner(seance: Seance, troupe: Troupe, *, preside: str, avec: str, le: datetime) -> None:
    """Le code lu à voix haute, la part remise,
    la clé recomposée et confiée au coffre de la séance.
    """
    presidence, membre = troupe.personnes[preside], troupe.personnes[avec]
    ephemere = Identity.generate()
    engagement = {membre.reference: secrets.token_hex(32)}
    engager_les_codes(
        seance=seance,
        cle_ephemere=ephemere.recipient.encode(),
        engagements=engagement,
        par=presidence,
        maintenant=le,
    )
    donner_son_alea(seance=seance, alea=secrets.token_hex(32), par=membre)
    reveler_les_aleas(
        seance=seance, aleas={membre.reference: secrets.token_hex(32)}, par=presidence
    )
    confirmer_le_code(seance=seance, par=membre, identique=True, maintenant=le)
    rescellees, graines = {}, {}
    for sorte, paire in seance.paires_de_cles.items():
        part = part_de(paire, avec, troupe)
        rescellees[sorte] = sceller(part, ephemere.recipient).hex()
        graine = shares.combine([part_de(paire, preside, troupe), part][: max(1, paire.seuil)]).seed
        graines[sorte] = sceller(graine, Recipient.parse(coffre().destinataire()))
    remettre_sa_part(seance=seance, parts=rescellees, par=membre, maintenant=le)
    tourner_les_cles(
        seance=seance,
        graines=graines,
        avec_sa_part=True,
        capacite=CAPACITE,
        par=presidence,
        maintenant=le,
    )


def part_de(paire: PaireDeCles, qui: str, troupe: Troupe) -> bytes:
    part = cles_queries.part_de(troupe.personnes[qui], paire)
    assert part is not None, f"{qui} n'a pas de part"
    personnage = next(personnage for personnage in porteurs() if personnage.cle == qui)
    return ouvrir(bytes(part.contenu), cle_de(personnage))
