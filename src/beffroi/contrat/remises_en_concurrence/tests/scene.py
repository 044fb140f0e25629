"""Un accord-cadre à deux titulaires, et sa remise en concurrence, menés par les services."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.services import designer_membre
from beffroi.contrat.marches.models import Marche
from beffroi.contrat.marches.services import contrats
from beffroi.contrat.marches.tests import gestes
from beffroi.contrat.remises_en_concurrence import services
from beffroi.contrat.remises_en_concurrence.models import RemiseEnConcurrence
from beffroi.reponse.depots.models import Pli
from beffroi.seance.ouverture.tests.factories import LIMITE
from demo import marches
from demo.peuplement import Troupe
from demo.reponses import repondre

DEBUT = LIMITE - timedelta(days=20)
CRITERES = "Prix, 60 points ; délai d'intervention, 40 points."
OFFRE = {"Acte d'engagement.pdf": b"%PDF-1.7 12 400 euros"}
DEMANDE = services.Demande(
    titre="Reprise du chemin du Moulin",
    besoin="Deux cents mètres de chemin, avant le 1er mars.",
    criteres=CRITERES,
    limite=LIMITE,
    estimation=Decimal(13_000),
)


def tenant(troupe: Troupe, chez: str) -> contrats.Tenant:
    equipe = troupe.equipes[chez]
    return contrats.Tenant(equipe.identifiant, equipe.nom)


def accord_cadre(
    troupe: Troupe,
    *,
    chez: tuple[str, ...] = ("faitage", "zingueurs"),
    maximum: str = "40000",
    mois: int = 24,
) -> Marche:
    """En cours depuis cent jours ; la plateforme ne l'a pas vu naître."""
    depuis = (DEBUT - timedelta(days=100)).date()
    termes = replace(
        gestes.TERMES,
        numero="2026-AC1",
        objet="Entretien des chemins",
        nature="accord_cadre",
        duree_en_mois=mois,
        montant=Decimal(maximum),
        maximum=Decimal(maximum),
        code_cpv="45233141",
    )
    return contrats.inscrire(
        organisme=troupe.organismes["Bomy"],
        termes=termes,
        titulaires=[tenant(troupe, cle) for cle in chez],
        reprise=contrats.Reprise(depuis, None, depuis),
        par=troupe.personnes["martine"].acteur,
        maintenant=DEBUT,
    )


def remise(
    troupe: Troupe,
    accord: Marche,
    *,
    qui: tuple[str, ...] = ("sophie", "zoe"),
    le: datetime = DEBUT,
    **demande,
) -> RemiseEnConcurrence:
    return services.ouvrir(
        accord=accord,
        demande=replace(DEMANDE, **demande),
        courriels=[troupe.personnes[cle].courriel for cle in qui],
        par=troupe.personnes["martine"],
        maintenant=le,
    )


def envoyer(troupe: Troupe, ouverte: RemiseEnConcurrence, *, le: datetime = DEBUT) -> Consultation:
    """Les documents, les personnes qui ouvrent, les clés, puis l'invitation."""
    martine, consultation = troupe.personnes["martine"], ouverte.consultation
    marches.joindre_les_documents(consultation, marches.VOIRIE, par=martine, le=le)
    for cle in ("martine", "helene", "bernard"):
        designer_membre(
            consultation=consultation,
            utilisateur=troupe.personnes[cle],
            par=martine.acteur,
            maintenant=le,
        )
    consultation.refresh_from_db()
    return marches.publier(consultation, troupe, ("martine", "helene", "bernard"), le=le)


def offrir(consultation: Consultation, troupe: Troupe, *, qui: str, chez: str, le: datetime) -> Pli:
    return repondre(
        consultation, troupe, qui=qui, chez=chez, le=le, candidature={}, offres={None: OFFRE}
    )
