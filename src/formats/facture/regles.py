"""Dire en français ce qu'une règle officielle reproche à une facture, et où."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from formats.schematron import Constat

# « BR-FR-09_BT-46 » nomme la règle, puis le terme qu'elle vise.
_SUFFIXE = re.compile(r"[_/].*$|-\d+$")
SANS_NOM = "Factur-X"
_ESPACES = re.compile(r"\*:|Q\{[^}]*\}|\[namespace-uri\(\)='[^']*'\]|[a-z]+:(?=[A-Z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaut:
    """Ce qu'un contrôle refuse.

    `regle` : son identifiant officiel ; `phrase` : ce qui ne va pas ; `lieu` : l'élément.
    """

    regle: str
    phrase: str
    lieu: str = ""
    est_une_erreur: bool = True

    def __str__(self) -> str:
        return (
            f"{self.phrase} ({', '.join(partie for partie in (self.regle, self.lieu) if partie)})"
        )


@cache
def _table(nom: str) -> dict[str, str]:
    table = tomllib.loads(Path(__file__).with_name("regles.toml").read_text("utf-8"))[nom]
    return {str(cle): str(phrase) for cle, phrase in table.items()}


def defaut(constat: Constat) -> Defaut:
    return Defaut(
        regle=constat.regle or SANS_NOM,
        phrase=_phrase(constat),
        lieu=lieu_court(constat.lieu),
        est_une_erreur=constat.est_une_erreur,
    )


def _phrase(constat: Constat) -> str:
    """Notre phrase ; à défaut celle de la règle, dans sa langue ; à défaut ce qu'elle vérifie."""
    connues = _table("phrases")
    phrase = (
        connues.get(constat.regle)
        or connues.get(_SUFFIXE.sub("", constat.regle))
        or _par_sa_forme(constat.texte)
    )
    return (
        phrase
        or constat.texte
        or f"La règle {constat.regle} n'est pas respectée : {constat.essai[:200]}"
    )


def _par_sa_forme(texte: str) -> str:
    trouvees = ((re.search(forme, texte), phrase) for forme, phrase in _table("formes").items())
    return next((phrase.format(trouvee[1]) for trouvee, phrase in trouvees if trouvee), "")


def lieu_court(chemin: str) -> str:
    """Les trois derniers éléments du chemin, sans leurs espaces de noms."""
    etapes = [etape for etape in _ESPACES.sub("", chemin).split("/") if etape]
    return "/".join(etapes[-3:])
