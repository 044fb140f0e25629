"""Ce que le centre fait chez un organisme :
chaque geste passe par un service d'`organismes`, et se note ici.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from beffroi.centre.interventions import queries, rules
from beffroi.centre.interventions.models import Intervention
from beffroi.centre.interventions.services.cycle import Raison, Sorte, expirer, inscrire
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.queries import utilisateur_par_courriel, utilisateurs_par_courriels
from beffroi.personnes.organismes import services as organismes
from beffroi.personnes.organismes.models import Habilitation, HabilitationEnAttente, Organisme
from beffroi.personnes.organismes.queries import roles_en_cours
from beffroi.personnes.organismes.services import Accueil, Coordonnees
from beffroi.socle.fondations.erreurs import ConflitEtat, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.services import journaliser

MISE_EN_PLACE = Raison(
    "Première mise en place : l'organisme n'a pas encore d'administrateur en service."
)


@dataclass(frozen=True)
class Agent:
    """Une personne à accueillir chez l'organisme."""

    courriel: str
    nom: str
    roles: Collection[str]
    qualite: str = ""
    service: str | None = None


def permise(organisme: Organisme, *, par: Utilisateur, maintenant: datetime) -> Intervention:
    """L'intervention sous laquelle cette personne agit à cet instant ; un refus dit quoi faire.

    L'appelant tient la transaction :
    le verrou de l'organisme tient jusqu'au bout de l'acte, et rien ne l'arrête à demi.
    """
    organisme = verrouiller(organisme)
    derniere = queries.derniere_de(organisme, par)
    if not queries.est_en_service(organisme):
        return _mise_en_place(organisme, derniere, par=par, maintenant=maintenant)
    if derniere and derniere.sorte == Sorte.MISE_EN_PLACE:
        derniere = None
    exiger(
        rules.peut_agir(
            expire_le=derniere.expire_le if derniere else None,
            close_le=derniere.close_le if derniere else None,
            arretee=derniere is not None and derniere.cloture == Intervention.Cloture.ARRETEE,
            le=maintenant,
        )
    )
    assert derniere is not None  # sans elle, la règle vient de refuser
    return derniere


def _mise_en_place(
    organisme: Organisme, derniere: Intervention | None, *, par: Utilisateur, maintenant: datetime
) -> Intervention:
    """Avant le premier administrateur, personne n'est là pour demander :
    l'intervention s'ouvre d'elle-même, et se lira.
    """
    if derniere and derniere.est_ouverte(maintenant):
        return derniere
    if derniere and derniere.close_le is None:
        expirer(intervention=derniere, maintenant=maintenant)
    return inscrire(
        organisme,
        Sorte.MISE_EN_PLACE,
        MISE_EN_PLACE,
        rules.MINUTES_AU_PLUS,
        par=par,
        maintenant=maintenant,
    )


def noter(
    intervention: Intervention, dit: str, *, objet: str, par: Utilisateur, maintenant: datetime
) -> None:
    """Le geste, sous la référence de l'intervention, à côté de l'écriture de l'acte lui-même."""
    journaliser(
        "intervention.agir",
        sujet=intervention.reference,
        organisme=intervention.organisme.siret,
        par=par.acteur,
        le=maintenant,
        donnees={"dit": dit, "objet": objet},
    )


@transaction.atomic
def decrire(
    *, organisme: Organisme, coordonnees: Coordonnees, par: Utilisateur, maintenant: datetime
) -> Organisme:
    """Change les coordonnées que les prochains règlements et avis citeront."""
    intervention = permise(organisme, par=par, maintenant=maintenant)
    decrit = organismes.decrire_l_organisme(
        organisme=organisme, coordonnees=coordonnees, par=par.acteur, maintenant=maintenant
    )
    noter(
        intervention,
        "Coordonnées de l'organisme",
        objet=decrit.siret,
        par=par,
        maintenant=maintenant,
    )
    return decrit


@transaction.atomic
def accueillir(
    *, organisme: Organisme, agent: Agent, par: Utilisateur, maintenant: datetime
) -> Habilitation | HabilitationEnAttente:
    """Donne des rôles à une personne ; ils attendent, si son adresse n'est pas prouvée."""
    intervention = permise(organisme, par=par, maintenant=maintenant)
    return donner(intervention, agent, par=par, maintenant=maintenant)


def donner(
    intervention: Intervention, agent: Agent, *, par: Utilisateur, maintenant: datetime
) -> Habilitation | HabilitationEnAttente:
    """Le même, quand l'intervention est déjà trouvée :
    un tableau en donne beaucoup sous la même.
    """
    connue = utilisateur_par_courriel(agent.courriel)
    avant = roles_en_cours(connue, intervention.organisme) if connue else []
    _exiger(intervention, connue, avant=avant, apres=agent.roles)
    habilitation = organismes.accueillir_agent(
        organisme=intervention.organisme,
        courriel=agent.courriel,
        nom=agent.nom,
        qualite=agent.qualite,
        roles=agent.roles,
        service=agent.service,
        par=par.acteur,
        maintenant=maintenant,
    )
    noter(
        intervention,
        _dit(habilitation),
        objet=habilitation.reference,
        par=par,
        maintenant=maintenant,
    )
    return habilitation


