# Ce que d'autres quartiers y prennent, hors des modules publics : le README dit à quoi cela sert.
MONTRE = ("actes", "documents", "identite")
