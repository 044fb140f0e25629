"""Ouvrir la préparation d'une consultation de 120 lots :
le temps du serveur, à côté de la même page sans lots.
"""

import os
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from beffroi.commandes.cli.cadre import preparer_django

if TYPE_CHECKING:
    from django.test import Client

    from beffroi.achat.consultations.models import Consultation
    from beffroi.personnes.comptes.models import Utilisateur

PAGES = ("montant", "lots", "criteres", "particularites")


def gestes(lots: int, dossier: Path) -> dict[str, Callable[[], object]]:
    """Une base neuve, une consultation sans lots puis une autre de 120 ;
    chaque geste ouvre une page entière.
    """
    preparer(dossier)
    return gestes_de(planter(), lots)


def preparer(dossier: Path) -> None:
    os.environ.update(
        DJANGO_SETTINGS_MODULE="config.settings.dev",
        BEFFROI_DONNEES=str(dossier),
        BEFFROI_ADRESSE="http://localhost:18000",
        BEFFROI_BASE_DE_DONNEES="",
        BEFFROI_SANS_HORODATAGE_QUALIFIE="oui",
    )
    preparer_django()
    from django.conf import settings
    from django.core.management import call_command

    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["*"]
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("migrate", verbosity=0, interactive=False)


def planter() -> "Utilisateur":
    """La commune de la démonstration et sa secrétaire."""
    from beffroi.socle.fondations.horloge import maintenant
    from demo.peuplement import peupler

    return peupler(le=maintenant() - timedelta(days=20)).personnes["martine"]


def gestes_de(auteur: "Utilisateur", lots: int) -> dict[str, Callable[[], object]]:
    from django.test import Client

    from beffroi.achat.preparation.queries.panneau import panneau
    from beffroi.socle.fondations.horloge import maintenant

    client = Client()
    client.force_login(auteur)
    seule, allotie = consultation(auteur, lots=0), consultation(auteur, lots=lots)
    return {
        "ouvrir « Combien », sans lots (repère)": lambda: ouvrir(client, seule, "montant"),
        f"calculer le panneau, {lots} lots": lambda: panneau(allotie, le=maintenant()),
        **{f"ouvrir « {page} », {lots} lots": _ouverture(client, allotie, page) for page in PAGES},
    }


def _ouverture(client: "Client", consultation: "Consultation", page: str) -> Callable[[], object]:
    return lambda: ouvrir(client, consultation, page)


def ouvrir(client: "Client", consultation: "Consultation", page: str) -> None:
    reponse = client.get(f"/consultations/{consultation.reference}/preparer/{page}/")
    if reponse.status_code != 200 or b'class="panneau"' not in reponse.content:
        raise RuntimeError(f"« {page} » a répondu {reponse.status_code}, ou sans son panneau.")


def consultation(auteur: "Utilisateur", *, lots: int) -> "Consultation":
    """Toutes les questions répondues, par les services."""
    from beffroi.achat.consultations.rules.fiche import Fiche
    from beffroi.achat.preparation import services
    from beffroi.achat.preparation.rules.reponses import Calendrier, Jugement, Montant, Nature
    from beffroi.personnes.organismes.queries import habilitations_en_cours
    from beffroi.socle.fondations.horloge import maintenant
    from droit.achat import Allotissement, Critere, Lot

    le = maintenant()
    criteres = (
        Critere(nom="Prix", sorte="prix", poids=Decimal(60)),
        Critere(nom="Performance environnementale", sorte="environnement", poids=Decimal(40)),
    )
    creee = services.commencer(
        organisme=habilitations_en_cours(auteur, le)[0].organisme,
        redigee_par=auteur,
        fiche=Fiche(
            titre="Fournitures des écoles",
            objet="Mobilier et jeux.",
            nature="fournitures",
            code_cpv="39160000",
        ),
        nature=Nature(prestation="fournitures"),
        maintenant=le,
    )
    decoupe = tuple(
        Lot(
            numero=n,
            intitule=f"Famille {n}",
            code_cpv="39160000",
            montant_estime=Decimal(10_000),
            criteres=criteres,
        )
        for n in range(1, lots + 1)
    )
    for reponse in (
        Montant(estime=Decimal(1_200_000), duree_en_mois=12),
        Allotissement(lots=decoupe, motif_sans_lot="" if lots else "Une seule prestation."),
        Jugement(criteres=criteres),
        Calendrier(envoi_de_l_avis=(le + timedelta(days=10)).date()),
    ):
        services.repondre(consultation=creee, reponse=reponse, par=auteur.acteur, maintenant=le)
    return creee
