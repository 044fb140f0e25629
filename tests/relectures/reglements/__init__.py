"""Dix règlements écrits comme des communes les écrivent :
cinq sans défaut, cinq aux défauts connus.
"""
