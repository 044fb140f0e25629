"""Numéroter un incident, proposer à tous de prolonger, répondre."""

from datetime import datetime

from django.db import transaction

from beffroi.achat.consultations.services import prolonger_le_delai
from beffroi.achat.tours.services import prolonger_le_tour
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.service.disponibilite.models import Evenement
from beffroi.service.incidents import courriels, queries, rules
from beffroi.service.incidents.models import Incident, Proposition
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.services import numero_suivant
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser
from formats.dates import PARIS

Reponse = Proposition.Reponse


@transaction.atomic
def numeroter(*, evenement: Evenement, par: Acteur, maintenant: datetime) -> Incident:
    """Donne son numéro à un incident annoncé : I-2026-001, sans trou dans l'année."""
    evenement = verrouiller(evenement)
    if evenement.sorte != Evenement.Sorte.INCIDENT:
        raise RegleEnfreinte(
            "Une maintenance prévue n'est pas un incident : elle n'a pas de numéro."
        )
    deja = Incident.objects.filter(evenement=evenement).first()
    if deja is not None:
        return deja
    annee = evenement.commence_le.astimezone(PARIS).year
    numero = f"I-{annee}-{numero_suivant(f'I-{annee}'):03d}"
    incident = Incident.objects.create(numero=numero, evenement=evenement, ouvert_le=maintenant)
    journaliser(
        "incident.numeroter",
        sujet=numero,
        par=par,
        le=maintenant,
        donnees={"evenement": evenement.reference},
    )
    return incident


@transaction.atomic
def proposer_a_tous(*, incident: Incident, par: Acteur, maintenant: datetime) -> list[Proposition]:
    """Propose la prolongation à chaque acheteur touché à temps.

    Refait, il n'ajoute que ce qui manque.
    """
    incident = verrouiller(incident, avec=("evenement",))
    a_proposer = [
        une
        for une in queries.touchees(incident, le=maintenant)
        if une.proposition is None and une.prolongeable
    ]
    faites = [_proposer(incident, une, par=par, maintenant=maintenant) for une in a_proposer]
    if faites:
        donnees = {"consultations": [une.consultation.reference for une in faites]}
        journaliser(
            "incident.proposer_a_tous",
            sujet=incident.numero,
            par=par,
            le=maintenant,
            donnees=donnees,
        )
    for une in faites:
        courriels.proposee(une, maintenant=maintenant)
    return faites


def _proposer(
    incident: Incident, touchee: queries.Touchee, *, par: Acteur, maintenant: datetime
) -> Proposition:
    """Chaque proposition a son écriture :
    l'acheteur l'emporte, sans rien apprendre des autres touchés.
    """
    faite = Proposition.objects.create(
        incident=incident,
        consultation=touchee.consultation,
        tour=touchee.tour,
        minutes=touchee.minutes,
        ancienne_limite=touchee.limite,
        nouvelle_limite=touchee.nouvelle_limite,
        proposee_le=maintenant,
    )
    journaliser(
        "incident.proposer",
        sujet=faite.reference,
        organisme=touchee.consultation.organisme.siret,
        par=par,
        le=maintenant,
        donnees={"incident": incident.numero, "consultation": touchee.consultation.reference},
    )
    return faite


@transaction.atomic
def accepter(*, proposition: Proposition, par: Utilisateur, maintenant: datetime) -> Proposition:
    """L'acheteur prolonge :
    l'heure limite change pour tous, chacun est prévenu (CCP, art. R. 2151-4).
    """
    proposition = _attendue(proposition)
    consultation, tour = proposition.consultation, proposition.tour
    exiger(rules.prolongation_possible(limite=proposition.limite, le=maintenant))
    nouvelle, motif = proposition.nouvelle_limite, queries.raison(proposition, le=maintenant)
    if tour is not None:
        prolonger_le_tour(tour=tour, nouvelle=nouvelle, motif=motif, par=par, maintenant=maintenant)
    else:
        prolonger_le_delai(
            consultation=consultation,
            nouvelle=nouvelle,
            motif=motif,
            par=par.acteur,
            maintenant=maintenant,
        )
    return _repondre(proposition, Reponse.PROLONGEE, "", par=par, maintenant=maintenant)


@transaction.atomic
def decliner(
    *, proposition: Proposition, motif: str, par: Utilisateur, maintenant: datetime
) -> Proposition:
    """L'acheteur ne prolonge pas, et dit pourquoi : la question lui sera posée."""
    if not motif.strip():
        raise RegleEnfreinte(
            "Dites pourquoi vous ne prolongez pas : une entreprise ou un juge le demandera."
        )
    return _repondre(
        _attendue(proposition), Reponse.DECLINEE, motif.strip(), par=par, maintenant=maintenant
    )


def _attendue(proposition: Proposition) -> Proposition:
    proposition = verrouiller(proposition, avec=("consultation__organisme", "incident__evenement"))
    if proposition.reponse != Reponse.ATTENDUE:
        raise ConflitEtat("Quelqu'un a déjà répondu. Rechargez la page.")
    return proposition


def _repondre(
    proposition: Proposition, reponse: str, motif: str, *, par: Utilisateur, maintenant: datetime
) -> Proposition:
    proposition.reponse, proposition.motif, proposition.repondue_le = reponse, motif, maintenant
    proposition.save(update_fields=["reponse", "motif", "repondue_le"])
    journaliser(
        "incident.repondre",
        sujet=proposition.reference,
        organisme=proposition.consultation.organisme.siret,
        par=par.acteur,
        le=maintenant,
        donnees={"reponse": reponse, "incident": proposition.incident.numero},
    )
    return proposition
