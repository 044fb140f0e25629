"""Dire une somme dans un gabarit."""

from decimal import ROUND_HALF_UP, Decimal

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


@register.filter
def somme_lue(montant: Decimal | str | None) -> str:
    """Un montant lu dans le fichier de quelqu'un :
    il peut avoir des millièmes, et se dit au centime.

    Une ligne que l'entreprise a ôtée n'a pas de montant : le gabarit donne alors une chaîne vide.
    """
    return somme(
        montant.quantize(Decimal("0.01"), ROUND_HALF_UP) if isinstance(montant, Decimal) else None
    )
