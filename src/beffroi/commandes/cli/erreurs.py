"""L'erreur d'une commande : une phrase sur la sortie d'erreur, et un code différent de zéro."""


class ErreurDeCommande(Exception):
    """Ce qui s'est passé, pourquoi, et quoi faire."""

    code = 1


class ErreurDArguments(ErreurDeCommande):
    """La commande n'a pas été comprise : rien n'a été fait."""

    code = 2
