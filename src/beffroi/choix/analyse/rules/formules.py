"""Noter un prix : chaque formule a un nom, une phrase, un exemple, et ce qu'elle déforme.

L'acheteur choisit librement sa méthode,
pourvu qu'elle ne prive pas un critère de sa portée et ne neutralise pas son poids.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from beffroi.choix.analyse.rules.arrondi import AU_CENTIEME, Arrondi
from droit.citation import Jurisprudence
from droit.decision import Decision, Motif

BELLEVILLE = Jurisprudence("CE", "3 novembre 2014", "373362")
# Quand le prix le plus haut vaut une fois et demie le plus bas,
# une formule qui laisse moins d'un cinquième de la note entre les deux ne les départage plus.
_ECART_DE_PRIX, _ETALEMENT_MINIMAL = Fraction(3, 2), Fraction(1, 5)


@dataclass(frozen=True)
class Parametre:
    """Un nombre que l'acheteur fixe et annonce avant de connaître les offres."""

    code: str
    nom: str
    aide: str
    d_office: Decimal | None = None


@dataclass(frozen=True)
class Serie:
    """Les prix notés ensemble : ce qu'une formule a le droit de regarder."""

    prix: tuple[Fraction, ...]
    parametres: Mapping[str, Fraction]

    @property
    def plus_bas(self) -> Fraction:
        return min(self.prix)

    @property
    def plus_haut(self) -> Fraction:
        return max(self.prix)

    @property
    def moyenne(self) -> Fraction:
        return sum(self.prix, Fraction(0)) / len(self.prix)


type Part = Callable[[Fraction, Serie], Fraction]


@dataclass(frozen=True)
class Formule:
    """`ecriture` : la formule telle qu'un règlement l'écrit.

    `part` : la part de la note maximale, avant d'être bornée.
    """

    code: str
    nom: str
    phrase: str
    ecriture: str
    exemple: str
    biais: tuple[Motif, ...]
    part: Part
    parametres: tuple[Parametre, ...] = ()
    note_un_prix_nul: bool = False
    regarde_les_autres: bool = True


@dataclass(frozen=True)
class Notes:
    """Les notes de chaque offre, par clé ; celles qui n'en ont pas et
    pourquoi ; ce qu'il faut regarder.
    """

    notes: Mapping[str, Decimal]
    sans_note: Mapping[str, str] = field(default_factory=dict)
    alertes: tuple[Motif, ...] = ()


def _lineaire(prix: Fraction, bas: Fraction, haut: Fraction) -> Fraction:
    return Fraction(1) if haut == bas else (haut - prix) / (haut - bas)


