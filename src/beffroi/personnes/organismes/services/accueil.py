"""Faire entrer quelqu'un : un agent, cent d'un tableau, le premier administrateur, l'exploitant."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.queries import utilisateur_par_courriel, utilisateurs_par_courriels
from beffroi.personnes.comptes.services import (
    Personne,
    creer_utilisateur,
    ecrire_l_invitation,
    inviter,
    ouvrir_en_nombre,
)
from beffroi.personnes.organismes import queries, rules
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.personnes.organismes.services.organismes import creer_organisme
from beffroi.personnes.organismes.services.roles import habiliter
from beffroi.socle.fondations.erreurs import RegleEnfreinte, exiger
from beffroi.socle.fondations.services import ecrire_a
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import PLATEFORME, Acteur
from beffroi.socle.journal.services import journaliser


@transaction.atomic
def accueillir_agent(
    *,
    organisme: Organisme,
    courriel: str,
    nom: str,
    qualite: str = "",
    roles: Collection[str],
    service: str | None = None,
    par: Acteur,
    maintenant: datetime,
) -> Habilitation:
    """Habilite une personne par son adresse.
    Sans compte, elle en reçoit un, avec un lien d'invitation.

    Si l'adresse a déjà un compte, son nom et sa qualité restent ceux qu'elle a :
    un organisme ne les change pas.
    """
    utilisateur = utilisateur_par_courriel(courriel)
    if utilisateur is None:
        utilisateur = creer_utilisateur(
            courriel=courriel, nom=nom, qualite=qualite, par=par, maintenant=maintenant
        )
    elif not utilisateur.est_actif:
        raise RegleEnfreinte("Le compte de cette adresse a été fermé. Indiquez une autre adresse.")
    habilitation = habiliter(
        organisme=organisme,
        utilisateur=utilisateur,
        roles=roles,
        service=service,
        par=par,
        maintenant=maintenant,
    )
    if utilisateur.has_usable_password():
        _annoncer_les_roles(habilitation, par=par, maintenant=maintenant)
    else:
        inviter(utilisateur=utilisateur, au_nom_de=organisme.nom, par=par, maintenant=maintenant)
    return habilitation


@dataclass(frozen=True)
class Accueil:
    """Une personne à accueillir parmi d'autres."""

    courriel: str
    nom: str
    qualite: str
    roles: Collection[str]
    service: str


@transaction.atomic
def accueillir_en_nombre(
    *, organisme: Organisme, accueils: Sequence[Accueil], par: Acteur, maintenant: datetime
) -> list[Habilitation]:
    """Le même acte pour beaucoup de personnes nouvelles ici, sous une écriture :
    mille ne retiennent pas le registre.

    L'appelant a vérifié qu'aucune n'y tient déjà un rôle.
    """
    organisme = verrouiller(organisme)
    est_exploitant = organisme.role == Organisme.Role.EXPLOITANT
    for accueil in accueils:
        exiger(rules.peut_tenir_les_roles(roles=accueil.roles, est_exploitant=est_exploitant))
    personnes = _comptes_des(accueils, maintenant=maintenant)
    habilitations = Habilitation.objects.bulk_create(
        (
            Habilitation(
                organisme=organisme,
                utilisateur=personnes[accueil.courriel],
                roles=sorted(set(accueil.roles)),
                service=accueil.service,
                depuis_le=maintenant,
            )
            for accueil in accueils
        ),
        batch_size=200,
    )
    accordees = [
        {
            "habilitation": h.reference,
            "personne": h.utilisateur.reference,
            "nom": h.utilisateur.nom,
            "roles": h.roles,
        }
        for h in habilitations
    ]
    journaliser(
        "habilitation.accorder_en_nombre",
        sujet=organisme.siret,
        organisme=organisme.siret,
        par=par,
        le=maintenant,
        donnees={"accordees": accordees},
    )
    for habilitation in habilitations:
        if habilitation.utilisateur.has_usable_password():
            _annoncer_les_roles(habilitation, par=par, maintenant=maintenant)
        else:
            ecrire_l_invitation(
                habilitation.utilisateur, au_nom_de=organisme.nom, par=par, maintenant=maintenant
            )
    return habilitations


