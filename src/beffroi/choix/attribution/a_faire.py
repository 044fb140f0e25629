"""« À faire » et l'attribution :
choisir, valider, prévenir, puis répondre à qui demande pourquoi.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.attribution import ecrans, queries
from beffroi.choix.attribution.queries import EtatDuLot
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.a_faire import AFaire
from droit.dates import en_toutes_lettres

AVANT_LE_CONTRAT = (Consultation.Etat.DEPOUILLEE, Consultation.Etat.ATTRIBUEE)


def attributions_a_mener(
    consultations: Iterable[Consultation], *, personne: Utilisateur, le: datetime
) -> Iterator[AFaire]:
    """Une ligne par consultation dont un acte attend."""
    for consultation in queries.decidees_ensemble(_avant_le_contrat(consultations)):
        yield from _acte(consultation, le=le)


def demandes_a_motiver(
    consultations: Iterable[Consultation], *, personne: Utilisateur, le: datetime
) -> Iterator[AFaire]:
    """Une ligne par demande reçue, à son dernier jour."""
    for demande in queries.demandes_en_attente(consultations):
        avant, consultation = demande.repondre_avant, demande.lettre.consultation
        yield AFaire(
            titre="Répondre à une entreprise qui demande pourquoi",
            detail=(
                f"{demande.lettre.equipe.nom} : {consultation.titre}, {consultation.reference}"
            ),
            url=f"/consultations/{consultation.reference}"
            f"/attribution/demandes/{demande.reference}/",
            geste="Répondre",
            quand=f"Répondre jusqu'au {en_toutes_lettres(avant)}" if avant else "Dès que possible",
            presse=avant is not None and ecrans.minuit(avant) <= le,
            echeance=ecrans.minuit(avant) if avant else le,
        )


def decisions(
    consultations: list[Consultation], *, personne: Utilisateur, le: datetime
) -> list[QuerySet[Any]]:
    return [queries.decisions_a_poursuivre(_avant_le_contrat(consultations))]


def demandes(
    consultations: list[Consultation], *, personne: Utilisateur, le: datetime
) -> list[QuerySet[Any]]:
    return [queries.demandes_en_attente(consultations)]


def _avant_le_contrat(consultations: Iterable[Consultation]) -> list[Consultation]:
    return [une for une in consultations if une.etat in AVANT_LE_CONTRAT]


def _acte(consultation: Consultation, *, le: datetime) -> Iterator[AFaire]:
    lignes = queries.attributions_de(consultation, le=le)
    phrase, geste, attend = ecrans.prochain_acte(lignes, le=le)
    if attend:
        propose = any(ligne.etat == EtatDuLot.PROPOSE for ligne in lignes)
        yield AFaire(
            titre=geste,
            detail=f"{consultation.titre}, {consultation.reference}. {phrase}",
            url=f"/consultations/{consultation.reference}/attribution/",
            geste=geste,
            quand="Dès que possible",
            presse=propose,
            echeance=le,
        )
