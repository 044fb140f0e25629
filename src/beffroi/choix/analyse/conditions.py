"""Ce qui permet, ou non, d'arrêter une grille, de noter, de retenir :
des valeurs nues, une décision et ses raisons.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from beffroi.achat.consultations.states import Etat
from beffroi.choix.analyse.rules.arrondi import AU_CENTIEME
from droit.achat import Critere
from droit.citation import Article, Jurisprudence
from droit.decision import Decision, Motif

AVANT_L_ANALYSE = (Etat.PUBLIEE, Etat.CLOSE)
EN_ANALYSE = (Etat.EN_OUVERTURE, Etat.DEPOUILLEE)
SIGNES_D_UN_COMMENTAIRE = 4_000
CENTIEME = Decimal("0.01")
CRITERES = Article("CCP", "R. 2152-11")
PONDERATION = Article("CCP", "R. 2152-12")
DITES = Article("CCP", "R. 2181-1")
# La méthode d'évaluation ne se fixe pas, en principe, après l'ouverture des offres.
DIMARSO = Jurisprudence("CJUE", "14 juillet 2016", "C-6/15")


def rien_n_est_dit(*, parties: bool) -> Decision:
    """Ce que les lettres ont dit d'un lot ne change plus,
    même si un autre lot s'analyse encore (CCP, art. R. 2181-1).
    """
    if not parties:
        return Decision.accord()
    return Decision.refus(
        Motif(
            "Les lettres de ce lot sont parties : ses notes, ses montants, "
            "son classement et son rapport ne changent plus. "
            "Pour un motif à préciser, répondez à la demande de l'entreprise ; "
            "pour un attributaire qui fait défaut, "
            "remplacez-le à l'attribution.",
            DITES,
        )
    )


def peut_arreter_la_grille(
    *, etat: str, noms: Sequence[str], poids: Sequence[Decimal | None]
) -> Decision:
    """Des critères nommés ;
    des poids pour tous, ou pour aucun (CCP, art. R. 2152-11 et R. 2152-12).
    """
    donnes = [valeur for valeur in poids if valeur is not None]
    return Decision.selon(
        Motif(
            "La consultation n'est pas publiée, ou n'est plus en analyse : "
            "sa grille ne s'arrête pas."
        )
        if etat not in (*AVANT_L_ANALYSE, *EN_ANALYSE)
        else None,
        Motif("Il faut au moins un critère : recopiez ceux du règlement.", CRITERES)
        if not noms
        else None,
        Motif(
            "Donnez un poids à chaque critère, ou à aucun si le règlement n'annonce qu'un ordre.",
            PONDERATION,
        )
        if donnes and len(donnes) != len(poids)
        else None,
        Motif("Un poids est plus grand que zéro.", PONDERATION)
        if any(valeur <= 0 for valeur in donnes)
        else None,
        Motif("Deux critères ont le même nom.") if len(set(noms)) != len(noms) else None,
    )


def sous_criteres_font_le_poids(criteres: Sequence[Critere]) -> Decision:
    """Les parts d'un critère font son poids (CCP, art. R. 2152-12)."""
    fautifs = [
        critere
        for critere in criteres
        if critere.sous_criteres
        and sum(sous.poids for sous in critere.sous_criteres) != critere.poids
    ]
    return Decision.selon(
        *(
            Motif(f"Les sous-critères de « {c.nom} » ne font pas son poids.", PONDERATION)
            for c in fautifs
        )
    )


def peut_changer_la_grille(*, motif: str, notee: bool, change_l_echelle: bool) -> Decision:
    """Changée, elle se motive ; une fois notée, son échelle ne bouge plus :
    les notes déjà données perdraient leur sens.
    """
    return Decision.selon(
        Motif("Dites pourquoi la grille change : le rapport le répétera.", DIMARSO)
        if not motif.strip()
        else None,
        Motif("Des notes sont données sur cette échelle : elle ne change plus.")
        if notee and change_l_echelle
        else None,
    )


def peut_analyser(*, etat: str, ouvertes: bool, valide: bool, parties: bool = False) -> Decision:
    """Rien ne s'analyse avant que la séance soit close,
    ni une fois le rapport validé, ni les lettres parties.
    """
    if parties:
        return rien_n_est_dit(parties=True)
    return Decision.selon(
        Motif(
            "Les offres ne sont pas ouvertes : l'analyse commence quand la séance est close.",
            Article("CCP", "R. 2132-9"),
        )
        if not ouvertes
        else None,
        Motif("Cette consultation n'est plus en analyse.") if etat not in EN_ANALYSE else None,
        Motif(
            "Le rapport de ce lot est validé : il ne change plus. Rouvrez-le, en disant pourquoi."
        )
        if valide
        else None,
    )


def note_recevable(*, valeur: Decimal | None, echelle: Decimal, commentaire: str) -> Decision:
    """Une note est sur l'échelle de la grille, au centième ; vide, elle est retirée."""
    return Decision.selon(
        Motif(f"Une note va de 0 à {echelle.normalize():f}.")
        if valeur is not None and not 0 <= valeur <= echelle
        else None,
        Motif("Une note a deux décimales au plus.")
        if valeur is not None and valeur != valeur.quantize(CENTIEME)
        else None,
        Motif("Un commentaire fait quatre mille signes au plus.")
        if len(commentaire) > SIGNES_D_UN_COMMENTAIRE
        else None,
    )


def note_retenue_motivee(*, valeur: Decimal, moyenne: Decimal | None, motif: str) -> Decision:
    """La moyenne se propose ; s'en écarter, ou noter sans évaluateur, se motive."""
    if valeur == moyenne or motif.strip():
        return Decision.accord()
    return Decision.refus(
        Motif("Cette note n'est pas la moyenne des évaluateurs : dites pourquoi.")
        if moyenne is not None
        else Motif("Aucun évaluateur n'a noté cette case : dites d'où vient la note.")
    )


def moyenne(valeurs: Sequence[Decimal]) -> Decimal | None:
    """Au centième, la moitié monte, comme les points."""
    return (
        AU_CENTIEME.appliquer(Fraction(sum(valeurs, Decimal(0))) / len(valeurs))
        if valeurs
        else None
    )
