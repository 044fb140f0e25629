"""Les écrans des marchés conclus : ce que le public cherche et lit, ce que l'acheteur publie."""

from tests.parcours.ecran import Ecran, objet

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
ACHETEUR = objet("SELECT substr(siret_acheteur, 1, 9) AS siren FROM donnees_essentielles_fichedecontrat"
                 " WHERE publiee_le IS NOT NULL ORDER BY id", "siren")  # fmt: skip
TITULAIRE = objet("SELECT groupe FROM donnees_essentielles_titulairedefiche ORDER BY id", "groupe")
DE_LA_LISTE = ("SELECT substr(siret_acheteur, 1, 9) FROM donnees_essentielles_fichedecontrat"
               " WHERE montant >= 25000 AND montant < 40000 AND annee = 2026 AND publiee_le IS NOT NULL")  # fmt: skip


def liste(annee):
    return lambda objets: {"siren": objets.lire(DE_LA_LISTE), "annee": annee}


DONNEES = [
    Ecran("donnees_essentielles:liste"),
    Ecran("donnees_essentielles:liste", etat="recherche", requete="?q=toiture&annee=2026&de=1000"),
    Ecran("donnees_essentielles:liste", etat="sans-resultat", requete="?q=zygomatique"),
    Ecran("donnees_essentielles:liste", etat="illisible", requete="?cpv=toit&annee=demain&de=cher&page=zero"),
    Ecran("donnees_essentielles:methode"),
    Ecran("donnees_essentielles:acheteur", arguments=ACHETEUR),
    Ecran("donnees_essentielles:titulaire", arguments=TITULAIRE),
    Ecran("donnees_essentielles:contrat", arguments=PUBLIEE),
    Ecran("donnees_essentielles:contrat", arguments=RETENUE, etat="retenue"),
    Ecran("donnees_essentielles:contrat", arguments=AILLEURS, etat="ailleurs"),
    Ecran("donnees_essentielles:contrat", arguments=MODIFIEE, etat="modifie"),
    Ecran("donnees_essentielles:contrat", arguments=CONCESSION, etat="concession"),
    Ecran("donnees_essentielles:liste_annuelle", arguments=liste(2026)),
]
