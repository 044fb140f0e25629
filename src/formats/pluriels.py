"""Compter en toutes lettres ce que l'on compte : « 1 fichier », « 2 fichiers »."""


def compter(combien: int, singulier: str, pluriel: str = "") -> str:
    """« 1 lot », « 3 lots », « 6 mois ». En français, zéro est au singulier."""
    return f"{combien} {singulier if combien < 2 else pluriel or f'{singulier}s'}"
