"""Effacer ce qu'un brouillon échu a laissé, et les vieux dépôts d'essai de la plateforme."""

from datetime import datetime

from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.reponse.depots import queries
from beffroi.reponse.depots.models import (
    AccuseDeReception,
    BrouillonDeReponse,
    Enveloppe,
    FichierScelle,
    Pli,
)
from beffroi.reponse.depots.services.fichiers import effacer
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.pannes import point_de_panne
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.services import journaliser

ESSAIS_PAR_PURGE = 200


@transaction.atomic
def purger_un_brouillon(*, brouillon: BrouillonDeReponse, maintenant: datetime) -> int:
    """Efface les fichiers d'un brouillon échu qu'aucun pli ne contient ; rend leur nombre."""
    brouillon = verrouiller(brouillon)
    if queries.expiration(brouillon) >= maintenant:
        return 0
    fichiers = list(queries.fichiers_sans_pli().filter(brouillon=brouillon))
    for fichier in fichiers:
        effacer(fichier)
    point_de_panne("purge.avant_validation")
    transaction.on_commit(lambda: point_de_panne("purge.apres_validation"))
    return len(fichiers)


@transaction.atomic
def purger_les_essais(*, consultation: Consultation, avant: datetime, maintenant: datetime) -> int:
    """Efface les dépôts d'essai plus anciens, sauf leur écriture :
    le registre n'a pas de trou, le disque ne grossit pas.

    La base refuse d'effacer tout autre dépôt (`migrations.0006_depots_d_essai`).
    """
    if not consultation.technique:
        raise RegleEnfreinte("Un dépôt ne s'efface pas.")
    anciens = BrouillonDeReponse.objects.filter(consultation=consultation, commence_le__lt=avant)
    brouillons = list(anciens.order_by("pk").values_list("pk", flat=True)[:ESSAIS_PAR_PURGE])
    plis = Pli.objects.filter(brouillon__in=brouillons)
    references = list(plis.order_by("pk").values_list("reference", flat=True))
    Enveloppe.fichiers.through.objects.filter(enveloppe__pli__in=plis).delete()
    AccuseDeReception.objects.filter(pli__in=plis).delete()
    Enveloppe.objects.filter(pli__in=plis).delete()
    plis.delete()
    for fichier in FichierScelle.objects.filter(brouillon__in=brouillons):
        effacer(fichier)
    BrouillonDeReponse.objects.filter(pk__in=brouillons).delete()
    if references:
        journaliser(
            "pli.purger_les_essais",
            sujet=consultation.reference,
            organisme=consultation.organisme.siret,
            par=PLATEFORME,
            le=maintenant,
            donnees={"plis": references},
        )
    return len(brouillons)
