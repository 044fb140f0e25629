"""« À faire » et le repartage :
refaire des parts de clé, ouvrir la sienne pour celles des autres.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.seance.repartage import queries
from beffroi.seance.repartage.models import Repartage
from beffroi.socle.fondations.a_faire import AFaire
from formats import dates


def parts_demandees_au_gardien(personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    for repartage in queries.attendus_des_gardiens(personne):
        if repartage.seconde in (None, personne):
            yield _repartage_a_achever(repartage, le=le)


def repartages_confies(personne: Utilisateur, *, le: datetime) -> list[QuerySet[Any]]:
    return [queries.confies_a(personne)]


def parts_a_refaire(
    consultations: Iterable[Consultation], *, personne: Utilisateur, le: datetime
) -> Iterator[AFaire]:
    """Quelqu'un qui tenait une part est parti ou a changé de clé ;
    ou bien un collègue a remis la sienne.
    """
    siennes = list(consultations)
    en_cours = queries.repartages_de(siennes)
    for repartage in en_cours.values():
        if repartage.seconde == personne:
            yield _repartage_a_achever(repartage, le=le)
        elif repartage.demande_ecrite:
            yield _gardiens_au_travail(repartage, le=le)
    sans_repartage = [une for une in siennes if une.pk not in en_cours]
    for consultation, partis in queries.parts_perdues(sans_repartage, le).items():
        yield _parts_perdues(consultation, partis, le=le)


def repartages_et_parts_perdues(
    consultations: list[Consultation], *, personne: Utilisateur, le: datetime
) -> list[QuerySet[Any]]:
    return [queries.en_cours(consultations), queries.parts_sans_porteur(consultations, le)]


def _gardiens_au_travail(repartage: Repartage, *, le: datetime) -> AFaire:
    consultation = repartage.consultation
    return AFaire(
        titre="Les gardiens refont vos parts de clé",
        detail=f"{consultation.titre}. Ils attendent votre appel pour vérifier la demande.",
        url=f"/consultations/{consultation.reference}/cles/repartage/",
        geste="Suivre",
        quand=f"Demandé le {dates.jour(repartage.demande_le)}",
        presse=False,
        echeance=consultation.date_limite_remise or le,
    )


def _parts_perdues(
    consultation: Consultation, partis: Iterable[Utilisateur], *, le: datetime
) -> AFaire:
    noms = ", ".join(personne.nom for personne in partis)
    return AFaire(
        titre="Refaire les parts de clé",
        detail=f"{consultation.titre}. Parts à refaire : {noms}.",
        url=f"/consultations/{consultation.reference}/cles/changer/",
        geste="Changer les personnes",
        quand="Avant l'ouverture",
        presse=False,
        echeance=consultation.date_limite_remise or le,
    )


def _repartage_a_achever(repartage: Repartage, *, le: datetime) -> AFaire:
    consultation = repartage.consultation
    return AFaire(
        titre="Ouvrir votre part pour refaire celles des autres",
        detail=f"{consultation.organisme} : {consultation.titre}{_sur_demande(repartage)}",
        url=f"/consultations/{consultation.reference}/cles/repartage/",
        geste="Refaire les parts",
        quand="Une personne vous attend",
        presse=True,
        echeance=le,
    )


def _sur_demande(repartage: Repartage) -> str:
    return f". Demande écrite : {repartage.demande_ecrite}" if repartage.demande_ecrite else ""
