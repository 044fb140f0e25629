"""Les règles de la convention, pures : ce que chacune laisse ouvert est un paramètre (`parametres`), jamais une constante."""
