"""Contrôler un achat et le règlement de sa consultation, avant qu'une personne les relise."""
