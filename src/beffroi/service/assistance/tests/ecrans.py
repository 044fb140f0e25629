"""Les écrans de l'assistance : la personne, avec ou sans compte ;
la file du centre et une demande.
"""

from typing import Any

from tests.parcours.ecran import FICHIER, POST, Arguments, Ecran, envoyer, joint, objet, ref

RESOLUE = objet("SELECT reference FROM assistance_demande WHERE etat = 'resolue'")
APPEL = objet("SELECT reference FROM assistance_demande WHERE canal = 'telephone'")
JURIDIQUE = objet("SELECT reference FROM assistance_demande WHERE categorie = 'juridique'")
REPONSE = objet(
    "SELECT b.reference FROM depots_brouillondereponse b JOIN depots_pli p ON p.brouillon_id = b.id"
)
INCIDENT = objet("SELECT numero FROM incidents_incident", "numero")
MODELE = objet("SELECT reference FROM assistance_modeledereponse")


def ecran(nom: str) -> Arguments:
    return lambda _: {"ecran": nom}


def inserer(page: Any) -> None:
    """La première réponse toute prête, dans la réponse."""
    with page.expect_navigation():
        page.locator("button[name=inserer]").first.press("Enter")


ECRANS = [
    Ecran("assistance:mes_demandes", "martine"),
    Ecran("assistance:mes_demandes", "sophie", etat="vide"),
    Ecran("assistance:nouvelle", "martine"),
    Ecran(
        "assistance:nouvelle",
        "martine",
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Envoyer ma demande"),
    ),
    Ecran("assistance:demande", "helene", RESOLUE, etat="resolue"),
    Ecran("assistance:demande", "martine", JURIDIQUE),
    Ecran("assistance:ecrire"),
    Ecran(
        "assistance:ecrire",
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Envoyer ma demande", courriel="nulle part"),
    ),
    Ecran("assistance:message_recu"),
    Ecran("assistance:questions_frequentes"),
    Ecran("assistance:nos_delais"),
    Ecran("assistance:file", "fanny"),
    Ecran("assistance:file", "claire", etat="vide", requete="?categorie=hors_champ"),
    Ecran("assistance:closes", "fanny"),
    Ecran("assistance:depot", "fanny"),
    Ecran("assistance:depot", "fanny", etat="trouvee", requete="?q=999100019"),
    Ecran("assistance:depot", "fanny", etat="vide", requete="?q=D-2020-22222222"),
    Ecran("assistance:frise", "fanny", REPONSE),
    Ecran("assistance:appel", "fanny"),
    Ecran(
        "assistance:appel",
        "fanny",
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Garder cette note"),
    ),
    Ecran("assistance:au_centre", "claire", JURIDIQUE),
    Ecran(
        "assistance:au_centre",
        "claire",
        JURIDIQUE,
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Envoyer la réponse"),
    ),
    Ecran("assistance:ce_qu_elle_voit", "fanny", joint(JURIDIQUE, ecran("consultation"))),
    Ecran(
        "assistance:ce_qu_elle_voit",
        "fanny",
        joint(JURIDIQUE, ecran("publicite")),
        etat="publicite",
    ),
    Ecran("assistance:au_centre", "fanny", RESOLUE, etat="resolue"),
    Ecran("assistance:au_centre", "fanny", APPEL, etat="insere", geste=inserer),
    Ecran("assistance:mesures", "fanny"),
    Ecran("assistance:modeles", "fanny"),
    Ecran("assistance:nouveau_modele", "fanny"),
    Ecran("assistance:modele", "fanny", MODELE),
    Ecran("assistance:retirer_le_modele", "fanny", MODELE),
    Ecran("assistance:publier", "fanny", RESOLUE),
    Ecran("preuves:certificat", "fanny"),
    Ecran(
        "preuves:certificat",
        "fanny",
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Produire le certificat", jour_fin="2020-01-01"),
    ),
    Ecran("preuves:certificat_de_la_consultation", "martine", ref("close")),
    Ecran("preuves:certificat_de_la_consultation", "martine", ref("brouillon"), etat="pas_encore"),
    Ecran("preuves:dossier", "martine", ref("close")),
    Ecran("preuves:dossier", "martine", ref("publiee"), etat="trop_tot"),
    Ecran("incidents:liste", "fanny"),
    Ecran("incidents:incident", "fanny", INCIDENT),
    Ecran("teleassistance:consentir"),
    Ecran("teleassistance:consentir", "helene"),
    Ecran(
        "teleassistance:consentir",
        "martine",
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Obtenir mon code"),
    ),
    Ecran("teleassistance:accueil", "fanny"),
    Ecran(
        "teleassistance:accueil",
        "fanny",
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Rejoindre", code="12 34"),
    ),
    Ecran("communications:occulter", "martine"),
    Ecran(
        "communications:occulter",
        "martine",
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Occulter", mots="x"),
    ),
]
SANS_ECRAN = {
    **dict.fromkeys(
        (
            "assistance:avis",
            "assistance:prendre",
            "assistance:noter",
            "assistance:ranger",
            "assistance:fusionner",
        ),
        POST,
    ),
    "assistance:retirer_la_question": (
        "demande un objet que la démonstration n'a pas : le gabarit de « relectures:retirer », "
        "lu par ses tests de vue"
    ),
    "assistance:piece": FICHIER,
    "assistance:suivre": "demande un lien reçu par courriel : le gabarit d'« assistance:demande »",
}
