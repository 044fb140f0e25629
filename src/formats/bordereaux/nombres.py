"""Un nombre écrit comme on l'écrit :
« 1 234,50 € », « 12.5 », « offert », « néant », « inclus ».
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from formats.tableau_lu import plier

PLUS_GRAND = Decimal(10) ** 15
_ZERO_EN_MOTS = {
    "offert": "offert",
    "offerte": "offert",
    "gratuit": "offert",
    "gratuite": "offert",
    "gracieux": "offert",
}
_INCLUS = {
    "inclus",
    "incluse",
    "compris",
    "comprise",
    "pm",
    "p_m",
    "pour_memoire",
    "compris_ci_dessus",
}
_RIEN = {
    "neant",
    "sans_objet",
    "so",
    "s_o",
    "nc",
    "n_c",
    "na",
    "n_a",
    "non_chiffre",
    "non_propose",
    "aucun",
    "ras",
}
_TIRETS = re.compile(r"^[-–—−_/.\s]+$")
_MONNAIE = re.compile(r"(?i)€|\b(?:eur|euros?|ht|h\.t\.?|hors\s+taxes?|ttc|t\.t\.c\.?)(?=\W|$)")
_PAR_UNITE = re.compile(r"\s*/\s*[^\W\d]\w*\s*$")
# Presque toutes les cellules : lues sans détour, comme le reste les lirait.
_SIMPLE = re.compile(r"-?[0-9]{1,12}(?:,[0-9]{1,9}|\.[0-9]{1,2})?")
_NOMBRE = re.compile(r"[-+]?(?:\d[\d.,' ]*|[.,]\d+)")
_MILLIERS = re.compile(r"\d{1,3}(?:[.,' ]\d{3})+")
# « 12 50 » : douze cinquante, ou mille deux cent cinquante ? Un blanc ne sépare que des milliers.
_BLANCS = re.compile(r"[-+]?\d{1,3}(?:[ ']\d{3})+(?:[.,]\d*)?")


@dataclass(frozen=True)
class NombreLu:
    """`mention` : « offert », « inclus », « néant », « illisible », « ambigu », « mal groupé » ;
    vide pour un nombre simple.
    """

    valeur: Decimal | None = None
    mention: str = ""


def lire_nombre(texte: str) -> NombreLu:
    """Ce que vaut ce texte.

    Un mot qui veut dire zéro le dit ; un texte qu'on ne comprend pas ne vaut rien.
    """
    if _SIMPLE.fullmatch(texte):
        return NombreLu(Decimal(texte.replace(",", ".")))
    nu = _nu(texte)
    if not nu:
        return NombreLu()
    mot = plier(nu)
    if mot in _ZERO_EN_MOTS:
        return NombreLu(Decimal(0), "offert")
    if mot in _INCLUS:
        return NombreLu(Decimal(0), "inclus")
    if mot in _RIEN or _TIRETS.match(nu):
        return NombreLu(None, "néant")
    chiffres, signe = _sans_monnaie(nu)
    if not _NOMBRE.fullmatch(chiffres):
        return NombreLu(None, "illisible")
    return _valeur(chiffres, signe)


def depuis_un_flottant(texte: str) -> Decimal | None:
    """La valeur qu'un classeur garde en binaire : quinze chiffres, comme le tableur la montre."""
    try:
        valeur = Decimal(f"{float(texte):.15g}")
    except (ValueError, InvalidOperation):
        return None
    return +valeur if valeur.is_finite() and abs(valeur) < PLUS_GRAND else None


def _nu(texte: str) -> str:
    sans_espace_fine = "".join(
        " " if unicodedata.category(s) == "Zs" or s in "\t\r\n" else s for s in texte
    )
    sans_invisible = "".join(
        s for s in sans_espace_fine if unicodedata.category(s) not in {"Cf", "Cc"}
    )
    return " ".join(sans_invisible.replace("−", "-").replace("’", "'").split()).lstrip("'")


def _sans_monnaie(texte: str) -> tuple[str, int]:
    nu = _MONNAIE.sub(" ", _PAR_UNITE.sub("", texte)).replace("%", " ").strip()
    if nu.startswith("(") and nu.endswith(")"):
        return nu[1:-1].strip(), -1
    return re.sub(r"^([-+])\s+", r"\1", nu), 1


def _valeur(chiffres: str, signe: int) -> NombreLu:
    """Le dernier séparateur est la décimale, sauf s'il se répète ou ne sépare que des milliers."""
    colle = re.sub(r" *([.,]) *", r"\1", chiffres.strip())
    if re.search(r"[ ']", colle) and not _BLANCS.fullmatch(colle):
        return NombreLu(None, "mal groupé")
    nu = colle.replace(" ", "").replace("'", "")
    points, virgules = nu.count("."), nu.count(",")
    ambigu = False
    if points and virgules:
        decimale = max(".,", key=nu.rfind)
        nu = nu.replace("." if decimale == "," else ",", "").replace(decimale, ".")
    elif points + virgules > 1:
        entier = re.sub(r"^[-+]", "", nu)
        if not _MILLIERS.fullmatch(entier):
            return NombreLu(None, "illisible")
        nu = re.sub(r"[.,]", "", nu)
    else:
        ambigu = bool(re.fullmatch(r"[-+]?[1-9]\d{0,2}\.\d{3}", nu))
        nu = nu.replace(",", ".")
    try:
        valeur = Decimal(nu) * signe
    except InvalidOperation:
        return NombreLu(None, "illisible")
    return (
        NombreLu(valeur, "ambigu" if ambigu else "")
        if abs(valeur) < PLUS_GRAND
        else NombreLu(None, "illisible")
    )
