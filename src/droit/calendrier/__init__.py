"""Compter les jours comme les textes les comptent, et dater une procédure.

Aucune horloge : chaque date est un argument.
"""
