"""Les blancs qui mettent un gabarit en page ne sont pas du texte :
la page servie ne garde que ceux qui se lisent.

Un gabarit va à la ligne et s'indente pour qui le lit ; le navigateur n'y voit qu'une espace
entre deux mots, et rien au bord d'un bloc. Les ôter ici allège la page et laisse à la
typographie des phrases d'un trait.
"""

import re
from functools import lru_cache

BALISE = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
_ESPACES = " \t\r\n\f"
_BLANCS = re.compile(f"[{_ESPACES}]+")
# Deux balises Django qui se suivent vont chacune à sa ligne : « le 3 mai » puis « , par Alix ».
# Du seul début d'une suite de blancs : cherchée de chacun, une indentation coûterait son carré.
_DEVANT_UN_SIGNE = re.compile(r"(?<!\s)\s*\n\s*+(?=[,.)](?!\w))")
_DANS_UNE_BALISE = re.compile(r"""("[^"]*"|'[^']*')|\s+""")
_AVANT_LE_CHEVRON = re.compile(r"\s+(?=/?>$)")
_NOM = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
# Leurs blancs se voient, ou se relisent.
_A_GARDER = ("pre", "script", "style", "textarea")
_BLOCS = frozenset(
    "address article aside blockquote body br button caption col colgroup dd details dialog "
    "div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html legend li link main meta "
    "nav ol optgroup option p"
    " section select summary table tbody td template tfoot th thead title tr ul".split()
)
# Au-dehors, un bouton, une liste de choix et ce qu'un titre replie peuvent être dans la ligne :
# seul leur dedans commence et finit sans blanc.
_BLOCS_DU_DEDANS = frozenset({"button", "details", "select"})
# « </blockquote> » : le plus long nom d'un bloc, et ce qui le finit.
_DEBUT = 13


def serrer(html: str) -> str:
    """Un fragment sans les blancs de sa mise en page."""
    return "".join(sans_mise_en_page(BALISE.split(html)))


def sans_mise_en_page(morceaux: list[str]) -> list[str]:
    """`morceaux` : un texte, une balise, un texte, …

    Rend les mêmes, une espace pour une fin de ligne.
    """
    rendus = list(morceaux)
    garde = ""
    for rang, morceau in enumerate(morceaux):
        if rang % 2:
            garde = _suivre(garde, morceau)
            if _a_un_blanc_de_trop(morceau) and not morceau.startswith("<!--"):
                rendus[rang] = _d_une_ligne(morceau)
        elif "\n" in morceau and not garde:
            avant, apres = morceaux[rang - 1 : rang] or [""], morceaux[rang + 1 : rang + 2] or [""]
            rendus[rang] = _serre(morceau, avant=avant[0], apres=apres[0])
    return rendus


def _serre(texte: str, *, avant: str, apres: str) -> str:
    # Entre deux balises, il n'y a le plus souvent qu'une indentation : elle se juge sans la lire.
    if not texte.strip(_ESPACES):
        texte = " "
    else:
        texte = _BLANCS.sub(" ", _DEVANT_UN_SIGNE.sub("", texte))
    if _borde(avant, dedans=not avant.startswith("</")):
        texte = texte.removeprefix(" ")
    return texte.removesuffix(" ") if _borde(apres, dedans=apres.startswith("</")) else texte


def _a_un_blanc_de_trop(balise: str) -> bool:
    """Une fin de ligne, ou la place d'un attribut que sa condition n'a pas mis."""
    return "\n" in balise or "  " in balise or " >" in balise


def _borde(balise: str, *, dedans: bool) -> bool:
    """Un blanc contre cette balise ne se voit pas."""
    return _est_au_bord(balise[:_DEBUT], dedans)


# Des seuls débuts, qui reviennent d'une page à l'autre : rien de ce que dit une page n'y est gardé.
@lru_cache(maxsize=2048)
def _est_au_bord(debut: str, dedans: bool) -> bool:
    nom = _nom(debut)
    return nom in _BLOCS and (dedans or nom not in _BLOCS_DU_DEDANS)


def _suivre(garde: str, balise: str) -> str:
    if garde:
        return "" if balise.startswith(f"</{garde}") else garde
    nom = "" if balise.startswith("</") else _nom(balise[:_DEBUT])
    return nom if nom in _A_GARDER else ""


@lru_cache(maxsize=2048)
def _nom(debut: str) -> str:
    trouve = _NOM.match(debut)
    return trouve[1].lower() if trouve else ""


def _d_une_ligne(balise: str) -> str:
    """Les attributs à la suite ; ce qui est entre guillemets ne change pas."""
    return _AVANT_LE_CHEVRON.sub("", _DANS_UNE_BALISE.sub(lambda lu: lu[1] or " ", balise))
