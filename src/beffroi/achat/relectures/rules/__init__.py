"""Les règles de la relecture :
ce qui se trouve dans un texte, et les contrôles qui le comparent à l'achat.
"""
