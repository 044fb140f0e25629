"""Les écrans d'une preuve : ceux de l'équipe, ceux du centre."""
