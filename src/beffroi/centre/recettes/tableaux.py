"""Les deux fichiers du logiciel financier, titres et paiements :
leurs colonnes, et ce que chaque ligne dit. Sans base.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from beffroi.centre.recettes.rules import reperes
from formats import tableau_lu
from formats.tableau_lu import Rangee, TableauIllisible

__all__ = [
    "LigneDePaiement",
    "LigneDeTitre",
    "Lu",
    "TableauIllisible",
    "lire_les_paiements",
    "lire_les_titres",
]
DATES, MONTANTS = (
    ("date", "date_d_emission", "emis_le", "date_du_titre"),
    ("montant", "montant_ttc", "somme", "total"),
)
APPELS = ("appel", "numero_d_appel", "n_appel", "reference_de_l_appel", "reference_appel")
EXERCICES = ("exercice", "annee", "exercice_comptable")
NUMEROS = (
    "titre",
    "numero",
    "numero_de_titre",
    "numero_du_titre",
    "n_titre",
    "no_titre",
    "n_de_titre",
)
COLONNES_DES_TITRES: Mapping[str, Sequence[str]] = {
    "appel": APPELS,
    "exercice": EXERCICES,
    "titre": NUMEROS,
    "date": DATES,
    "montant": MONTANTS,
}
COLONNES_DES_PAIEMENTS: Mapping[str, Sequence[str]] = {
    "reference": (
        "reference",
        "ref",
        "reference_bancaire",
        "reference_du_comptable",
        "n_d_encaissement",
        "operation",
    ),
    "date": (
        "date",
        "recu_le",
        "encaisse_le",
        "date_d_encaissement",
        "date_de_valeur",
        "date_de_paiement",
    ),
    "montant": (*MONTANTS, "encaisse", "credit"),
    "titre": NUMEROS,
    "exercice": EXERCICES,
    "appel": APPELS,
    "libelle": ("libelle", "tiers", "debiteur", "payeur", "objet", "motif"),
}
LONGUEUR_D_UNE_REFERENCE, LONGUEUR_D_UN_LIBELLE = 60, 200
Ligne = TypeVar("Ligne")
Valeur = TypeVar("Valeur")


@dataclass(frozen=True)
class LigneDeTitre:
    numero: int
    appel: str
    exercice: int | None
    titre: int | None
    emis_le: date | None
    montant: Decimal | None
    erreurs: tuple[str, ...] = ()


@dataclass(frozen=True)
class LigneDePaiement:
    numero: int
    reference: str
    recu_le: date | None
    montant: Decimal | None
    titre: str
    exercice: int | None
    appel: str
    libelle: str
    erreurs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lu[Ligne]:
    """Un fichier lu : ses lignes, et les colonnes dont on ne se sert pas."""

    lignes: Sequence[Ligne]
    ignorees: Sequence[str]


@dataclass
class _Lecteur:
    """Une rangée, et ce qui y est faux, au fil des cellules."""

    rangee: Rangee
    erreurs: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.rangee.deborde:
            self.erreurs.append(tableau_lu.TROP_DE_CELLULES)

    def texte(self, nom: str) -> str:
        return self.rangee.valeurs.get(nom, "")

    def lire(self, nom: str, lit: Callable[[str], Valeur]) -> Valeur | None:
        try:
            return lit(self.texte(nom))
        except reperes.Illisible as illisible:
            self.erreurs.append(str(illisible))
            return None

    def annee(self) -> int | None:
        brut = self.texte("exercice")
        if not brut:
            return None
        if brut.isascii() and brut.isdecimal() and len(brut) == 4:
            return int(brut)
        self.erreurs.append(f"« {brut[:30]} » n'est pas un exercice, comme 2027.")
        return None


def lire_les_titres(octets: bytes) -> Lu[LigneDeTitre]:
    """`appel;exercice;titre;date;montant`. Sans exercice, celui de la date."""
    obligatoires = ("appel", "titre", "date", "montant")
    lu = tableau_lu.lire(octets, colonnes=COLONNES_DES_TITRES, obligatoires=obligatoires)
    return Lu([_titre(_Lecteur(rangee)) for rangee in lu.rangees], lu.ignorees)


def _titre(lecteur: _Lecteur) -> LigneDeTitre:
    emis_le, montant = lecteur.lire("date", reperes.jour), lecteur.lire("montant", reperes.montant)
    exercice, nomme = lecteur.annee(), reperes.titre(lecteur.texte("titre"))
    if nomme is None or not nomme.numero:
        lecteur.erreurs.append(
            f"« {lecteur.texte('titre')[:30]} » n'est pas un numéro de titre, comme 118."
        )
    return LigneDeTitre(
        lecteur.rangee.numero,
        lecteur.texte("appel"),
        exercice or (nomme.exercice if nomme else None) or (emis_le.year if emis_le else None),
        nomme.numero if nomme else None,
        emis_le,
        montant,
        tuple(lecteur.erreurs),
    )


def lire_les_paiements(octets: bytes) -> Lu[LigneDePaiement]:
    """`reference;date;montant;titre;exercice;appel;libelle`.

    Le titre ou l'appel, l'un des deux, dit ce qui est payé.
    """
    obligatoires = ("reference", "date", "montant")
    lu = tableau_lu.lire(octets, colonnes=COLONNES_DES_PAIEMENTS, obligatoires=obligatoires)
    return Lu([_paiement(_Lecteur(rangee)) for rangee in lu.rangees], lu.ignorees)


def _paiement(lecteur: _Lecteur) -> LigneDePaiement:
    recu_le, montant = lecteur.lire("date", reperes.jour), lecteur.lire("montant", reperes.montant)
    reference = reperes.numero_d_encaissement(lecteur.texte("reference"))
    if not reference:
        lecteur.erreurs.append(
            "Il manque la référence du comptable ou de la banque : elle évite de noter deux fois."
        )
    if len(reference) > LONGUEUR_D_UNE_REFERENCE:
        lecteur.erreurs.append(
            f"La référence est trop longue : {LONGUEUR_D_UNE_REFERENCE} signes au plus."
        )
    return LigneDePaiement(
        lecteur.rangee.numero,
        reference,
        recu_le,
        montant,
        lecteur.texte("titre"),
        lecteur.annee(),
        lecteur.texte("appel"),
        lecteur.texte("libelle")[:LONGUEUR_D_UN_LIBELLE],
        tuple(lecteur.erreurs),
    )
