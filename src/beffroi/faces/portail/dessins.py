"""Les dessins servis : cadran, minuterie, aiguilles, sceau. Des nombres entrent, du SVG sort.

Ils sont tracés par le serveur : ils ne bougent pas, ne chargent rien, et s'impriment.
L'heure est toujours écrite à côté ; le dessin reste muet pour les lecteurs d'écran.
"""

from datetime import datetime, timedelta
from math import cos, pi, sin
from typing import NamedTuple

from formats.dates import PARIS

_MINUTES_DE_LA_PISTE = 60
_ORIGINE = 4
_PAS = 10
_SOCLE = 25
_PIED_DES_TRAITS = 24


def cote(valeur: float) -> str:
    """Une coordonnée au dixième, sans zéro inutile."""
    return f"{valeur:.1f}".removesuffix(".0")


def _aiguille(angle: float, *, longueur: float, centre: tuple[float, float]) -> str:
    x, y = centre
    return (
        f"M{cote(x)} {cote(y)}L{cote(x + longueur * sin(angle))} {cote(y - longueur * cos(angle))}"
    )


def aiguilles(
    instant: datetime, *, centre: tuple[float, float], petite: float, grande: float
) -> str:
    """Les deux aiguilles à l'heure de Paris, en un chemin SVG."""
    local = instant.astimezone(PARIS)
    heures = 2 * pi * (local.hour % 12 + local.minute / 60) / 12
    minutes = 2 * pi * local.minute / 60
    return _aiguille(heures, longueur=petite, centre=centre) + _aiguille(
        minutes, longueur=grande, centre=centre
    )


class Piste(NamedTuple):
    """La minuterie de la barre de dépôt :
    l'heure qui mène à l'heure limite, une minute par trait.
    """

    entamee: bool
    passees: str
    restantes: str
    socle_passe: str
    socle_restant: str
    reperes: tuple[datetime, ...]


def _trait(minute: int) -> str:
    sommet = 4 if minute % 15 == 0 else 10 if minute % 5 == 0 else 16
    return f"M{_ORIGINE + _PAS * minute} {_PIED_DES_TRAITS}V{sommet}"


def piste(*, limite: datetime, maintenant: datetime) -> Piste:
    """Les traits passés et les traits restants.

    À plus d'une heure, rien n'est entamé : aucun trait ne presse.
    """
    debut = limite - timedelta(minutes=_MINUTES_DE_LA_PISTE)
    ecoulees = min(max((maintenant - debut) / timedelta(minutes=1), 0), _MINUTES_DE_LA_PISTE)
    traits = [_trait(minute) for minute in range(_MINUTES_DE_LA_PISTE + 1)]
    rang = int(ecoulees) + 1 if ecoulees else 0
    bascule = round(_ORIGINE + _PAS * ecoulees)
    fin = _ORIGINE + _PAS * _MINUTES_DE_LA_PISTE
    return Piste(
        entamee=ecoulees > 0,
        passees="".join(traits[:rang]),
        restantes="".join(traits[rang:]),
        socle_passe=f"M{_ORIGINE} {_SOCLE}H{bascule}" if bascule > _ORIGINE else "",
        socle_restant=f"M{bascule} {_SOCLE}H{fin}" if bascule < fin else "",
        reperes=tuple(
            debut + timedelta(minutes=quart) for quart in range(0, _MINUTES_DE_LA_PISTE + 1, 15)
        ),
    )
