"""Les écrans de la conformité : ce que tous lisent, exercer ses droits, ce que le centre tient."""

from tests.parcours.ecran import Ecran, envoyer, objet

A_REPONDRE = objet("SELECT reference FROM conformite_demandededroit WHERE etat = 'recue'")
REPONDUE = objet("SELECT reference FROM conformite_demandededroit WHERE etat = 'repondue'")

CONFORMITE = [
    Ecran("conformite:accueil"), Ecran("conformite:registre"), Ecran("conformite:sous_traitance"),
    Ecran("conformite:homologation"),
    Ecran("conformite:exercer"), Ecran("conformite:demande_recue"),
    Ecran("conformite:exercer", etat="faute", statut=422, geste=envoyer(bouton="Envoyer ma demande", courriel="nulle part")),
    Ecran("conformite:au_centre", "claire"), Ecran("conformite:demandes", "claire"),
    Ecran("conformite:demande", "claire", A_REPONDRE), Ecran("conformite:demande", "claire", REPONDUE, etat="repondue"),
    Ecran("conformite:journal_de_securite", "fanny"),
    Ecran("conformite:journal_de_securite", "fanny", etat="vide", requete="?compte=U-00000000"),
    Ecran("conformite:journal_de_securite", "fanny", etat="faute", requete="?du=demain", statut=422),
]  # fmt: skip
