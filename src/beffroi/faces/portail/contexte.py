"""Ce que toute page sait : l'heure servie, le service, l'espace, le menu, le compte."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from beffroi.faces.portail import bandeaux, identite, navigation, roles
from beffroi.reponse.traces.noter import regarder
from beffroi.socle.fondations import horloge
from beffroi.socle.fondations.menus import Menu
from formats import dates

# Les pages dont l'adresse dure et ne porte aucun secret :
# leur copie sur papier dit d'où elle vient.
DURABLES = (
    "/consultations/",
    "/acheteurs/",
    "/donnees/",
    "/aide/",
    "/outils/",
    "/depots/",
    "/etat-du-service/",
)


def adresse_imprimee(request: HttpRequest) -> str:
    """L'adresse entière de la page, recherche comprise ; rien pour un lien reçu par courriel."""
    durable = request.path == "/" or request.path.startswith(DURABLES)
    return f"{settings.ADRESSE_PUBLIQUE}{request.get_full_path()}" if durable else ""


def page(request: HttpRequest) -> dict[str, Any]:
    """Processeur de contexte de `portail/base.html`."""
    service = identite.service()
    acteur = roles.acteur(request)
    if acteur.agit_pour_une_entreprise:
        regarder(request)
    maintenant = horloge.maintenant()
    return {
        "heure_servie": maintenant,
        "inactivite": settings.INACTIVITE_DES_AGENTS_MIN
        if acteur.role in (Menu.ACHETEUR, Menu.EXPLOITANT)
        else 0,
        "jour_servi": dates.jour(maintenant).split(" ", 1),
        "adresse_imprimee": adresse_imprimee(request),
        "service": service,
        "demonstration": settings.DEMONSTRATION,
        "espace_d_essai": settings.ESPACE,
        # Les scripts en lisent la valeur : son nom n'est l'ordinaire qu'en clair.
        "temoin": settings.CSRF_COOKIE_NAME if settings.CSRF_COOKIE_NAME != "csrftoken" else "",
        "adresse_principale": settings.ADRESSE_PRINCIPALE,
        "espace": acteur.espace or service["devise"],
        "bandeaux": bandeaux.de(acteur.habilitations, le=maintenant),
        "plusieurs_chez": len({une.organisme_id for une in acteur.habilitations}) > 1,
        "navigation": navigation.ranger(
            navigation.menu(acteur.role, chemin=request.path, fermees=acteur.pages_fermees)
        ),
        "compte": roles.lien_du_compte(acteur, chemin=request.path),
        "rubriques_du_pied": navigation.pied(code_source=service["code_source"]),
    }
