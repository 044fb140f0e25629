"""Donner des rôles à une personne, et les changer."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.queries import adresse_prouvee
from beffroi.personnes.organismes import rules
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.personnes.organismes.services.departs import exiger_un_autre_administrateur, terminer
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser


@transaction.atomic
def habiliter(
    *,
    organisme: Organisme,
    utilisateur: Utilisateur,
    roles: Collection[str],
    service: str | None = None,
    par: Acteur,
    maintenant: datetime,
) -> Habilitation:
    """Donne des rôles à une personne qui a prouvé son adresse : le seul endroit où un rôle
    se met à valoir. Si elle en tenait d'autres, cette habilitation-là prend fin, datée.

    `service` : l'équipe où elle les tient ; sans lui, elle reste dans la sienne.
    """
    organisme = verrouiller(organisme)
    est_exploitant = organisme.role == Organisme.Role.EXPLOITANT
    exiger(rules.peut_tenir_les_roles(roles=roles, est_exploitant=est_exploitant))
    exiger(rules.peut_recevoir_un_role(adresse_prouvee=adresse_prouvee(utilisateur)))
    precedente = Habilitation.objects.filter(
        organisme=organisme, utilisateur=utilisateur, jusqu_au=None
    ).first()
    choisis = sorted(set(roles))
    if precedente:
        service = precedente.service if service is None else service.strip()
        if sorted(precedente.roles) == choisis:
            return _affecter(precedente, service, par=par, maintenant=maintenant)
        if Habilitation.Role.ADMINISTRATEUR not in choisis:
            exiger_un_autre_administrateur(precedente)
        terminer(precedente, maintenant=maintenant)
    habilitation = Habilitation.objects.create(
        organisme=organisme,
        utilisateur=utilisateur,
        roles=choisis,
        service=(service or "").strip(),
        depuis_le=maintenant,
    )
    journaliser(
        "habilitation.accorder",
        sujet=habilitation.reference,
        organisme=organisme.siret,
        par=par,
        le=maintenant,
        donnees={
            "personne": utilisateur.reference,
            "nom": utilisateur.nom,
            "roles": choisis,
            "roles_precedents": sorted(precedente.roles) if precedente else [],
        },
    )
    return habilitation


def _affecter(
    habilitation: Habilitation, service: str, *, par: Acteur, maintenant: datetime
) -> Habilitation:
    """Range la personne dans une autre équipe :
    ses rôles, et depuis quand elle les tient, ne changent pas.
    """
    if habilitation.service == service:
        return habilitation
    habilitation.service = service
    habilitation.save(update_fields=["service"])
    journaliser(
        "habilitation.affecter",
        sujet=habilitation.reference,
        organisme=habilitation.organisme.siret,
        par=par,
        le=maintenant,
        donnees={"personne": habilitation.utilisateur.reference, "service": service},
    )
    return habilitation
