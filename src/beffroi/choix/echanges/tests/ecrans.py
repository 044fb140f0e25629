"""Les écrans des courriers : écrire, relire, suivre, prouver, relancer ; lire et répondre."""

from tests.parcours.ecran import FICHIER, POST, Arguments, Ecran, envoyer, joint, objet, ref

EXEMPLAIRE = (
    "SELECT {} FROM echanges_exemplaire x JOIN echanges_courrier k ON k.id = x.courrier_id"
    " JOIN echanges_fil f ON f.id = x.fil_id JOIN consultations_consultation c ON c.id "
    "= k.consultation_id"
    " WHERE {} ORDER BY x.id"
)
LU, NON_LU = (
    "x.lu_le IS NOT NULL",
    "x.remis_le IS NOT NULL AND x.lu_le IS NULL AND k.sorte = 'precisions'",
)
AVANT, BROUILLON = "x.lu_le IS NULL AND k.sorte = 'libre'", "x.remis_le IS NULL"


def du(cas: str, **colonnes: str) -> Arguments:
    """La consultation de cet exemplaire, et ce que l'adresse nomme de lui."""
    return joint(
        objet(EXEMPLAIRE.format("c.reference", cas)),
        *(objet(EXEMPLAIRE.format(colonne, cas), nom) for nom, colonne in colonnes.items()),
    )


def fil(cas: str) -> Arguments:
    return objet(EXEMPLAIRE.format("f.reference", cas), "fil")


ECRANS = [
    Ecran("echanges:liste", "martine", du(LU)),
    Ecran("echanges:liste", "yvette", du(LU), etat="lecture"),
    Ecran("echanges:liste", "martine", ref("publiee"), etat="vide"),
    Ecran("echanges:liste", "martine", du(LU), etat="filtre-vide", requete="?sorte=notification"),
    Ecran("echanges:ecrire", "martine", du(LU)),
    Ecran("echanges:ecrire", "martine", du(AVANT), etat="avant"),
    Ecran("echanges:ecrire", "martine", ref("publiee"), etat="personne"),
    Ecran("echanges:ecrire", "martine", du(LU), etat="modele", requete="?modele=precisions"),
    Ecran(
        "echanges:ecrire",
        "martine",
        du(LU),
        etat="erreur",
        geste=envoyer(bouton="Garder et relire"),
        statut=422,
    ),
    Ecran("echanges:modifier", "martine", du(BROUILLON, courrier="k.reference")),
    Ecran("echanges:courrier", "martine", du(BROUILLON, courrier="k.reference"), etat="brouillon"),
    Ecran("echanges:courrier", "martine", du(LU, courrier="k.reference"), etat="envoye"),
    Ecran(
        "echanges:pieces_propres",
        "martine",
        du(BROUILLON, courrier="k.reference", exemplaire="x.reference"),
    ),
    Ecran("echanges:fil_de_l_acheteur", "martine", du(LU, fil="f.reference")),
    Ecran("echanges:preuve", "martine", du(LU, exemplaire="x.reference")),
    Ecran("echanges:relancer", "martine", du(NON_LU, exemplaire="x.reference")),
    Ecran("echanges:relancer", "martine", du(LU, exemplaire="x.reference"), etat="lu"),
    Ecran("echanges:mes_messages", "sophie"),
    Ecran("echanges:mes_messages", "emile", etat="non-lu"),
    Ecran("echanges:mes_messages", "lucie", etat="vide"),
    Ecran("echanges:fil", "sophie", fil(LU)),
    Ecran(
        "echanges:fil",
        "sophie",
        fil(LU),
        etat="erreur",
        geste=envoyer(bouton="Envoyer ma réponse"),
        statut=422,
    ),
]
SANS_ECRAN = {
    **dict.fromkeys(("echanges:envoyer", "echanges:supprimer"), POST),
    **dict.fromkeys(
        ("echanges:piece", "echanges:piece_du_fil", "echanges:preuve_pdf", "echanges:preuve_zip"),
        FICHIER,
    ),
}
