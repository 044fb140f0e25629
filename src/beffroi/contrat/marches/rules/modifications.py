"""Modifier un contrat sans le remettre en concurrence (CCP, R. 2194-1 à
R. 2194-10 ; R. 3135-1 à R. 3135-9).

Le calcul se montre : la part, le cumul, la limite, et ce qui reste.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from droit.citation import Article
from droit.decision import Decision, Motif
from droit.en_vigueur import Droit, Valeur
from formats.sommes import en_euros

CENT, CENTIME, RIEN = Decimal(100), Decimal("0.01"), Decimal(0)
# Le fondement : ce que l'écran en dit, son article pour un marché, pour une concession.
FONDEMENTS: dict[str, tuple[str, Article, Article]] = {
    "reexamen": (
        "Une clause du contrat le prévoit",
        Article("CCP", "R. 2194-1"),
        Article("CCP", "R. 3135-1"),
    ),
    "supplementaire": (
        "Prestations supplémentaires devenues nécessaires",
        Article("CCP", "R. 2194-2"),
        Article("CCP", "R. 3135-2"),
    ),
    "imprevue": (
        "Circonstances imprévues",
        Article("CCP", "R. 2194-5"),
        Article("CCP", "R. 3135-5"),
    ),
    "substitution": (
        "Un nouveau titulaire remplace le premier",
        Article("CCP", "R. 2194-6"),
        Article("CCP", "R. 3135-6"),
    ),
    "non_substantielle": (
        "Modification non substantielle",
        Article("CCP", "R. 2194-7"),
        Article("CCP", "R. 3135-7"),
    ),
    "faible_montant": ("Faible montant", Article("CCP", "R. 2194-8"), Article("CCP", "R. 3135-8")),
}
BORNES = frozenset({"supplementaire", "imprevue"})
SEUILS = {
    "travaux": "seuil.procedure_formalisee.travaux",
    "fournitures": "seuil.procedure_formalisee.fournitures_services",
    "services": "seuil.procedure_formalisee.fournitures_services",
}


@dataclass(frozen=True)
class Base:
    """Ce dont le calcul part.

    `initial` : le montant initial, actualisé si une clause de prix joue (R. 2194-4).
    """

    initial: Decimal
    prestation: str
    concession: bool = False
    entite_adjudicatrice: bool = False
    formalise: bool = False


@dataclass(frozen=True)
class Passee:
    """Une modification déjà conclue."""

    fondement: str
    montant: Decimal


@dataclass(frozen=True)
class Calcul:
    """La somme comparée, la limite, et la phrase qui les dit.

    `limite` à `None` : ce fondement n'en a pas.
    """

    fondement: str
    article: Article
    compare: Decimal
    limite: Decimal | None
    phrase: str
    strictement: bool = False
    avis: bool = False

    @property
    def tient(self) -> bool:
        if self.limite is None:
            return True
        return self.compare < self.limite if self.strictement else self.compare <= self.limite


def article_du(fondement: str, *, concession: bool) -> Article:
    _, marche, en_concession = FONDEMENTS[fondement]
    return en_concession if concession else marche


def calculer(
    fondement: str, montant: Decimal, *, base: Base, passees: Sequence[Passee], signature: date
) -> Calcul:
    """Ce que vaut cette modification au regard de son fondement."""
    article, droit = article_du(fondement, concession=base.concession), Droit.au(signature)
    if fondement == "faible_montant":
        return _faible_montant(montant, base=base, passees=passees, droit=droit)
    avis = fondement in BORNES and base.formalise
    if fondement in BORNES and not base.entite_adjudicatrice:
        part = droit.valeur(
            f"modification.supplementaire_ou_imprevue{'.concession' if base.concession else ''}"
        )
        limite = _part(base.initial, part)
        phrase = (
            f"{en_euros(montant)} pour {en_euros(base.initial)} au départ, "
            f"soit {_pourcent(montant, base.initial)}. "
            f"Chaque modification de ce fondement reste à {part.entier} % au plus, "
            f"soit {en_euros(limite)}."
        )
        return Calcul(fondement, article, montant, limite, phrase, avis=avis)
    phrase = (
        "Ce fondement n'a pas de limite en montant. "
        "Le motif doit établir que ses conditions sont réunies."
    )
    return Calcul(fondement, article, montant, None, phrase, avis=avis)


def _faible_montant(
    montant: Decimal, *, base: Base, passees: Sequence[Passee], droit: Droit
) -> Calcul:
    """Sous le seuil européen et sous la part, cumul compris :
    les deux à la fois (CCP, art. R. 2194-8 et R. 2194-9).
    """
    sorte = (
        "concession"
        if base.concession
        else "travaux"
        if base.prestation == "travaux"
        else "fournitures_services"
    )
    part = droit.valeur(f"modification.faible_montant.{sorte}")
    deja = sum((passee.montant for passee in passees if passee.fondement == "faible_montant"), RIEN)
    cumul = abs(deja + montant)
    seuil = Decimal(droit.valeur(_seuil_europeen(base)).entier)
    limite = min(_part(base.initial, part), seuil)
    phrase = (
        f"{en_euros(deja)} déjà conclus de ce fondement, plus {en_euros(montant)} : "
        f"{en_euros(deja + montant)} en tout, soit "
        f"{_pourcent(cumul, base.initial)} de {en_euros(base.initial)}. "
        f"Le cumul reste sous {part.entier} %, soit "
        f"{en_euros(_part(base.initial, part))}, et sous le seuil européen, {en_euros(seuil)}."
    )
    article = article_du("faible_montant", concession=base.concession)
    return Calcul("faible_montant", article, cumul, limite, phrase, strictement=True)


def _seuil_europeen(base: Base) -> str:
    if base.concession:
        return "seuil.concession"
    cle = SEUILS[base.prestation]
    if base.prestation == "travaux":
        return cle
    return f"{cle}.{'entite_adjudicatrice' if base.entite_adjudicatrice else 'collectivite'}"


def modification_recevable(
    calcul: Calcul, *, motif: str, nouveau_titulaire: str, remplace_connu: bool = True
) -> Decision:
    """Un motif toujours ; une limite quand le fondement en a une ;
    deux noms quand un titulaire change.
    """
    substitution = calcul.fondement == "substitution"
    autre = "Choisissez le fondement qui convient, ou passez un nouveau marché."
    return Decision.selon(
        None
        if motif.strip()
        else Motif(
            "Dites pourquoi le contrat change : le motif est publié et gardé.", calcul.article
        ),
        None
        if calcul.tient
        else Motif(
            f"{calcul.phrase} Cette modification dépasse la limite. {autre}", calcul.article
        ),
        Motif("Donnez le SIRET et le nom du nouveau titulaire.", calcul.article)
        if substitution and not nouveau_titulaire
        else None,
        Motif("Le contrat a plusieurs titulaires : dites lequel est remplacé.", calcul.article)
        if substitution and not remplace_connu
        else None,
    )


def _part(initial: Decimal, part: Valeur) -> Decimal:
    """La part du montant initial, arrondie au centime inférieur :
    jamais plus que la loi ne permet.
    """
    return (initial * part.entier / CENT).quantize(CENTIME, ROUND_DOWN)


def _pourcent(montant: Decimal, initial: Decimal) -> str:
    taux = (montant * CENT / initial).quantize(CENTIME)
    return f"{taux.normalize():f}".replace(".", ",") + " %"
