"""Un acheteur a changé de nom ou de commune :
ses fiches suivent, par lots, sans retenir les autres écritures.
"""

from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.tasks import task

from beffroi.achat.consultations import queries as consultations
from beffroi.personnes.organismes.models import Organisme
from beffroi.publicite.recherche.models import AcheteurIndexe
from beffroi.publicite.recherche.rules import analyse
from beffroi.publicite.recherche.services.indexation import indexer
from beffroi.socle.fondations import horloge

PAR_TACHE = 100


def acheteurs_renommes() -> list[tuple[AcheteurIndexe, Organisme]]:
    """Les acheteurs que l'index nomme ou place autrement que leur organisme."""
    organismes = defaultdict(list)
    for organisme in Organisme.objects.all():
        organismes[organisme.siren].append(organisme)
    indexes = ((acheteur, organismes[acheteur.siren]) for acheteur in AcheteurIndexe.objects.all())
    return [
        (acheteur, memes[0])
        for acheteur, memes in indexes
        if memes
        and (acheteur.nom, acheteur.ville)
        not in {(organisme.nom, organisme.ville) for organisme in memes}
    ]


@transaction.atomic
def suivre_un_renommage(acheteur: AcheteurIndexe, organisme: Organisme, *, le: datetime) -> None:
    """Le nom change aussitôt dans la liste des acheteurs ;
    ses fiches sont remises à la file, du même acte.
    """
    acheteur.nom, acheteur.ville = organisme.nom, organisme.ville
    acheteur.nom_replie = analyse.replier(organisme.nom)[:400]
    acheteur.save(update_fields=["nom", "ville", "nom_replie"])
    siennes = (
        consultations.publiques(le)
        .filter(organisme__siret__startswith=acheteur.siren)
        .order_by("-pk")
    )
    references = list(siennes.values_list("reference", flat=True))
    for debut in range(0, len(references), PAR_TACHE):
        reindexer.enqueue(references[debut : debut + PAR_TACHE])


@task()
def reindexer(references: list[str]) -> None:
    """Récrit ces fiches, une transaction chacune."""
    le = horloge.maintenant()
    for consultation in (
        consultations.publiques(le).select_related("organisme").filter(reference__in=references)
    ):
        with transaction.atomic():
            indexer(consultation, le=le)
