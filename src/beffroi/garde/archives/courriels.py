"""Ce qui s'écrit au centre après une relecture de la nuit :
les objets abîmés, nommés, et ce qu'il faut en faire.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.template.loader import render_to_string

from beffroi.garde.archives.veille import Abime, sujet_du
from beffroi.service.sonde.queries import a_prevenir
from beffroi.socle.fondations.services import ecrire_courriel
from formats.pluriels import compter

NOMMES_AU_PLUS = 50


def abimes_trouves(abimes: Sequence[Abime], *, nuit: date, maintenant: datetime) -> None:
    """Un courriel par nuit et par personne qui tient la plateforme, et non par
    objet ; aucun si tout est sain.
    """
    if not abimes:
        return
    contexte = {
        "nommes": abimes[:NOMMES_AU_PLUS],
        "autres": compter(len(abimes) - NOMMES_AU_PLUS, "autre")
        if len(abimes) > NOMMES_AU_PLUS
        else "",
        "adresse": f"{settings.ADRESSE_PUBLIQUE}/cdg/restitutions/",
        "service": settings.SERVICE,
    }
    texte = render_to_string("archives/courriels/abimes.txt", contexte)
    sujet = (
        f"{compter(len(abimes), 'fichier gardé est abîmé', 'fichiers gardés sont abîmés')} : "
        "à restaurer"
    )
    for personne in a_prevenir(maintenant):
        cle = f"archives-{sujet_du(nuit)}:{personne.reference}"
        ecrire_courriel(
            cle=cle, destinataire=personne.courriel, sujet=sujet, texte=texte, maintenant=maintenant
        )
