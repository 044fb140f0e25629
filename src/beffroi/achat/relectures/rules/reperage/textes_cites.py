"""Les textes de droit qu'un règlement cite :
articles, décrets, ordonnances, cahiers des clauses générales.
"""

import re
from dataclasses import dataclass

from beffroi.achat.relectures.rules.reperage.trouvaille import Trouvaille, chercher, plier
from formats.lecture import Texte

_ARTICLE_CODIFIE = re.compile(
    r"(?<![a-z0-9.])(?P<lettre>[lrd])\s?\.?\s?(?:\*\s?)?(?P<numero>\d{3,4}(?:-\d{1,3}){1,4})"
    r"(?![\d-])"
)
_ARTICLE_SIMPLE = re.compile(
    r"\barticles?\s+(?P<numero>\d{1,3}(?:\s?(?:bis|ter))?)(?:[^.;]{0,60}?)\b(?:du|de\s+l')\s*"
    r"(?P<texte>(?:code\s+des\s+marches(?:\s+publics)?|cmp)\b|(?:decret|ordonnance)\s*"
    r"(?:n\s?[°o]\.?\s*)?\d{2,4}-\d{1,5})"
)
_TEXTE_NUMEROTE = re.compile(
    r"\b(?P<sorte>decrets?|ordonnances?|lois?|directives?)\s*(?:(?:modifiee?|europeenne)\s+)?"
    r"(?:\(?ue\)?\s*)?(?:n\s?[°o]\.?\s*)?(?P<numero>\d{2,4}[-/]\d{1,5}(?:/[a-z]{2,3})?)"
    r"|\b(?P<ancien>code\s+des\s+marches\s+publics|\bcmp\b)"
)
_CODES = (
    ("CCP", re.compile(r"code\s+de\s+la\s+commande\s+publique|\bccp\b")),
    ("CGCT", re.compile(r"code\s+general\s+des\s+collectivites\s+territoriales|\bcgct\b")),
    ("CJA", re.compile(r"code\s+de\s+justice\s+administrative|\bcja\b")),
    ("code du travail", re.compile(r"code\s+du\s+travail")),
    ("CRPA", re.compile(r"code\s+des\s+relations\s+entre\s+le\s+public|\bcrpa\b")),
    ("CMP", re.compile(r"code\s+des\s+marches\s+publics|\bcmp\b")),
    ("autre code", re.compile(r"\bcode\s+(?:de|du|des|general|civil|penal|monetaire)\b")),
)
_CCAG = re.compile(
    r"\b(?:c\.?c\.?a\.?g\.?|cahiers?\s+des\s+clauses\s+administratives\s+generales)"
    r"[\s\-/:(]*(?:[a-z', ]{0,90}?)"
    r"(?P<nom>\bfcs\b|\btravaux\b|\bpi\b|\btic\b|\bmi\b|\bmoe\b|\bfournitures\s+courantes"
    r"|\bprestations\s+intellectuelles|\btechniques\s+de\s+l'information|\bmarches\s+"
    r"(?:publics\s+)?industriels"
    r"|\bmaitrise\s+d'(?:oe|œ)uvre)"
)
_NOMS_DES_CCAG = {
    "fcs": "FCS",
    "fournitures": "FCS",
    "travaux": "Travaux",
    "pi": "PI",
    "prestations": "PI",
    "tic": "TIC",
    "techniques": "TIC",
    "mi": "MI",
    "marches": "MI",
    "moe": "MOE",
    "maitrise": "MOE",
}
_LOIN = 1_000
_ANNEE_D_UN_CCAG = re.compile(
    r"arrete\s+du\s+\d{1,2}(?:er)?\s+\w+\s+(?P<a>\d{4})|\bversion\s+(?:de\s+)?(?P<b>\d{4})|^\W{0,3}"
    r"(?P<c>(?:19|20)\d{2})\b"
    r"|decret\s+n\s?[°o]?\s?(?P<d>\d{2,4})-"
)


@dataclass(frozen=True, kw_only=True)
class ArticleCite:
    """Un article.

    `texte` : « CCP », « CJA », « décret n° 2016-360 »… ; vide si le règlement ne le dit pas.
    """

    texte: str
    numero: str


