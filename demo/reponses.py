"""Les réponses de la démonstration :
ce qu'une entreprise scelle, envoie et dépose, joué par les services.
"""

import hashlib
import io
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.tours.models import Invitation
from beffroi.achat.tours.queries import paires_de
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots.models import BrouillonDeReponse, FichierScelle, Pli
from beffroi.reponse.depots.rules import EnveloppeAnnoncee
from beffroi.reponse.depots.services import (
    commencer_reponse,
    deposer,
    ouvrir_fichier,
    recevoir_partie,
    terminer_fichier,
)
from beffroi.socle.fondations.stockage import Partie
from demo.cles import sceller
from demo.peuplement import Troupe
from sceau import Recipient, profile, receipt

VERSION = "demonstration/1"
Fichiers = Mapping[str, bytes]


@dataclass(frozen=True)
class Envoye:
    """Un fichier scellé et reçu, et ce qu'il était en clair."""

    fichier: FichierScelle
    clair: bytes


def repondre(
    consultation: Consultation,
    troupe: Troupe,
    *,
    qui: str,
    chez: str,
    le: datetime,
    candidature: Fichiers,
    offres: Mapping[int | None, Fichiers],
    candidate_aux_lots: Sequence[int] = (),
) -> Pli:
    """Une entreprise dépose : sa candidature, et une offre par lot (`None` sans lot)."""
    personne = troupe.personnes[qui]
    lots = [*candidate_aux_lots, *(lot for lot in offres if lot is not None)]
    brouillon = commencer_reponse(
        consultation=consultation,
        equipe=troupe.equipes[chez],
        lots=lots,
        par=personne,
        maintenant=le - timedelta(minutes=25),
    )
    enveloppes = (
        [envoyer_une_enveloppe(brouillon, "candidature", None, candidature, le=le)]
        if candidature
        else []
    )
    enveloppes += [
        envoyer_une_enveloppe(brouillon, "offre", lot, fichiers, le=le)
        for lot, fichiers in offres.items()
    ]
    return deposer_le_tout(brouillon, enveloppes, par=personne, le=le)


def repondre_a_l_invitation(
    invitation: Invitation,
    troupe: Troupe,
    *,
    qui: str,
    le: datetime,
    offres: Mapping[int | None, Fichiers],
) -> Pli:
    """Un candidat retenu remet son offre, scellée pour la clé du tour."""
    personne = troupe.personnes[qui]
    brouillon = commencer_reponse(
        consultation=invitation.tour.consultation,
        equipe=invitation.equipe,
        lots=invitation.lots,
        par=personne,
        maintenant=le - timedelta(minutes=25),
        invitation=invitation,
    )
    enveloppes = [
        envoyer_une_enveloppe(brouillon, "offre", lot, fichiers, le=le)
        for lot, fichiers in offres.items()
    ]
    return deposer_le_tout(brouillon, enveloppes, par=personne, le=le)


def deposer_le_tout(
    brouillon: BrouillonDeReponse,
    enveloppes: list[EnveloppeAnnoncee],
    *,
    par: Utilisateur,
    le: datetime,
) -> Pli:
    return deposer(
        brouillon=brouillon,
        enveloppes=enveloppes,
        cle_d_idempotence=secrets.token_urlsafe(24),
        version_client=VERSION,
        recu_le=le,
        par=par,
    )


def envoyer_une_enveloppe(
    brouillon: BrouillonDeReponse, sorte: str, lot: int | None, fichiers: Fichiers, *, le: datetime
) -> EnveloppeAnnoncee:
    pour = destinataire(brouillon, sorte)
    envoyes = [
        envoyer(brouillon, sorte, lot, nom, clair, pour=pour, le=le - timedelta(minutes=20))
        for nom, clair in fichiers.items()
    ]
    manifeste = receipt.canonical(
        composer_le_manifeste(brouillon.consultation, sorte, lot, envoyes)
    )
    scelle = envoyer(
        brouillon, sorte, lot, "manifeste.age", manifeste, pour=pour, le=le - timedelta(minutes=2)
    )
    return EnveloppeAnnoncee(
        enveloppe=sorte,
        lot=lot,
        fichiers=tuple(envoye.fichier.reference for envoye in envoyes),
        manifeste=scelle.fichier.reference,
        engagement=hashlib.sha256(manifeste).hexdigest(),
        empreinte=pour.fingerprint,
    )


def destinataire(brouillon: BrouillonDeReponse, sorte: str) -> Recipient:
    return Recipient.parse(paires_de(brouillon.consultation, brouillon.tour)[sorte].destinataire)


def envoyer(
    brouillon: BrouillonDeReponse,
    sorte: str,
    lot: int | None,
    nom: str,
    clair: bytes,
    *,
    pour: Recipient,
    le: datetime,
) -> Envoye:
    """Scelle et envoie un fichier, partie par partie, comme le navigateur."""
    scelle = sceller(clair, pour)
    fichier = ouvrir_fichier(
        brouillon=brouillon,
        enveloppe=sorte,
        lot=lot,
        nom=nom,
        taille=len(scelle),
        maintenant=le,
        piece=piece_attendue(brouillon.consultation, sorte, lot, nom),
    )
    condenses, debut = [], 0
    for numero, taille in enumerate(profile.part_sizes(len(scelle)), start=1):
        octets = scelle[debut : debut + taille]
        condenses.append(hashlib.sha256(octets).digest())
        partie = Partie(numero=numero, taille=taille, sha256=condenses[-1].hex())
        recevoir_partie(fichier=fichier, partie=partie, flux=io.BytesIO(octets), horloge=lambda: le)
        debut += taille
    racine = profile.root(condenses).hex()
    fichier = terminer_fichier(
        fichier=fichier,
        racine=racine,
        sha256=hashlib.sha256(scelle).hexdigest(),
        maintenant=le + timedelta(seconds=30),
    )
    return Envoye(fichier, clair)


def piece_attendue(consultation: Consultation, sorte: str, lot: int | None, nom: str) -> str:
    """La pièce que ce fichier apporte : son nom commence comme elle (« mémoire technique.pdf »)."""
    de_l_enveloppe = consultation.pieces_attendues.filter(enveloppe=sorte)
    pieces = (
        de_l_enveloppe.filter(lot=None) if lot is None else de_l_enveloppe.filter(lot__numero=lot)
    )
    return next(
        (p.reference for p in pieces if nom.lower().startswith(p.intitule.split()[0].lower())), ""
    )


def composer_le_manifeste(
    consultation: Consultation, sorte: str, lot: int | None, envoyes: list[Envoye]
) -> dict[str, Any]:
    return {
        "format": "beffroi.manifeste/1",
        "sel": secrets.token_hex(32),
        "consultation": consultation.reference,
        "enveloppe": sorte,
        "lot": lot,
        "fichiers": [
            {
                "nom": envoye.fichier.nom,
                "taille": len(envoye.clair),
                "sha256": hashlib.sha256(envoye.clair).hexdigest(),
                "sha256_scelle": envoye.fichier.sha256_declare,
                "racine": envoye.fichier.racine,
            }
            for envoye in envoyes
        ],
    }
