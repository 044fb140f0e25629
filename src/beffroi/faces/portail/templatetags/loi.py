"""Dire une valeur de la loi dans un gabarit :
`{% load loi %}`, puis `{% loi "seuil.donnees_essentielles" %}`.
"""

from datetime import date

from django import template

from beffroi.socle.fondations.horloge import maintenant
from droit.en_vigueur import Droit
from droit.phrases import en_clair
from formats.dates import PARIS

register = template.Library()


@register.simple_tag
def loi(cle: str, jour: date | None = None) -> str:
    """« 12 345 € HT » : la valeur de ce jour-là ;
    sans jour, celle d'aujourd'hui, pour une page qui dit la règle.
    """
    valeur = Droit.au(jour or maintenant().astimezone(PARIS).date()).valeur_connue(cle)
    return en_clair(valeur.valeur, valeur.unite)
