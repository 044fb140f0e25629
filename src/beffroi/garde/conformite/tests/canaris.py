"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "DemandeDeDroit": "nom texte motif_de_prolongation reponse",
    "FinDeSousTraitance": "texte par",
}
EXCUSES = {
    "une adresse de courriel, contrôlée": "DemandeDeDroit.courriel",
    "tiré au hasard, et effacé avec son lot": "LotDeTraces.alea",
    "une référence, ou un mot de la machine": (
        "TraceDeSecurite.compte TraceDeSecurite.objet TraceDeSecurite.precision "
        "TraceDeSecurite.logiciel TraceDeSecurite.adresse"
    ),
}
