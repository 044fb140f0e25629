"""Faire entrer quelqu'un : un agent, cent d'un tableau, le premier administrateur, l'exploitant."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.queries import (
    adresse_prouvee,
    adresses_prouvees,
    utilisateur_par_courriel,
    utilisateurs_par_courriels,
)
from beffroi.personnes.comptes.services import Personne
from beffroi.personnes.organismes import queries, rules
from beffroi.personnes.organismes.models import Habilitation, HabilitationEnAttente, Organisme
from beffroi.personnes.organismes.services.attentes import (
    Accueil,
    attendre_en_nombre,
    ecrire_le_lien,
    mettre_en_attente,
)
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
) -> Habilitation | HabilitationEnAttente:
    """Donne des rôles à une adresse : tout de suite si son compte l'a prouvée,
    et sinon dès que la personne ouvre le lien qu'elle y reçoit.

    Si l'adresse a déjà un compte, son nom et sa qualité restent ceux qu'elle a :
    un organisme ne les change pas.
    """
    utilisateur = utilisateur_par_courriel(courriel)
    if utilisateur and not utilisateur.est_actif:
        raise RegleEnfreinte("Le compte de cette adresse a été fermé. Indiquez une autre adresse.")
    if utilisateur is None or not adresse_prouvee(utilisateur):
        return mettre_en_attente(
            organisme=organisme,
            personne=Personne(courriel, nom, qualite),
            roles=roles,
            service=service,
            par=par,
            maintenant=maintenant,
        )
    habilitation = habiliter(
        organisme=organisme,
        utilisateur=utilisateur,
        roles=roles,
        service=service,
        par=par,
        maintenant=maintenant,
    )
    _annoncer_les_roles(habilitation, par=par, maintenant=maintenant)
    return habilitation


@transaction.atomic
def accueillir_en_nombre(
    *, organisme: Organisme, accueils: Sequence[Accueil], par: Acteur, maintenant: datetime
) -> list[Habilitation | HabilitationEnAttente]:
    """Le même acte pour beaucoup de personnes nouvelles ici, sous une écriture :
    mille ne retiennent pas le registre.

    L'appelant a vérifié qu'aucune n'y tient, ni n'y attend, déjà un rôle.
    """
    organisme = verrouiller(organisme)
    est_exploitant = organisme.role == Organisme.Role.EXPLOITANT
    for accueil in accueils:
        exiger(rules.peut_tenir_les_roles(roles=accueil.roles, est_exploitant=est_exploitant))
    prouves = _comptes_prouves(accueils)
    habilitations = _habiliter_en_nombre(organisme, accueils, prouves, maintenant=maintenant)
    attentes = attendre_en_nombre(
        organisme,
        [accueil for accueil in accueils if accueil.courriel not in prouves],
        maintenant=maintenant,
    )
    journaliser(
        "habilitation.accorder_en_nombre",
        sujet=organisme.siret,
        organisme=organisme.siret,
        par=par,
        le=maintenant,
        donnees={
            "accordees": [
                {
                    "habilitation": une.reference,
                    "personne": une.utilisateur.reference,
                    "nom": une.utilisateur.nom,
                    "roles": une.roles,
                }
                for une in habilitations
            ],
            "en_attente": [
                {"attente": une.reference, "nom": une.attendue.nom, "roles": une.roles}
                for une in attentes
            ],
        },
    )
    for habilitation in habilitations:
        _annoncer_les_roles(habilitation, par=par, maintenant=maintenant)
    for attente in attentes:
        ecrire_le_lien(attente, par=par, maintenant=maintenant)
    return [*habilitations, *attentes]


def _habiliter_en_nombre(
    organisme: Organisme,
    accueils: Sequence[Accueil],
    prouves: Mapping[str, Utilisateur],
    *,
    maintenant: datetime,
) -> list[Habilitation]:
    return Habilitation.objects.bulk_create(
        (
            Habilitation(
                organisme=organisme,
                utilisateur=prouves[accueil.courriel],
                roles=sorted(set(accueil.roles)),
                service=accueil.service,
                depuis_le=maintenant,
            )
            for accueil in accueils
            if accueil.courriel in prouves
        ),
        batch_size=200,
    )


def _comptes_prouves(accueils: Sequence[Accueil]) -> dict[str, Utilisateur]:
    """Le compte de chaque adresse qui en a un, et qui l'a prouvée."""
    connus = utilisateurs_par_courriels([accueil.courriel for accueil in accueils])
    if any(not connu.est_actif for connu in connus.values()):
        raise RegleEnfreinte(
            "Le compte d'une de ces adresses a été fermé. Indiquez une autre adresse."
        )
    prouvees = adresses_prouvees(connus)
    return {courriel: connu for courriel, connu in connus.items() if courriel in prouvees}


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
) -> Habilitation | HabilitationEnAttente:
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
) -> Habilitation | HabilitationEnAttente:
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
