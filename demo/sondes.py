"""La sonde de la démonstration : la journée d'avant, inventée, et marquée telle.

Ensuite, la vraie sonde mesure.
"""

from datetime import datetime, timedelta

from beffroi.service.sonde import services
from beffroi.service.sonde.models import Etape
from beffroi.service.sonde.resultats import Ecart, Minute, Passage, Resultat

PAS = timedelta(minutes=15)
PASSAGES = 96
GO = 10**9
# Un redémarrage, la nuit : deux essais manqués, puis le retour.
MANQUES = (37, 38)
PHRASE = (
    "http://localhost ne répond pas : connexion impossible (adresse fausse, réseau coupé, "
    "ou service arrêté)."
)
HORLOGE = "ntp:horloge.example (inventée)"


def raconter(*, le: datetime) -> None:
    """Une mesure par quart d'heure, la dernière un quart d'heure avant l'histoire ;
    une seule écriture les fige.
    """
    debut = le - PAS * PASSAGES
    for rang in range(PASSAGES):
        instant = debut + PAS * rang
        ecarts = (
            (Ecart(instant, HORLOGE, ecart_ms=(rang * 7) % 11 - 5, marge_ms=4),)
            if rang % 4 == 3
            else ()
        )
        services.noter_une_invention(
            Passage(resultat(instant, rang), ecarts, (minute(instant, rang),)), maintenant=le
        )
    services.figer(maintenant=le)


def minute(instant: datetime, rang: int) -> Minute:
    """Quelques pannes pendant le redémarrage,
    du monde le matin, un disque qui se remplit un peu.
    """
    erreurs = 9 if rang in MANQUES else 0
    return Minute(
        instant.replace(second=0, microsecond=0),
        40 + rang,
        erreurs,
        3 + rang % 9,
        64,
        412 * GO - rang * GO // 8,
        500 * GO,
    )


def resultat(instant: datetime, rang: int) -> Resultat:
    if rang in MANQUES:
        return Resultat(instant, {Etape.PAGE.value: 12}, etape=Etape.PAGE, phrase=PHRASE)
    durees = {"page": 24, "debut": 61, "envoi": 240, "depot": 96, "recepisse": 310}
    durees = {
        etape: duree + (rang * (13 + place)) % 40
        for place, (etape, duree) in enumerate(durees.items())
    }
    return Resultat(instant, durees, statut_http=201, recepisse=f"D-{instant:%Y}-{rang:08d}")
