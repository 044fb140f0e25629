"""Pour qui la page est faite : visiteur, entreprise, acheteur ou exploitant."""

from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse

from beffroi.adherents.permissions import ACTES as ACTES_DE_L_ANNUAIRE
from beffroi.cles.queries import gardien_en_fonction
from beffroi.comptes.models import Utilisateur
from beffroi.conformite.permissions import ACTES as ACTES_DE_LA_CONFORMITE
from beffroi.entreprises.errors import SansEntreprise
from beffroi.entreprises.queries import etablissement_courant
from beffroi.interventions.permissions import ACTES as ACTES_D_INTERVENTION
from beffroi.organismes.models import Habilitation, Organisme
from beffroi.organismes.permissions import ACTES, permet
from beffroi.organismes.queries import habilitations_en_cours
from beffroi.portail.navigation import (
    ACHETEUR,
    ADHERENTS,
    AGENTS,
    COMPTES,
    COMPTES_DES_ORGANISMES,
    CONFORMITE,
    ENTREPRISE,
    EXPLOITANT,
    GARDIEN,
    ORGANISMES,
    RECETTES,
    RELECTURES,
    VISITEUR,
    est_servie,
)
from beffroi.recettes.permissions import ACTES as ACTES_DES_RECETTES
from beffroi.relectures.permissions import ACTES_DU_CENTRE
from beffroi.socle import horloge


class ActeurDeLaPage(NamedTuple):
    """Le rôle, le nom de la personne, la ligne sous l'enseigne et ce que son menu ne montre pas."""

    role: str
    nom: str = ""
    espace: str = ""
    pages_fermees: frozenset[str] = frozenset()
    agit_pour_une_entreprise: bool = False


ACCUEILS = {
    VISITEUR: "/",
    ENTREPRISE: "/mes-reponses/",
    GARDIEN: "/a-faire/",
    ACHETEUR: "/a-faire/",
    EXPLOITANT: "/a-faire/",
}
_PAGES_DU_COMPTE = ("/compte/", "/compte/securite/", "/compte/2fa/")


def acteur(request: HttpRequest) -> ActeurDeLaPage:
    """Une personne habilitée dans un organisme passe avant l'entreprise qu'elle aurait aussi."""
    personne = getattr(request, "user", None)
    if not isinstance(personne, Utilisateur):
        return ActeurDeLaPage(VISITEUR)
    habilitations = list(habilitations_en_cours(personne, horloge.maintenant()))
    if habilitations:
        return _agent(personne, habilitations)
    try:
        entreprise = etablissement_courant(request).entreprise
    except SansEntreprise:
        if gardien_en_fonction(personne):
            return ActeurDeLaPage(GARDIEN, personne.nom, "Gardien de secours")
        return ActeurDeLaPage(ENTREPRISE, personne.nom, "Espace entreprise")
    return ActeurDeLaPage(ENTREPRISE, personne.nom, f"{entreprise} · espace entreprise", agit_pour_une_entreprise=True)


def _agent(personne: Utilisateur, habilitations: list[Habilitation]) -> ActeurDeLaPage:
    organisme = habilitations[0].organisme
    role, espace = (
        (EXPLOITANT, "gestion") if organisme.role == Organisme.Role.EXPLOITANT else (ACHETEUR, "espace acheteur")
    )
    ouvertes = {
        AGENTS: ("voir_les_agents", ACTES),
        ORGANISMES: ("creer_organisme", ACTES),
        COMPTES: ("fermer_le_compte", ACTES),
        RELECTURES: ("relire", ACTES_DU_CENTRE),
        COMPTES_DES_ORGANISMES: ("voir_les_comptes", ACTES_D_INTERVENTION),
        CONFORMITE: ("voir_la_conformite", ACTES_DE_LA_CONFORMITE),
        RECETTES: ("voir_les_recettes", ACTES_DES_RECETTES),
        ADHERENTS: ("lire_l_annuaire", ACTES_DE_L_ANNUAIRE),
    }
    fermees = {
        adresse
        for adresse, (acte, table) in ouvertes.items()
        if not any(permet(habilitation, acte, table) for habilitation in habilitations)
    }
    return ActeurDeLaPage(
        role,
        personne.nom,
        f"{organisme} · {espace}",
        frozenset(fermees),
    )


class LienDuCompte(NamedTuple):
    libelle: str
    url: str
    actif: str = ""
    precision: str = ""


def lien_du_compte(page_pour: ActeurDeLaPage, *, chemin: str) -> LienDuCompte:
    """« Se connecter », ou le nom de la personne vers son compte."""
    if page_pour.role == VISITEUR:
        url = reverse("account_login")
        return LienDuCompte("Se connecter", url, "page" if chemin == url else "")
    url = next((adresse for adresse in _PAGES_DU_COMPTE if est_servie(adresse)), "/")
    return LienDuCompte(page_pour.nom, url, "page" if chemin == url else "", "mon compte")
