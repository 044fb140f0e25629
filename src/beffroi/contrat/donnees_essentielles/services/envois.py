"""Noter ce que le portail national a répondu :
la preuve que les données y sont parties (CCP, art. R. 2196-1).
"""

from datetime import datetime

from django.db import transaction

from beffroi.contrat.donnees_essentielles.models import EnvoiAuPortail
from beffroi.contrat.donnees_essentielles.ports import AccuseDuPortail
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.services import journaliser

SIGNES_D_UN_REFUS = 500


@transaction.atomic
def noter_un_envoi(
    *, version: str, empreinte: str, fiches: int, accuse: AccuseDuPortail, maintenant: datetime
) -> EnvoiAuPortail:
    envoi = EnvoiAuPortail.objects.create(
        version=version,
        empreinte=empreinte,
        fiches=fiches,
        demande_le=maintenant,
        accepte_le=accuse.recu_le,
        numero=accuse.numero[:80],
    )
    _journaliser("envoyer_au_portail", envoi, le=maintenant)
    return envoi


@transaction.atomic
def noter_un_refus(
    *, version: str, empreinte: str, fiches: int, motif: str, maintenant: datetime
) -> EnvoiAuPortail:
    envoi = EnvoiAuPortail.objects.create(
        version=version,
        empreinte=empreinte,
        fiches=fiches,
        demande_le=maintenant,
        refus=motif[:SIGNES_D_UN_REFUS],
    )
    _journaliser("refus_du_portail", envoi, le=maintenant)
    return envoi


def _journaliser(acte: str, envoi: EnvoiAuPortail, *, le: datetime) -> None:
    journaliser(
        f"donnees_essentielles.{acte}",
        sujet=envoi.empreinte,
        par=PLATEFORME,
        le=le,
        donnees={"fiches": envoi.fiches, "numero": envoi.numero, "refus": envoi.refus},
    )