@dataclass(frozen=True, kw_only=True)
class TexteNumerote:
    """Un texte cité par son numéro :
    `sorte` « décret », « ordonnance », « loi », « directive » ou « CMP » (sans numéro).
    """

    sorte: str
    numero: str = ""


@dataclass(frozen=True, kw_only=True)
class CcagCite:
    """Un cahier des clauses administratives générales, et son année si elle est dite."""

    nom: str
    annee: int | None = None


def articles_cites(texte: Texte) -> tuple[Trouvaille[ArticleCite], ...]:
    """Les articles de codes (« R. 2151-6 ») et de textes abrogés (« article 28 du
    code des marchés publics »).
    """
    codifies = (
        Trouvaille(
            paragraphe=t.paragraphe,
            debut=t.debut,
            fin=t.fin,
            valeur=ArticleCite(texte=_code_de(t), numero=t.valeur),
        )
        for t in chercher(
            texte, _ARTICLE_CODIFIE, lambda m: f"{m['lettre'].upper()}. {m['numero']}"
        )
    )
    simples = chercher(texte, _ARTICLE_SIMPLE, _lire_un_article_simple)
    return tuple(sorted((*codifies, *simples), key=lambda t: (t.paragraphe.numero, t.debut)))


def textes_numerotes(texte: Texte) -> tuple[Trouvaille[TexteNumerote], ...]:
    """Les décrets, ordonnances, lois et directives cités par leur numéro,
    et l'ancien code des marchés publics.
    """
    return tuple(chercher(texte, _TEXTE_NUMEROTE, _lire_un_texte_numerote))


def ccag_cites(texte: Texte) -> tuple[Trouvaille[CcagCite], ...]:
    return tuple(
        Trouvaille(
            paragraphe=t.paragraphe,
            debut=t.debut,
            fin=t.fin,
            valeur=CcagCite(nom=t.valeur, annee=_annee_du_ccag(t)),
        )
        for t in chercher(texte, _CCAG, lambda m: _NOMS_DES_CCAG[m["nom"].split()[0].split("'")[0]])
    )


def _code_de(trouvaille: Trouvaille[str]) -> str:
    """Le code nommé après l'article dans la phrase ; sinon avant ; sinon dans le paragraphe."""
    paragraphe = plier(trouvaille.paragraphe.texte)[
        max(0, trouvaille.debut - _LOIN) : trouvaille.fin + _LOIN
    ]
    apres = [
        (m.start(), nom) for nom, motif in _CODES if (m := motif.search(plier(trouvaille.apres)))
    ]
    if apres:
        return min(apres, key=lambda place: place[0])[1]
    avant = plier(trouvaille.avant)
    places = [(m.end(), nom) for nom, motif in _CODES for m in motif.finditer(avant)]
    if places:
        return max(places, key=lambda place: place[0])[1]
    return next((nom for nom, motif in _CODES if motif.search(paragraphe)), "")


def _lire_un_article_simple(trouve: re.Match[str]) -> ArticleCite:
    ecrit = trouve["texte"]
    if ecrit.startswith(("code", "cmp")):
        return ArticleCite(texte="CMP", numero=trouve["numero"])
    sorte = "décret" if ecrit.startswith("decret") else "ordonnance"
    return ArticleCite(
        texte=f"{sorte} n° {ecrit.split()[-1].lstrip('n°o')}", numero=trouve["numero"]
    )


def _lire_un_texte_numerote(trouve: re.Match[str]) -> TexteNumerote:
    if trouve["ancien"]:
        return TexteNumerote(sorte="CMP")
    sorte = trouve["sorte"].removesuffix("s").replace("decret", "décret")
    return TexteNumerote(sorte=sorte, numero=trouve["numero"].upper())


def _annee_du_ccag(trouvaille: Trouvaille[str]) -> int | None:
    suite = plier(trouvaille.paragraphe.texte)[trouvaille.fin : trouvaille.fin + 160]
    trouve = _ANNEE_D_UN_CCAG.search(suite.split(" ccag")[0])
    if trouve is None:
        return None
    annee = int(next(valeur for valeur in trouve.groups() if valeur))
    return annee if annee > 100 else 1900 + annee
