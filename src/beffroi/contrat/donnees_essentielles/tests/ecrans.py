"""Les écrans des marchés conclus : ce que le public cherche et lit, ce que l'acheteur publie."""

from tests.parcours.ecran import FICHIER, POST, Ecran, envoyer, objet

FICHE = "SELECT reference FROM donnees_essentielles_fichedecontrat WHERE {} ORDER BY id"
PUBLIEE, RETENUE, AILLEURS, MODIFIEE = (
    objet(FICHE.format(f"publiee_le IS NOT NULL AND {condition}"))
    for condition in (
        "canal = 'profil' AND retenues = '{}'",
        "retenues <> '{}'",
        "canal = 'pes'",
        "id IN (SELECT fiche_id FROM donnees_essentielles_ajoutafiche)",
    )
)
CONCESSION = objet(FICHE.format("sorte = 'concession' AND publiee_le IS NOT NULL"))
ACHETEUR = objet(
    "SELECT substr(siret_acheteur, 1, 9) AS siren FROM donnees_essentielles_fichedecontrat"
    " WHERE publiee_le IS NOT NULL ORDER BY id",
    "siren",
)
TITULAIRE = objet("SELECT groupe FROM donnees_essentielles_titulairedefiche ORDER BY id", "groupe")
LISTE = (
    "SELECT {} FROM donnees_essentielles_fichedecontrat WHERE montant >= 25000 AND montant < 40000"
    " AND publiee_le IS NOT NULL ORDER BY id DESC"
)
A_PUBLIER = objet(FICHE.format("publiee_le IS NULL"))
# Dans l'ordre où la démonstration les dépose : les noms, eux, se remplacent par des canaris.
A_RELIRE, FAUX = (
    objet(
        "SELECT reference FROM donnees_essentielles_importdecontrats ORDER BY id "
        f"LIMIT 1 OFFSET {rang}"
    )
    for rang in (0, 1)
)
BOMY = "21620153300017"


def liste(objets):
    return {
        "siren": objets.lire(LISTE.format("substr(siret_acheteur, 1, 9)")),
        "annee": objets.lire(LISTE.format("annee")),
    }


def ajout(quoi, fiche):
    return lambda objets: {**fiche(objets), "quoi": quoi}


ECRANS = [
    Ecran("donnees_essentielles:liste"),
    Ecran("donnees_essentielles:liste", etat="recherche", requete="?q=toiture&annee=2026&de=1000"),
    Ecran("donnees_essentielles:liste", etat="sans-resultat", requete="?q=zygomatique"),
    Ecran(
        "donnees_essentielles:liste",
        etat="illisible",
        requete="?cpv=toit&annee=demain&de=cher&page=zero",
    ),
    Ecran("donnees_essentielles:methode"),
    Ecran("donnees_essentielles:acheteur", arguments=ACHETEUR),
    Ecran("donnees_essentielles:titulaire", arguments=TITULAIRE),
    Ecran("donnees_essentielles:contrat", arguments=PUBLIEE),
    Ecran("donnees_essentielles:contrat", arguments=RETENUE, etat="retenue"),
    Ecran("donnees_essentielles:contrat", arguments=AILLEURS, etat="ailleurs"),
    Ecran("donnees_essentielles:contrat", arguments=MODIFIEE, etat="modifie"),
    Ecran("donnees_essentielles:contrat", arguments=CONCESSION, etat="concession"),
    Ecran("donnees_essentielles:liste_annuelle", arguments=liste),
    Ecran(
        "donnees_essentielles:liste_annuelle",
        arguments=lambda o: {**liste(o), "annee": 2099},
        etat="vide",
    ),
    Ecran("donnees_essentielles:fiches", "martine", lambda o: {"siret": BOMY}),
    Ecran("donnees_essentielles:fiche", "martine", A_PUBLIER, etat="a-publier"),
    Ecran("donnees_essentielles:fiche", "martine", PUBLIEE, etat="publiee"),
    Ecran("donnees_essentielles:corriger", "martine", A_PUBLIER),
    Ecran(
        "donnees_essentielles:corriger",
        "martine",
        A_PUBLIER,
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Garder", montant="cher", titulaires=""),
    ),
    Ecran("donnees_essentielles:retenir", "martine", A_PUBLIER),
    Ecran("donnees_essentielles:ajouter", "martine", ajout("modification", PUBLIEE)),
    Ecran(
        "donnees_essentielles:ajouter",
        "martine",
        ajout("modification", PUBLIEE),
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Publier cet ajout", notifiee_le="2026-11-20"),
    ),
    Ecran("donnees_essentielles:importer", "martine", lambda o: {"siret": BOMY}),
    Ecran(
        "donnees_essentielles:importer",
        "martine",
        lambda o: {"siret": BOMY},
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Relire ce fichier"),
    ),
    Ecran("donnees_essentielles:relire", "martine", A_RELIRE, etat="a-confirmer"),
    Ecran("donnees_essentielles:relire", "martine", FAUX, etat="faux"),
    Ecran("donnees_essentielles:canal", "martine", lambda o: {"siret": BOMY}),
]
SANS_ECRAN = {
    "donnees_essentielles:publier": POST,
    **dict.fromkeys(
        (
            "donnees_essentielles:decp",
            "donnees_essentielles:decp_de",
            "donnees_essentielles:marches",
            "donnees_essentielles:ocds",
            "donnees_essentielles:fichier",
            "donnees_essentielles:flux",
            "donnees_essentielles:liste_en_fichier",
        ),
        FICHIER,
    ),
    "donnees_essentielles:accueil": "un seul acheteur : il mène à ses fiches, éprouvées",
}
