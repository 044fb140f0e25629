"""Ouvrir le contrat d'un lot attribué : l'entreprise, le montant et l'offre viennent de l'attribution."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from beffroi.attribution import queries as attributions
from beffroi.consultations.models import Consultation
from beffroi.journal.acteurs import Acteur
from beffroi.marches.models import Marche
from beffroi.marches.services.contrats import Offre, Tenant, Termes, inscrire
from beffroi.socle.erreurs import ConflitEtat
from beffroi.socle.verrous import verrouiller


@transaction.atomic
def ouvrir(*, consultation: Consultation, lot: int | None, termes: Termes, par: Acteur, maintenant: datetime) -> Marche:
    """Un contrat par lot attribué. Sa signature attendra la fin de la suspension."""
    consultation = verrouiller(consultation, avec=("organisme",))
    ligne = attributions.attribution_de(consultation, lot, le=maintenant)
    attribution = ligne.attribution
    if attribution is None or ligne.pli is None or attribution.montant is None:
        raise ConflitEtat("Ce lot n'est attribué à personne : il n'y a pas de contrat à ouvrir.")
    du_lot = Marche.toutes.filter(lot__numero=lot) if lot else Marche.toutes.filter(lot=None)
    if du_lot.filter(pli=ligne.pli).exclude(etat=Marche.Etat.ABANDONNE).exists():
        raise ConflitEtat("Le contrat de ce lot est déjà ouvert. Il est dans la liste des contrats.")
    offre = Offre(
        consultation=consultation,
        lot=consultation.lots.filter(numero=lot).first() if lot else None,
        pli=ligne.pli,
        variante=attribution.variante,
    )
    return inscrire(
        organisme=consultation.organisme,
        termes=replace(termes, montant=attribution.montant, offres_recues=max(len(ligne.soumissionnaires), 1)),
        titulaires=[Tenant(ligne.pli.etablissement.identifiant, ligne.pli.entreprise.nom)],
        offre=offre,
        par=par,
        maintenant=maintenant,
    )
