"""Les grandeurs écrites dans un texte : montants, durées, tailles de fichiers, numéros SIRET."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from beffroi.achat.relectures.rules.reperage.trouvaille import Trouvaille, chercher, plier
from formats.lecture import Texte

Taxe = Literal["", "HT", "TTC"]
UniteDeDuree = Literal["heures", "jours", "semaines", "mois", "ans"]

_MONTANT = re.compile(
    r"(?<![\d.,/\-])(?P<nombre>\d{1,3}(?:[ .]\d{3}){1,4}(?!\d)|\d{1,12})"
    r"(?:,(?P<centimes>\d{1,2}))?\s?"
    r"(?P<unite>k\s?€|k\s?euros?|m\s?€|millions?\s+d'\s?euros?|milliers?\s+d'\s?euros?|€|euros?\b"
    r"|eur\b)"
    r"(?:\s?\(?\s?(?P<taxe>h\.?\s?t\b\.?|hors\s+taxes?|hors\s+tva|t\.?\s?t\.?\s?c\b\.?"
    r"|toutes\s+taxes))?"
)
_MULTIPLES = (("k", 1_000), ("milliers", 1_000), ("millier", 1_000), ("m", 1_000_000))
_EN_LETTRES = {
    "un": 1,
    "une": 1,
    "deux": 2,
    "trois": 3,
    "quatre": 4,
    "cinq": 5,
    "six": 6,
    "sept": 7,
    "huit": 8,
    "neuf": 9,
    "dix": 10,
    "onze": 11,
    "douze": 12,
    "quinze": 15,
    "vingt": 20,
    "vingt-quatre": 24,
    "trente": 30,
    "trente-six": 36,
    "quarante-cinq": 45,
    "quarante-huit": 48,
    "soixante": 60,
    "quatre-vingt-dix": 90,
    "cent": 100,
    "cent vingt": 120,
    "cent quatre-vingts": 180,
    "cent quatre-vingt": 180,
}
_DUREE = re.compile(
    r"(?<![\d.,/\-])(?:(?P<nombre>\d{1,4})|\b(?P<lettres>"
    + "|".join(sorted(_EN_LETTRES, key=len, reverse=True))
    + r")\b(?:\s*\(\s?(?P<chiffres>\d{1,4})\s?\))?)\s*(?:\(\s?\w[\w\s-]{0,20}\)\s*)?"
    r"(?P<unite>heures?|jours?|semaines?|mois|ans?|annees?)\b"
)
_UNITES: dict[str, UniteDeDuree] = {
    "heure": "heures",
    "jour": "jours",
    "semaine": "semaines",
    "mois": "mois",
    "moi": "mois",
    "an": "ans",
    "annee": "ans",
}
_JOURS = {
    "heures": Decimal(1) / 24,
    "jours": Decimal(1),
    "semaines": Decimal(7),
    "mois": Decimal(30),
    "ans": Decimal(365),
}
_VALIDITE = re.compile(
    r"\bvalidite\b|\bmaint\w+\s+(?:de\s+)?(?:l'|des\s+|son\s+|leurs?\s+|sa\s+)"
    r"(?:offres?|propositions?)|\b(?:lies?|tenus?|engages?)\s+par\s+(?:leurs?|son)\s+offres?"
    r"|\boffres?\b[^.]{0,40}\bvalables?\b"
)
_TAILLE = re.compile(
    r"(?<![\d.,])(?P<nombre>\d{1,6}(?:[.,]\d{1,3})?)\s?"
    r"(?P<unite>[kmgt](?:o|b|io)\b|(?:kilo|mega|giga|tera)\s?-?octets?\b)"
)
_PUISSANCES = {"k": 3, "m": 6, "g": 9, "t": 12}
_SIRET = re.compile(r"(?<![\d])(?P<siret>\d{3}\s?\d{3}\s?\d{3}\s?\d{5})(?![\d])")

_EMPREINTE = re.compile(r"(?<![0-9a-f])(?P<empreinte>[0-9a-f]{8}(?:\s?[0-9a-f]{8}){3})(?![0-9a-f])")


@dataclass(frozen=True, kw_only=True)
class MontantEcrit:
    """Un montant en euros."""

    valeur: Decimal
    taxe: Taxe = ""


@dataclass(frozen=True, kw_only=True)
class DureeEcrite:
    """Une durée, dans l'unité du texte. `en_jours` compte un mois pour 30 jours."""

    nombre: int
    unite: UniteDeDuree

    @property
    def en_jours(self) -> Decimal:
        return self.nombre * _JOURS[self.unite]


def montants(texte: Texte) -> tuple[Trouvaille[MontantEcrit], ...]:
    return tuple(chercher(texte, _MONTANT, _lire_un_montant))


def montants_de(ligne: str) -> tuple[MontantEcrit, ...]:
    """Les montants d'une seule ligne, déjà trouvée."""
    return tuple(_lire_un_montant(trouve) for trouve in _MONTANT.finditer(plier(ligne)))


def durees(texte: Texte) -> tuple[Trouvaille[DureeEcrite], ...]:
    return tuple(chercher(texte, _DUREE, _lire_une_duree))


def validites_des_offres(texte: Texte) -> tuple[Trouvaille[DureeEcrite], ...]:
    """Le temps pendant lequel les offres engagent : « 120 jours », « quatre mois »."""
    return tuple(
        duree
        for duree in durees(texte)
        if duree.valeur.unite != "heures"
        if _VALIDITE.search(plier(duree.phrase)) or _VALIDITE.search(plier(duree.paragraphe.titre))
    )


def tailles(texte: Texte) -> tuple[Trouvaille[int], ...]:
    """Les tailles de fichiers, en octets."""
    return tuple(chercher(texte, _TAILLE, _lire_une_taille))


def sirets(texte: Texte) -> tuple[Trouvaille[str], ...]:
    """Les suites de quatorze chiffres ; l'appelant dit si la clé est bonne."""
    return tuple(chercher(texte, _SIRET, lambda trouve: re.sub(r"\s", "", trouve["siret"])))


def empreintes(texte: Texte) -> tuple[Trouvaille[str], ...]:
    """Les empreintes de personnes : trente-deux signes, d'un trait ou par groupes de huit."""
    return tuple(chercher(texte, _EMPREINTE, lambda trouve: re.sub(r"\s", "", trouve["empreinte"])))


def _lire_un_montant(trouve: re.Match[str]) -> MontantEcrit:
    entier = re.sub(r"[ .]", "", trouve["nombre"])
    valeur = Decimal(f"{entier}.{trouve['centimes'] or '0'}")
    unite = trouve["unite"]
    multiple = next((facteur for mot, facteur in _MULTIPLES if unite.startswith(mot)), 1)
    taxe = (trouve["taxe"] or "").replace(".", "").replace(" ", "")
    return MontantEcrit(
        valeur=valeur * multiple,
        taxe="" if not taxe else "TTC" if taxe.startswith(("tt", "tou")) else "HT",
    )


def _lire_une_duree(trouve: re.Match[str]) -> DureeEcrite:
    chiffres = trouve["nombre"] or trouve["chiffres"]
    nombre = int(chiffres) if chiffres else _EN_LETTRES[trouve["lettres"]]
    return DureeEcrite(nombre=nombre, unite=_UNITES[trouve["unite"].removesuffix("s")])


def _lire_une_taille(trouve: re.Match[str]) -> int:
    nombre = Decimal(trouve["nombre"].replace(",", "."))
    return int(nombre * 10 ** _PUISSANCES[trouve["unite"][0]])
