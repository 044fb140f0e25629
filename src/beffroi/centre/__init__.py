"""Le centre de gestion tient ses adhérents et ce qu'ils doivent.

Il ne sait rien de ce qui va de la publicité au contrat.
"""
