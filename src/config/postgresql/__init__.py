"""Le moteur PostgreSQL de la maison (`ENGINE`) : celui de Django, qui ne fait attendre personne
devant une base arrêtée.
"""
