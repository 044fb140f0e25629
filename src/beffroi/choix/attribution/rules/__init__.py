"""Ce que la loi veut d'un choix, d'une lettre, d'une attente et d'une réponse :
pur, chaque réponse avec son article.
"""
