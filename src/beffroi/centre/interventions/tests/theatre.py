"""Un centre et sa technicienne, une commune et son administratrice : de quoi intervenir."""

from datetime import timedelta

from beffroi.centre.interventions.models import Intervention
from beffroi.centre.interventions.services.cycle import Raison, ouvrir
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.tests.personnes import LUNDI, avec_second_facteur, personne
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.services import creer_organisme, habiliter
from beffroi.socle.journal.acteurs import PLATEFORME

SIRET, SIRET_DU_CENTRE, SIRET_VOISIN = "21620155800014", "28620001900011", "21620053500013"
RAISON = Raison(
    "Madame Caron est absente : ajouter sa remplaçante.", "Appel du 2 novembre", "Un compte", ""
)
D_ACCORD = Raison("Une seconde administratrice", accord="Martine Caron, au téléphone")
HEURE = timedelta(hours=1)


def centre() -> Organisme:
    existant = Organisme.objects.filter(role="exploitant").first()
    return existant or creer_organisme(
        nom="Centre", siret=SIRET_DU_CENTRE, role="exploitant", par=PLATEFORME, maintenant=LUNDI
    )


def agent(chez: Organisme, nom: str, *roles: str) -> Utilisateur:
    utilisateur = avec_second_facteur(personne(nom))
    habiliter(
        organisme=chez, utilisateur=utilisateur, roles=roles, par=PLATEFORME, maintenant=LUNDI
    )
    return utilisateur


def commune(siret: str = SIRET, nom: str = "Commune de Bomy") -> Organisme:
    return creer_organisme(nom=nom, siret=siret, par=PLATEFORME, maintenant=LUNDI)


def en_service(
    siret: str = SIRET, nom: str = "Commune de Bomy", administre: str = "Martine Caron"
) -> Organisme:
    """Une commune dont l'administratrice a choisi son mot de passe."""
    organisme = commune(siret, nom)
    agent(organisme, administre, "administrateur", "redacteur")
    return organisme


def intervenir(
    organisme: Organisme, par: Utilisateur, *, raison: Raison = RAISON, minutes: int = 120
) -> Intervention:
    return ouvrir(organisme=organisme, raison=raison, minutes=minutes, par=par, maintenant=LUNDI)
