"""Ce qui s'écrit au centre après une relecture de la nuit :
les objets abîmés, nommés, et ce qu'il faut en faire.
"""

from collections.abc import Sequence
from datetime import date, datetime

from beffroi.garde.archives.veille import Abime, sujet_du
from beffroi.service.sonde.queries import a_prevenir
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.services import ecrire_a_chacun
from formats.pluriels import compter

NOMMES_AU_PLUS = 50


def abimes_trouves(abimes: Sequence[Abime], *, nuit: date, maintenant: datetime) -> None:
    """Un courriel par nuit et par personne qui tient la plateforme, et non par
    objet ; aucun si tout est sain.
    """
    if not abimes:
        return
    autres = len(abimes) - NOMMES_AU_PLUS
    ecrire_a_chacun(
        a_prevenir(maintenant),
        cle=f"archives-{sujet_du(nuit)}:",
        sujet=(
            f"{compter(len(abimes), 'fichier gardé est abîmé', 'fichiers gardés sont abîmés')} : "
            "à restaurer"
        ),
        gabarit="archives/courriels/abimes.txt",
        contexte={
            "nommes": abimes[:NOMMES_AU_PLUS],
            "autres": compter(autres, "autre") if autres > 0 else "",
            "adresse": lien_vers("restitution:centre"),
        },
        maintenant=maintenant,
    )
