"""Publier à l'heure dite :
le programmer, l'annuler, le faire quand l'heure est là, ou dire pourquoi ce n'est pas possible.
"""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.tasks import task

from beffroi.achat.consultations.courriels import donner_a_voir
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.permissions import ACTES
from beffroi.achat.consultations.ports import controles_de_l_achat
from beffroi.achat.consultations.rules import publication as rules
from beffroi.achat.consultations.services.publication import exiger_de_publier, publier_consultation
from beffroi.achat.consultations.states import Etat
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.permissions import exiger_role
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.socle.fondations import horloge
from beffroi.socle.fondations.erreurs import ErreurMetier, RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import PLATEFORME, Acteur
from beffroi.socle.journal.franchissement import franchir
from droit.decision import Motif
from formats.dates import jour_et_heure


@transaction.atomic
def programmer_la_publication(
    *, consultation: Consultation, prevue_le: datetime, par: Utilisateur, maintenant: datetime
) -> Consultation:
    """Fige la consultation jusqu'à l'heure dite.

    Tout est vérifié pour cette heure-là, et le sera de nouveau à l'instant.
    """
    consultation = verrouiller(consultation)
    exiger(rules.peut_etre_programmee(prevue_le=prevue_le, maintenant=maintenant))
    try:
        exiger_de_publier(consultation, par=par.acteur, le=prevue_le)
    except RegleEnfreinte as refus:
        raisons = _pour_cette_heure(refus, prevue_le)
        raise RegleEnfreinte(raisons[0].texte, raisons) from refus
    consultation = franchir(
        consultation,
        "programmer_la_publication",
        par=par.acteur,
        le=maintenant,
        donnees={"heure_dite": prevue_le.isoformat()},
        publication_prevue_le=prevue_le,
        publication_prevue_par=par,
        publication_empechee_le=None,
        motif_d_empechement="",
        rendue_le=None,
        rendue_par=None,
        motif_du_renvoi="",
    )
    publier_a_l_instant.using(run_after=prevue_le).enqueue(consultation.reference)
    return consultation


def _pour_cette_heure(refus: RegleEnfreinte, prevue_le: datetime) -> tuple[Motif, ...]:
    """La première raison dit aussi de quelle heure on parle : aucune ne s'y ajoute."""
    premiere, *autres = refus.motifs or (Motif(refus.message),)
    heure = jour_et_heure(prevue_le)
    texte = f"Publier le {heure} ne serait pas permis. {premiere.texte}"
    return replace(premiere, texte=texte), *autres


@transaction.atomic
def annuler_la_programmation(
    *, consultation: Consultation, par: Acteur, maintenant: datetime
) -> Consultation:
    """Rend la consultation à sa préparation.

    La tâche déjà en file ne trouvera plus rien à publier.
    """
    consultation = verrouiller(consultation)
    prevue_le = consultation.publication_prevue_le
    return franchir(
        consultation,
        "annuler_la_programmation",
        par=par,
        le=maintenant,
        donnees={"heure_dite": prevue_le.isoformat() if prevue_le else None},
        publication_prevue_le=None,
        publication_prevue_par=None,
    )


@task()
def publier_a_l_instant(reference: str) -> None:
    controler_puis_publier(Consultation.toutes.get(reference=reference))


def controler_puis_publier(consultation: Consultation) -> None:
    """Le règlement se lit avant l'acte, hors de sa transaction :
    sa lecture ne retient pas les dépôts.
    """
    if consultation.etat == Etat.PROGRAMMEE:
        controles_de_l_achat(consultation, le=horloge.maintenant())
    publier_a_l_heure_dite(consultation=consultation, maintenant=horloge.maintenant())


@transaction.atomic
def publier_a_l_heure_dite(*, consultation: Consultation, maintenant: datetime) -> Consultation:
    """L'heure est là : tout se vérifie de nouveau, puis se publie,
    ou rien ne se publie et la personne sait pourquoi.

    Rejouée, elle ne fait rien de plus. En retard, elle publie quand même, à sa vraie date.
    """
    consultation = verrouiller(consultation)
    prevue_le, par = consultation.publication_prevue_le, consultation.publication_prevue_par
    if (
        consultation.etat != Etat.PROGRAMMEE
        or prevue_le is None
        or par is None
        or prevue_le > maintenant
    ):
        return consultation
    try:
        with transaction.atomic():
            exiger_role(
                habilitation_dans(par, consultation.organisme, maintenant), "publier", ACTES
            )
            publiee = publier_consultation(
                consultation=consultation,
                par=par.acteur,
                maintenant=maintenant,
                heure_dite=prevue_le,
            )
    except ErreurMetier as refus:
        return _empecher(consultation, refus, par=par, maintenant=maintenant)
    _annoncer(publiee, par, maintenant=maintenant)
    return publiee


def _empecher(
    consultation: Consultation, refus: ErreurMetier, *, par: Utilisateur, maintenant: datetime
) -> Consultation:
    heure_dite = consultation.publication_prevue_le
    motif = " ".join(str(motif) for motif in refus.motifs) or refus.message
    consultation = franchir(
        consultation,
        "empecher_la_publication",
        par=PLATEFORME,
        le=maintenant,
        donnees={"heure_dite": heure_dite.isoformat() if heure_dite else None, "motif": motif},
        publication_prevue_le=None,
        publication_prevue_par=None,
        publication_empechee_le=maintenant,
        motif_d_empechement=motif,
    )
    for personne in {par, consultation.redigee_par}:
        donner_a_voir(
            consultation,
            personne,
            cle=f"publication-empechee:{heure_dite}:{consultation.reference}:{personne.reference}",
            sujet="La consultation n'a pas été publiée",
            phrase=f"Elle devait être publiée à l'heure dite. Ce n'est pas possible : {motif}\n"
            "Rien n'est public. Corrigez, puis publiez de nouveau.",
            page="preparer/verifier",
            maintenant=maintenant,
        )
    return consultation


def _annoncer(consultation: Consultation, personne: Utilisateur, *, maintenant: datetime) -> None:
    prevue_le = consultation.publication_prevue_le
    retard = rules.est_en_retard(prevue_le=prevue_le, publiee_le=consultation.publiee_le)
    donner_a_voir(
        consultation,
        personne,
        cle=f"publiee-a-l-heure-dite:{prevue_le}:{consultation.reference}:{personne.reference}",
        sujet="La consultation est publiée",
        phrase=f"Elle est publique depuis le {jour_et_heure(maintenant)}."
        + (
            f"\nL'heure dite était le {jour_et_heure(prevue_le)} : le service était arrêté."
            if retard and prevue_le
            else ""
        ),
        page="suivre",
        maintenant=maintenant,
    )
