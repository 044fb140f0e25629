"""Ce que les pages des remises en concurrence montrent à l'acheteur."""

from datetime import datetime
from typing import Any

from beffroi.achat.consultations.queries import presentation
from beffroi.contrat.marches import queries as marches
from beffroi.contrat.marches.models import Marche
from beffroi.contrat.remises_en_concurrence import queries, rules
from beffroi.contrat.remises_en_concurrence.models import RemiseEnConcurrence
from formats.dates import PARIS


def de_l_accord(accord: Marche, *, le: datetime) -> dict[str, Any]:
    faits = queries.faits_de(accord)
    decision = rules.peut_remettre_en_concurrence(faits, jour=le.astimezone(PARIS).date())
    remises = list(queries.remises_de(accord))
    return {
        "accord": accord,
        "modalite": rules.modalite(titulaires=faits.titulaires),
        "refus": [str(motif) for motif in decision.motifs] if not decision.favorable else [],
        "consommation": marches.consommation_de(accord),
        "fin": faits.fin,
        "remises": [
            (remise, presentation.etat_affiche(remise.consultation, le)) for remise in remises
        ],
    }


def adresses_connues(accord: Marche) -> dict[str, str]:
    """L'adresse de qui a déposé chaque offre dont l'accord-cadre est né,
    et celles de la dernière remise.
    """
    connues = {}
    for pli in marches.reponses_retenues(accord) or ([accord.pli] if accord.pli else []):
        connues[pli.equipe.identifiant] = pli.depose_par.courriel
    derniere = queries.remises_de(accord).first()
    for invitee in derniere.consultation.invitees.all() if derniere else ():
        connues[invitee.siret] = invitee.courriel
    return connues


def demande_initiale(remise: RemiseEnConcurrence) -> dict[str, Any]:
    limite = remise.consultation.limite.astimezone(PARIS)
    return {
        "titre": remise.consultation.titre,
        "besoin": remise.besoin,
        "criteres": remise.criteres,
        "estimation": remise.estimation,
        "jour_limite": limite.date(),
        "heure_limite": limite.time(),
    }


def avertissements(remise: RemiseEnConcurrence) -> list[str]:
    """Ce qui mérite un regard avant d'envoyer : le maximum, le terme de l'accord-cadre."""
    accord = remise.accord_cadre
    limite = remise.consultation.limite.astimezone(PARIS).date()
    dits = (
        rules.maximum_depasse(
            estimation=remise.estimation, consommation=marches.consommation_de(accord)
        ),
        rules.heure_limite_avant_la_fin(limite=limite, fin=marches.fin_prevue(accord)),
    )
    return [dit for dit in dits if dit]
