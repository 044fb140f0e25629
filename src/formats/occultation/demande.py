"""Ce que l'on demande d'occulter : des mots, et des choses reconnues à leur forme."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

TERMES_AU_PLUS = 200
LONGUEUR_D_UN_TERME = 200
SIGNES_AU_MOINS = 2
# Ce que l'œil ne compte pas : une coupure en fin de ligne, une espace, un trait d'union.
_SANS_POIDS = re.compile(r"[\s\u00ad\u200b\ufeff\u2010\u2011\ufffe\x02-]")

# La forme, cherchée dans le texte de la page tel qu'il se lit.
MOTIFS: dict[str, tuple[str, re.Pattern[str]]] = {
    "courriels": (
        "Les adresses électroniques",
        re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"),
    ),
    "telephones": (
        "Les numéros de téléphone",
        re.compile(r"(?<!\d)(?:\+33[ .\xa0]?|0033[ .\xa0]?|0)[1-9](?:[ .\xa0-]?\d{2}){4}(?!\d)"),
    ),
    "iban": (
        "Les comptes bancaires (IBAN)",
        re.compile(r"\b[A-Z]{2}\d{2}(?:[ \xa0]?[A-Z0-9]{4}){3,7}(?:[ \xa0]?[A-Z0-9]{1,3})?\b"),
    ),
    "montants": (
        "Les montants en euros",
        re.compile(
            (
                r"(?<![\d,.])\d{1,3}(?:[ .\xa0\u202f]?\d{3}){0,4}(?:,\d{1,4})?[ \xa0\u202f]?"
                r"(?:€|euros?\b|EUR\b)"
            ),
            re.I,
        ),
    ),
}


@dataclass(frozen=True)
class Demande:
    """Les mots à ôter, où qu'ils soient, sans égard aux accents ni à la casse ;
    et les formes, par leur nom dans `MOTIFS`.
    """

    termes: tuple[str, ...] = ()
    motifs: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        courts = [terme for terme in self.termes if len(nu(terme)) < SIGNES_AU_MOINS]
        if courts:
            raise ValueError(
                f"« {courts[0]} » est trop court : il serait noirci au milieu d'autres mots."
            )
        if not self.termes and not self.motifs:
            raise ValueError("Dites au moins un mot à ôter, ou choisissez une forme.")
        if len(self.termes) > TERMES_AU_PLUS or any(
            len(terme) > LONGUEUR_D_UN_TERME for terme in self.termes
        ):
            raise ValueError(
                f"{TERMES_AU_PLUS} mots au plus, de {LONGUEUR_D_UN_TERME} signes chacun."
            )
        inconnus = set(self.motifs) - set(MOTIFS)
        if inconnus:
            raise ValueError(f"Forme inconnue : {min(inconnus)}.")


def nu(texte: str) -> str:
    """« Delattre-Pruvôst » et « DELATTRE PRUVOST » sont le même mot."""
    return "".join(signe for _, signe in _signes_nus(texte))


def _signes_nus(texte: str) -> Iterator[tuple[int, str]]:
    """Chaque signe qui compte, et sa place dans le texte d'origine.

    Une ligature (« ﬁ ») en vaut deux.
    """
    for place, signe in enumerate(texte):
        if _SANS_POIDS.fullmatch(signe):
            continue
        for decompose in unicodedata.normalize("NFKD", signe).casefold():
            if not unicodedata.combining(decompose):
                yield place, decompose


def places(texte: str, demande: Demande) -> dict[str, list[tuple[int, int]]]:
    """Pour chaque terme et chaque forme, les passages (début,
    fin exclue) où ils sont dans ce texte.
    """
    signes = list(_signes_nus(texte))
    plat = "".join(signe for _, signe in signes)
    trouvees = {terme: list(_occurrences(plat, nu(terme), signes)) for terme in demande.termes}
    for nom in demande.motifs:
        trouvees[MOTIFS[nom][0]] = [trouve.span() for trouve in MOTIFS[nom][1].finditer(texte)]
    return trouvees


def _occurrences(
    plat: str, terme: str, signes: Sequence[tuple[int, str]]
) -> Iterator[tuple[int, int]]:
    debut = plat.find(terme)
    while debut >= 0:
        yield signes[debut][0], signes[debut + len(terme) - 1][0] + 1
        debut = plat.find(terme, debut + len(terme))
