"""Dire une somme dans un gabarit."""

from decimal import Decimal

from django import template

from formats import sommes

register = template.Library()


@register.filter
def euros(montant: Decimal) -> str:
    """« 250 € »."""
    return sommes.en_euros(montant)


@register.filter
def somme(montant: Decimal | None) -> str:
    """« 250,00 € », comme dans une colonne ; un tiret quand il n'y a pas de somme."""
    return "–" if montant is None else sommes.au_centime(montant)


@register.filter
def ecart(montant: Decimal) -> str:
    """« + 250,00 € » ou « − 250,00 € »."""
    return sommes.ecart(montant)
