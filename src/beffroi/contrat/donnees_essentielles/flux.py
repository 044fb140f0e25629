"""Le flux d'une recherche : les contrats publiés, le dernier paru d'abord."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from beffroi.contrat.donnees_essentielles import presentation
from beffroi.contrat.donnees_essentielles.criteres import Criteres
from beffroi.contrat.donnees_essentielles.fichiers import ORIGINE, absolue
from beffroi.contrat.donnees_essentielles.models import FicheDeContrat
from beffroi.socle.fondations.adresses import identifiant_durable
from formats.atom import Entree, Flux

ENTREES = 50


def flux(criteres: Criteres, fiches: Sequence[FicheDeContrat]) -> Flux:
    return Flux(
        identifiant=identifiant_durable(f"marches?{criteres.ecrire()}"),
        titre="Marchés conclus",
        sous_titre=", ".join(filtre.libelle for filtre in presentation.filtres(criteres)),
        adresse=absolue(presentation.adresse(criteres)),
        adresse_du_flux=absolue(presentation.adresse(criteres, "donnees_essentielles:flux")),
        mis_a_jour=max((_parue_le(fiche) for fiche in fiches), default=ORIGINE),
        auteur=str(settings.SERVICE["nom"]),
        entrees=[_entree(fiche) for fiche in fiches],
    )


def _entree(fiche: FicheDeContrat) -> Entree:
    return Entree(
        identifiant=identifiant_durable(f"marche/{fiche.reference}"),
        titre=fiche.objet,
        adresse=absolue(reverse("donnees_essentielles:contrat", args=(fiche.reference,))),
        publiee_le=_parue_le(fiche),
        mise_a_jour=_parue_le(fiche),
        resume=f"{fiche.nom_acheteur}. {presentation.montant_de(fiche)}. {fiche.procedure}.",
        auteur=fiche.nom_acheteur,
        categories=((fiche.cpv, fiche.nature),),
    )


def _parue_le(fiche: FicheDeContrat) -> datetime:
    return fiche.publiee_le or ORIGINE
