"""Dire une somme d'argent : « 250 € », « 1 753,42 € »."""

from decimal import Decimal

from formats.tailles import nombre


def en_euros(montant: Decimal) -> str:
    """Les centimes s'écrivent s'il y en a. Lève `ValueError` sous le centime : une somme s'arrondit avant de se dire."""
    centimes = montant * 100
    if centimes != int(centimes):
        raise ValueError(f"{montant} n'est pas au centime")
    entiers, reste = divmod(abs(int(centimes)), 100)
    signe = "-" if montant < 0 else ""
    return f"{signe}{nombre(entiers)}{f',{reste:02d}' if reste else ''}\N{NO-BREAK SPACE}€"
