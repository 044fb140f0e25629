"""Ceux qui veulent du mal, chacun par un chemin que la plateforme offre vraiment.

Chacun se fait par les services, dans le monde commun (`monde`), et se compare à un visiteur que la
table du cloisonnement connaît déjà : il ne doit entrer nulle part où celui-là n'entre pas.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.portees import D_ACHETEUR
from beffroi.personnes.comptes.services import (
    Personne,
    activer_totp,
    creer_utilisateur,
    delivrer_jeton,
)
from beffroi.personnes.entreprises.services import detacher_membre, inscrire_membre
from beffroi.personnes.entreprises.tests.gestes import inscrit, reconnu
from beffroi.personnes.organismes.rules import ROLES_DE_L_ACHETEUR
from beffroi.personnes.organismes.services import habiliter, retirer_habilitation
from beffroi.personnes.organismes.services.attentes import mettre_en_attente
from tests.architecture.adresses import Monde
from tests.architecture.monde import ATELIER, SECRET, agent

# Un autre établissement de l'Atelier du Faîtage : le même SIREN, un autre numéro de classement.
VOISIN = "73282932000009"


class Hostile(NamedTuple):
    """Quelqu'un, ce qu'il est, et les visiteurs qu'il a le droit de valoir, au plus."""

    nom: str
    venir: Callable[[Monde], Utilisateur]
    comme: tuple[str, ...] = ("entreprise_etrangere",)


def inscription(monde: Monde, nom: str, *, verifiee: bool = True) -> Utilisateur:
    return creer_utilisateur(
        courriel=f"{nom.replace(' ', '-').lower()}@ailleurs.example",
        nom=nom,
        mot_de_passe="quatre mots bien choisis",
        adresse_verifiee=verifiee,
        maintenant=monde.maintenant,
    )


def inconnu(monde: Monde) -> Utilisateur:
    """Un compte ouvert à l'instant, à une adresse que rien ne prouve, sans entreprise."""
    return inscription(monde, "Ivan Inconnu", verifiee=False)


def meme_siret(monde: Monde) -> Utilisateur:
    """Il dit le SIRET de l'Atelier, et demande à rejoindre l'équipe : nul ne l'a reconnu."""
    intrus = inscription(monde, "Igor Semblable", verifiee=False)
    inscrit(intrus, ATELIER, le=monde.maintenant)
    return intrus


def siren_voisin(monde: Monde) -> Utilisateur:
    """Il dit un autre établissement de la même entreprise."""
    intrus = inscription(monde, "Irma Voisine")
    inscrire_membre(
        identifiant=VOISIN,
        nom="Atelier du Faîtage",
        utilisateur=intrus,
        par=intrus.acteur,
        maintenant=monde.maintenant,
    )
    return intrus


def ancien_membre(monde: Monde) -> Utilisateur:
    """Il a été de l'équipe, et n'y est plus."""
    parti = inscription(monde, "Achille Parti")
    membre = reconnu(parti, monde.membre, le=monde.maintenant)
    detacher_membre(membre=membre, par=monde.membre.utilisateur.acteur, maintenant=monde.maintenant)
    return parti


def ancien_agent(monde: Monde) -> Utilisateur:
    """Il a tenu tous les rôles de Bomy, et n'en tient plus."""
    parti = agent("Albert Ancien", monde.bomy, ROLES_DE_L_ACHETEUR, maintenant=monde.maintenant)
    habilitation = parti.habilitations.get()
    retirer_habilitation(
        habilitation=habilitation, par=monde.agent.acteur, maintenant=monde.maintenant
    )
    return parti


def role_en_attente(monde: Monde) -> Utilisateur:
    """Il a ouvert, d'avance, un compte à l'adresse à qui Bomy donne tous les rôles."""
    intrus = inscription(monde, "Prosper Attendu", verifiee=False)
    mettre_en_attente(
        organisme=monde.bomy,
        personne=Personne(courriel=intrus.courriel, nom="Prosper Attendu"),
        roles=ROLES_DE_L_ACHETEUR,
        par=monde.agent.acteur,
        maintenant=monde.maintenant,
    )
    return intrus


def agent_en_entreprise(monde: Monde) -> Utilisateur:
    """Lecteur chez Bomy, il s'est aussi inscrit au SIRET de l'Atelier, qui lui répond."""
    curieux = agent("Line Double", monde.bomy, {"lecteur"}, maintenant=monde.maintenant)
    inscrit(curieux, ATELIER, le=monde.maintenant)
    return curieux


HOSTILES = (
    Hostile("inconnu", inconnu),
    Hostile("même SIRET", meme_siret),
    Hostile("SIREN voisin", siren_voisin),
    Hostile("ancien membre", ancien_membre),
    Hostile("ancien agent", ancien_agent),
    Hostile("rôle en attente", role_en_attente),
    Hostile(
        "agent en entreprise", agent_en_entreprise, ("entreprise_etrangere", "agent_sans_role")
    ),
)


def jeton_d_avant_le_role(monde: Monde) -> str:
    """Le jeton d'une agente d'Audincthun, fait avant que Bomy lui donne tous ses rôles."""
    ailleurs = agent(
        "Josette Avant", monde.audincthun, ROLES_DE_L_ACHETEUR, maintenant=monde.maintenant
    )
    _, secret = delivrer_jeton(
        utilisateur=ailleurs,
        libelle="D'avant",
        portees=D_ACHETEUR,
        maintenant=monde.maintenant,
    )
    plus_tard = monde.maintenant + timedelta(seconds=1)
    habiliter(
        organisme=monde.bomy,
        utilisateur=ailleurs,
        roles=ROLES_DE_L_ACHETEUR,
        par=monde.agent.acteur,
        maintenant=plus_tard,
    )
    return secret


def jeton_d_avant_le_facteur(monde: Monde) -> str:
    """Celui d'une personne qui active ensuite un second facteur, puis devient agente de Bomy."""
    future = inscription(monde, "Faustine Tardive")
    _, secret = delivrer_jeton(utilisateur=future, libelle="D'avant", maintenant=monde.maintenant)
    activer_totp(utilisateur=future, secret=SECRET, maintenant=monde.maintenant)
    habiliter(
        organisme=monde.bomy,
        utilisateur=future,
        roles=ROLES_DE_L_ACHETEUR,
        par=monde.agent.acteur,
        maintenant=monde.maintenant,
    )
    return secret


JETONS = {
    "jeton d'avant le rôle": jeton_d_avant_le_role,
    "jeton d'avant le second facteur": jeton_d_avant_le_facteur,
}
