"""Pour qui la page est faite : visiteur, entreprise, acheteur ou exploitant."""

from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse

from beffroi.comptes.models import Utilisateur
from beffroi.entreprises.errors import SansEntreprise
from beffroi.entreprises.queries import etablissement_courant
from beffroi.organismes.models import Organisme
from beffroi.organismes.queries import habilitations_en_cours
from beffroi.portail.navigation import ACHETEUR, ENTREPRISE, EXPLOITANT, VISITEUR, est_servie
from beffroi.socle import horloge


class ActeurDeLaPage(NamedTuple):
    """Le rôle, le nom de la personne et la ligne sous l'enseigne."""

    role: str
    nom: str = ""
    espace: str = ""


ACCUEILS = {VISITEUR: "/", ENTREPRISE: "/mes-reponses/", ACHETEUR: "/a-faire/", EXPLOITANT: "/a-faire/"}
_PAGES_DU_COMPTE = ("/compte/", "/compte/securite/", "/compte/2fa/")


def acteur(request: HttpRequest) -> ActeurDeLaPage:
    """Une personne habilitée dans un organisme passe avant l'entreprise qu'elle aurait aussi."""
    personne = getattr(request, "user", None)
    if not isinstance(personne, Utilisateur):
        return ActeurDeLaPage(VISITEUR)
    habilitation = habilitations_en_cours(personne, horloge.maintenant()).first()
    if habilitation:
        return _agent(personne, habilitation.organisme)
    try:
        entreprise = etablissement_courant(request).entreprise
    except SansEntreprise:
        return ActeurDeLaPage(ENTREPRISE, personne.nom, "Espace entreprise")
    return ActeurDeLaPage(ENTREPRISE, personne.nom, f"{entreprise} · espace entreprise")


def _agent(personne: Utilisateur, organisme: Organisme) -> ActeurDeLaPage:
    if organisme.role == Organisme.Role.EXPLOITANT:
        return ActeurDeLaPage(EXPLOITANT, personne.nom, f"{organisme} · gestion")
    return ActeurDeLaPage(ACHETEUR, personne.nom, f"{organisme} · espace acheteur")


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
