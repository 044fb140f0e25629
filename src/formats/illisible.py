"""Un fichier qui ne se lit pas."""


class Illisible(ValueError):
    """Le fichier entier ne se lit pas : syntaxe, taille, colonnes, profondeur.

    Le texte est une phrase française, qui dit quoi faire.
    """
