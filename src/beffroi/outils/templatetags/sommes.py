"""Dire une somme dans un gabarit."""

from decimal import Decimal

from django import template

from formats.sommes import en_euros

register = template.Library()


@register.filter
def euros(montant: Decimal) -> str:
    return en_euros(montant)
