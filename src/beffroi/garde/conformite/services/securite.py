"""Ajouter une trace de sécurité, et effacer celles qui ont passé douze mois.

Rien n'en va au journal des procédures que l'empreinte d'un lot (`scelles.py`).
"""

import secrets
from datetime import datetime

from django.db import transaction

from beffroi.garde.conformite import courriels, fil, scelles
from beffroi.garde.conformite.models import LotDeTraces, TraceDeSecurite
from beffroi.garde.conformite.rules.securite import (
    ENTRE_DEUX_ALERTES,
    FENETRE_DES_REFUS,
    seuil,
    suite_d_un_refus,
)
from beffroi.socle.fondations.verrous import verrou_nomme
from beffroi.socle.journal import chainage
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.services import journaliser

Fait = TraceDeSecurite.Fait
VERROU_DES_LOTS = 0x54524143  # « TRAC »


def noter(
    fait: str,
    *,
    le: datetime,
    compte: str = "",
    objet: str = "",
    precision: str = "",
    adresse: str | None = None,
    logiciel: str = "",
) -> TraceDeSecurite:
    """Ajoute une trace.

    Ni mot de passe, ni code, ni texte tapé : des références et des mots de la machine.
    """
    trace = TraceDeSecurite.objects.create(
        fait=fait,
        le=le,
        compte=compte[:16],
        objet=objet[:40],
        precision=precision[:60],
        adresse=adresse,
        logiciel=logiciel,
    )
    fil.suivre(trace)
    return trace


@transaction.atomic
def noter_un_acces_refuse(
    *, compte: str, page: str, le: datetime, adresse: str | None, logiciel: str
) -> None:
    """Une page refusée à une personne connectée.

    Qui insiste est signalé à qui tient la sécurité, et n'emplit pas la base.
    """
    siennes = TraceDeSecurite.objects.filter(compte=compte)
    suite = suite_d_un_refus(
        deja=siennes.filter(fait=Fait.ACCES_REFUSE, le__gt=le - FENETRE_DES_REFUS).count(),
        alerte_recente=siennes.filter(fait=Fait.ALERTE, le__gt=le - ENTRE_DEUX_ALERTES).exists(),
    )
    if suite.trace:
        noter(
            Fait.ACCES_REFUSE,
            le=le,
            compte=compte,
            precision=page,
            adresse=adresse,
            logiciel=logiciel,
        )
    if suite.alerte:
        noter(Fait.ALERTE, le=le, compte=compte, precision=page, adresse=adresse, logiciel=logiciel)
        courriels.un_compte_insiste(compte, maintenant=le)


@transaction.atomic
def sceller(*, le: datetime) -> LotDeTraces | None:
    """Engage au journal ce qui s'est ajouté depuis le dernier lot ; rien avant un quart d'heure."""
    verrou_nomme(VERROU_DES_LOTS)
    dernier = scelles.dernier_lot()
    if dernier and le - dernier.le < scelles.ENTRE_DEUX:
        return None
    depuis, alea = dernier.jusqu_a if dernier else 0, secrets.token_hex(32)
    neuves = scelles.a_sceller(depuis=depuis, le=le)
    condense = scelles.condenser(neuves.iterator(chunk_size=500), alea)
    if condense.premiere_le is None:
        return None
    ecriture = journaliser(
        scelles.ACTE,
        sujet=scelles.SUJET,
        par=PLATEFORME,
        le=le,
        donnees={
            "depuis": depuis,
            "jusqu_a": condense.derniere,
            "traces": condense.nombre,
            "premiere_le": chainage.instant(condense.premiere_le),
            "empreinte": condense.empreinte,
        },
    )
    return LotDeTraces.objects.create(ecriture=ecriture.numero, alea=alea)


@transaction.atomic
def purger(*, le: datetime) -> int:
    """Efface ce qui a plus de douze mois.

    La trace de la purge vient d'abord : la base ne laisse effacer qu'au vu d'elle.
    """
    anciennes = TraceDeSecurite.objects.filter(le__lt=seuil(le))
    if not anciennes.exists():
        return 0
    noter(Fait.PURGE, le=le)
    LotDeTraces.objects.filter(ecriture__in=scelles.lots_echus(seuil(le))).delete()
    nombre, _ = anciennes.delete()
    return nombre
