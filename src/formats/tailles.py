"""Les tailles en unités décimales : « 412 ko », « 1,2 Mo », « 20 Go »."""

_INSECABLE = "\N{NO-BREAK SPACE}"
_MILLE = 1000
_UNITES_A_UNE_DECIMALE = ("Mo", "Go", "To")


def nombre(valeur: int) -> str:
    """« 18 204 » : les milliers séparés par une espace insécable."""
    return f"{valeur:,}".replace(",", _INSECABLE)


def humaniser(octets: int) -> str:
    """Le kilooctet s'écrit entier ; au-delà, une décimale, tue quand elle est nulle."""
    if octets < 0:
        raise ValueError("Une taille n'est jamais négative.")
    if octets < _MILLE:
        return f"{octets}{_INSECABLE}{'octet' if octets < 2 else 'octets'}"
    kilooctets = _quotient(octets, _MILLE)
    if kilooctets < _MILLE:
        return f"{kilooctets}{_INSECABLE}ko"
    return _avec_une_decimale(octets)


def _avec_une_decimale(octets: int) -> str:
    rang, dixiemes = 0, _quotient(octets * 10, _MILLE**2)
    while dixiemes >= 10 * _MILLE and rang + 1 < len(_UNITES_A_UNE_DECIMALE):
        rang += 1
        dixiemes = _quotient(octets * 10, _MILLE ** (rang + 2))
    entier, decimale = divmod(dixiemes, 10)
    dit = f"{nombre(entier)},{decimale}" if decimale else nombre(entier)
    return f"{dit}{_INSECABLE}{_UNITES_A_UNE_DECIMALE[rang]}"


def _quotient(numerateur: int, diviseur: int) -> int:
    """Division arrondie au plus proche, en entiers :
    un flottant se tromperait au-delà du téraoctet.
    """
    return (numerateur + diviseur // 2) // diviseur
