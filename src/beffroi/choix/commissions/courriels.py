"""La convocation : le jour, le lieu, l'ordre du jour et le délai. Rien d'une offre n'y est."""

from collections.abc import Iterable
from datetime import datetime

from beffroi.choix.commissions.models import Annulation, Membre, Reunion
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.services import ecrire_a_chacun
from formats import dates


def convoquer(reunion: Reunion, membres: Iterable[Membre], *, maintenant: datetime) -> None:
    """À chaque membre qui a une adresse ;
    les autres se convoquent sur papier, et l'écran le dit.
    """
    quand = dates.jour_et_heure(reunion.prevue_le)
    ecrire_a_chacun(
        [membre for membre in membres if membre.courriel],
        cle=f"convocation-de-commission:{reunion.reference}:",
        sujet=f"Convocation : {reunion.commission.nom}, {quand}",
        gabarit="commissions/courriels/convocation.txt",
        contexte={
            "reunion": reunion,
            "quand": quand,
            "points": reunion.points.select_related("consultation"),
            "page": lien_vers("commissions:ma_reunion", reunion.reference),
        },
        maintenant=maintenant,
    )


def annuler(annulation: Annulation, membres: Iterable[Membre], *, maintenant: datetime) -> None:
    """À chacun de ceux que la convocation avait touchés :
    la réunion ne se tient pas, pourquoi, et quand elle se tiendra.
    """
    reunion, suivante = annulation.reunion, annulation.reportee_en
    quand = dates.jour_et_heure(reunion.prevue_le)
    ecrire_a_chacun(
        [membre for membre in membres if membre.courriel],
        cle=f"annulation-de-commission:{reunion.reference}:",
        sujet=f"{'Reportée' if suivante else 'Annulée'} : {reunion.commission.nom}, {quand}",
        gabarit="commissions/courriels/annulation.txt",
        contexte={
            "reunion": reunion,
            "motif": annulation.motif,
            "quand": quand,
            "suivante": dates.jour_et_heure(suivante.prevue_le) if suivante else "",
        },
        maintenant=maintenant,
    )
