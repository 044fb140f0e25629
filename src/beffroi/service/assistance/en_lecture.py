"""Une page rendue pour une autre personne, sans rien qui s'y fasse :
ni lien, ni formulaire, ni script.
"""

from html import escape
from html.parser import HTMLParser

_TUS = frozenset({"script", "style", "template", "noscript"})
_OMIS = frozenset({"img", "iframe", "object", "embed"})
_REMPLACES = {
    "a": "span",
    "form": "div",
    "h1": "h2",
    "h2": "h3",
    "h3": "h4",
    "h4": "h5",
    "h5": "h6",
}
_COMMANDES = frozenset({"button", "input", "select", "textarea"})
_RETIRES = frozenset(
    {
        "href",
        "src",
        "srcset",
        "action",
        "method",
        "name",
        "target",
        "rel",
        "download",
        "tabindex",
        "autofocus",
        "style",
    }
)
# Un élément sans rôle ne se nomme pas.
_NOMS = frozenset({"aria-label", "aria-labelledby"})


def en_lecture(page: str) -> str:
    """Le contenu principal de la page :
    ce qui se lit y reste, ce qui se clique ou s'envoie n'agit plus.
    """
    lecteur = _Lecteur()
    lecteur.feed(page)
    lecteur.close()
    return "".join(lecteur.rendu)


class _Lecteur(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.rendu: list[str] = []
        self.dedans = False
        self.tait = ""

    def handle_starttag(self, nom: str, attributs: list[tuple[str, str | None]]) -> None:
        if nom == "main":
            self.dedans = True
        elif nom in _TUS:
            self.tait = self.tait or nom
        elif nom not in _OMIS and ("type", "hidden") not in attributs:
            self._garder(_balise(nom, attributs))

    def handle_endtag(self, nom: str) -> None:
        if nom == "main":
            self.dedans = False
        elif nom == self.tait:
            self.tait = ""
        elif nom not in _OMIS | _TUS:
            self._garder(f"</{_REMPLACES.get(nom, nom)}>")

    def handle_startendtag(self, nom: str, attributs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(nom, attributs)
        if nom in {"use", "path", "circle", "rect", "line", "g"}:
            self.handle_endtag(nom)

    def handle_data(self, texte: str) -> None:
        self._garder(texte)

    def handle_entityref(self, nom: str) -> None:
        self._garder(f"&{nom};")

    def handle_charref(self, nom: str) -> None:
        self._garder(f"&#{nom};")

    def _garder(self, morceau: str) -> None:
        if self.dedans and not self.tait:
            self.rendu.append(morceau)


def _balise(nom: str, attributs: list[tuple[str, str | None]]) -> str:
    gardes = [(cle, valeur) for cle, valeur in attributs if _se_garde(nom, cle, valeur or "")]
    if nom in _COMMANDES:
        gardes.append(("disabled", None))
    ecrits = "".join(
        f" {cle}" if valeur is None else f' {cle}="{escape(valeur)}"' for cle, valeur in gardes
    )
    return f"<{_REMPLACES.get(nom, nom)}{ecrits}>"


def _se_garde(nom: str, cle: str, valeur: str) -> bool:
    if nom == "use" and cle == "href":
        return valeur.startswith("#")
    if nom in {"a", "form"} and cle in _NOMS:
        return False
    return cle not in _RETIRES and not cle.startswith(("on", "form", "data-"))
