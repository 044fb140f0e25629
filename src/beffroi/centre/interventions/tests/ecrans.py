"""Les écrans des interventions :
les comptes au centre, ouvrir, un geste refusé, et ce que l'organisme lit.
"""

from tests.parcours.ecran import FICHIER, POST, Arguments, Ecran, Objets, envoyer

BOMY = "21620153300017"


def chez_bomy(requete: str = "") -> Arguments:
    def arguments(objets: Objets) -> dict[str, str]:
        return {"siret": BOMY, **({"reference": objets.lire(requete)} if requete else {})}

    return arguments


INTERVENTION = chez_bomy("SELECT reference FROM interventions_intervention ORDER BY id")
YVETTE = chez_bomy(
    "SELECT h.reference FROM organismes_habilitation h JOIN comptes_utilisateur u ON u.id "
    "= h.utilisateur_id"
    " WHERE u.courriel = 'yvette@bomy.example' AND h.jusqu_au IS NULL"
)

ECRANS = [
    Ecran("interventions:liste", "fanny"),
    Ecran("interventions:liste", "fanny", etat="vide", requete="?q=personne"),
    Ecran("interventions:organisme", "fanny", chez_bomy()),
    Ecran("interventions:ouvrir", "fanny", chez_bomy()),
    Ecran(
        "interventions:ouvrir",
        "fanny",
        chez_bomy(),
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Ouvrir l’intervention"),
    ),
    Ecran("interventions:intervention", "fanny", INTERVENTION, etat="finie"),
    Ecran("interventions:coordonnees", "fanny", chez_bomy()),
    Ecran("interventions:ajouter", "fanny", chez_bomy()),
    Ecran(
        "interventions:ajouter",
        "fanny",
        chez_bomy(),
        etat="refusee",
        statut=422,
        geste=envoyer(bouton="Donner ces rôles", courriel="lise@bomy.example", nom="Lise Vandamme"),
    ),
    Ecran("interventions:changer", "fanny", YVETTE),
    Ecran("interventions:retirer", "fanny", YVETTE),
    Ecran("interventions:activer", "nadege"),
    Ecran("interventions:importer", "fanny"),
    Ecran(
        "interventions:importer",
        "fanny",
        etat="vide",
        statut=422,
        geste=envoyer(bouton="Relire ce tableau"),
    ),
    Ecran("interventions:chez_nous", "martine", chez_bomy()),
]
SANS_ECRAN = {
    "interventions:inviter": POST,
    **dict.fromkeys(
        ("interventions:annuler", "interventions:arreter"),
        "demande un objet que la démonstration n'a pas : le gabarit de « relectures:retirer », "
        "lu par ses tests de vue",
    ),
    "interventions:modele": FICHIER,
    "interventions:relire": (
        "demande un tableau déposé : éprouvé, axe compris, par le parcours des interventions"
    ),
}