PROPORTIONNELLE = Formule(
    code="proportionnelle",
    nom="Proportionnelle à la moins chère",
    phrase=(
        "L'offre la moins chère a la note maximale. Une offre deux fois plus chère en a la moitié."
    ),
    ecriture="note = note maximale × prix le plus bas ÷ prix de l'offre",
    exemple="Prix de 80 000 € et 100 000 €, note sur 20 : 20,00 et 16,00.",
    biais=(
        Motif(
            "Aucune note ne descend à zéro : les écarts se resserrent à mesure "
            "que les prix montent."
        ),
        Motif(
            "Une offre anormalement basse fait baisser toutes les autres : "
            "vérifiez-la avant de noter."
        ),
    ),
    part=lambda prix, serie: serie.plus_bas / prix,
)
AU_CARRE = Formule(
    code="au_carre",
    nom="Proportionnelle au carré",
    phrase=(
        "Comme la proportionnelle, en creusant les écarts. "
        "Une offre deux fois plus chère a le quart de la note."
    ),
    ecriture="note = note maximale × (prix le plus bas ÷ prix de l'offre)²",
    exemple="Prix de 80 000 € et 100 000 €, note sur 20 : 20,00 et 12,80.",
    biais=(Motif("Le prix pèse plus que son poids annoncé dès que les prix s'écartent."),),
    part=lambda prix, serie: (serie.plus_bas / prix) ** 2,
)
ENTRE_BORNES = Formule(
    code="entre_bornes",
    nom="Linéaire entre deux prix annoncés",
    phrase=(
        "Le prix bas annoncé a la note maximale, le prix haut annoncé zéro. Entre les deux, "
        "la note suit une droite."
    ),
    ecriture="note = note maximale × (prix haut − prix de l'offre) ÷ (prix haut − prix bas)",
    exemple=(
        "Bornes de 50 000 € et 150 000 €. Prix de 80 000 € et 100 000 €, note sur 20 : "
        "14,00 et 10,00."
    ),
    biais=(
        Motif(
            "Sous le prix bas, deux offres ont la même note : la moins chère n'est plus distinguée."
        ),
        Motif("Au-dessus du prix haut, la note serait négative : elle s'arrête à zéro."),
    ),
    part=lambda prix, serie: _lineaire(prix, serie.parametres["bas"], serie.parametres["haut"]),
    parametres=(
        Parametre("bas", "Prix bas", "En euros. À ce prix et au-dessous, la note maximale."),
        Parametre("haut", "Prix haut", "En euros. À ce prix et au-dessus, zéro."),
    ),
    note_un_prix_nul=True,
    regarde_les_autres=False,
)
ENTRE_EXTREMES = Formule(
    code="entre_extremes",
    nom="Linéaire entre la moins chère et la plus chère",
    phrase=(
        "L'offre la moins chère a la note maximale, la plus chère zéro. Entre les deux, "
        "la note suit une droite."
    ),
    ecriture=(
        "note = note maximale × (prix le plus haut − prix de l'offre) ÷ (prix le plus haut "
        "− prix le plus bas)"
    ),
    exemple="Prix de 80 000 €, 90 000 € et 100 000 €, note sur 20 : 20,00, 10,00 et 0,00.",
    biais=(
        Motif(
            "Deux offres presque au même prix reçoivent tout et rien : "
            "l'écart des notes ne dit pas celui des prix."
        ),
        Motif("Une offre très chère, même sans chance, resserre toutes les autres."),
    ),
    part=lambda prix, serie: _lineaire(prix, serie.plus_bas, serie.plus_haut),
    note_un_prix_nul=True,
)
ECART = Formule(
    code="ecart",
    nom="Écart à la moins chère",
    phrase=(
        "L'offre la moins chère a la note maximale. "
        "Les autres perdent des points selon leur écart en pourcentage."
    ),
    ecriture=(
        "note = note maximale × (1 − coefficient × (prix de l'offre − prix le plus bas) "
        "÷ prix le plus bas)"
    ),
    exemple="Coefficient 1. Prix de 80 000 € et 100 000 €, note sur 20 : 20,00 et 15,00.",
    biais=(
        Motif(
            "Un petit coefficient écrase les écarts : le prix ne départage plus les offres.",
            BELLEVILLE,
        ),
        Motif("Un grand coefficient donnerait des notes négatives : elles s'arrêtent à zéro."),
    ),
    part=lambda prix, serie: (
        1 - serie.parametres["coefficient"] * (prix - serie.plus_bas) / serie.plus_bas
    ),
    parametres=(
        Parametre(
            "coefficient", "Coefficient", "1 : une offre deux fois plus chère a zéro.", Decimal(1)
        ),
    ),
)
MOYENNE = Formule(
    code="moyenne",
    nom="Par rapport à la moyenne",
    phrase=(
        "Une offre au prix moyen a la moitié de la note. "
        "Une offre deux fois plus chère que la moyenne a zéro."
    ),
    ecriture="note = note maximale × (1 − prix de l'offre ÷ (2 × prix moyen))",
    exemple="Prix de 80 000 € et 120 000 €, moyenne 100 000 €, note sur 20 : 12,00 et 8,00.",
    biais=(
        Motif(
            (
                "L'offre la moins chère n'a pas la note maximale : "
                "le prix pèse moins que son poids annoncé."
            ),
            BELLEVILLE,
        ),
        Motif("La note de chacun dépend de toutes les offres : en retirer une les change toutes."),
    ),
    part=lambda prix, serie: 1 - prix / (2 * serie.moyenne) if serie.moyenne else Fraction(1),
    note_un_prix_nul=True,
)
FORMULES = {
    f.code: f for f in (PROPORTIONNELLE, AU_CARRE, ENTRE_BORNES, ENTRE_EXTREMES, ECART, MOYENNE)
}


