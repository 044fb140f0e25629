"""Recevoir un courriel : une demande nouvelle, ou la suite d'une autre.
Une boucle n'en ouvre aucune.

L'expéditeur d'un courriel ne se prouve pas :
il n'entre dans aucun compte, et la réponse part à l'adresse qu'il donne.

Ce qu'une personne écrit ne se perd pas ; ce qui s'arrête d'abord est notre réponse d'office,
seule à nourrir une boucle. Une adresse qui écrit beaucoup passe quatre bornes
(`rules.demandes`) : dix demandes en une heure, et plus rien ne lui répond d'office ; vingt
demandes ouvertes, et la suite s'ajoute à sa dernière ; soixante courriels en une heure, ou
soixante-quatre en huit, et le reste est mis de côté, compté à la supervision. Un robot ne prend
donc que vingt lignes de la file. Ces bornes valent par adresse : qui inonde sous un nom n'arrête
pas les autres. Une seule vaut pour toutes, cent vingt-huit courriels en huit
heures (`COURRIELS_RECUS`) : le registre ne grandit pas au gré d'inconnus, et les suivants attendent
leur place, dans l'ordre.
"""

import hashlib
import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from beffroi.achat.consultations.rules.documents import nom_sur
from beffroi.service.assistance.models import Demande, Message, PieceDeMessage
from beffroi.service.assistance.rules import demandes as regles
from beffroi.service.assistance.services.demandes import (
    SANS_COMPTE,
    Personne,
    Saisie,
    ajouter_une_suite,
    demander,
    ouvertes_de,
)
from beffroi.socle.budgets.reseau import empreinte
from beffroi.socle.budgets.services import depenser
from beffroi.socle.fondations import chiffrement
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.fondations.stockage import nouvelle_cle
from formats.courriels_recus import CourrielRecu, PieceRecue, lire

logger = logging.getLogger(__name__)
SANS_TEXTE = "(Ce courriel n'a pas de texte.)"


def recevoir(octets: bytes, *, maintenant: datetime) -> Demande | None:
    """La demande que ce courriel ouvre ou continue ; rien s'il vient d'une machine, ou se répète.

    Lève `formats.courriels_recus.CourrielIllisible`, ou `RegleEnfreinte` s'il est de trop :
    l'appelant met le fichier de côté. `BudgetEpuise` : il attend son tour.
    """
    recu = lire(octets, nos_adresses=nos_adresses())
    # Sans identifiant, les mêmes octets restent le même courriel.
    identifiant = recu.identifiant or f"sha256:{hashlib.sha256(octets).hexdigest()}"
    if recu.machine or _est_des_notres(identifiant):
        logger.info("courriel ignoré : %s", recu.machine or "c'est l'un des nôtres, revenu")
        return None
    if Message.objects.filter(identifiant=identifiant).exists():
        return None
    return _garder(recu, identifiant, maintenant=maintenant)


def _est_des_notres(identifiant: str) -> bool:
    """Un relais peut ôter nos en-têtes ; l'identifiant, il le garde (RFC 5322, 3.6.4)."""
    return Courriel.objects.filter(reference=identifiant.strip("<>").partition("@")[0]).exists()


def nos_adresses() -> frozenset[str]:
    return frozenset(
        adresse.lower()
        for adresse in (settings.SERVICE["courriel"], settings.DEFAULT_FROM_EMAIL)
        if adresse
    )


@transaction.atomic
def _garder(recu: CourrielRecu, identifiant: str, *, maintenant: datetime) -> Demande:
    exiger(
        regles.courriel_de_trop(
            recus_en_une_heure=_recus(recu.expediteur, maintenant, timedelta(hours=1)).count(),
            recus_en_huit_heures=_recus(recu.expediteur, maintenant, timedelta(hours=8)).count(),
        )
    )
    depenser(budget=regles.COURRIELS_RECUS, qui=empreinte(recu.expediteur), maintenant=maintenant)
    texte = recu.texte or SANS_TEXTE
    suivie = _demande_citee(recu)
    if suivie is None and (derniere := _derniere_si_trop_ouvertes(recu)):
        suivie, texte = derniere, f"Objet : {recu.sujet}\n\n{texte}"
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
        demande = _ouvrir(recu, texte, identifiant, maintenant=maintenant)
    _joindre(demande.messages.get(identifiant=identifiant), recu.pieces, le=maintenant)
    return demande


def _ouvrir(recu: CourrielRecu, texte: str, identifiant: str, *, maintenant: datetime) -> Demande:
    """Le premier message porte l'identifiant du courriel : le relire n'écrit rien de plus."""
    empreinte = hashlib.sha256(identifiant.encode()).hexdigest()
    demande = demander(
        saisie=Saisie(texte=texte, cle=f"courriel:{empreinte}", sujet=recu.sujet, objet=""),
        personne=_personne(recu),
        canal=Demande.Canal.COURRIEL,
        maintenant=maintenant,
        sans_accuse=bool(recu.sans_reponse) or _trop_vite(recu.expediteur, maintenant),
    )
    demande.messages.filter(identifiant=None).update(identifiant=identifiant)
    return demande


def _personne(recu: CourrielRecu) -> Personne:
    return Personne(nom=recu.nom, courriel=recu.expediteur)


def _derniere_si_trop_ouvertes(recu: CourrielRecu) -> Demande | None:
    siennes = ouvertes_de(_personne(recu)).order_by("-recue_le", "-pk")
    return siennes.first() if siennes.count() >= regles.OUVERTES_AU_PLUS else None


def _demande_citee(recu: CourrielRecu) -> Demande | None:
    """Celle que nomme l'objet, si l'adresse est la sienne :
    nul n'écrit dans la demande d'un autre.
    """
    return Demande.objects.filter(
        reference=recu.reference, courriel__iexact=recu.expediteur
    ).first()


def _trop_vite(adresse: str, le: datetime) -> bool:
    recentes = Demande.objects.filter(
        courriel__iexact=adresse, canal=Demande.Canal.COURRIEL, recue_le__gt=le - timedelta(hours=1)
    )
    return recentes.count() >= regles.REPONSES_PAR_HEURE


def _recus(adresse: str, le: datetime, depuis: timedelta) -> QuerySet[Message]:
    return Message.objects.filter(
        demande__courriel__iexact=adresse,
        canal=Demande.Canal.COURRIEL,
        sens=Message.Sens.RECU,
        le__gt=le - depuis,
    )


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
