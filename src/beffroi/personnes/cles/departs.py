"""Quand une personne part :
le journal retient les parts qu'elle tenait, et sa clé ne sert plus aux consultations à venir.

Ses parts restent scellées pour elle.
Sans rôle ni compte, elle n'a plus accès à aucune réponse (scellement, §2.4).
"""

from beffroi.personnes.cles import queries, services
from beffroi.personnes.cles.models import PartDeCle
from beffroi.personnes.comptes.events import CompteFerme
from beffroi.personnes.organismes.events import HabilitationRetiree
from beffroi.socle.journal.services import journaliser


def noter_les_parts_tenues(depart: HabilitationRetiree) -> None:
    """Inscrit au journal qu'une personne qui n'a plus de rôle tenait une part de ces clés."""
    tenues = PartDeCle.objects.filter(gardien=None, identite__utilisateur=depart.utilisateur)
    en_service = tenues.filter(paire__organisme=depart.organisme, paire__retiree_le=None)
    empreintes = sorted(set(en_service.values_list("paire__empreinte", flat=True)))
    if empreintes:
        journaliser(
            "cles.porteur_parti",
            sujet=depart.utilisateur.reference,
            organisme=depart.organisme.siret,
            par=depart.par,
            le=depart.le,
            donnees={"nom": depart.utilisateur.nom, "cles": empreintes},
        )


def retirer_la_cle(fermeture: CompteFerme) -> None:
    """La clé d'un compte fermé ne recevra plus de part ;
    celles qu'elle a reçues restent où elles sont.
    """
    identite = queries.identite_en_cours(fermeture.utilisateur)
    if identite:
        services.retirer_identite(identite=identite, par=fermeture.par, maintenant=fermeture.le)
