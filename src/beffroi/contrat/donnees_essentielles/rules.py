"""Quand une fiche doit paraître, où, et ce qui peut n'y pas être."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from decimal import Decimal

from droit.calendrier.jours import mois_apres
from droit.citation import Article
from droit.decision import Decision, Motif
from droit.en_vigueur import Droit, DroitInconnu

R2196_1 = Article("CCP", "R. 2196-1")
R3131_1 = Article("CCP", "R. 3131-1")
L2196_2 = Article("CCP", "L. 2196-2")
# Un secret protégé, ou l'ordre public, peut s'opposer à ces données-là (CCP,
# art. L. 2132-1, L. 2196-2). Par champ du format.
RETENABLES = {
    "montant": "Le montant",
    "titulaires": "Les titulaires",
    "lieuExecution": "Le lieu d'exécution",
    "origineUE": "La part d'origine européenne",
    "origineFrance": "La part d'origine française",
    "tauxAvance": "Le taux de l'avance",
    "actesSousTraitance": "Les actes de sous-traitance",
}
# Le format national exige celles-là : sans elles, la fiche n'entre pas dans son fichier.
EXIGEES = frozenset({"montant", "titulaires", "lieuExecution"})
_FIN_DU_PREMIER_TRIMESTRE = (3, 31)


def a_publier_avant(
    *, est_concession: bool, conclu_le: date, montant: Decimal, debut_le: date | None = None
) -> date | None:
    """Le dernier jour pour publier ;
    rien si la loi n'en fixe pas, ou si nos tables ne la connaissent pas à cette date.

    Un marché : dans les mois qui suivent sa notification, à partir d'un seuil. Sous ce seuil,
    jusqu'à un autre : la liste de l'année, au premier trimestre de la suivante (CCP,
    art. R. 2196-1). Une concession : avant son exécution (CCP, art. R. 3131-1).
    """
    if est_concession:
        return debut_le
    droit = Droit.au(conclu_le)
    try:
        if montant >= droit.valeur("seuil.donnees_essentielles").entier:
            return mois_apres(conclu_le, droit.valeur("donnees_essentielles.marche").entier)
        if montant >= droit.valeur("seuil.donnees_essentielles.liste_annuelle").entier:
            return date(conclu_le.year + 1, *_FIN_DU_PREMIER_TRIMESTRE)
    except DroitInconnu:
        return None
    return None


def annee_d_execution_due(*, debut_le: date, mois: int, publiees: int, le: date) -> date | None:
    """Le dernier jour de la première année d'exécution finie et pas encore
    publiée ; rien si toutes le sont.

    Le format national attend une fiche par an. Aucun texte lu n'en fixe le jour :
    on le rappelle, sans échéance.
    """
    fin = mois_apres(debut_le, 12 * (publiees + 1)) - timedelta(days=1)
    derniere = mois_apres(debut_le, mois) - timedelta(days=1)
    return fin if fin < le and fin <= derniere else None


def bornes_de_la_liste(annee: int) -> tuple[Decimal, Decimal] | None:
    """Les montants de la liste annuelle : du premier compris au second exclu ;
    rien si nos tables ne savent pas.
    """
    droit = Droit.au(date(annee, 12, 31))
    try:
        du, au = (
            droit.valeur(cle).entier
            for cle in ("seuil.donnees_essentielles.liste_annuelle", "seuil.donnees_essentielles")
        )
    except DroitInconnu:
        return None
    return Decimal(du), Decimal(au)


def peut_etre_corrigee(*, publiee: bool) -> Decision:
    """Ce qui est publié ne change plus : il s'y ajoute une modification."""
    return Decision.selon(
        Motif("Cette fiche est publiée : elle ne change plus. Ajoutez-y une modification.", R2196_1)
        if publiee
        else None
    )


def peut_recevoir_un_ajout(*, publiee: bool) -> Decision:
    return Decision.selon(
        None
        if publiee
        else Motif("Cette fiche n'est pas encore publiée. Corrigez-la, puis publiez-la.", R2196_1)
    )


def peut_retenir(*, champs: Collection[str], motifs: Iterable[str]) -> Decision:
    """Chaque donnée retenue dit quel secret, ou quel ordre public, s'y oppose."""
    inconnus = sorted(set(champs) - RETENABLES.keys())
    return Decision.selon(
        Motif(f"Ces données se publient toujours : {', '.join(inconnus)}.", L2196_2)
        if inconnus
        else None,
        Motif("Dites pourquoi chaque donnée est retenue : quel secret, quel intérêt.", L2196_2)
        if not all(motif.strip() for motif in motifs)
        else None,
    )


def est_du_fichier(*, canal: str, retenues: Collection[str]) -> bool:
    """La fiche entre dans notre fichier national :
    elle passe par ce profil, et rien de ce qu'il exige n'est retenu.
    """
    return canal == "profil" and not EXIGEES & set(retenues)
