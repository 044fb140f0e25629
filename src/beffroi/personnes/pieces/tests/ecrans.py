"""Les écrans des pièces d'une entreprise : garder, remplacer, corriger, supprimer."""

from tests.parcours.ecran import FICHIER, Ecran, envoyer, objet

PIECE = objet("SELECT reference FROM pieces_piecedentreprise WHERE sorte = 'vigilance'")
EXPIREE = objet("SELECT reference FROM pieces_piecedentreprise WHERE sorte = 'decennale'")
ANCIENNE = objet(
    "SELECT reference FROM pieces_versiondepiece WHERE remplacee_le IS NOT NULL", "version"
)

ECRANS = [
    Ecran("pieces:liste", "sophie"),
    Ecran("pieces:liste", "zoe", etat="vide"),
    Ecran("pieces:liste", "martine", etat="sans-entreprise", statut=403),
    Ecran("pieces:ajouter", "sophie", lambda o: {"sorte": "vigilance"}),
    Ecran(
        "pieces:ajouter",
        "sophie",
        lambda o: {"sorte": "autre"},
        etat="vide",
        geste=envoyer(bouton="Garder cette pièce"),
        statut=422,
    ),
    Ecran("pieces:piece", "sophie", PIECE),
    Ecran("pieces:piece", "sophie", EXPIREE, etat="expiree"),
    Ecran("pieces:piece", "zoe", PIECE, etat="introuvable", statut=404),
    Ecran("entreprises:inviter", "sophie"),
    Ecran(
        "entreprises:inviter",
        "sophie",
        etat="vide",
        geste=envoyer(bouton="Envoyer l’invitation"),
        statut=422,
    ),
    Ecran("portail:a_faire", "sophie"),
    Ecran("pieces:remplacer", "sophie", PIECE),
    Ecran("pieces:corriger", "sophie", PIECE),
    Ecran(
        "pieces:corriger",
        "sophie",
        PIECE,
        etat="fautive",
        statut=422,
        geste=envoyer(bouton="Enregistrer", datee_du="2099-01-01"),
    ),
    Ecran("pieces:supprimer", "sophie", PIECE),
    Ecran("pieces:supprimer_la_version", "sophie", ANCIENNE),
]
SANS_ECRAN = {
    "pieces:fichier": FICHIER,
}
