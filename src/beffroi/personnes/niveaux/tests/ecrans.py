"""Les écrans d'une preuve : chez l'équipe, et au centre."""

from tests.parcours.ecran import FICHIER, POST, Ecran, envoyer, objet

EQUIPE = objet(
    "SELECT e.reference FROM entreprises_equipe e JOIN entreprises_membre m ON m.equipe_id = e.id "
    "JOIN comptes_utilisateur u ON u.id = m.utilisateur_id WHERE u.courriel LIKE 'sophie@%' "
    "AND m.jusqu_au IS NULL ORDER BY e.id"
)
DU_PARCOURS = (
    "demande un objet que la démonstration n'a pas : regardé, axe compris, par son parcours"
)

ECRANS = [
    Ecran("niveaux:preuve", "sophie"),
    Ecran("niveaux:preuve", "martine", etat="sans-entreprise", statut=403),
    Ecran("niveaux:defi", "sophie"),
    Ecran(
        "niveaux:defi",
        "sophie",
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Vérifier et établir"),
    ),
    Ecran("niveaux:code", "sophie", etat="vide"),
    Ecran("niveaux:equipes", "fanny"),
    Ecran("niveaux:equipes", "fanny", etat="vide", requete="?numero=552100554"),
    Ecran("niveaux:equipes", "fanny", etat="faute", requete="?numero=", statut=422),
    Ecran("niveaux:equipe", "fanny", EQUIPE),
    Ecran("niveaux:prouver", "fanny", EQUIPE),
    Ecran("niveaux:rouvrir", "fanny", EQUIPE),
]
SANS_ECRAN = {
    **dict.fromkeys(("niveaux:lancer", "niveaux:demander_une_lettre"), POST),
    **dict.fromkeys(("niveaux:poster", "niveaux:refuser", "niveaux:revoquer"), DU_PARCOURS),
    "niveaux:document": FICHIER,
}
