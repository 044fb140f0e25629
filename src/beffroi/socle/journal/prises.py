"""Journal : ce que ce contexte branche dans la maison."""

from beffroi.socle.fondations.menus import LienDePied, Pied
from beffroi.socle.fondations.prises import Prises
from beffroi.socle.journal import taches, temoins

PRISES = Prises(
    rondes=(
        taches.publier_l_autorite,
        taches.avancer_le_registre_public,
        taches.completer_les_jetons,
        taches.horodater_le_point_du_jour,
        temoins.faire_cosigner,
    ),
    prouvees_autrement={
        "Ecriture": "la feuille de l'arbre en est l'empreinte",
        "Noeud": "chaque nœud se recalcule depuis les feuilles",
        "PointDeControle": "chaque tête est signée, et prolonge la précédente",
        "Remplissage": "la graine redonne les feuilles que l'arbre tient",
        "Publication": "les têtes publiques se suivent au pas de l'horloge",
        "JetonQualifie": "le jeton est signé par son autorité, sur l'objet qu'il nomme",
        "Cosignature": "la ligne est signée par son témoin",
    },
    pied=(LienDePied("Le registre public", "/journal/", Pied.ENTRAINEMENT, apres="/verifier/"),),
)