def verifier(code: str, parametres: Mapping[str, Decimal]) -> Decision:
    """La formule a-t-elle tous ses nombres, et tiennent-ils debout ?"""
    formule = FORMULES[code]
    donnes = _parametres(formule, parametres)
    manquants = [p.nom for p in formule.parametres if p.code not in donnes]
    if manquants:
        return Decision.refus(
            Motif(f"Il manque : {', '.join(manquants)}. Donnez le nombre annoncé au règlement.")
        )
    negatif = Motif("Un nombre est négatif. Un prix et un coefficient sont positifs.")
    nul = Motif(
        "Un coefficient nul donne la même note à tous : le critère n'a plus de portée.", BELLEVILLE
    )
    inverses = Motif("Le prix bas doit être inférieur au prix haut.")
    return Decision.selon(
        negatif if any(valeur < 0 for valeur in donnes.values()) else None,
        nul if donnes.get("coefficient") == 0 else None,
        inverses if "bas" in donnes and donnes["bas"] >= donnes["haut"] else None,
    )


def noter(
    code: str,
    prix: Mapping[str, Decimal | None],
    *,
    note_maximale: Decimal,
    parametres: Mapping[str, Decimal] | None = None,
    arrondi: Arrondi = AU_CENTIEME,
) -> Notes:
    """La note de chaque prix, entre zéro et la note maximale.
    Un prix absent, nul ou négatif peut rester sans note.

    Lève `ValueError` si `verifier` refuse les paramètres.
    """
    formule, donnes = FORMULES[code], dict(parametres or {})
    refus = verifier(code, donnes)
    if not refus.favorable:
        raise ValueError(str(refus.motifs[0]))
    sans_note = {
        cle: raison
        for cle, montant in sorted(prix.items())
        if (raison := _sans_note(formule, montant))
    }
    notables = {
        cle: Fraction(montant)
        for cle, montant in prix.items()
        if montant is not None and cle not in sans_note
    }
    if not notables:
        return Notes({}, sans_note)
    serie = Serie(tuple(notables.values()), _parametres(formule, donnes))
    parts = {cle: formule.part(montant, serie) for cle, montant in sorted(notables.items())}
    bornees = {cle: min(max(part, Fraction(0)), Fraction(1)) for cle, part in parts.items()}
    notes = {
        cle: arrondi.appliquer(part * Fraction(note_maximale)) for cle, part in bornees.items()
    }
    return Notes(notes, sans_note, tuple(_alertes(serie, parts, bornees)))


def part(
    code: str, prix: Decimal, autres: Mapping[str, Decimal], parametres: Mapping[str, Decimal]
) -> Fraction:
    """La part de la note maximale qu'aurait ce prix parmi ces offres,
    pour tracer la courbe ; entre 0 et 1.
    """
    formule = FORMULES[code]
    serie = Serie(tuple(map(Fraction, autres.values())), _parametres(formule, parametres))
    return min(max(formule.part(Fraction(prix), serie), Fraction(0)), Fraction(1))


def _parametres(formule: Formule, donnes: Mapping[str, Decimal]) -> dict[str, Fraction]:
    valeurs = {p.code: donnes.get(p.code, p.d_office) for p in formule.parametres}
    return {code: Fraction(valeur) for code, valeur in valeurs.items() if valeur is not None}


def _sans_note(formule: Formule, prix: Decimal | None) -> str:
    if prix is None:
        return (
            "Pas de prix : l'offre n'est pas notée sur ce critère. Vérifiez qu'elle est complète."
        )
    if prix < 0:
        return (
            "Prix négatif : l'offre n'est pas notée sur ce critère. "
            "Demandez à l'entreprise de le préciser."
        )
    if prix == 0 and not formule.note_un_prix_nul:
        return (
            "Prix nul : cette formule divise par le prix. Demandez à l'entreprise de le préciser, "
            "ou changez de formule."
        )
    return ""


def _alertes(
    serie: Serie, parts: Mapping[str, Fraction], bornees: Mapping[str, Fraction]
) -> list[Motif]:
    """Ce que la formule a fait de ces prix-là, et qu'un juge regarderait."""
    alertes = []
    if min(parts.values()) < 0:
        alertes.append(Motif("Une note aurait été négative : elle est ramenée à zéro."))
    if any(part > 1 for part in parts.values()):
        alertes.append(
            Motif("Un prix passe sous la borne basse : sa note s'arrête à la note maximale.")
        )
    etalement = max(bornees.values()) - min(bornees.values())
    if serie.plus_haut >= _ECART_DE_PRIX * serie.plus_bas > 0 and etalement < _ETALEMENT_MINIMAL:
        alertes.append(
            Motif(
                (
                    "Les prix vont du simple à une fois et demie, les notes à peine : "
                    "la formule neutralise le poids du prix."
                ),
                BELLEVILLE,
            )
        )
    return alertes
