"""Jusqu'où un bordereau se lit. Au-delà, il est refusé, ou lu en partie et le dit."""

LIGNES = 50_000
COLONNES = 64
CARACTERES_D_UNE_CELLULE = 2_000
FEUILLES = 100
FUSIONS = 20_000
LIGNES_AVANT_L_ENTETE = 80
CONSTATS_PAREILS = 20
