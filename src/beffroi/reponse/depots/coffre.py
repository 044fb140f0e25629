"""La seule porte par où un fichier scellé sort :
fermée à tous avant l'heure, l'exploitant compris.
"""

from datetime import datetime
from typing import BinaryIO

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.tours.models import Tour
from beffroi.reponse.depots import rules
from beffroi.reponse.depots.models import FichierScelle, Pli
from beffroi.socle.fondations.erreurs import Introuvable, exiger
from beffroi.socle.fondations.stockage import stockage


def limite_relue(pli: Pli) -> datetime | None:
    """L'heure limite, telle que la base la tient maintenant :
    celle du tour, ou celle de la consultation.
    """
    if pli.tour_id:
        return Tour.objects.values_list("date_limite", flat=True).get(pk=pli.tour_id)
    return Consultation.toutes.values_list("date_limite_remise", flat=True).get(
        pk=pli.consultation_id
    )


def flux_scelle(fichier: FichierScelle, le: datetime) -> BinaryIO:
    """Rend le fichier scellé d'un pli, après la date limite relue en base.

    L'appelant journalise la remise.
    """
    plis = Pli.objects.filter(enveloppes__fichiers=fichier) | Pli.objects.filter(
        enveloppes__manifeste=fichier
    )
    vivants = plis.exclude(etat=Pli.Etat.RETIRE).distinct()
    pli = vivants.first() or plis.first()
    if pli is None:
        raise Introuvable("Ce fichier n'appartient à aucune réponse déposée.")
    limite = limite_relue(pli)
    exiger(rules.peut_rendre_le_scelle(le=le, date_limite=limite, etat=pli.etat))
    return stockage().lire(fichier.cle_de_stockage)
