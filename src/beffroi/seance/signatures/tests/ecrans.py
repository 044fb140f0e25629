"""Ses écrans, qui les regarde et dans quel état ; les adresses qui n'en ont pas, et pourquoi."""

from tests.parcours.ecran import FICHIER, Arguments, Ecran, envoyer, objet, ref


def fichier_signe() -> Arguments:
    """Un fichier ouvert dont une vérification a lu la signature."""
    return objet(
        "SELECT f.reference FROM ouverture_fichierouvert f JOIN signatures_verificationdesignature "
        "v ON v.fichier_id = f.id"
        " WHERE v.issue <> 'non_signe' ORDER BY f.id",
        "reference",
    )


ECRANS = [
    Ecran("signatures:consultation", "martine", ref("depouillee")),
    Ecran("signatures:consultation", "yvette", ref("depouillee"), etat="lecture"),
    Ecran("signatures:fichier", "martine", fichier_signe()),
    Ecran(
        "signatures:fichier",
        "martine",
        fichier_signe(),
        etat="sans-fondement",
        geste=envoyer(),
        statut=422,
    ),
]

SANS_ECRAN = {
    **dict.fromkeys(("signatures:rapport_pdf", "signatures:rapport_json"), FICHIER),
}
