"""Le client de référence du dépôt :
tout le chemin d'une entreprise, scellé chez elle, repris après une coupure.
"""
