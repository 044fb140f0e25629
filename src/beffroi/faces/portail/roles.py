"""Pour qui la page est faite : visiteur, entreprise, acheteur ou exploitant."""

from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse

from beffroi.faces.portail.navigation import entrees, est_servie
from beffroi.personnes.cles.queries import gardien_en_fonction
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.errors import SansEntreprise
from beffroi.personnes.entreprises.queries import equipe_courante
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import est_du_centre, permet
from beffroi.personnes.organismes.queries import habilitations_en_cours
from beffroi.socle.fondations import horloge
from beffroi.socle.fondations.menus import Menu


class ActeurDeLaPage(NamedTuple):
    """Le rôle, le nom de la personne, la ligne sous l'enseigne et ce que son menu ne montre pas."""

    role: Menu
    nom: str = ""
    espace: str = ""
    pages_fermees: frozenset[str] = frozenset()
    agit_pour_une_entreprise: bool = False
    habilitations: tuple[Habilitation, ...] = ()


ACCUEILS = {
    Menu.VISITEUR: "/",
    Menu.ENTREPRISE: "/mes-reponses/",
    Menu.GARDIEN: "/a-faire/",
    Menu.ACHETEUR: "/a-faire/",
    Menu.EXPLOITANT: "/a-faire/",
}
_PAGES_DU_COMPTE = ("/compte/", "/compte/securite/", "/compte/2fa/")


def acteur(request: HttpRequest) -> ActeurDeLaPage:
    """Une personne habilitée dans un organisme passe avant l'entreprise qu'elle aurait aussi."""
    personne = getattr(request, "user", None)
    if not isinstance(personne, Utilisateur):
        return ActeurDeLaPage(Menu.VISITEUR)
    habilitations = habilitations_en_cours(personne, horloge.maintenant())
    if habilitations:
        return _agent(personne, habilitations)
    try:
        entreprise = equipe_courante(request).nom
    except SansEntreprise:
        if gardien_en_fonction(personne):
            return ActeurDeLaPage(Menu.GARDIEN, personne.nom, "Gardien de secours")
        return ActeurDeLaPage(Menu.ENTREPRISE, personne.nom, "Espace entreprise")
    return ActeurDeLaPage(
        Menu.ENTREPRISE,
        personne.nom,
        f"{entreprise} · espace entreprise",
        agit_pour_une_entreprise=True,
    )


def _agent(personne: Utilisateur, habilitations: list[Habilitation]) -> ActeurDeLaPage:
    premiere = habilitations[0]
    role, espace = (
        (Menu.EXPLOITANT, "gestion")
        if est_du_centre(premiere)
        else (Menu.ACHETEUR, "espace acheteur")
    )
    fermees = {
        entree.url
        for entree in entrees(role)
        if entree.permis and not any(permet(une, *entree.permis) for une in habilitations)
    }
    return ActeurDeLaPage(
        role,
        personne.nom,
        f"{premiere.organisme} · {espace}",
        frozenset(fermees),
        habilitations=tuple(habilitations),
    )


class LienDuCompte(NamedTuple):
    libelle: str
    url: str
    actif: str = ""
    precision: str = ""


def lien_du_compte(page_pour: ActeurDeLaPage, *, chemin: str) -> LienDuCompte:
    """« Se connecter », ou le nom de la personne vers son compte."""
    if page_pour.role == Menu.VISITEUR:
        url = reverse("account_login")
        return LienDuCompte("Se connecter", url, "page" if chemin == url else "")
    url = next((adresse for adresse in _PAGES_DU_COMPTE if est_servie(adresse)), "/")
    return LienDuCompte(page_pour.nom, url, "page" if chemin == url else "", "mon compte")
