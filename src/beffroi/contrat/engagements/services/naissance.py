"""Ouvrir un engagement par titulaire, avec le contrat : son offre, son montant."""

from datetime import datetime

from django.db import transaction

from beffroi.choix.attribution import queries as attributions
from beffroi.contrat.engagements.models import Engagement
from beffroi.contrat.marches import queries as marches
from beffroi.contrat.marches.models import Marche
from beffroi.contrat.marches.states import Etat
from beffroi.contrat.marches.suspension import numero_du_lot


@transaction.atomic
def ouvrir_les_engagements(*, marche: Marche, maintenant: datetime) -> list[Engagement]:
    """Rien pour un contrat à un titulaire, pour un groupement,
    ou pour un contrat déjà signé ailleurs.

    L'acte qui inscrit le contrat engage ces lignes au journal.
    """
    if (
        marche.nature != Marche.Nature.ACCORD_CADRE
        or marche.groupement
        or marche.etat != Etat.A_SIGNER
    ):
        return []
    ouverts = _des_offres(marche, maintenant) if marche.consultation else _des_titulaires(marche)
    return Engagement.objects.bulk_create(ouverts) if len(ouverts) > 1 else []


def _des_offres(marche: Marche, le: datetime) -> list[Engagement]:
    """Un groupement titulaire n'a qu'un engagement, que son mandataire signe."""
    if marche.consultation is None:
        return []
    ligne = attributions.attribution_de(marche.consultation, numero_du_lot(marche), le=le)
    return [
        Engagement(
            marche=marche,
            rang=rang,
            siret=retenue.pli.equipe.identifiant,
            nom=retenue.nom,
            pli=retenue.pli,
            montant=retenue.montant,
        )
        for rang, retenue in enumerate(ligne.retenues, start=1)
    ]


def _des_titulaires(marche: Marche) -> list[Engagement]:
    """Sans consultation ici, l'offre de chacun n'est pas connue :
    l'acte dit le montant du contrat.
    """
    return [
        Engagement(
            marche=marche,
            rang=tenant.rang,
            siret=tenant.siret,
            nom=tenant.nom,
            montant=marche.montant,
        )
        for tenant in marches.titulaires_de(marche)
    ]
