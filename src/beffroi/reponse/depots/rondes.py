"""Les rondes du dépôt : ce que l'ouvrier regarde de temps en temps."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from beffroi.reponse.depots import limits, place, queries, rules
from beffroi.reponse.depots.courriels import ecrire_le_rappel
from beffroi.reponse.depots.models import BrouillonDeReponse
from beffroi.reponse.depots.rules import delais
from beffroi.reponse.depots.services.place import ceder_un_brouillon
from beffroi.reponse.depots.services.purge import purger_un_brouillon

BROUILLONS_PAR_RONDE = 50


def rappeler(le: datetime) -> None:
    """Ronde : prévient qui a envoyé des fichiers et n'a rien déposé,
    à J−24 h, −2 h, −30 min et à l'heure.
    """
    fenetre = (le - delais.OUBLI, le + max(delais.RAPPELS))
    proche = Q(invitation=None, consultation__date_limite_remise__range=fenetre)
    brouillons = BrouillonDeReponse.objects.filter(
        proche | Q(invitation__tour__date_limite__range=fenetre),
        plis=None,
        premier_octet_le__isnull=False,
    ).select_related("consultation", "commence_par", "invitation__tour")
    for brouillon in brouillons:
        limite = brouillon.date_limite
        instant = rules.instant_du_rappel(le=le, date_limite=limite) if limite else None
        ouverte = rules.peut_recevoir_des_plis(etat=brouillon.consultation.etat).favorable
        if (
            ouverte
            and instant
            and brouillon.premier_octet_le
            and brouillon.premier_octet_le <= instant
        ):
            with transaction.atomic():
                ecrire_le_rappel(brouillon, instant=instant, le=le)


def ceder_la_place(le: datetime) -> None:
    """Ronde : quand la place manque, efface ce que personne n'a déposé, jusqu'à la rendre."""
    a_rendre = place.qui_manque()
    if not a_rendre:
        return
    for brouillon, octets in place.a_ceder(le):
        if ceder_un_brouillon(brouillon=brouillon, maintenant=le):
            a_rendre -= octets
        if a_rendre <= 0:
            return


def purger(le: datetime) -> None:
    """Ronde : efface les fichiers des brouillons échus, trente jours après la date limite."""
    for brouillon in brouillons_echus(le)[:BROUILLONS_PAR_RONDE]:
        purger_un_brouillon(brouillon=brouillon, maintenant=le)


def brouillons_echus(le: datetime) -> QuerySet[BrouillonDeReponse]:
    """Les brouillons dont la garde est finie et qui ont encore des fichiers sans pli."""
    garde = timedelta(days=limits.JOURS_DE_GARDE_D_UN_BROUILLON)
    echus = BrouillonDeReponse.objects.filter(expire_le__lt=le)
    echus = echus.filter(
        Q(consultation__date_limite_remise=None)
        | Q(consultation__date_limite_remise__lt=le - garde)
    )
    echus = echus.filter(Q(invitation=None) | Q(invitation__tour__date_limite__lt=le - garde))
    return echus.filter(pk__in=queries.fichiers_sans_pli().values("brouillon"))
