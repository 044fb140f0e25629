"""Le dossier tel qu'il était : composé une fois, gardé."""

from django.db import transaction

from beffroi.achat.consultations.archive import ecrire_l_archive
from beffroi.achat.dossiers.models import VersionDuDossier
from beffroi.achat.dossiers.queries import pieces_avant
from beffroi.socle.fondations.stockage import nouvelle_cle, stockage
from beffroi.socle.fondations.verrous import verrouiller


def archive_d_avant(version: VersionDuDossier) -> str:
    """Le dossier tel qu'il était avant cette version ;
    composé à la première demande, s'il ne l'a jamais été.
    """
    if version.archive_precedente:
        return version.archive_precedente
    cle = nouvelle_cle("dossiers")
    with ecrire_l_archive(version.consultation, pieces_avant(version)) as flux:
        stockage().ecrire(cle, flux)
    with transaction.atomic():
        version = verrouiller(version)
        if version.archive_precedente:
            stockage().supprimer(cle)
            return version.archive_precedente
        version.archive_precedente = cle
        version.save(update_fields=["archive_precedente"])
    return cle
