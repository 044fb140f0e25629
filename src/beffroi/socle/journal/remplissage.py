"""Les feuilles de remplissage : du dehors, rien ne les distingue des autres ;
avec leur graine, tout le monde les reconnaît.

Une feuille d'écriture est faite de deux SHA-256. Une feuille de remplissage est un HMAC-SHA-512 de
sa place : 64 octets aussi, que personne ne sait séparer du hasard sans la graine. Elle ne pourra
jamais passer pour un acte : il faudrait trouver un contenu et un jeton qui aient ces empreintes-là.
"""

import hmac
from collections.abc import Iterator

from beffroi.socle.journal.models import Ecriture, Remplissage

OCTETS_DE_GRAINE = 32
DOMAINE = b"beffroi.remplissage/1\n"


def feuille(graine: bytes, numero: int) -> bytes:
    """La feuille que cette graine donne à cette place."""
    return hmac.digest(graine, DOMAINE + numero.to_bytes(8, "big"), "sha512")


def feuilles(debut: int, fin: int) -> list[bytes]:
    """Les feuilles publiques de `debut` inclus à `fin` exclu, écritures et remplissage mêlés."""
    trouvees = dict(feuilles_ecrites(debut, fin))
    trouvees.update(feuilles_de_remplissage(debut, fin))
    return [trouvees[numero] for numero in sorted(trouvees)]


def feuilles_ecrites(debut: int, fin: int) -> Iterator[tuple[int, bytes]]:
    ecritures = Ecriture.objects.filter(numero__gte=debut, numero__lt=fin)
    for numero, octets in ecritures.values_list("numero", "feuille"):
        yield numero, bytes(octets)


def feuilles_de_remplissage(debut: int, fin: int) -> Iterator[tuple[int, bytes]]:
    for tranche in Remplissage.objects.filter(debut__lt=fin, fin__gt=debut):
        graine = bytes(tranche.graine)
        for numero in range(max(debut, tranche.debut), min(fin, tranche.fin)):
            yield numero, feuille(graine, numero)
