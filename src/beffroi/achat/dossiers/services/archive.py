"""Le dossier tel qu'il était : composé une fois, gardé."""

from django.db import transaction

from beffroi.achat.consultations.archive import ecrire_l_archive
from beffroi.achat.consultations.archive_fidele import est_fidele
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.dossiers.models import VersionDuDossier
from beffroi.achat.dossiers.queries import pieces_avant
from beffroi.personnes.cles.models import PaireDeCles
from beffroi.socle.fondations.stockage import nouvelle_cle, stockage
from beffroi.socle.fondations.verrous import verrouiller


def archive_d_avant(version: VersionDuDossier) -> str:
    """Le dossier tel qu'il était avant cette version ; composé à la première demande, s'il ne l'a
    jamais été, et de nouveau s'il n'est plus fait des documents publiés.
    """
    gardee = version.archive_precedente
    if gardee and est_fidele(gardee, pieces_avant(version), cles=_cles_de(version.consultation)):
        return gardee
    cle = nouvelle_cle("dossiers")
    with ecrire_l_archive(version.consultation, pieces_avant(version)) as flux:
        stockage().ecrire(cle, flux)
    with transaction.atomic():
        version = verrouiller(version)
        if version.archive_precedente != gardee:
            stockage().supprimer(cle)
            return version.archive_precedente
        version.archive_precedente = cle
        version.save(update_fields=["archive_precedente"])
    return cle


def _cles_de(consultation: Consultation) -> set[tuple[str, str]]:
    """Toutes celles que l'acheteur a eues : une clé remplacée depuis était la bonne alors."""
    paires = PaireDeCles.objects.filter(organisme=consultation.organisme_id)
    return set(paires.values_list("destinataire", "empreinte"))
