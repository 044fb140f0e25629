"""Les règles de l'analyse des offres, pures : ni base, ni horloge.

Une offre y est nommée par sa clé, un texte opaque.
"""
