"""Le contrôle de la langue des écrans : pas de jargon, pas de phrase interminable (parcours §2).

`python -m beffroi.faces.portail.langue` liste les phrases à raccourcir.
"""

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

RACINE = Path(__file__).resolve().parents[2]
MOTS_CONSEILLES = 25

# Le mot du métier, puis celui que la page emploie.
JARGON: dict[str, str] = {
    r"DCE": "dossier de consultation",
    r"DLRO": "heure limite",
    r"AAPC": "avis",
    r"BPU|DPGF|DQE": "bordereau des prix",
    r"CCAP|CCTP": "cahier des clauses",
    r"(?i:plis?)": "réponse, ou enveloppe",
    r"(?i:soumissionnaires?)": "entreprise",
    r"(?i:pouvoir adjudicateur)": "acheteur",
    r"(?i:retir(?:er|ez|ait) le dossier|retrait du dossier)": "télécharger le dossier",
    r"(?i:e-?mails?|mails?|mél)": "courriel",
    r"(?i:upload(?:er)?|télévers\w+)": "envoyer",
    r"(?i:log-?in|logout|se logger)": "se connecter",
    r"(?i:tokens?)": "jeton",
    r"(?i:hash(?:es)?|digest)": "empreinte",
    r"(?i:tickets?)": "demande d'aide",
    r"(?i:workflow|dashboard|backup|bug)": "un mot français",
    r"(?i:oups|veuillez|cliquez ici)": "dire ce qui se passe, puis quoi faire",
    r"(?i:dématérialis\w+)": "en ligne",
}
_INTERDITS = [
    (re.compile(rf"(?<![\w-])(?:{motif})(?![\w-])"), conseil) for motif, conseil in JARGON.items()
]
_COMMENTAIRE = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)
_BALISE_DE_GABARIT = re.compile(r"\{%.*?%\}", re.DOTALL)
_CHAINE = re.compile(r'"([^"]*[a-zà-ü] [^"]*)"')
_GUILLEMETS = re.compile(r'"([^"]*)"')
_VARIABLE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_FIN_DE_PHRASE = re.compile(r"(?<=[.?!:;])\s+")
_LUS = frozenset({"alt", "aria-label", "placeholder", "title"})
_TUS = frozenset({"code", "pre", "script", "style"})
_EN_LIGNE = frozenset(
    {"a", "abbr", "b", "bdi", "em", "span", "strong", "sub", "sup", "time", "small"}
)


class Faute(NamedTuple):
    gabarit: str
    extrait: str
    conseil: str


class _Lecteur(HTMLParser):
    """Recueille ce qu'une personne lit, bloc par bloc."""

    def __init__(self) -> None:
        super().__init__()
        self.blocs: list[str] = [""]
        self._tus = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tus += tag in _TUS
        if tag not in _EN_LIGNE:
            self.blocs.append("")
        self.blocs[:0] = [valeur for nom, valeur in attrs if nom in _LUS and valeur]

    def handle_endtag(self, tag: str) -> None:
        self._tus -= tag in _TUS
        if tag not in _EN_LIGNE:
            self.blocs.append("")

    def handle_data(self, data: str) -> None:
        if not self._tus:
            self.blocs[-1] += data


def gabarits() -> list[Path]:
    """Tous les gabarits HTML et les courriels des contextes, et les textes de l'aide."""
    pages = [p for p in RACINE.glob("**/templates/**/*") if p.suffix in {".html", ".txt"}]
    return sorted([*pages, *RACINE.glob("*/*/contenu/*.toml")])


def textes_de(chemin: Path) -> list[str]:
    """Ce qu'une personne lit dans ce fichier."""
    source = chemin.read_text(encoding="utf-8")
    return (
        [chaine for chaine in _GUILLEMETS.findall(source) if " " in chaine]
        if chemin.suffix == ".toml"
        else textes(source)
    )


def textes(source: str) -> list[str]:
    """Les textes d'un gabarit, sans balises, variables ni commentaires."""
    source = _COMMENTAIRE.sub("", source)
    phrases = [
        chaine
        for balise in _BALISE_DE_GABARIT.findall(source)
        for chaine in _CHAINE.findall(balise)
    ]
    lecteur = _Lecteur()
    lecteur.feed(_BALISE_DE_GABARIT.sub(" ", _VARIABLE.sub("X", source)))
    lecteur.close()
    return [" ".join(bloc.split()) for bloc in [*lecteur.blocs, *phrases] if bloc.strip()]


def _jargon(texte: str) -> Iterator[tuple[str, str]]:
    for motif, conseil in _INTERDITS:
        trouve = motif.search(texte)
        if trouve:
            yield trouve[0], conseil


def fautes(chemin: Path) -> list[Faute]:
    """Le jargon d'un gabarit."""
    nom = str(chemin.relative_to(RACINE))
    return [
        Faute(nom, mot, conseil) for texte in textes_de(chemin) for mot, conseil in _jargon(texte)
    ]


def phrases_longues(chemin: Path, *, plafond: int = MOTS_CONSEILLES) -> list[Faute]:
    """Les phrases de plus de `plafond` mots."""
    nom = str(chemin.relative_to(RACINE))
    return [
        Faute(nom, phrase, f"{len(phrase.split())} mots")
        for texte in textes_de(chemin)
        for phrase in _FIN_DE_PHRASE.split(texte)
        if len(phrase.split()) > plafond
    ]


if __name__ == "__main__":
    for gabarit in gabarits():
        for faute in [*fautes(gabarit), *phrases_longues(gabarit)]:
            sys.stdout.write(f"{faute.gabarit} : {faute.conseil} : {faute.extrait}\n")
