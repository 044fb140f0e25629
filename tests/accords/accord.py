"""Ce qu'un rendu dit de travers d'une consultation, ou tait :
sa référence, son heure limite, la saison de cette heure.
"""

from datetime import datetime

from tests.accords import lecture
from tests.accords.rendus import Rendu

# Ceux-ci parlent de la consultation sans rappeler l'heure limite ; tout autre rendu la dit.
SANS_HEURE = (
    "courriel question:accuse",
    "courriel question:acheteur",
    "courriel courrier",
    "page questions:liste",
    "PDF acte-d-engagement",
    "ODT acte-d-engagement",
    "PDF lettre-de-candidature",
    "ODT lettre-de-candidature",
    "PDF declaration-du-candidat",
    "ODT declaration-du-candidat",
    "PDF du registre des retraits",
)
# La page dit sa saison à côté de l'heure, et l'instant dans `<time>`.
SAISON_A_COTE = {"page": {""}}


def fautes(rendu: Rendu, *, reference: str, limite: datetime) -> list[str]:
    """Une phrase par faute."""
    attendue = lecture.a_paris(limite)
    dite = attendue in lecture.moments(rendu.texte) or limite in rendu.instants | rendu.limites
    autres = lecture.limites(rendu.texte) - {attendue} | {
        lecture.a_paris(lue) for lue in rendu.limites - {limite}
    }
    saisons = lecture.saisons(rendu.texte, attendue) - SAISON_A_COTE.get(
        rendu.nom.split()[0], set()
    )
    sait = lecture.nomme(reference, rendu.texte) or reference in rendu.liens
    return [
        *([] if sait else [f"{rendu.nom} : ne dit pas la référence"]),
        *[
            f"{rendu.nom} : dit une autre référence, {lue}"
            for lue in rendu.references
            if lue != reference
        ],
        *(
            []
            if dite or rendu.nom.startswith(SANS_HEURE)
            else [f"{rendu.nom} : ne dit pas l'heure limite"]
        ),
        *[f"{rendu.nom} : dit une autre heure limite, {autre}" for autre in sorted(autres)],
        *[
            f"{rendu.nom} : dit « {dite} » de l'heure"
            for dite in saisons - {lecture.saison(limite)}
        ],
    ]


def toutes_les_fautes(rendus: list[Rendu], *, reference: str, limite: datetime) -> list[str]:
    return [
        faute for rendu in rendus for faute in fautes(rendu, reference=reference, limite=limite)
    ]
