"""Ses écrans, qui les regarde et dans quel état."""

from tests.parcours.ecran import Arguments, Ecran, envoyer, objet


def fichier_dit(etat: str, *, nom: str = "reference") -> Arguments:
    """Le dernier fichier ouvert dont l'antivirus a dit cela,
    et dont rien n'a levé la quarantaine.
    """
    return objet(
        "SELECT f.reference FROM ouverture_fichierouvert f JOIN antivirus_analysedefichier a ON "
        "a.fichier_id = f.id"
        " WHERE a.id NOT IN (SELECT analyse_id FROM antivirus_leveedequarantaine)"
        f" AND a.etat = '{etat}' ORDER BY f.id DESC",
        nom,
    )


ECRANS = [
    Ecran("antivirus:fichier", "martine", fichier_dit("infecte")),
    Ecran("antivirus:fichier", "yvette", fichier_dit("sain"), etat="lecture"),
    Ecran(
        "antivirus:fichier",
        "martine",
        fichier_dit("infecte"),
        etat="sans-motif",
        geste=envoyer(),
        statut=422,
    ),
    Ecran(
        "ouverture:fichier_ouvert",
        "martine",
        fichier_dit("infecte", nom="fichier"),
        etat="retenu",
        statut=409,
    ),
]
