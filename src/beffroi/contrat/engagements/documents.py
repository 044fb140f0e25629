"""L'acte d'engagement d'un titulaire : son offre, son prix, et rien de ceux des autres."""

from beffroi.contrat.engagements.models import Engagement
from beffroi.contrat.marches import documents
from beffroi.contrat.marches.documents import Engage
from beffroi.contrat.marches.services.contrats import Tenant
from beffroi.contrat.marches.services.naissance import FORMES, titulaires_de
from beffroi.contrat.marches.services.pieces import Fichier


def engage_de(engagement: Engagement) -> Engage:
    pli = engagement.pli
    tenants = titulaires_de(pli) if pli else [Tenant(engagement.siret, engagement.nom)]
    forme = FORMES.get(pli.groupement.get("forme", ""), "") if pli else ""
    return Engage(tenants, engagement.montant, forme, a_part=True)


def rendre(engagement: Engagement, format_: str) -> Fichier:
    """Daté du jour où le contrat s'est inscrit : rendu deux fois, ce sont les mêmes octets."""
    marche = engagement.marche
    return documents.rendre(marche, format_, le=marche.cree_le, qui=engage_de(engagement))
