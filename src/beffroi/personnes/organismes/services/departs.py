"""Retirer des rôles, fermer un compte ; un organisme garde un administrateur."""

from datetime import datetime

from django.db import transaction

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.services import (
    revoquer_utilisateur,
)
from beffroi.personnes.organismes import queries, rules
from beffroi.personnes.organismes.events import HabilitationRetiree
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.personnes.organismes.ports import attaches_de
from beffroi.socle.fondations import evenements
from beffroi.socle.fondations.erreurs import ConflitEtat, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser


@transaction.atomic
def retirer_habilitation(
    *, habilitation: Habilitation, par: Acteur, maintenant: datetime
) -> Habilitation:
    """Met fin à une habilitation :
    la personne n'a plus accès à l'organisme dès sa prochaine requête.
    """
    verrouiller(habilitation.organisme)
    habilitation = verrouiller(habilitation)
    if habilitation.jusqu_au:
        raise ConflitEtat("Cette habilitation a déjà pris fin. Rechargez la liste des agents.")
    exiger_un_autre_administrateur(habilitation)
    return _retirer(habilitation, par=par, maintenant=maintenant)


@transaction.atomic
def fermer_le_compte_d_un_agent(
    *, habilitation: Habilitation, raison: str, par: Acteur, maintenant: datetime
) -> Utilisateur:
    """L'administrateur met fin aux rôles et au compte d'une personne qui n'a
    d'attache que dans son organisme.
    """
    utilisateur = verrouiller(habilitation.utilisateur)
    attaches = attaches_de(utilisateur, le=maintenant)
    ailleurs = Habilitation.objects.filter(utilisateur=utilisateur, jusqu_au=None).exclude(
        pk=habilitation.pk
    )
    exiger(
        rules.administrateur_peut_fermer_le_compte(
            autres_organismes=ailleurs.count(),
            entreprises=attaches.entreprises,
            est_gardien=attaches.est_gardien,
        )
    )
    retirer_habilitation(habilitation=habilitation, par=par, maintenant=maintenant)
    return revoquer_utilisateur(
        utilisateur=utilisateur, par=par, maintenant=maintenant, raison=raison
    )


@transaction.atomic
def fermer_le_compte(
    *, utilisateur: Utilisateur, raison: str, par: Acteur, maintenant: datetime
) -> Utilisateur:
    """L'exploitant ferme un compte et tous ses rôles.

    Un organisme peut y perdre son dernier administrateur.
    """
    en_cours = Habilitation.objects.filter(utilisateur=utilisateur, jusqu_au=None)
    for habilitation in en_cours.select_related("organisme").order_by("organisme_id"):
        organisme = verrouiller(habilitation.organisme)
        if organisme.role == Organisme.Role.EXPLOITANT:
            exiger_un_autre_administrateur(habilitation)
        _retirer(verrouiller(habilitation), par=par, maintenant=maintenant)
    return revoquer_utilisateur(
        utilisateur=utilisateur, par=par, maintenant=maintenant, raison=raison
    )


def _retirer(habilitation: Habilitation, *, par: Acteur, maintenant: datetime) -> Habilitation:
    terminer(habilitation, maintenant=maintenant)
    organisme, personne = habilitation.organisme, habilitation.utilisateur
    journaliser(
        "habilitation.retirer",
        sujet=habilitation.reference,
        organisme=organisme.siret,
        par=par,
        le=maintenant,
        donnees={"personne": personne.reference, "nom": personne.nom},
    )
    evenements.publier(
        HabilitationRetiree(organisme=organisme, utilisateur=personne, par=par, le=maintenant)
    )
    return habilitation


def terminer(habilitation: Habilitation, *, maintenant: datetime) -> None:
    habilitation.jusqu_au = maintenant
    habilitation.save(update_fields=["jusqu_au"])


def exiger_un_autre_administrateur(habilitation: Habilitation) -> None:
    """L'organisme est verrouillé par l'appelant :
    deux retraits croisés ne peuvent pas le laisser sans administrateur.
    """
    if Habilitation.Role.ADMINISTRATEUR not in habilitation.roles:
        return
    autres = [
        autre
        for autre in queries.administrateurs_actifs(habilitation.organisme)
        if autre != habilitation
    ]
    exiger(rules.peut_perdre_un_administrateur(autres_administrateurs=len(autres)))
