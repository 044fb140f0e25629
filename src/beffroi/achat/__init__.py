"""Une commune prépare un achat :
le besoin, le dossier, le règlement, leur relecture et leur contrôle.
"""
