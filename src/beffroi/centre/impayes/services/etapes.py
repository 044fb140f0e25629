"""Relancer, mettre en demeure, en noter la réception :
chaque étape est l'acte d'une personne, et a sa lettre.
"""

from datetime import datetime

from django.db import transaction

from beffroi.centre.contributions.models import Contribution
from beffroi.centre.impayes import courriels, queries
from beffroi.centre.impayes.models import Defaut, LettreDImpaye
from beffroi.centre.impayes.rules import etapes
from beffroi.centre.impayes.services.dossier import (
    LIENS,
    Reception,
    a_mener,
    dit,
    etablir,
    jour_de,
    passer,
    prouver,
    sous_verrou,
)
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import ConflitEtat, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.services import journaliser

Sorte = LettreDImpaye.Sorte


@transaction.atomic
def relancer(*, contribution: Contribution, par: Utilisateur, maintenant: datetime) -> Defaut:
    """Le premier rappel : la lettre, et un courriel qui la porte.

    Deux personnes à la fois n'en font qu'un.
    """
    contribution = verrouiller(contribution, avec=("exercice", "adherent__organisme"))
    if queries.en_cours_de(contribution):
        raise ConflitEtat(
            "Cette contribution est déjà relancée : une autre personne vient de le faire."
        )
    jour = jour_de(maintenant)
    situation = queries.situation(contribution, None, le=jour)
    exiger(etapes.permise("relancer", situation, le=jour))
    if situation.echeance is None:
        raise ConflitEtat("La réception de cet appel n'est pas notée.")
    defaut = Defaut.objects.create(
        contribution=contribution,
        echeance=situation.echeance,
        ouvert_le=maintenant,
        relancee_le=jour,
    )
    lettre = etablir(Sorte.RELANCE, defaut, situation, par=par, maintenant=maintenant)
    journaliser(
        "defaut.relancer",
        sujet=defaut.reference,
        organisme=contribution.siret,
        par=par.acteur,
        le=maintenant,
        donnees={"contribution": contribution.reference, **dit(lettre)},
    )
    courriels.rappel(lettre, maintenant=maintenant)
    return defaut


@transaction.atomic
def mettre_en_demeure(*, defaut: Defaut, par: Utilisateur, maintenant: datetime) -> Defaut:
    """Écrit la lettre recommandée. Rien ne court tant que sa réception n'est pas prouvée."""
    defaut, situation = a_mener(defaut, "mettre_en_demeure", maintenant)
    lettre = etablir(Sorte.MISE_EN_DEMEURE, defaut, situation, par=par, maintenant=maintenant)
    return passer(defaut, "mettre_en_demeure", par=par, le=maintenant, donnees=dit(lettre))


@transaction.atomic
def refaire_la_lettre(
    *, defaut: Defaut, motif: str, par: Utilisateur, maintenant: datetime
) -> Defaut:
    """La lettre s'est perdue, ou sa preuve :
    la mise en demeure se refait, la première reste au dossier.
    """
    return passer(
        verrouiller(defaut, avec=LIENS),
        "refaire_la_lettre",
        par=par,
        le=maintenant,
        donnees={"motif": motif.strip()},
    )


@transaction.atomic
def noter_la_reception(
    *, defaut: Defaut, reception: Reception, par: Utilisateur, maintenant: datetime
) -> Defaut:
    """Les jours pour payer courent de la date lue sur la preuve, jamais de cet acte."""
    defaut = sous_verrou(defaut, "noter_la_reception")
    lettre = prouver(defaut, Sorte.MISE_EN_DEMEURE, reception, maintenant=maintenant)
    recue = reception.recue_le
    return passer(
        defaut,
        "noter_la_reception",
        par=par,
        le=maintenant,
        donnees=dit(lettre),
        en_demeure_le=recue,
    )
