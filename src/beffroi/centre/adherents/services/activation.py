"""Activer un adhérent : lui ouvrir son organisme, et y inviter un premier administrateur."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from beffroi.centre.adherents import rules
from beffroi.centre.adherents.models import Adherent
from beffroi.centre.adherents.services.annuaire import noter
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.personnes.organismes.queries import organisme_du_siret
from beffroi.personnes.organismes.services import (
    Coordonnees,
    accueillir_agent,
    creer_organisme,
    decrire_l_organisme,
)
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur


@dataclass(frozen=True)
class Administrateur:
    """La première personne qui donnera les rôles chez l'adhérent."""

    courriel: str
    nom: str
    qualite: str = ""


@transaction.atomic
def activer(
    *, adherent: Adherent, administrateur: Administrateur, par: Acteur, maintenant: datetime
) -> Organisme:
    """Ouvre l'organisme de l'adhérent.

    S'il en avait déjà un sous ce SIRET, c'est le sien, et ses rôles restent.
    """
    adherent = verrouiller(adherent, avec=("organisme", "successeur"))
    exiger(
        rules.peut_etre_active(
            siret=adherent.siret,
            est_active=adherent.organisme is not None,
            successeur=adherent.successeur.nom if adherent.successeur else "",
        )
    )
    organisme = organisme_du_siret(adherent.siret)
    if organisme is None:
        organisme = _ouvrir(adherent, administrateur, par=par, maintenant=maintenant)
    adherent.organisme = organisme
    adherent.save(update_fields=["organisme"])
    noter("activer", adherent, par=par, le=maintenant, donnees={"siret": adherent.siret})
    return organisme


def _ouvrir(
    adherent: Adherent, administrateur: Administrateur, *, par: Acteur, maintenant: datetime
) -> Organisme:
    organisme = creer_organisme(
        nom=adherent.nom,
        siret=adherent.siret,
        code_commune=adherent.code_commune,
        par=par,
        maintenant=maintenant,
    )
    coordonnees = Coordonnees(
        adresse=adherent.adresse,
        code_postal=adherent.code_postal,
        ville=adherent.ville,
        courriel=adherent.courriel,
        telephone=adherent.telephone,
    )
    organisme = decrire_l_organisme(
        organisme=organisme, coordonnees=coordonnees, par=par, maintenant=maintenant
    )
    accueillir_agent(
        organisme=organisme,
        courriel=administrateur.courriel,
        nom=administrateur.nom,
        qualite=administrateur.qualite,
        roles=[Habilitation.Role.ADMINISTRATEUR],
        par=par,
        maintenant=maintenant,
    )
    return organisme
