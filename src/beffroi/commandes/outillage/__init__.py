"""Tenir la maison : mesurer, et tirer des pages du code. Rien d'ici ne sert aux utilisateurs."""
