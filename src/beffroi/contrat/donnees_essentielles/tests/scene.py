"""Un contrat juste, que chaque test change d'un champ."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from beffroi.personnes.comptes.services import creer_utilisateur
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.services import creer_organisme, habiliter
from beffroi.socle.journal.acteurs import PLATEFORME
from formats.dates import PARIS
from formats.decp import Concession, Lieu, Marche, Titulaire

LE = datetime(2026, 11, 24, 10, 0, tzinfo=PARIS)
BOMY, AUDINCTHUN = "21620155800014", "21620053500013"
COUVREUR, ZINGUEUR = "73282932000074", "40483304800022"

MARCHE = Marche(
    id="2026-T-001",
    acheteur_id=BOMY,
    nature="Marché",
    objet="Réfection de la toiture de l'école",
    code_cpv="45260000",
    techniques=("Sans objet",),
    modalites_execution=("Sans objet",),
    marche_innovant=False,
    ccag="Travaux",
    offres_recues=3,
    attribution_avance=False,
    type_groupement_operateurs="Pas de groupement",
    procedure="Procédure adaptée",
    lieu_execution=Lieu(code="62155", type_code="Code commune"),
    duree_mois=4,
    date_notification=date(2026, 11, 2),
    date_publication_donnees=date(2026, 11, 24),
    montant=Decimal("84500.50"),
    types_prix=("Définitif ferme",),
    forme_prix="Forfaitaire",
    titulaires=(Titulaire(id=COUVREUR),),
    considerations_sociales=("Pas de considération sociale",),
    considerations_environnementales=("Clause environnementale",),
    sous_traitance_declaree=False,
)
CONCESSION = Concession(
    id="2026-C-001",
    autorite_concedante_id=BOMY,
    nature="Délégation de service public",
    objet="Gestion du camping municipal",
    procedure="Procédure négociée ouverte",
    duree_mois=60,
    date_signature=date(2026, 11, 3),
    date_publication_donnees=date(2026, 11, 24),
    date_debut_execution=date(2027, 1, 1),
    valeur_globale=Decimal(600_000),
    montant_subvention_publique=Decimal(0),
    concessionnaires=(Titulaire(id=ZINGUEUR),),
    considerations_sociales=("Pas de considération sociale",),
    considerations_environnementales=("Pas de considération environnementale",),
)


def marche(**change: object) -> Marche:
    return replace(MARCHE, **change)


def organisme(siret: str = BOMY, nom: str = "Commune de Bomy") -> Organisme:
    trouve = Organisme.objects.filter(siret=siret).first()
    return trouve or creer_organisme(nom=nom, siret=siret, par=PLATEFORME, maintenant=LE)


def agent(chez: Organisme, *roles: str, nom: str = "Martine Caron"):
    personne = creer_utilisateur(
        courriel=f"{nom.split(maxsplit=1)[0].lower()}@{chez.siret}.example",
        nom=nom,
        mot_de_passe="quatre mots bien choisis",
        adresse_verifiee=True,
        maintenant=LE,
    )
    habiliter(organisme=chez, utilisateur=personne, roles=set(roles), par=PLATEFORME, maintenant=LE)
    return personne
