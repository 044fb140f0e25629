"""Ce qui suit un dépôt sans que l'entreprise l'attende : ses empreintes recalculées."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from beffroi.reponse.depots.models import FichierScelle, Pli
from beffroi.socle.fondations.pannes import point_de_panne
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.services import journaliser


@transaction.atomic
def noter_les_empreintes(*, pli: Pli, calculees: Mapping[str, str], maintenant: datetime) -> None:
    """Inscrit les SHA-256 recalculés d'un pli,
    et s'ils sont ceux que l'entreprise avait déclarés.
    """
    pli = verrouiller(pli)
    fichiers = FichierScelle.objects.filter(reference__in=calculees).order_by("pk")
    resultats = []
    for fichier in fichiers:
        fichier.sha256_recalcule = calculees[fichier.reference]
        fichier.save(update_fields=["sha256_recalcule"])
        identique = fichier.sha256_recalcule == fichier.sha256_declare
        resultats.append(
            {"racine": fichier.racine, "sha256": fichier.sha256_recalcule, "identique": identique}
        )
    journaliser(
        "pli.recalculer",
        sujet=pli.reference,
        organisme=pli.organisme_du_journal,
        par=PLATEFORME,
        le=maintenant,
        donnees={"fichiers": resultats},
    )
    point_de_panne("recalcul.avant_validation")
