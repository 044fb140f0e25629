"""La typographie appliquée à une page entière : le texte change, le balisage jamais.

Les auteurs des gabarits écrivent « au kilomètre » ; la page servie porte les espaces insécables.
Les noms de fichiers (`<bdi>`), le code et les champs sont rendus tels quels : ils se recopient.
"""

import re
from functools import lru_cache

from formats.blancs_html import BALISE, sans_mise_en_page
from formats.typographie import typographier

# De quoi lire le nom d'une balise : le plus long que l'on cherche est « </textarea> ».
_DEBUT = 12
_NOM = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_INTACTS = frozenset({"bdi", "code", "kbd", "option", "pre", "samp", "script", "style", "textarea"})
# Un récépissé se lit et se dicte d'un trait : « D-2026-26945467 » ne se coupe pas en bout de ligne.
_RECEPISSE = re.compile(r"(?<![\w-])D-\d{4}-\d{8}(?![\w-])")
_EN_BOITES = frozenset({"label", "input"})
_SANS_BALISE = frozenset({"title", "text", "tspan", "span"})
# Une option qui a sa valeur à part ne se recopie pas : son apostrophe est celle d'un texte.
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])(?:'|&#x27;|&#39;)(?=[^\W\d_]|«)")
_VALEUR = re.compile(r"\svalue=")
_SIGNE_EN_TETE = re.compile(r"^ (?=[:;?!»](?!\w))")
_EN_LIGNE = frozenset({"a", "abbr", "b", "em", "span", "strong", "sub", "sup", "time"})


def typographier_html(html: str) -> str:
    """Met la typographie des textes d'un fragment HTML, hors des éléments qui se recopient."""
    rendu: list[str] = []
    intact = ""
    apres_mot = False
    dernier = ""
    for morceau in sans_mise_en_page(BALISE.split(html)):
        if morceau.startswith("<"):
            fermante, nom = _nom_de_balise(morceau[:_DEBUT])
            intact = _suivre(intact, nom=nom, fermante=fermante)
            dernier = (
                "" if fermante else "choix" if nom == "option" and _VALEUR.search(morceau) else nom
            )
            apres_mot = fermante and nom in _EN_LIGNE
            rendu.append(morceau)
        elif dernier == "choix" and intact == "option":
            rendu.append(_APOSTROPHE.sub("’", morceau))
        elif intact or not morceau.strip():
            rendu.append(morceau)
        else:
            texte = _texte(morceau, apres_mot=apres_mot)
            rendu.append(
                texte
                if dernier in _SANS_BALISE
                else _d_un_trait(texte, balise=dernier not in _EN_BOITES)
            )
    return "".join(rendu)


def _d_un_trait(texte: str, *, balise: bool) -> str:
    """Une balise, pour que la référence se recopie telle quelle ;
    dans une étiquette, qui s'aligne par boîtes, un liant.
    """
    if "D-" not in texte:
        return texte
    if balise:
        return _RECEPISSE.sub(r'<span class="insec">\g<0></span>', texte)
    return _RECEPISSE.sub(lambda lue: lue[0].replace("-", "-\N{WORD JOINER}"), texte)


# Des seuls débuts, qui reviennent d'une page à l'autre : rien de ce que dit une page n'y est gardé.
@lru_cache(maxsize=2048)
def _nom_de_balise(debut: str) -> tuple[bool, str]:
    trouve = _NOM.match(debut)
    return (bool(trouve[1]), trouve[2].lower()) if trouve else (False, "")


def _suivre(intact: str, *, nom: str, fermante: bool) -> str:
    if intact:
        return "" if fermante and nom == intact else intact
    return nom if not fermante and nom in _INTACTS else ""


def _texte(texte: str, *, apres_mot: bool) -> str:
    texte = typographier(texte.replace("&#x27;", "'").replace("&#39;", "'"))
    return _SIGNE_EN_TETE.sub("\N{NO-BREAK SPACE}", texte) if apres_mot else texte
