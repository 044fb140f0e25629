"""Les actes d'une reprise, un sujet par fichier."""
