"""Mener un accord-cadre à deux titulaires jusqu'où un essai en a besoin, par les services."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from beffroi.choix.attribution.services import OffreChoisie
from beffroi.choix.attribution.tests.scene import DECISION_LE, Ouvert, envoyer, relire_tout
from beffroi.contrat.engagements import queries
from beffroi.contrat.engagements.models import Engagement
from beffroi.contrat.engagements.services import notification, signature
from beffroi.contrat.marches.models import Marche
from beffroi.contrat.marches.services import naissance
from beffroi.contrat.marches.services.pieces import Fichier
from beffroi.contrat.marches.services.signature import Signature
from beffroi.contrat.marches.tests import gestes
from beffroi.socle.journal.acteurs import PLATEFORME

LE = DECISION_LE + timedelta(hours=1)
LE_SIEN, CELUI_DE_L_AUTRE = Decimal("41250.00"), Decimal("38000.00")
TERMES = replace(
    gestes.TERMES, nature="accord_cadre", maximum=Decimal(90_000), forme_de_prix="unitaire"
)


def ouvrir_le_contrat(ouvert: Ouvert) -> Marche:
    autres = (OffreChoisie(ouvert.plis[1], CELUI_DE_L_AUTRE, "Une astreinte."),)
    ouvert.attribuer(montant=LE_SIEN, autres=autres, titulaires_prevus=2)
    relire_tout(ouvert)
    envoyer(ouvert)
    return naissance.ouvrir(
        consultation=ouvert.consultation,
        lot=None,
        termes=TERMES,
        par=ouvert.martine.acteur,
        maintenant=LE,
    )


def deux(marche: Marche) -> tuple[Engagement, Engagement]:
    premier, second = queries.engagements_de(marche)
    return premier, second


def acte(engagement: Engagement, partie: str) -> Fichier:
    return Fichier(f"{partie}.pdf", b"%PDF-1.7 " + partie.encode() + engagement.siret.encode())


def signe(engagement: Engagement, partie: str, *, le: datetime = LE) -> Engagement:
    dite = Signature(partie, le.date(), acte(engagement, partie))
    return signature.signer(engagement=engagement, signature=dite, par=PLATEFORME, maintenant=le)


def conclu(marche: Marche) -> Marche:
    """Signé de tous, et la transmission dite : il reste à notifier."""
    for partie in ("titulaire", "acheteur"):
        for engagement in deux(marche):
            signe(engagement, partie)
    return gestes.dit(Marche.toutes.get(pk=marche.pk), requise=False, maintenant=LE)


def recu(engagement: Engagement, *, le: datetime = LE) -> Engagement:
    return notification.noter_la_reception(
        engagement=engagement, recue_le=le.date(), preuve=gestes.ACTE, par=PLATEFORME, maintenant=le
    )
