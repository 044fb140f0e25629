"""Classer les offres : le total pondéré, le rang, les ex æquo (CCP, art. R. 2152-6).

Le total se calcule exactement, puis s'arrondit une fois : deux offres au même total publié ont le
même rang. L'ordre dans lequel les offres arrivent ne change rien, et une offre éliminée non plus.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from beffroi.choix.analyse.rules.arrondi import AU_CENTIEME, Arrondi
from droit.citation import Article
from droit.decision import Decision, Motif


@dataclass(frozen=True)
class CritereNote:
    """Un critère et son poids, ou un sous-critère.

    Les poids des sous-critères font celui du critère (R. 2152-12).
    """

    code: str
    nom: str
    poids: Decimal
    note_maximale: Decimal = Decimal(20)
    sous_criteres: tuple["CritereNote", ...] = ()

    @property
    def feuilles(self) -> tuple["CritereNote", ...]:
        """Ce qui reçoit une note : les sous-critères, ou le critère lui-même."""
        return (
            tuple(f for s in self.sous_criteres for f in s.feuilles)
            if self.sous_criteres
            else (self,)
        )


@dataclass(frozen=True)
class OffreNotee:
    """Une offre et ses notes, par code de critère ou de sous-critère.

    `eliminee` : la raison, vide si elle est en lice.
    """

    cle: str
    nom: str
    notes: Mapping[str, Decimal]
    eliminee: str = ""


@dataclass(frozen=True)
class LigneDeClassement:
    """`points` : ce que chaque critère ou sous-critère apporte, arrondi pour être lu ;
    le total, lui, vient de l'exact.
    """

    cle: str
    nom: str
    rang: int
    total: Decimal
    exact: Fraction
    points: Mapping[str, Decimal] = field(default_factory=dict)
    ex_aequo: bool = False


@dataclass(frozen=True)
class Ecartee:
    """Une offre hors classement, et pourquoi."""

    cle: str
    nom: str
    raison: str


@dataclass(frozen=True)
class Classement:
    """`lignes` par rang, `ecartees` et `incompletes` à part.

    `regle` : comment le total s'arrondit.
    """

    lignes: tuple[LigneDeClassement, ...]
    ecartees: tuple[Ecartee, ...]
    incompletes: tuple[Ecartee, ...]
    regle: str

    @property
    def premieres(self) -> tuple[LigneDeClassement, ...]:
        return tuple(ligne for ligne in self.lignes if ligne.rang == 1)


def criteres_sont_coherents(criteres: Sequence[CritereNote]) -> Decision:
    """Des poids positifs,
    des sous-critères dont la somme est le poids de leur critère (CCP, art. R. 2152-12).
    """
    source = Article("CCP", "R. 2152-12")
    tous = [c for critere in criteres for c in (critere, *critere.sous_criteres)]
    codes = [c.code for c in tous]
    motifs: list[Motif] = []
    if sum(c.poids for c in criteres) <= 0:
        motifs.append(
            Motif(
                "Il n'y a aucun critère pondéré : les offres ne se classent pas par points.", source
            )
        )
    if len(set(codes)) != len(codes):
        motifs.append(Motif("Deux critères ont le même code."))
    motifs += [Motif(f"« {c.nom} » a un poids négatif.", source) for c in tous if c.poids < 0]
    motifs += [
        Motif(f"« {c.nom} » : la note maximale doit être positive.")
        for c in tous
        if c.note_maximale <= 0
    ]
    motifs += [
        Motif(f"Les sous-critères de « {c.nom} » ne font pas son poids de {c.poids:f}.", source)
        for c in criteres
        if c.sous_criteres and sum(s.poids for s in c.sous_criteres) != c.poids
    ]
    return Decision.selon(*motifs)


def classer(
    offres: Sequence[OffreNotee], criteres: Sequence[CritereNote], *, arrondi: Arrondi = AU_CENTIEME
) -> Classement:
    """Le classement, le même quel que soit l'ordre des offres.
    Une offre à qui une note manque n'est pas classée.

    Lève `ValueError` si les critères ne sont pas cohérents, ou si une note dépasse son maximum.
    """
    coherence = criteres_sont_coherents(criteres)
    if not coherence.favorable:
        raise ValueError(str(coherence.motifs[0]))
    rangees = sorted(offres, key=lambda offre: offre.cle)
    if len({offre.cle for offre in rangees}) != len(rangees):
        raise ValueError("Deux offres ont la même clé.")
    feuilles = [feuille for critere in criteres for feuille in critere.feuilles]
    ecartees = [Ecartee(o.cle, o.nom, o.eliminee) for o in rangees if o.eliminee]
    en_lice = [o for o in rangees if not o.eliminee]
    incompletes = [
        Ecartee(o.cle, o.nom, raison) for o in en_lice if (raison := _ce_qui_manque(o, feuilles))
    ]
    sans = {ecartee.cle for ecartee in incompletes}
    lignes = [_ligne(o, criteres, arrondi) for o in en_lice if o.cle not in sans]
    regle = f"Le total est la somme exacte des points. {arrondi.phrase}"
    return Classement(_ranger(lignes), tuple(ecartees), tuple(incompletes), regle)


def points_exacts(offre: OffreNotee, critere: CritereNote) -> Fraction:
    """Ce que ce critère apporte à l'offre :
    la somme de ses feuilles, poids × note ÷ note maximale.
    """
    return sum(
        (
            Fraction(f.poids) * Fraction(offre.notes[f.code]) / Fraction(f.note_maximale)
            for f in critere.feuilles
        ),
        Fraction(0),
    )


def _ce_qui_manque(offre: OffreNotee, feuilles: Sequence[CritereNote]) -> str:
    for feuille in feuilles:
        note = offre.notes.get(feuille.code)
        if note is not None and not 0 <= note <= feuille.note_maximale:
            raise ValueError(
                f"{offre.nom} : la note de « {feuille.nom} » n'est pas entre 0 et "
                f"{feuille.note_maximale:f}."
            )
    manquantes = [f"« {f.nom} »" for f in feuilles if offre.notes.get(f.code) is None]
    return f"Il manque la note de {', '.join(manquantes)}." if manquantes else ""


def _ligne(
    offre: OffreNotee, criteres: Sequence[CritereNote], arrondi: Arrondi
) -> LigneDeClassement:
    exact = sum((points_exacts(offre, critere) for critere in criteres), Fraction(0))
    lus = {c.code: c for critere in criteres for c in (critere, *critere.feuilles)}
    points = {code: arrondi.appliquer(points_exacts(offre, c)) for code, c in lus.items()}
    return LigneDeClassement(offre.cle, offre.nom, 0, arrondi.appliquer(exact), exact, points)


def _ranger(lignes: Sequence[LigneDeClassement]) -> tuple[LigneDeClassement, ...]:
    """1, 1, 3 : le rang est un de plus que le nombre d'offres au total strictement supérieur."""
    totaux = [ligne.total for ligne in lignes]
    rangees = [
        LigneDeClassement(
            ligne.cle,
            ligne.nom,
            1 + sum(total > ligne.total for total in totaux),
            ligne.total,
            ligne.exact,
            ligne.points,
            ex_aequo=totaux.count(ligne.total) > 1,
        )
        for ligne in lignes
    ]
    return tuple(sorted(rangees, key=lambda ligne: (ligne.rang, ligne.cle)))
