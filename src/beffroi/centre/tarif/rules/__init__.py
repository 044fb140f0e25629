"""Les règles de la contribution, pures :
ce que la convention laisse ouvert est un paramètre (`parametres`).
"""
