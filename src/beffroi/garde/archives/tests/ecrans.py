"""Les écrans des archives :
ce qui est dû, une consultation gelée, ce que son paquet contiendra ; tout récupérer.
"""

from beffroi.contrat.achevement.tests.ecrans import SIGNEE
from tests.parcours.ecran import FICHIER, POST, Ecran, envoyer, objet

RENDUE = objet("SELECT reference FROM restitution_restitution")
GEL = objet("SELECT reference FROM archives_gel")
ATTENDU = objet("SELECT reference FROM versements_versement WHERE etat = 'accuse'")
PRIS_EN_CHARGE = objet("SELECT reference FROM versements_versement WHERE etat = 'accepte'")

ECRANS = [
    Ecran("archives:accueil", "martine"),
    Ecran("archives:consultation", "martine", SIGNEE),
    Ecran("archives:pieces", "martine", SIGNEE),
    Ecran("archives:geler", "martine", SIGNEE),
    Ecran(
        "archives:geler",
        "martine",
        SIGNEE,
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Geler", motif=""),
    ),
    Ecran("archives:lever", "martine", GEL),
    Ecran("archives:proposer", "martine", SIGNEE, etat="vide"),
    Ecran("versements:liste", "martine"),
    Ecran("versements:liste", "odile", etat="vide"),
    Ecran("versements:versement", "martine", PRIS_EN_CHARGE, etat="pris en charge"),
    Ecran("versements:versement", "martine", ATTENDU, etat="attendu"),
    Ecran("versements:reponse", "martine", ATTENDU),
    Ecran("versements:abandonner", "martine", ATTENDU),
    Ecran("restitution:accueil", "martine"),
    Ecran("restitution:recevoir", "martine", RENDUE),
    Ecran(
        "restitution:recevoir",
        "martine",
        RENDUE,
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Accuser réception", empreinte=""),
    ),
    Ecran("restitution:effacer", "martine", RENDUE),
    Ecran("restitution:centre", "fanny"),
]
SANS_ECRAN = {
    **dict.fromkeys(
        ("archives:bordereau", "archives:viser", "archives:abandonner", "archives:detruire"),
        "naît d'une pièce au bout de cinq ans : aucune ne l'est dans la démonstration",
    ),
    "archives:demander": POST,
    **dict.fromkeys(("archives:fichier", "archives:document"), FICHIER),
}
