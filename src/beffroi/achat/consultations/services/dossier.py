"""Le dossier de consultation en un seul ZIP :
composé d'avance, sans compression, identique pour tous.
"""

import logging

from django.db import transaction
from django.tasks import task

from beffroi.achat.consultations.archive import ecrire_l_archive
from beffroi.achat.consultations.archive_fidele import est_fidele
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import pieces_en_vigueur
from beffroi.socle.fondations.stockage import nouvelle_cle, stockage
from beffroi.socle.fondations.verrous import verrouiller

logger = logging.getLogger(__name__)


@task()
def composer_l_archive_de(reference: str) -> None:
    """La tâche de l'ouvrier ; la page sait aussi la composer si l'ouvrier tarde."""
    composer_l_archive(Consultation.toutes.get(reference=reference))


def enfiler_l_archive(consultation: Consultation) -> None:
    """L'archive en place ne vaut plus et s'efface une fois l'acte acquis ;
    une neuve est demandée aussitôt.
    """
    perimee = remettre_l_archive(consultation)
    if perimee:
        transaction.on_commit(lambda: stockage().supprimer(perimee))


def remettre_l_archive(consultation: Consultation) -> str:
    """L'archive en place quitte la consultation, et revient à qui l'appelle ;
    une neuve est demandée aussitôt.
    """
    remise = consultation.archive_du_dossier
    Consultation.toutes.filter(pk=consultation.pk).update(archive_du_dossier="")
    composer_l_archive_de.enqueue(consultation.reference)
    return remise


def archive_fidele(consultation: Consultation) -> str:
    """L'archive à servir : celle qui est gardée, si elle est encore faite des documents publiés.

    Changée sur le disque ou dans la base, elle se refait ; une autre l'a peut-être déjà refaite.
    """
    gardee = consultation.archive_du_dossier
    cles = {(p.destinataire, p.empreinte) for p in consultation.paires_de_cles.values()}
    if gardee and not est_fidele(gardee, pieces_en_vigueur(consultation), cles=cles):
        logger.error("the archive of %s was altered: composed again", consultation.reference)
        with transaction.atomic():
            encore_la = Consultation.toutes.filter(pk=consultation.pk, archive_du_dossier=gardee)
            encore_la.update(archive_du_dossier="")
        consultation.refresh_from_db(fields=["archive_du_dossier"])
    if not consultation.archive_du_dossier:
        # L'ouvrier tarde ou est arrêté : le dossier se télécharge quand même (fiabilité, C7).
        consultation = composer_l_archive(consultation)
    return consultation.archive_du_dossier


def composer_l_archive(consultation: Consultation) -> Consultation:
    """Écrit l'archive hors transaction, puis la désigne si rien n'a changé entre-temps."""
    cle = nouvelle_cle("dossiers")
    avec_quoi = _composition(consultation)
    with ecrire_l_archive(consultation, pieces_en_vigueur(consultation)) as flux:
        stockage().ecrire(cle, flux)
    with transaction.atomic():
        consultation = verrouiller(consultation)
        depassee = _composition(consultation) != avec_quoi
        if depassee or consultation.archive_du_dossier:
            stockage().supprimer(cle)
            return consultation
        consultation.archive_du_dossier = cle
        consultation.save(update_fields=["archive_du_dossier"])
    return consultation


def _composition(consultation: Consultation) -> list[int]:
    return list(pieces_en_vigueur(consultation).values_list("pk", flat=True))
