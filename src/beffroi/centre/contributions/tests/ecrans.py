"""Les écrans des contributions :
le tarif, l'appel à ses étapes, une ligne, et le compte que l'adhérent lit.
"""

from tests.parcours.ecran import FICHIER, POST, Arguments, Ecran, Objets, envoyer, objet

BOMY = "21620153300017"
LIGNE = (
    "SELECT {} FROM contributions_contribution c JOIN contributions_exercice x ON "
    "x.id = c.exercice_id"
    " WHERE {} ORDER BY c.id"
)
EMISE, EN_APERCU, PAYANTE = (
    "x.etat = 'emis' AND c.montant IS NOT NULL",
    "x.etat = 'simule'",
    "x.etat = 'emis' AND c.montant > 0",
)
A_VERIFIER = "x.etat = 'simule' AND c.agents = 350"


def l_annee(etat: str, **fixes: str) -> Arguments:
    return objet(
        f"SELECT annee FROM contributions_exercice WHERE etat = '{etat}' AND rang = 0",
        "cle",
        **fixes,
    )


def ligne(cas: str) -> Arguments:
    def arguments(objets: Objets) -> dict[str, str]:
        return {
            "annee": objets.lire(LIGNE.format("x.annee", cas)),
            "reference": objets.lire(LIGNE.format("c.reference", cas)),
        }

    return arguments


CONTESTATION = objet("SELECT reference FROM contributions_contestation")

ECRANS = [
    Ecran("contributions:liste", "nadege"),
    Ecran("contributions:liste", "remi", etat="ordonnateur"),
    Ecran(
        "contributions:liste",
        "nadege",
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Ouvrir l’appel", annee="12"),
    ),
    Ecran("contributions:grilles", "nadege"),
    Ecran("contributions:garder_une_grille", "nadege"),
    Ecran(
        "contributions:garder_une_grille",
        "nadege",
        etat="trouee",
        statut=422,
        geste=envoyer(
            bouton="Garder cette grille",
            deliberation="2026-4",
            deliberee_le="2026-05-01",
            de_2="52",
        ),
    ),
    Ecran("contributions:choix", "nadege"),
    Ecran("contributions:choisir", "nadege", lambda o: {"cle": "prorata"}),
    Ecran(
        "contributions:choisir",
        "nadege",
        lambda o: {"cle": "prorata"},
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Garder cette réponse"),
    ),
    Ecran("contributions:ecarts", "nadege"),
    Ecran(
        "contributions:ecarts",
        "nadege",
        etat="inconnue",
        statut=422,
        geste=envoyer(bouton="Noter cet écart", consultation="B-0000", explication="Panne"),
    ),
    Ecran("contributions:effectifs", "nadege"),
    Ecran("contributions:appel", "nadege", l_annee("simule"), etat="apercu"),
    Ecran("contributions:appel", "nadege", l_annee("simule"), etat="tous", requete="?voir=tous"),
    Ecran("contributions:appel", "nadege", l_annee("simule"), etat="vide", requete="?nom=personne"),
    Ecran("contributions:appel", "remi", l_annee("emis"), etat="emis"),
    Ecran("contributions:acte", "nadege", l_annee("simule", acte="preparer")),
    Ecran(
        "contributions:acte",
        "remi",
        l_annee("simule", acte="renvoyer"),
        etat="motif",
        statut=422,
        geste=envoyer(bouton="Rendre l’appel"),
    ),
    Ecran("contributions:ligne", "nadege", ligne(A_VERIFIER), etat="a-verifier"),
    Ecran(
        "contributions:ligne",
        "nadege",
        ligne(A_VERIFIER),
        etat="faute",
        statut=422,
        geste=envoyer(bouton="C’est vérifié"),
    ),
    Ecran("contributions:ligne", "remi", ligne(PAYANTE), etat="emise"),
    Ecran("contributions:avoir", "nadege", ligne(PAYANTE)),
    Ecran(
        "contributions:avoir",
        "nadege",
        ligne(PAYANTE),
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Proposer", montant="9999", explication="Trop"),
    ),
    Ecran("contributions:depart", "nadege", ligne(PAYANTE)),
    Ecran("contributions:rendre", "remi", ligne(PAYANTE), etat="rien-n-est-propose"),
    Ecran("contributions:reception", "nadege", ligne(PAYANTE)),
    Ecran(
        "contributions:reception",
        "nadege",
        ligne(PAYANTE),
        etat="a-venir",
        statut=422,
        geste=envoyer(bouton="Noter la réception", le="2099-01-01"),
    ),
    Ecran("contributions:receptions", "nadege", l_annee("emis")),
    Ecran(
        "contributions:receptions",
        "nadege",
        l_annee("emis"),
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Noter ces réceptions", liste="C-2020-0001;hier"),
    ),
    Ecran("contributions:receptions", "nadege", l_annee("simule"), etat="vide"),
    Ecran("contributions:contestation", "nadege", CONTESTATION),
    Ecran(
        "contributions:contestation",
        "nadege",
        CONTESTATION,
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Répondre"),
    ),
    Ecran("contributions:mon_compte", "martine", lambda o: {"siret": BOMY}),
    Ecran(
        "contributions:mon_compte",
        "yvette",
        lambda o: {"siret": BOMY},
        etat="lecture",
        requete="?annee=2020",
    ),
    Ecran("facturation:exercice", "remi", l_annee("emis")),
    Ecran(
        "facturation:exercice",
        "remi",
        l_annee("emis"),
        etat="a-corriger",
        requete="?voir=a_corriger",
    ),
    Ecran("facturation:pes", "remi", l_annee("emis")),
    Ecran("facturation:facture", "remi", ligne(PAYANTE)),
    Ecran("facturation:mes_factures", "martine", lambda o: {"siret": BOMY}),
]
SANS_ECRAN = {
    **dict.fromkeys(
        (
            "contributions:relire",
            "contributions:relire_les_effectifs",
            "contributions:contester",
            "contributions:ouvrir_une_suite",
        ),
        POST,
    ),
    **dict.fromkeys(
        (
            "contributions:document",
            "contributions:mon_appel",
            "contributions:appels_csv",
            "contributions:appels_json",
            "contributions:apercu_ods",
        ),
        FICHIER,
    ),
}
