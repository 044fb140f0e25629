"""Ce que les actes disent : le centre, l'adhérent, la grille. Rien ici n'est du texte de modèle."""

from collections.abc import Mapping
from dataclasses import dataclass, field

# Le code s'écrit comme au champ de la convention ; le visa, comme le texte le dit.
FONDEMENTS = {
    "L2511-1": "l'article L.2511-1 relatif à la quasi-régie",
    "L2511-3": "l'article L.2511-3 relatif à la quasi-régie exercée en commun",
    "L2511-6": "l'article L.2511-6 relatif à la coopération entre pouvoirs adjudicateurs",
    "R2122-8": (
        "l'article R.2122-8 relatif aux marchés passés sans publicité ni mise en "
        "concurrence préalables"
    ),
}
# Comment dire à quelqu'un ce qui manque.
LIBELLES = {
    "centre": "le nom du centre de gestion",
    "sigle": "le sigle du centre de gestion",
    "representant_du_centre": "qui représente le centre de gestion",
    "signataire_du_centre": "la qualité du signataire du centre",
    "siege_du_centre": "le siège du centre de gestion",
    "ville": "la ville où l'acte est fait",
    "archives": "la direction des Archives départementales",
    "archives_adresse": "l'adresse postale des Archives départementales",
    "adresse_postale": "l'adresse postale de l'adhérent",
    "contact_du_centre": "le contact du centre pour les données personnelles",
    "visas": "les délibérations du centre de gestion",
    "comptable": "le service de gestion comptable",
    "tribunal": "le tribunal administratif",
    "grille": "la grille des contributions",
    "adherent": "le nom de l'adhérent",
    "representant": "qui représente l'adhérent",
    "signataire": "la qualité du signataire de l'adhérent",
    "siege": "le siège de l'adhérent",
    "contact_de_l_adherent": "le contact de l'adhérent pour les données personnelles",
    "deliberation": "la date de la délibération de l'adhérent",
    "fondement": "le fondement au code de la commande publique",
    "date_de_l_acte": "la date portée sur l'acte",
    "objet": "l'objet",
    "effet": "la date d'effet",
    "numero": "le numéro",
    "reference": "la référence de la convention",
}


@dataclass(frozen=True)
class LigneDeGrille:
    """Une tranche, telle que l'annexe 1 l'imprime."""

    tranche: str
    consultations: str
    moins_de_350: str
    plus_de_350: str


@dataclass(frozen=True)
class Faits:
    """Les champs d'un acte, une ligne chacun, et ses blocs.

    Un champ vide reste à compléter, et se voit.
    """

    champs: Mapping[str, str]
    visas: tuple[str, ...] = ()
    comptable: tuple[str, ...] = ()
    tribunal: tuple[str, ...] = ()
    grille: tuple[LigneDeGrille, ...] = field(default=())
