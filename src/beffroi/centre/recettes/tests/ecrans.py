"""Les écrans des recettes :
la balance, un compte, les titres, les paiements, les imports, et le relevé de l'adhérent.
"""

from tests.parcours.ecran import FICHIER, Ecran, envoyer, objet

BOMY = "21620153300017"
ADHERENT = (
    "SELECT a.siren FROM recettes_titrederecette t JOIN contributions_contribution c ON c.id "
    "= t.contribution_id"
    " JOIN adherents_adherent a ON a.id = c.adherent_id WHERE t.numero = {}"
)
PAIEMENT = "SELECT reference FROM recettes_paiement WHERE {}"
IMPORT = (
    "SELECT reference FROM recettes_importderecettes WHERE applique_le IS {} ORDER BY depose_le {}"
)
COMPTE_EN_RETARD, COMPTE_EN_PARTIE = (
    objet(ADHERENT.format(numero), "siren") for numero in (118, 120)
)
A_RAPPROCHER = objet(PAIEMENT.format("titre_id IS NULL"))
RAPPROCHE = objet(PAIEMENT.format("numero = 'P503-0412'"))
CONTRE_PASSE = objet(PAIEMENT.format("contrepasse_le IS NOT NULL"))
TITRE = objet("SELECT reference FROM recettes_titrederecette WHERE numero = 120")
SANS_TITRE = objet(
    "SELECT c.reference FROM contributions_contribution c WHERE c.emise_le IS NOT "
    "NULL AND c.montant > 0"
)

ECRANS = [
    Ecran("recettes:balance", "solange"),
    Ecran("recettes:balance", "remi", etat="tous", requete="?annee=toutes&voir=tous"),
    Ecran("recettes:balance", "solange", etat="vide", requete="?nom=personne"),
    Ecran("recettes:compte", "solange", COMPTE_EN_RETARD, etat="en-retard"),
    Ecran("recettes:compte", "nadege", COMPTE_EN_PARTIE, etat="en-partie"),
    Ecran("recettes:noter_un_titre", "solange", SANS_TITRE),
    Ecran(
        "recettes:noter_un_titre",
        "solange",
        SANS_TITRE,
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Noter ce titre", numero="cent"),
    ),
    Ecran("recettes:annuler_un_titre", "solange", TITRE),
    Ecran("recettes:encaisser", "solange", TITRE),
    Ecran(
        "recettes:encaisser",
        "solange",
        TITRE,
        etat="trop",
        statut=422,
        geste=envoyer(bouton="Noter ce paiement", numero="P503-9", montant="9999"),
    ),
    Ecran("recettes:paiements", "solange"),
    Ecran("recettes:paiements", "solange", etat="a-rapprocher", requete="?voir=a_rapprocher"),
    Ecran("recettes:paiements", "solange", etat="vide", requete="?texte=personne"),
    Ecran("recettes:paiement", "solange", A_RAPPROCHER, etat="a-rapprocher"),
    Ecran(
        "recettes:paiement",
        "solange",
        A_RAPPROCHER,
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Rapprocher de ce titre", titre="2001-1"),
    ),
    Ecran("recettes:paiement", "solange", RAPPROCHE, etat="rapproche"),
    Ecran("recettes:paiement", "solange", CONTRE_PASSE, etat="contre-passe"),
    Ecran("recettes:contre_passer", "solange", RAPPROCHE),
    Ecran("recettes:importer", "solange", lambda o: {"sorte": "titres"}),
    Ecran(
        "recettes:importer",
        "solange",
        lambda o: {"sorte": "paiements"},
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Relire ce fichier"),
    ),
    Ecran("recettes:relire", "solange", objet(IMPORT.format("NOT NULL", "DESC")), etat="importe"),
    Ecran("recettes:relire", "solange", objet(IMPORT.format("NULL", "DESC")), etat="a-confirmer"),
    Ecran("recettes:relire", "solange", objet(IMPORT.format("NULL", "ASC")), etat="fausses"),
    Ecran("recettes:mon_releve", "martine", lambda o: {"siret": BOMY}, etat="vide"),
]
SANS_ECRAN = {
    **dict.fromkeys(
        (
            "recettes:balance_en_fichier",
            "recettes:releve",
            "recettes:mon_fichier",
            "recettes:modele",
        ),
        FICHIER,
    ),
}
