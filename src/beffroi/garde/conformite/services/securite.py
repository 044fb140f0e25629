"""Ajouter une trace de sécurité, et effacer celles qui ont passé douze mois.

Rien n'en va au journal des procédures.
"""

from datetime import datetime

from django.db import transaction

from beffroi.garde.conformite import courriels, fil
from beffroi.garde.conformite.models import TraceDeSecurite
from beffroi.garde.conformite.rules.securite import (
    ENTRE_DEUX_ALERTES,
    FENETRE_DES_REFUS,
    seuil,
    suite_d_un_refus,
)

Fait = TraceDeSecurite.Fait


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
def purger(*, le: datetime) -> int:
    """Efface ce qui a plus de douze mois.

    La trace de la purge vient d'abord : la base ne laisse effacer qu'au vu d'elle.
    """
    anciennes = TraceDeSecurite.objects.filter(le__lt=seuil(le))
    if not anciennes.exists():
        return 0
    noter(Fait.PURGE, le=le)
    nombre, _ = anciennes.delete()
    return nombre
