"""Ce qui suit un dépôt sans que l'entreprise l'attende : empreintes recalculées, brouillons échus effacés."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from beffroi.depots import queries
from beffroi.depots.models import BrouillonDeReponse, FichierScelle, Pli
from beffroi.depots.services.fichiers import effacer
from beffroi.journal.acteurs import PLATEFORME
from beffroi.journal.services import journaliser
from beffroi.socle.verrous import verrouiller


@transaction.atomic
def noter_les_empreintes(*, pli: Pli, calculees: Mapping[str, str], maintenant: datetime) -> None:
    """Inscrit les SHA-256 recalculés d'un pli, et s'ils sont ceux que l'entreprise avait déclarés."""
    pli = verrouiller(pli)
    fichiers = FichierScelle.objects.filter(reference__in=calculees).order_by("pk")
    resultats = []
    for fichier in fichiers:
        fichier.sha256_recalcule = calculees[fichier.reference]
        fichier.save(update_fields=["sha256_recalcule"])
        identique = fichier.sha256_recalcule == fichier.sha256_declare
        resultats.append({"racine": fichier.racine, "sha256": fichier.sha256_recalcule, "identique": identique})
    journaliser(
        "pli.recalculer",
        sujet=pli.reference,
        organisme=pli.organisme_du_journal,
        par=PLATEFORME,
        le=maintenant,
        donnees={"fichiers": resultats},
    )


@transaction.atomic
def purger_un_brouillon(*, brouillon: BrouillonDeReponse, maintenant: datetime) -> int:
    """Efface les fichiers d'un brouillon échu qu'aucun pli ne contient ; rend leur nombre."""
    brouillon = verrouiller(brouillon)
    if queries.expiration(brouillon) >= maintenant:
        return 0
    fichiers = list(queries.fichiers_sans_pli().filter(brouillon=brouillon))
    for fichier in fichiers:
        effacer(fichier)
    return len(fichiers)
