"""La convocation : le jour, le lieu, l'ordre du jour et le délai. Rien d'une offre n'y est."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from beffroi.choix.commissions import mots
from beffroi.choix.commissions.models import Annulation, Membre, Reunion
from beffroi.socle.fondations.services import ecrire_courriel
from formats import dates


def convoquer(reunion: Reunion, membres: Iterable[Membre], *, maintenant: datetime) -> None:
    """À chaque membre qui a une adresse ;
    les autres se convoquent sur papier, et l'écran le dit.
    """
    points = list(reunion.points.select_related("consultation"))
    page = (
        f"{settings.ADRESSE_PUBLIQUE}{reverse('commissions:ma_reunion', args=(reunion.reference,))}"
    )
    for membre in membres:
        if not membre.courriel:
            continue
        contexte = {
            "membre": membre,
            "reunion": reunion,
            "quand": dates.jour_et_heure(reunion.prevue_le),
            "points": points,
            "page": page if membre.utilisateur_id else "",
            "fonction": mots.Fonction(membre.fonction).dit.lower(),
        }
        ecrire_courriel(
            cle=f"convocation-de-commission:{reunion.reference}:{membre.reference}",
            destinataire=membre.courriel,
            sujet=(
                f"Convocation : {reunion.commission.nom}, {dates.jour_et_heure(reunion.prevue_le)}"
            ),
            texte=render_to_string("commissions/courriels/convocation.txt", contexte),
            maintenant=maintenant,
        )


def annuler(annulation: Annulation, membres: Iterable[Membre], *, maintenant: datetime) -> None:
    """À chacun de ceux que la convocation avait touchés :
    la réunion ne se tient pas, pourquoi, et quand elle se tiendra.
    """
    reunion, suivante = annulation.reunion, annulation.reportee_en
    quand = dates.jour_et_heure(reunion.prevue_le)
    for membre in membres:
        if not membre.courriel:
            continue
        contexte = {
            "membre": membre,
            "reunion": reunion,
            "motif": annulation.motif,
            "quand": quand,
            "suivante": dates.jour_et_heure(suivante.prevue_le) if suivante else "",
        }
        ecrire_courriel(
            cle=f"annulation-de-commission:{reunion.reference}:{membre.reference}",
            destinataire=membre.courriel,
            sujet=f"{'Reportée' if suivante else 'Annulée'} : {reunion.commission.nom}, {quand}",
            texte=render_to_string("commissions/courriels/annulation.txt", contexte),
            maintenant=maintenant,
        )
