"""Analyser des mots, lire et écrire une recherche : des fonctions pures, sur des valeurs nues."""