def _comptes_des(accueils: Sequence[Accueil], *, maintenant: datetime) -> dict[str, Utilisateur]:
    """Le compte de chacun, ouvert s'il n'en avait pas."""
    connus = utilisateurs_par_courriels([accueil.courriel for accueil in accueils])
    if any(not connu.est_actif for connu in connus.values()):
        raise RegleEnfreinte(
            "Le compte d'une de ces adresses a été fermé. Indiquez une autre adresse."
        )
    inconnus = [
        Personne(a.courriel, a.nom, a.qualite) for a in accueils if a.courriel not in connus
    ]
    return connus | {
        neuf.courriel: neuf for neuf in ouvrir_en_nombre(inconnus, maintenant=maintenant)
    }


def _annoncer_les_roles(habilitation: Habilitation, *, par: Acteur, maintenant: datetime) -> None:
    ecrire_a(
        habilitation.utilisateur.courriel,
        cle=f"habilitation/{habilitation.reference}",
        sujet=f"{habilitation.organisme} : vos rôles",
        gabarit="organismes/courriels/roles.txt",
        contexte={
            "habilitation": habilitation,
            "roles": [str(Habilitation.Role(role).label) for role in habilitation.roles],
            "par": par,
            "adresse": settings.ADRESSE_PUBLIQUE,
        },
        maintenant=maintenant,
    )


@transaction.atomic
def ouvrir_organisme(
    *,
    nom: str,
    siret: str,
    adresse: str,
    courriel: str,
    nom_de_l_administrateur: str,
    qualite: str,
    par: Acteur,
    maintenant: datetime,
) -> Organisme:
    """L'exploitant ouvre un organisme et y invite un premier administrateur,
    qui donnera les autres rôles.
    """
    organisme = creer_organisme(
        nom=nom, siret=siret, adresse=adresse, par=par, maintenant=maintenant
    )
    accueillir_agent(
        organisme=organisme,
        courriel=courriel,
        nom=nom_de_l_administrateur,
        qualite=qualite,
        roles=[Habilitation.Role.ADMINISTRATEUR],
        par=par,
        maintenant=maintenant,
    )
    return organisme


@transaction.atomic
def installer_l_exploitant(
    *, nom: str, siret: str, courriel: str, nom_de_l_administrateur: str, maintenant: datetime
) -> Habilitation:
    """Le premier acte d'une installation : l'exploitant et son administrateur.

    Rend aussi un administrateur perdu.
    """
    exploitant = Organisme.objects.filter(role=Organisme.Role.EXPLOITANT).first()
    if exploitant is None:
        exiger(rules.siret_d_organisme(siret))
        exploitant = creer_organisme(
            nom=nom,
            siret=siret,
            role=Organisme.Role.EXPLOITANT,
            par=PLATEFORME,
            maintenant=maintenant,
        )
    return nommer_un_administrateur(
        organisme=exploitant,
        courriel=courriel,
        nom=nom_de_l_administrateur,
        qualite="",
        par=PLATEFORME,
        maintenant=maintenant,
    )


@transaction.atomic
def nommer_un_administrateur(
    *,
    organisme: Organisme,
    courriel: str,
    nom: str,
    qualite: str,
    par: Acteur,
    maintenant: datetime,
) -> Habilitation:
    """L'exploitant rend un administrateur à un organisme qui a perdu son dernier."""
    organisme = verrouiller(organisme)
    exiger(
        rules.peut_recevoir_un_administrateur(
            administrateurs=len(queries.administrateurs_actifs(organisme))
        )
    )
    utilisateur = utilisateur_par_courriel(courriel)
    tenus = queries.roles_en_cours(utilisateur, organisme) if utilisateur else []
    return accueillir_agent(
        organisme=organisme,
        courriel=courriel,
        nom=nom,
        qualite=qualite,
        roles={*tenus, Habilitation.Role.ADMINISTRATEUR},
        par=par,
        maintenant=maintenant,
    )
