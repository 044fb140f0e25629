"""L'heure des autres :
SNTP (RFC 4330) par UDP, ou l'en-tête Date d'une adresse https (RFC 9110, § 6.6.1).
"""

import secrets
import socket
import struct
from contextlib import closing
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx

from beffroi.service.sonde.resultats import Ecart
from beffroi.socle.fondations.horloge import heure_reelle

DELAI_S = 3.0
PORT = 123
PAQUET = struct.Struct("!B B b b 11I")
ENTRE_1900_ET_1970 = 2_208_988_800
SECONDE = 2**32
CLIENT_V4, SERVEUR = 0x23, 4
# L'en-tête Date est coupé à la seconde :
# l'heure vraie est une demi-seconde plus tard, à une demi-seconde près.
DEMI_SECONDE_MS = 500


class SansReponse(Exception):
    """L'horloge consultée n'a pas donné d'heure qui vaille."""


def lire(source: str) -> Ecart:
    """L'écart avec cette horloge ; ce qui manque se dit, et n'arrête pas la sonde."""
    le = heure_reelle()
    try:
        ecart, marge = (
            par_sntp(source.removeprefix("ntp:")) if source.startswith("ntp:") else par_http(source)
        )
    except (OSError, httpx.HTTPError, httpx.InvalidURL, SansReponse, ValueError) as erreur:
        return Ecart(le, source, phrase=f"Non mesuré : {raison(erreur)}.")
    return Ecart(le, source, ecart_ms=ecart, marge_ms=marge)


def raison(erreur: Exception) -> str:
    if isinstance(erreur, SansReponse):
        return str(erreur)
    return f"cette horloge ne répond pas ({type(erreur).__name__})"


def par_http(adresse: str) -> tuple[int, int]:
    avant = heure_reelle()
    reponse = httpx.head(adresse, timeout=DELAI_S, follow_redirects=False)
    apres = heure_reelle()
    if "Date" not in reponse.headers:
        raise SansReponse("la réponse n'a pas d'en-tête Date")
    dite = parsedate_to_datetime(reponse.headers["Date"])
    milieu, trajet = avant + (apres - avant) / 2, apres - avant
    ecart = (dite - milieu).total_seconds() * 1000 + DEMI_SECONDE_MS
    return round(ecart), round(DEMI_SECONDE_MS + trajet.total_seconds() * 500)


def par_sntp(serveur: str) -> tuple[int, int]:
    """Un échange ; la réponse doit reprendre l'aléa envoyé,
    venir d'un serveur réglé, et n'être pas un refus.
    """
    parties = urlsplit(f"//{serveur}")
    alea = secrets.randbits(64)
    demande = PAQUET.pack(CLIENT_V4, 0, 0, 0, *[0] * 9, alea >> 32, alea % SECONDE)
    familles = socket.getaddrinfo(parties.hostname, parties.port or PORT, type=socket.SOCK_DGRAM)
    famille, sorte, protocole, _, adresse = familles[0]
    with closing(socket.socket(famille, sorte, protocole)) as prise:
        prise.settimeout(DELAI_S)
        prise.connect(adresse)
        partie = heure_reelle()
        prise.send(demande)
        recu = prise.recv(PAQUET.size)
        arrivee = heure_reelle()
    return ecart_sntp(recu, alea=alea, partie=partie, arrivee=arrivee)


def ecart_sntp(recu: bytes, *, alea: int, partie: datetime, arrivee: datetime) -> tuple[int, int]:
    """L'écart et la moitié du trajet, en millisecondes (RFC 4330, § 5)."""
    if len(recu) != PAQUET.size:
        raise SansReponse("la réponse est trop courte")
    mode, strate, _, _, *mots = PAQUET.unpack(recu)
    if mode & 7 != SERVEUR or not 1 <= strate <= 15 or mode >> 6 == 3:
        raise SansReponse("ce serveur n'est pas à l'heure, ou refuse de répondre")
    if (mots[5] << 32) + mots[6] != alea:
        raise SansReponse("la réponse n'est pas celle de la demande")
    prise_a, rendue_a = instant(*mots[7:9]), instant(*mots[9:11])
    ecart = ((prise_a - partie) + (rendue_a - arrivee)) / 2
    trajet = (arrivee - partie) - (rendue_a - prise_a)
    return round(ecart.total_seconds() * 1000), max(0, round(trajet.total_seconds() * 500))


def instant(secondes: int, fraction: int) -> datetime:
    """Un horodatage NTP. Passé 2036, le compteur repart de zéro."""
    if secondes < SECONDE // 2:
        secondes += SECONDE
    return datetime.fromtimestamp(secondes - ENTRE_1900_ET_1970 + fraction / SECONDE, UTC)
