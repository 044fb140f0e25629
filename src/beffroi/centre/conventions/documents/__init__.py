"""Les actes de la convention, écrits d'après des modèles versionnés :
la convention, ses annexes, ses avenants, ses lettres.
"""
