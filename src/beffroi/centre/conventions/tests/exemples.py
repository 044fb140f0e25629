"""Un centre, une grille, une commune : ceux du texte délibéré."""

from beffroi.centre.conventions.documents.faits import FONDEMENTS, Faits, LigneDeGrille

GRILLE = (
    LigneDeGrille("Tranche 1", "Moins de 50", "Gratuit", "250 €"),
    LigneDeGrille("Tranche 2", "De 50 à 150", "Gratuit", "500 €"),
    LigneDeGrille("Tranche 3", "De 150 à 250", "Gratuit", "1000 €"),
    LigneDeGrille("Tranche 4", "De 250 à 350", "Gratuit", "2000 €"),
    LigneDeGrille("Tranche 5", "Plus de 350", "Gratuit", "4000 €"),
)
VISAS = (
    (
        "Vu la délibération du Conseil d'Administration du Centre de Gestion "
        "n°2023/21 du 30 mai 2023 ;"
    ),
    "Vu la délibération du conseil d'administration du Cdg62 en date du 10 décembre 2024 ;",
)
CENTRE = {
    "centre": "Centre de gestion de la Fonction Publique Territoriale du Pas-de-Calais",
    "sigle": "Cdg62",
    "representant_du_centre": "son Président, Joël DUQUENOY",
    "signataire_du_centre": "Le Président",
    "siege_du_centre": "Allée du Château 62702 Bruay-La-Buissière",
    "ville": "Bruay la Buissière",
    "archives": "direction des Archives départementales du Pas-de-Calais",
    "archives_adresse": "1 rue des Registres 62999 Hézine Cedex",
    "contact_du_centre": "dpd@centre.example",
}
COMMUNE = {
    "adherent": "La Commune de Bomy",
    "representant": "son maire, Bernard Lefebvre",
    "signataire": "Le Maire",
    "siege": "la mairie est située 1 place de la Mairie 62960 Bomy",
    "contact_de_l_adherent": "mairie@bomy.example",
    "adresse_postale": "1 place de la Mairie, 62960 Bomy",
    "deliberation": "12 mars 2026",
    "fondement": FONDEMENTS["L2511-1"],
    "date_de_l_acte": "2 avril 2026",
}
COMPTABLE = (
    "Service de Gestion Comptable de Bruay la Buissière – SGC -",
    "40 rue Augustin Caron",
    "62700 Bruay-la-Buissière",
)
TRIBUNAL = ("Tribunal Administratif de Lille", "5 rue Geoffroy Saint-Hilaire", "59000 Lille.")


def faits(**autres: str) -> Faits:
    champs = {**CENTRE, **COMMUNE, "reference": "CV-7F3KPT2A", **autres}
    return Faits(champs, visas=VISAS, comptable=COMPTABLE, tribunal=TRIBUNAL, grille=GRILLE)
