"""Les adresses de la recherche : toutes publiques, la même réponse pour tous."""

from tests.architecture.adresses import Adresse, publique

REFERENCE = {
    "arguments": lambda monde: {"reference": monde.objets["consultation"].reference},
    "absents": lambda monde: {"reference": "2020-0000"},
}
ACHETEUR = {
    "arguments": lambda monde: {"siren": monde.bomy.siren},
    "absents": lambda monde: {"siren": "999999999"},
}

ADRESSES = {
    "recherche:liste": Adresse(publique()),
    "recherche:flux": Adresse(publique()),
    "recherche:calendrier": Adresse(publique()),
    "recherche:flux_de_consultation": Adresse(publique(), **REFERENCE),
    "recherche:robots": Adresse(publique()),
    "recherche:plan": Adresse(publique()),
    "recherche:acheteurs": Adresse(publique()),
    "recherche:acheteur": Adresse(publique(), **ACHETEUR),
    "recherche:flux_d_acheteur": Adresse(publique(), **ACHETEUR),
}
