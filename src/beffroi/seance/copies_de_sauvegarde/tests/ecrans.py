"""Ses écrans, qui les regarde et dans quel état ; les adresses qui n'en ont pas, et pourquoi."""

from tests.parcours.ecran import FICHIER, Arguments, Ecran, envoyer, objet, ref


def copie_de(etat: str) -> Arguments:
    """La copie de sauvegarde inscrite pour la première consultation dans cet état."""
    cle = (
        "SELECT d.id FROM depots_depotmateriel d JOIN consultations_consultation c ON c.id "
        "= d.consultation_id"
    )
    return lambda objets: {
        "reference": objets.consultation(etat),
        "cle": int(objets.lire(f"{cle} WHERE c.reference = ?", objets.consultation(etat))),
    }


def fichier_de_copie() -> Arguments:
    """Le dernier fichier sorti d'une copie :
    l'antivirus y avait vu une menace, et c'était une fausse alerte.
    """
    return objet(
        "SELECT reference FROM copies_de_sauvegarde_fichierdecopie ORDER BY id DESC", "reference"
    )


ECRANS = [
    Ecran("copies_de_sauvegarde:copies", "martine", ref("depouillee")),
    Ecran("copies_de_sauvegarde:copies", "helene", ref("close"), etat="fermee"),
    Ecran("copies_de_sauvegarde:copies", "martine", ref("publiee"), etat="trop-tot", statut=422),
    Ecran("copies_de_sauvegarde:ouvrir", "helene", copie_de("close")),
    Ecran(
        "copies_de_sauvegarde:ouvrir",
        "helene",
        copie_de("close"),
        etat="vide",
        geste=envoyer(),
        statut=422,
    ),
    Ecran("copies_de_sauvegarde:antivirus", "martine", fichier_de_copie()),
]

SANS_ECRAN = {
    "copies_de_sauvegarde:fichier": FICHIER,
}
