"""Les annonces, pour un lecteur de flux :
l'identifiant d'un événement ne change jamais, sa suite le renouvelle.
"""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from beffroi.service.disponibilite.models import Evenement
from beffroi.socle.fondations.adresses import adresse_publique, identifiant_durable
from formats.atom import Entree, Flux

ENTREES = 50
PAGE, FLUX = "/etat-du-service/", "/etat-du-service/incidents.atom"


def flux(evenements: Sequence[Evenement], *, le: datetime) -> Flux:
    entrees = [entree(evenement) for evenement in evenements]
    return Flux(
        identifiant=identifiant_durable("etat-du-service"),
        titre=f"État du service {settings.SERVICE['nom']}",
        sous_titre="Incidents et maintenances",
        adresse=f"{adresse_publique()}{PAGE}",
        adresse_du_flux=f"{adresse_publique()}{FLUX}",
        mis_a_jour=max((entree.mise_a_jour for entree in entrees), default=le),
        auteur=str(settings.SERVICE["nom"]),
        entrees=sorted(entrees, key=lambda entree: entree.mise_a_jour, reverse=True),
    )


def entree(evenement: Evenement) -> Entree:
    points = list(evenement.points.all())
    fin = "Fini. " if evenement.fini_le else ""
    return Entree(
        identifiant=identifiant_durable(f"evenement:{evenement.reference}"),
        titre=f"{evenement.get_sorte_display()} : {evenement.titre}",
        adresse=f"{adresse_publique()}{PAGE}#{evenement.reference}",
        publiee_le=evenement.annonce_le,
        mise_a_jour=max((point.le for point in points), default=evenement.annonce_le),
        resume=fin + "\n".join(point.texte for point in points),
        auteur=str(settings.SERVICE["nom"]),
    )
