"""Qui saura ouvrir : pour chaque personne désignée, où en est sa clé.

L'acheteur le lit, les rappels s'en servent.
"""

from collections.abc import Collection
from datetime import datetime
from itertools import chain
from typing import NamedTuple

from django.db.models import Q
from django.urls import reverse

from beffroi.achat.consultations.models import Consultation, MembreQuiOuvre
from beffroi.achat.consultations.queries import NON_PUBLIEES, de_mes_organismes
from beffroi.achat.consultations.states import Etat
from beffroi.personnes.cles import queries as cles
from beffroi.personnes.cles.ports import Retour
from beffroi.personnes.cles.rules import A_ESSAYER, MEMBRES_MINIMUM, Disposition
from beffroi.personnes.comptes.models import Utilisateur

ETATS_OUVERTS = (Etat.DEPOUILLEE, Etat.ATTRIBUEE, Etat.SANS_SUITE, Etat.ARCHIVEE)


class Ouvreur(NamedTuple):
    """Une personne désignée, le plus mauvais état de ses deux parts, et la part à essayer."""

    personne: Utilisateur
    disposition: Disposition
    part: str

    @property
    def prete(self) -> bool:
        return self.disposition == Disposition.PRETE

    @property
    def a_essayer(self) -> bool:
        return self.disposition in A_ESSAYER


def elle_parmi_les_ouvreurs(
    personne: Utilisateur, consultations: Collection[Consultation], le: datetime
) -> dict[int, Ouvreur]:
    """Par consultation où elle est désignée, ce qu'elle sait ouvrir : deux requêtes en tout."""
    paires = {c.pk: _paires(c) for c in consultations}
    siennes = cles.dispositions_de(personne, chain.from_iterable(paires.values()), le)
    return {
        pk: _ouvreur(
            personne,
            [siennes.get(paire, (Disposition.SANS_PART, "")) for paire in posees],
        )
        for pk, posees in paires.items()
    }


def _paires(consultation: Consultation) -> list[int]:
    return [
        paire for paire in (consultation.cle_candidature_id, consultation.cle_offre_id) if paire
    ]


def ouvreurs_de(consultations: Collection[Consultation], le: datetime) -> dict[int, list[Ouvreur]]:
    """Par consultation, ses personnes désignées.

    Trois requêtes, quel que soit le nombre de consultations.
    """
    paires = {c.pk: _paires(c) for c in consultations}
    connues = cles.dispositions([paire for posees in paires.values() for paire in posees], le)
    membres = MembreQuiOuvre.objects.filter(consultation__in=list(paires)).select_related(
        "utilisateur"
    )
    trouves: dict[int, list[Ouvreur]] = {pk: [] for pk in paires}
    for membre in membres.order_by("utilisateur__nom", "pk"):
        posees = paires[membre.consultation_id]
        parts = [
            connues.get((paire, membre.utilisateur_id), (Disposition.SANS_PART, ""))
            for paire in posees
        ]
        trouves[membre.consultation_id].append(_ouvreur(membre.utilisateur, parts))
    return trouves


def _ouvreur(personne: Utilisateur, parts: list[tuple[Disposition, str]]) -> Ouvreur:
    """Savoir ouvrir l'offre ne suffit pas si la candidature reste fermée :
    le plus mauvais des deux états compte.
    """
    en_retard = [part for part in parts if part[0] != Disposition.PRETE]
    disposition, reference = (en_retard or parts or [(Disposition.SANS_PART, "")])[0]
    return Ouvreur(personne, disposition, reference)


def phrase(ouvreurs: Collection[Ouvreur]) -> str:
    """« 3 personnes peuvent ouvrir. »"""
    nombre = sum(ouvreur.prete for ouvreur in ouvreurs)
    if nombre == 0:
        return "Personne ne peut ouvrir aujourd'hui."
    return "Une personne peut ouvrir." if nombre == 1 else f"{nombre} personnes peuvent ouvrir."


def suffisent(consultation: Consultation, ouvreurs: Collection[Ouvreur]) -> bool:
    """Autant de personnes prêtes qu'il en fallait pour publier : une absence ne bloque rien."""
    return (
        sum(ouvreur.prete for ouvreur in ouvreurs)
        >= MEMBRES_MINIMUM[consultation.politique_de_cles]
    )


def retour_apres_essai(paire: int, utilisateur: Utilisateur, le: datetime) -> Retour | None:
    """La page de la consultation qui demandait l'essai,
    pour qui peut la voir (port `cles.RetourApresEssai`).
    """
    visibles = de_mes_organismes(utilisateur, le)
    consultation = visibles.filter(Q(cle_candidature=paire) | Q(cle_offre=paire)).first()
    if consultation is None:
        return None
    page = "cles" if consultation.etat in NON_PUBLIEES else "suivre"
    return Retour(
        consultation.titre, reverse(f"consultations:{page}", args=(consultation.reference,))
    )


def paires_servies(paires: Collection[int]) -> set[int]:
    """Les paires des consultations dépouillées ou finies :
    on n'en demande plus l'essai (port `cles.PairesServies`).
    """
    finies = Consultation.toutes.filter(etat__in=ETATS_OUVERTS)
    concernees = finies.filter(Q(cle_candidature__in=paires) | Q(cle_offre__in=paires))
    return {
        paire
        for couple in concernees.values_list("cle_candidature", "cle_offre")
        for paire in couple
        if paire
    }
