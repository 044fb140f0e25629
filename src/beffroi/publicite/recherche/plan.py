"""Ce qu'un moteur de recherche peut lire d'ici : le plan des pages publiques ; le reste, fermé."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse

from beffroi.publicite.recherche import queries
from beffroi.publicite.recherche.flux import adresse_de
from beffroi.publicite.recherche.models import FicheIndexee
from beffroi.socle.fondations.adresses import adresse_publique
from formats.plan_de_site import Page, robots

# La connexion et ce qui n'est pas une page : un robot n'y trouve rien, et y use le service.
# Le rang suit la publication : les plus récentes se lisent sans trier ni tout parcourir.
CONSULTATIONS, ACHETEURS = 2_000, 2_000
FERMES = ("/compte/", "/api/", "/journal/tile/")


def pages_publiques() -> Iterator[Page]:
    """L'accueil, les listes, les acheteurs ; puis les consultations, la dernière publiée d'abord.

    Une consultation réservée n'est pas dans l'index.
    """
    for nom in ("portail:accueil", "recherche:liste", "recherche:acheteurs"):
        yield Page(f"{adresse_publique()}{reverse(nom)}")
    for acheteur in queries.acheteurs()[:ACHETEURS]:
        yield Page(f"{adresse_publique()}{reverse('recherche:acheteur', args=[acheteur.siren])}")
    fiches = FicheIndexee.objects.order_by("-pk").only("reference", "modifiee_le")
    for fiche in fiches[:CONSULTATIONS]:
        yield Page(adresse_de(fiche.reference), fiche.modifiee_le)


def pour_les_robots() -> str:
    """Un espace d'essai ne se trouve pas en cherchant : rien n'y vaut."""
    if settings.ESPACE:
        return robots(interdits=["/"])
    return robots(interdits=FERMES, plan=f"{adresse_publique()}{reverse('recherche:plan')}")
