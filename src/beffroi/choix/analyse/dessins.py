"""Deux images : la courbe de la formule, et qui serait premier si un critère pesait autrement.

Des nombres, sans style.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction

from beffroi.choix.analyse import cotation
from beffroi.choix.analyse.queries.lecture import Analyse
from beffroi.choix.analyse.rules import formules
from beffroi.choix.analyse.rules.sensibilite import Sensibilite, sensibilites

LARGEUR, HAUTEUR, POINTS = 600, 240, 60


@dataclass(frozen=True)
class Repere:
    """Une offre sur la courbe."""

    nom: str
    x: int
    y: int
    prix: Decimal
    note: Decimal


@dataclass(frozen=True)
class Courbe:
    """Le tracé de la formule, du prix de gauche au prix de droite ;
    et les offres, si les prix sont connus.
    """

    formule: formules.Formule
    trace: str
    gauche: Decimal
    droite: Decimal
    echelle: Decimal
    reperes: tuple[Repere, ...]
    exemple: bool


def courbe(analyse: Analyse) -> Courbe | None:
    """Sur les prix des offres quand ils sont retenus ; sinon sur trois prix d'exemple."""
    grille = analyse.grille
    if grille is None or grille.formule not in formules.FORMULES:
        return None
    connus = {
        ligne.offre.reference: ligne.montant_classe
        for ligne in analyse.en_course
        if ligne.montant_classe is not None and ligne.montant_classe > 0
    }
    nombres = cotation.parametres_de(grille.parametres)
    prix = connus or _d_exemple(nombres)
    bas, haut = min(prix.values()), max(prix.values())
    # À l'euro : les bornes se disent, et une somme ne se dit qu'au centime.
    gauche, droite = (
        (bas * Decimal("0.8")).to_integral_value(ROUND_FLOOR),
        (haut * Decimal("1.3")).to_integral_value(ROUND_CEILING),
    )

    def place(montant: Decimal) -> int:
        return round(LARGEUR * float((montant - gauche) / (droite - gauche)))

    pas = (droite - gauche) / POINTS
    trace = " ".join(
        f"{place(x)},{_hauteur(grille.formule, x, prix, nombres)}"
        for x in (gauche + pas * n for n in range(POINTS + 1))
    )
    notes = cotation.notes_des_prix(analyse).notes
    reperes = tuple(
        Repere(
            ligne.nom,
            place(montant),
            round(HAUTEUR - HAUTEUR * float(notes[ligne.offre.reference] / grille.echelle)),
            montant,
            notes[ligne.offre.reference],
        )
        for ligne in analyse.en_course
        if (montant := connus.get(ligne.offre.reference)) is not None
        and ligne.offre.reference in notes
    )
    return Courbe(
        formules.FORMULES[grille.formule],
        trace,
        gauche,
        droite,
        grille.echelle,
        reperes,
        exemple=not connus,
    )


def _hauteur(
    code: str, montant: Decimal, prix: dict[str, Decimal], nombres: dict[str, Decimal]
) -> int:
    """La hauteur du tracé : ce que vaudrait ce prix, les offres connues étant ce qu'elles sont."""
    return round(HAUTEUR - HAUTEUR * float(formules.part(code, montant, prix, nombres)))


def _d_exemple(nombres: dict[str, Decimal]) -> dict[str, Decimal]:
    bas, haut = nombres.get("bas", Decimal(80_000)), nombres.get("haut", Decimal(120_000))
    return {"a": bas, "b": (bas + haut) / 2, "c": haut}


@dataclass(frozen=True)
class Segment:
    """De ce poids à cet autre, ces offres sont premières.

    `motif` distingue les segments sans la couleur.
    """

    x: int
    largeur: int
    de: Decimal
    a: Decimal
    premieres: str
    rang: int


@dataclass(frozen=True)
class Bande:
    """Un critère : la bande des poids possibles,
    le poids annoncé, et la marge avant que le premier change.
    """

    nom: str
    poids: Decimal
    x: int
    segments: tuple[Segment, ...]
    phrase: str


def bandes(analyse: Analyse) -> tuple[Bande, ...]:
    """Une bande par critère, sur les offres classées."""
    criteres = cotation.criteres_notes(analyse)
    if not criteres:
        return ()
    noms = {ligne.offre.reference: ligne.nom for ligne in analyse.offres}
    # Une offre garde sa couleur d'une bande à l'autre.
    rangs: dict[tuple[str, ...], int] = {}
    return tuple(
        _bande(sensibilite, noms, rangs)
        for sensibilite in sensibilites(cotation.offres_notees(analyse), criteres)
    )


def _bande(
    sensibilite: Sensibilite, noms: dict[str, str], rangs: dict[tuple[str, ...], int]
) -> Bande:
    total = Fraction(sensibilite.total)
    segments = []
    for intervalle in sensibilite.intervalles:
        debut, fin = _x(intervalle.de, total), _x(intervalle.a, total)
        rang = rangs.setdefault(intervalle.premieres, len(rangs))
        nommees = " et ".join(noms[cle] for cle in intervalle.premieres)
        segments.append(
            Segment(
                debut, fin - debut, _dixieme(intervalle.de), _dixieme(intervalle.a), nommees, rang
            )
        )
    return Bande(
        nom=sensibilite.nom,
        poids=sensibilite.poids,
        x=_x(Fraction(sensibilite.poids), total),
        segments=tuple(segments),
        phrase=_phrase(sensibilite),
    )


def _phrase(sensibilite: Sensibilite) -> str:
    if sensibilite.marge is None:
        return "Le premier reste le même, quel que soit ce poids."
    ruptures = ", ".join(
        f"{_dixieme(rupture):f}".replace(".", ",") for rupture in sensibilite.ruptures
    )
    return f"Le premier change au poids de {ruptures}."


def _x(poids: Fraction, total: Fraction) -> int:
    return round(LARGEUR * poids / total)


def _dixieme(poids: Fraction) -> Decimal:
    return Decimal(round(poids * 10)) / 10
