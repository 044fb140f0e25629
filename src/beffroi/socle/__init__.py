"""Ce sur quoi tout repose, et qu'aucun juriste ne nommerait :
écrire, prouver, recevoir au guichet.
"""
