"""La maîtrise d'œuvre au-dessus du seuil :
un concours restreint, sauf cinq cas (CCP, art. R. 2172-2).
"""

from droit.citation import Article
from droit.en_vigueur import Droit, Valeur
from droit.phrases import en_clair
from droit.regime.besoin import Besoin
from droit.regime.proposition import Alternative, Choix
from droit.regime.raison import selon, selon_le_texte

CONCOURS = Article("CCP", "R. 2172-2")
_CONCEPTION = Article("CCP", "R. 2124-3, 3°")
_LAUREAT = Article("CCP", "R. 2122-6")
_AUTRES_ACHETEURS = Article("CCP", "R. 2172-3")


def procedure_de_maitrise_d_oeuvre(besoin: Besoin, droit: Droit, *, seuil: Valeur) -> Choix:
    """Au-dessus du seuil. Les collectivités sont soumises au livre IV du code, donc au concours."""
    if besoin.dispense_de_concours or not besoin.collectivite_territoriale:
        return _sans_concours(besoin, droit, seuil=seuil)
    return _concours(droit, seuil=seuil)


def _concours(droit: Droit, *, seuil: Valeur) -> Choix:
    concours, negociee = droit.procedure("concours"), droit.procedure("procedure_avec_negociation")
    return Choix(
        cle="procedure",
        question="Quelle procédure suivre ?",
        valeurs=(concours.cle,),
        libelle=f"{concours.libelle}, puis négociation avec le lauréat",
        pourquoi=(
            selon(seuil, f"La maîtrise d'œuvre atteint {en_clair(seuil.valeur, seuil.unite)}."),
            selon_le_texte(
                "Le concours restreint est alors la règle pour une collectivité.", CONCOURS
            ),
            selon_le_texte(
                "Le marché se négocie ensuite, sans autre avis, avec le lauréat.", _LAUREAT
            ),
        ),
        alternatives=(
            Alternative(
                valeurs=(negociee.cle,),
                libelle=negociee.libelle,
                consequence=selon_le_texte(
                    (
                        "Seulement pour une réhabilitation, une infrastructure, une recherche, "
                        "ou sans conception."
                    ),
                    CONCOURS,
                ),
            ),
        ),
        champ="procedure",
    )


def _sans_concours(besoin: Besoin, droit: Droit, *, seuil: Valeur) -> Choix:
    """Un des cas de l'article, ou un acheteur hors du livre IV :
    la conception permet de négocier (R. 2124-3, 3°).
    """
    cas = (
        selon_le_texte("Vous dites être dans un des cas où le concours n'est pas exigé.", CONCOURS)
        if besoin.dispense_de_concours
        else selon_le_texte(
            "Votre organisme n'est pas une collectivité : le concours n'est pas exigé.",
            _AUTRES_ACHETEURS,
        )
    )
    negociee, ouvert = (
        droit.procedure("procedure_avec_negociation"),
        droit.procedure("appel_offres_ouvert"),
    )
    return Choix(
        cle="procedure",
        question="Quelle procédure suivre ?",
        valeurs=(negociee.cle,),
        libelle=negociee.libelle,
        pourquoi=(
            selon(seuil, f"La maîtrise d'œuvre atteint {en_clair(seuil.valeur, seuil.unite)}."),
            cas,
            selon_le_texte(
                "Un marché qui comporte de la conception peut se négocier.", _CONCEPTION
            ),
        ),
        alternatives=(
            Alternative(
                valeurs=(ouvert.cle,),
                libelle=ouvert.libelle,
                consequence=selon_le_texte(
                    "Vous ne pourrez pas négocier.", Article("CCP", "R. 2161-5")
                ),
            ),
        ),
        champ="procedure",
    )
