"""Les actes de l'espace d'essai : tenir une consultation ouverte, accueillir un visiteur.

Refusés hors de lui.
"""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from stdnum import luhn

from beffroi.personnes.entreprises.models import Membre
from beffroi.personnes.entreprises.services import inscrire_entreprise
from beffroi.service.essai import queries
from beffroi.service.essai.ports import robots
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.references import reference_opaque

ESSAI = "essai"
DOMAINE = "visiteur.essai.invalid"
# Un visiteur doit avoir le temps de finir sur la consultation qu'il a commencée.
RESTE_AU_MOINS = timedelta(days=2)
# Des SIREN en 999 : l'INSEE n'en donne pas.
PREFIXE_INVENTE = "999"


def exiger_l_espace() -> None:
    """Hors de l'espace d'essai, ces pages n'existent pas."""
    if settings.ESPACE != ESSAI:
        raise Introuvable


def garder_une_consultation_ouverte(le: datetime) -> None:
    """Ronde : une consultation d'essai reçoit toujours des réponses."""
    if settings.ESPACE == ESSAI and queries.consultation_ouverte(le=le + RESTE_AU_MOINS) is None:
        robots().publier(le=le)


@transaction.atomic
def accueillir(*, maintenant: datetime) -> Membre:
    """Une entreprise inventée et une personne sans nom, pour qui arrive :
    ni formulaire, ni mot de passe.
    """
    exiger_l_espace()
    qui = reference_opaque("V")
    return inscrire_entreprise(
        courriel=f"{qui.lower()}@{DOMAINE}",
        mot_de_passe=secrets.token_urlsafe(32),
        nom="Visiteur de l'essai",
        raison_sociale=f"Entreprise d'essai {qui}",
        pays="FR",
        identifiant=siret_invente(),
        maintenant=maintenant,
    )


def siret_invente() -> str:
    """Un SIRET bien formé qui n'est à personne."""
    siren = PREFIXE_INVENTE + f"{secrets.randbelow(10**5):05d}"
    siren += str(luhn.calc_check_digit(siren))
    debut = f"{siren}{secrets.randbelow(10**4):04d}"
    return debut + str(luhn.calc_check_digit(debut))


def est_un_visiteur(personne: object) -> bool:
    return getattr(personne, "courriel", "").endswith(f"@{DOMAINE}")
