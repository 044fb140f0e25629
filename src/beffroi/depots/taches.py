"""Le travail du dépôt remis à plus tard, et ses rondes. Tout y est répétable sans risque."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.tasks import task

from beffroi.depots import queries, rules
from beffroi.depots.courriels import ecrire_le_rappel
from beffroi.depots.models import BrouillonDeReponse, FichierScelle, Pli
from beffroi.depots.rules import delais
from beffroi.journal.taches import horodater_une_ecriture
from beffroi.socle.horloge import maintenant
from beffroi.socle.stockage import Envoi, stockage

LECTURE_OCTETS = 1024 * 1024
BROUILLONS_PAR_RONDE = 50


def suivre_un_depot(pli: Pli) -> None:
    """Met en file, dans la transaction du dépôt, ce qui le suit."""
    recalculer_les_empreintes.enqueue(pli.reference)
    if pli.ecriture is not None:
        horodater_une_ecriture.enqueue(pli.ecriture)


@task()
def recalculer_les_empreintes(reference: str) -> None:
    """Relit chaque fichier d'un pli et inscrit son SHA-256 : le récépissé dira « recalculée »."""
    from beffroi.depots.services.suites import noter_les_empreintes

    pli = Pli.objects.get(reference=reference)
    fichiers = FichierScelle.objects.filter(enveloppes__pli=pli)
    manifestes = FichierScelle.objects.filter(pk__in=pli.enveloppes.values("manifeste"))
    restants = (fichiers | manifestes).filter(sha256_recalcule="").distinct()
    calculees = {fichier.reference: sha256_du_scelle(fichier) for fichier in restants}
    if calculees:
        noter_les_empreintes(pli=pli, calculees=calculees, maintenant=maintenant())


def sha256_du_scelle(fichier: FichierScelle) -> str:
    """L'empreinte du fichier scellé, lu une fois, sans rien en garder ni en donner."""
    empreinte = hashlib.sha256()
    with stockage().lire(fichier.cle_de_stockage) as flux:
        while bloc := flux.read(LECTURE_OCTETS):
            empreinte.update(bloc)
    return empreinte.hexdigest()


@task()
def vider_le_stockage(cle: str, televersement: str) -> None:
    """Efface un fichier dont la ligne a disparu."""
    stockage().abandonner(Envoi(cle, televersement))


def rappeler(le: datetime) -> None:
    """Ronde : prévient qui a envoyé des fichiers et n'a rien déposé, à J−24 h, −2 h, −30 min et à l'heure."""
    fenetre = (le - delais.OUBLI, le + max(delais.RAPPELS))
    brouillons = BrouillonDeReponse.objects.filter(
        plis=None, premier_octet_le__isnull=False, consultation__date_limite_remise__range=fenetre
    ).select_related("consultation", "commence_par")
    for brouillon in brouillons:
        limite = brouillon.consultation.date_limite_remise
        instant = rules.instant_du_rappel(le=le, date_limite=limite) if limite else None
        ouverte = rules.peut_recevoir_des_plis(etat=brouillon.consultation.etat).favorable
        if ouverte and instant and brouillon.premier_octet_le and brouillon.premier_octet_le <= instant:
            with transaction.atomic():
                ecrire_le_rappel(brouillon, instant=instant, le=le)


def purger(le: datetime) -> None:
    """Ronde : efface les fichiers des brouillons échus, trente jours après la date limite."""
    from beffroi.depots.services.suites import purger_un_brouillon

    for brouillon in queries.brouillons_echus(le)[:BROUILLONS_PAR_RONDE]:
        purger_un_brouillon(brouillon=brouillon, maintenant=le)
