"""Recevoir un courriel : une demande nouvelle, ou la suite d'une autre. Une machine n'en ouvre aucune.

L'expéditeur d'un courriel ne se prouve pas : il n'entre dans aucun compte, et la réponse part à l'adresse qu'il donne.
"""

import hashlib
import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from beffroi.assistance.models import Demande, Message, PieceDeMessage
from beffroi.assistance.rules import demandes as regles
from beffroi.assistance.services.demandes import SANS_COMPTE, Personne, Saisie, ajouter_une_suite, demander
from beffroi.consultations.rules.documents import nom_sur
from beffroi.pieces import chiffrement
from beffroi.socle.erreurs import RegleEnfreinte
from beffroi.socle.stockage import nouvelle_cle
from formats.courriels_recus import CourrielRecu, PieceRecue, lire

logger = logging.getLogger(__name__)
SANS_TEXTE = "(Ce courriel n'a pas de texte.)"


def recevoir(octets: bytes, *, maintenant: datetime) -> Demande | None:
    """La demande que ce courriel ouvre ou continue ; rien s'il vient d'une machine, ou se répète.

    Lève `formats.courriels_recus.CourrielIllisible` : l'appelant met le fichier de côté, et ne le perd pas.
    """
    recu = lire(octets, nos_adresses=nos_adresses())
    # Sans identifiant, les mêmes octets restent le même courriel.
    identifiant = recu.identifiant or f"sha256:{hashlib.sha256(octets).hexdigest()}"
    if recu.machine:
        logger.info("courriel ignoré : %s", recu.machine)
        return None
    if Message.objects.filter(identifiant=identifiant).exists():
        return None
    try:
        return _garder(recu, identifiant, maintenant=maintenant)
    except RegleEnfreinte as refus:
        logger.warning("courriel sans suite : %s", refus.message)
        return None


def nos_adresses() -> frozenset[str]:
    return frozenset(
        adresse.lower() for adresse in (settings.SERVICE["courriel"], settings.DEFAULT_FROM_EMAIL) if adresse
    )


@transaction.atomic
def _garder(recu: CourrielRecu, identifiant: str, *, maintenant: datetime) -> Demande:
    texte = recu.texte or SANS_TEXTE
    suivie = _demande_citee(recu)
    if suivie is not None:
        demande = ajouter_une_suite(
            demande=suivie,
            texte=texte,
            par=SANS_COMPTE,
            canal=Demande.Canal.COURRIEL,
            maintenant=maintenant,
            identifiant=identifiant,
        )
    else:
        if _trop_vite(recu.expediteur, maintenant):
            raise RegleEnfreinte("Cette adresse écrit plus vite qu'une personne : rien ne lui est répondu.")
        demande = demander(
            saisie=Saisie(texte=texte, cle=f"courriel:{identifiant}"[:80], sujet=recu.sujet, objet=""),
            personne=Personne(nom=recu.nom, courriel=recu.expediteur),
            canal=Demande.Canal.COURRIEL,
            maintenant=maintenant,
        )
        demande.messages.filter(identifiant=None).update(identifiant=identifiant)
    message = demande.messages.filter(identifiant=identifiant).first()
    if message is not None:
        _joindre(message, recu.pieces, le=maintenant)
    return demande


def _demande_citee(recu: CourrielRecu) -> Demande | None:
    """Celle que nomme l'objet, si l'adresse est la sienne : nul n'écrit dans la demande d'un autre."""
    return Demande.objects.filter(reference=recu.reference, courriel__iexact=recu.expediteur).first()


def _trop_vite(adresse: str, le: datetime) -> bool:
    recentes = Demande.objects.filter(
        courriel__iexact=adresse, canal=Demande.Canal.COURRIEL, recue_le__gt=le - timedelta(hours=1)
    )
    return recentes.count() >= regles.COURRIELS_PAR_HEURE


def _joindre(message: Message, pieces: tuple[PieceRecue, ...], *, le: datetime) -> None:
    gardees = regles.pieces_gardees([len(piece.octets) for piece in pieces])
    for piece in pieces[:gardees]:
        cle = nouvelle_cle("assistance")
        chiffrement.ranger(cle, piece.octets)
        PieceDeMessage.objects.create(
            message=message,
            nom=nom_sur(piece.nom),
            taille=len(piece.octets),
            sha256=hashlib.sha256(piece.octets).hexdigest(),
            cle_de_stockage=cle,
        )
    manque = regles.ce_qui_manque(jointes=len(pieces), gardees=gardees)
    if manque:
        Message.objects.create(
            demande=message.demande,
            sens=Message.Sens.INTERNE,
            canal=Demande.Canal.COURRIEL,
            auteur="La plateforme",
            texte=manque,
            le=le,
        )
