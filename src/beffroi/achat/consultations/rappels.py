"""Rappeler d'essayer sa clé avant l'heure limite.

La ronde repasse sans cesse : un courriel par échéance et par personne.
"""

from datetime import datetime

from django.db import transaction

from beffroi.achat.consultations.courriels import rappeler_l_essai
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ouvreurs import ouvreurs_de
from beffroi.achat.consultations.rules.rappels import RAPPELS_D_ESSAI, rappel_en_cours


def rappeler_les_essais(le: datetime) -> None:
    """Ronde : à J−7 et J−2, écrit à chaque personne qui ne saurait pas ouvrir aujourd'hui."""
    proches = Consultation.toutes.filter(
        etat=Consultation.Etat.PUBLIEE,
        date_limite_remise__gt=le,
        date_limite_remise__lte=le + max(RAPPELS_D_ESSAI),
    )
    consultations = {consultation.pk: consultation for consultation in proches}
    for pk, ouvreurs in ouvreurs_de(list(consultations.values()), le).items():
        echeance = rappel_en_cours(limite=consultations[pk].limite, maintenant=le)
        for ouvreur in ouvreurs:
            if echeance and ouvreur.a_essayer:
                with transaction.atomic():
                    rappeler_l_essai(consultations[pk], ouvreur, echeance=echeance, maintenant=le)
