"""Dire une somme d'argent : « 250 € », « 1 753,42 € »."""

from decimal import Decimal

from formats.tailles import nombre

_INSECABLE = "\N{NO-BREAK SPACE}"


def en_euros(montant: Decimal) -> str:
    """Les centimes s'écrivent s'il y en a.

    Lève `ValueError` sous le centime : une somme s'arrondit avant de se dire.
    """
    return _dite(montant, toujours=False)


def au_centime(montant: Decimal) -> str:
    """« 250,00 € » : dans une colonne, les centimes s'écrivent toujours."""
    return _dite(montant, toujours=True)


def ecart(montant: Decimal) -> str:
    """« + 250,00 € », « − 250,00 € », « 0,00 € »."""
    signe = (
        f"+{_INSECABLE}" if montant > 0 else f"\N{MINUS SIGN}{_INSECABLE}" if montant < 0 else ""
    )
    return f"{signe}{au_centime(abs(montant))}"


def _dite(montant: Decimal, *, toujours: bool) -> str:
    centimes = montant * 100
    if centimes != int(centimes):
        raise ValueError(f"{montant} n'est pas au centime")
    entiers, reste = divmod(abs(int(centimes)), 100)
    signe = "-" if montant < 0 else ""
    return f"{signe}{nombre(entiers)}{f',{reste:02d}' if reste or toujours else ''}{_INSECABLE}€"