def donner_en_nombre(
    intervention: Intervention,
    accueils: Sequence[Accueil],
    *,
    par: Utilisateur,
    maintenant: datetime,
) -> None:
    """Beaucoup de personnes nouvelles chez l'organisme, sous une seule écriture ;
    les règles sont les mêmes.
    """
    connues = utilisateurs_par_courriels([accueil.courriel for accueil in accueils])
    for accueil in accueils:
        _exiger(intervention, connues.get(accueil.courriel), avant=(), apres=accueil.roles)
    habilitations = organismes.accueillir_en_nombre(
        organisme=intervention.organisme, accueils=accueils, par=par.acteur, maintenant=maintenant
    )
    journaliser(
        "intervention.agir",
        sujet=intervention.reference,
        organisme=intervention.organisme.siret,
        par=par.acteur,
        le=maintenant,
        donnees={"dits": [_dit(habilitation) for habilitation in habilitations]},
    )


@transaction.atomic
def changer(
    *,
    habilitation: Habilitation,
    roles: Collection[str],
    service: str,
    par: Utilisateur,
    maintenant: datetime,
) -> Habilitation:
    """Change les rôles et le service d'un agent."""
    intervention = permise(habilitation.organisme, par=par, maintenant=maintenant)
    habilitation = _tenue(habilitation)
    _exiger(intervention, habilitation.utilisateur, avant=habilitation.roles, apres=roles)
    changee = organismes.habiliter(
        organisme=habilitation.organisme,
        utilisateur=habilitation.utilisateur,
        roles=roles,
        service=service,
        par=par.acteur,
        maintenant=maintenant,
    )
    noter(intervention, _dit(changee), objet=changee.reference, par=par, maintenant=maintenant)
    return changee


@transaction.atomic
def retirer(*, habilitation: Habilitation, par: Utilisateur, maintenant: datetime) -> Habilitation:
    """Met fin aux rôles d'un agent chez l'organisme."""
    intervention = permise(habilitation.organisme, par=par, maintenant=maintenant)
    habilitation = _tenue(habilitation)
    _exiger(intervention, None, avant=habilitation.roles, apres=())
    retiree = organismes.retirer_habilitation(
        habilitation=habilitation, par=par.acteur, maintenant=maintenant
    )
    dit = f"{retiree.utilisateur.nom} : plus aucun rôle"
    noter(intervention, dit, objet=retiree.reference, par=par, maintenant=maintenant)
    return retiree


@transaction.atomic
def inviter(*, attente: HabilitationEnAttente, par: Utilisateur, maintenant: datetime) -> None:
    """Envoie un nouveau lien à une adresse que des rôles attendent."""
    intervention = permise(attente.organisme, par=par, maintenant=maintenant)
    organismes.renvoyer_le_lien(attente=attente, par=par.acteur, maintenant=maintenant)
    dit = f"{attente.attendue.nom} : lien renvoyé"
    noter(intervention, dit, objet=attente.reference, par=par, maintenant=maintenant)


@transaction.atomic
def annuler(*, attente: HabilitationEnAttente, par: Utilisateur, maintenant: datetime) -> None:
    """Des rôles qui attendent une adresse ne seront pas donnés."""
    intervention = permise(attente.organisme, par=par, maintenant=maintenant)
    _exiger(intervention, None, avant=attente.roles, apres=())
    organismes.annuler_l_attente(attente=attente, par=par.acteur, maintenant=maintenant)
    dit = f"{attente.attendue.nom} : rôles en attente annulés"
    noter(intervention, dit, objet=attente.reference, par=par, maintenant=maintenant)


def _tenue(habilitation: Habilitation) -> Habilitation:
    """Relue sous le verrou de l'organisme :
    son administrateur a pu la changer ou y mettre fin pendant la saisie.
    """
    tenue = verrouiller(habilitation, avec=("organisme", "utilisateur"))
    if tenue.jusqu_au:
        raise ConflitEtat(
            f"{tenue.utilisateur.nom} ne tient plus ces rôles : "
            "l'organisme les a changés ou retirés entre-temps. "
            "Rien n'a changé. Revenez aux comptes de l'organisme, et relisez-les."
        )
    return tenue


def _exiger(
    intervention: Intervention,
    personne: Utilisateur | None,
    *,
    avant: Collection[str],
    apres: Collection[str],
) -> None:
    exiger(rules.peut_recevoir_un_role(est_du_centre=queries.a_un_role_au_centre(personne)))
    exiger(
        rules.peut_changer_les_roles(
            avant=avant,
            apres=apres,
            est_en_service=intervention.sorte != Sorte.MISE_EN_PLACE,
            accord=intervention.accord,
        )
    )


def _dit(donnee: Habilitation | HabilitationEnAttente) -> str:
    roles = ", ".join(str(Habilitation.Role(role).label) for role in donnee.roles)
    service = f" ({donnee.service})" if donnee.service else ""
    if isinstance(donnee, HabilitationEnAttente):
        return f"{donnee.attendue.nom}{service} : {roles}, en attente de son adresse"
    return f"{donnee.utilisateur.nom}{service} : {roles}"
