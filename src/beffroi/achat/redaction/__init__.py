"""Écrire les documents d'une consultation d'après l'achat :
règlement, acte d'engagement, lettre de candidature, pièces.
"""
