"""Les actes : régler le tarif, tenir le compte,
mener l'appel d'une année, corriger par des avoirs.
"""
