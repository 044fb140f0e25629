"""Ce que la frise d'une réponse dit des rappels : demandé, fait.

Le registre le garde quand les coordonnées s'effacent.
"""

import json

from beffroi.reponse.depots.models import BrouillonDeReponse
from beffroi.reponse.traces.ports import Fait
from beffroi.service.aide.services import DEMANDER, RAPPELER
from beffroi.socle.journal.queries import histoire


def rappels_de(brouillon: BrouillonDeReponse) -> list[Fait]:
    faits = []
    for demande in histoire(brouillon.reference).filter(acte=DEMANDER):
        rappel = json.loads(demande.contenu)["donnees"]["rappel"]
        faits.append(Fait(demande.le, f"Rappel demandé, {rappel}", "Par téléphone"))
        appels = histoire(rappel).filter(acte=RAPPELER)
        faits += [Fait(appel.le, f"Rappel du centre de gestion, {rappel}") for appel in appels]
    return faits
