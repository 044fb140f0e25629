"""Pousser le blocage à l'organisme, et le lever.

Il n'arrête que les consultations nouvelles (ruling 27).
"""

from datetime import datetime

from beffroi.centre.impayes import lettres
from beffroi.centre.impayes.models import Defaut
from beffroi.centre.impayes.states import EN_COURS
from beffroi.personnes.organismes.rules import IMPAYE
from beffroi.personnes.organismes.services import (
    retablir_les_nouvelles_consultations,
    suspendre_les_nouvelles_consultations,
)
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from droit.dates import en_toutes_lettres


def bloquer(defaut: Defaut, *, par: Acteur, maintenant: datetime) -> None:
    """La raison dit pourquoi, et qui appeler :
    c'est la phrase que lira la personne qui voulait créer.
    """
    organisme = defaut.contribution.adherent.organisme
    if organisme is not None:
        suspendre_les_nouvelles_consultations(
            organisme=organisme, motif=raison(defaut), cause=IMPAYE, par=par, maintenant=maintenant
        )


def lever(defaut: Defaut, *, par: Acteur, maintenant: datetime) -> None:
    """Lève la cause « impayé », sauf si une autre année en garde une.

    La fin d'une convention n'en bouge pas.
    """
    organisme = defaut.contribution.adherent.organisme
    if organisme is None:
        return
    # Deux impayés du même adhérent se closent peut-être ensemble :
    # le second attend, et voit le premier clos.
    verrouiller(organisme)
    autre = (
        Defaut.objects.filter(
            contribution__adherent=defaut.contribution.adherent,
            bloquee_le__isnull=False,
            etat__in=EN_COURS,
        )
        .exclude(pk=defaut.pk)
        .select_related("contribution__exercice", "contribution__adherent__organisme")
        .first()
    )
    if autre:
        bloquer(autre, par=par, maintenant=maintenant)
    else:
        retablir_les_nouvelles_consultations(
            organisme=organisme, cause=IMPAYE, par=par, maintenant=maintenant
        )


def raison(defaut: Defaut) -> str:
    notifiee = en_toutes_lettres(defaut.bloquee_le) if defaut.bloquee_le else ""
    return (
        f"La contribution {defaut.contribution.exercice.annee} n'est pas payée, "
        f"et une décision notifiée le {notifiee} arrête "
        "les consultations nouvelles. Pour payer ou contester, appelez le centre de gestion : "
        f"{lettres.telephone()}."
    )
