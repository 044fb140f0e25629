"""« À faire » d'une entreprise :
les réponses commencées et les invitations, tant qu'il est temps de répondre.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots import contestations
from beffroi.reponse.depots.queries import invitations_sans_reponse, reponses_en_preparation
from beffroi.reponse.depots.states import EtatDuPli
from beffroi.socle.fondations.a_faire import AFaire
from formats import dates

BIENTOT = timedelta(days=2)


def reponses_a_deposer(personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    for reponse in reponses_en_preparation(personne):
        limite = reponse.date_limite
        if limite is None or limite < le or reponse.consultation.sans_suite_le:
            continue
        recus, consultation = reponse.premier_octet_le is not None, reponse.consultation
        yield AFaire(
            titre="Déposer votre réponse" if recus else "Préparer votre réponse",
            detail=f"{consultation.organisme} : {consultation.titre}, {consultation.reference}",
            url=f"/reponses/{reponse.reference}/",
            geste="Continuer",
            quand=f"Heure limite le {dates.jour_et_heure_limite(limite)}",
            presse=limite - le <= BIENTOT,
            echeance=limite,
        )


def en_preparation(personne: Utilisateur, *, le: datetime) -> list[QuerySet[Any]]:
    return [reponses_en_preparation(personne)]


def gestes_a_verifier(personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    for pli, par in contestations.gestes_a_verifier(personne, le=le):
        sort = "retirée" if pli.etat == EtatDuPli.RETIRE else "remplacée"
        yield AFaire(
            titre=f"Votre réponse a été {sort} : est-ce bien vous ?",
            detail=f"{pli.reference}, par {par} : {pli.consultation.titre}",
            url=f"/depots/{pli.reference}/contester/",
            geste="Vérifier",
            quand=f"Jusqu'au {dates.jour_et_heure_limite(pli.limite_actuelle)}",
            presse=False,
            echeance=pli.limite_actuelle,
        )


def plis_touches(personne: Utilisateur, *, le: datetime) -> list[QuerySet[Any]]:
    return [contestations.touches_de(personne, le=le)]


def invitations_a_honorer(personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    for invitation in invitations_sans_reponse(personne, le=le):
        limite, consultation = invitation.tour.date_limite, invitation.tour.consultation
        yield AFaire(
            titre="Répondre à une invitation",
            detail=f"{consultation.titre}, {consultation.reference}",
            url=f"/invitations/{invitation.reference}/",
            geste="Répondre",
            quand=f"Avant le {dates.jour_et_heure_limite(limite)}",
            presse=limite - le < BIENTOT,
            echeance=limite,
        )


def invitations(personne: Utilisateur, *, le: datetime) -> list[QuerySet[Any]]:
    return [invitations_sans_reponse(personne, le=le)]
