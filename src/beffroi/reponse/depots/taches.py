"""Le travail du dépôt remis à plus tard. Tout y est répétable sans risque."""

import hashlib

from django.tasks import task

from beffroi.reponse.depots.models import FichierScelle, Pli
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.pannes import point_de_panne
from beffroi.socle.fondations.stockage import Envoi, stockage
from beffroi.socle.journal.taches import horodater_une_ecriture

LECTURE_OCTETS = 1024 * 1024


def suivre_un_depot(pli: Pli) -> None:
    """Met en file, dans la transaction du dépôt, ce qui le suit."""
    recalculer_les_empreintes.enqueue(pli.reference)
    if pli.ecriture is not None:
        horodater_une_ecriture.enqueue(pli.ecriture)


@task()
def recalculer_les_empreintes(reference: str) -> None:
    """Relit chaque fichier d'un pli et inscrit son SHA-256 : le récépissé dira « recalculée »."""
    from beffroi.reponse.depots.services.suites import noter_les_empreintes

    pli = Pli.objects.get(reference=reference)
    fichiers = FichierScelle.objects.filter(enveloppes__pli=pli)
    manifestes = FichierScelle.objects.filter(pk__in=pli.enveloppes.values("manifeste"))
    restants = (fichiers | manifestes).filter(sha256_recalcule="").distinct()
    calculees = {fichier.reference: sha256_du_scelle(fichier) for fichier in restants}
    point_de_panne("recalcul.apres_lecture")
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
    point_de_panne("purge.apres_effacement")
