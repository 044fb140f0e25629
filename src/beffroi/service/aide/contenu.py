"""Les textes de l'aide, lus une fois : les questions de chaque rôle et les mots du glossaire."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from beffroi.publicite.recherche.rules.analyse import replier

DOSSIER = Path(__file__).parent / "contenu"
ROLES = ("entreprise", "acheteur", "ouverture", "public")


@dataclass(frozen=True)
class Question:
    """Une question, ses paragraphes de réponse, et où aller ensuite : (libellé, adresse)."""

    role: str
    cle: str
    question: str
    reponse: tuple[str, ...]
    voir: tuple[tuple[str, str], ...] = ()

    @property
    def adresse(self) -> str:
        return f"/aide/{self.role}/#{self.cle}"

    @property
    def texte(self) -> str:
        return replier(" ".join((self.question, *self.reponse)))


@dataclass(frozen=True)
class Rubrique:
    """Les questions d'un rôle."""

    role: str
    titre: str
    chapo: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Mot:
    mot: str
    sens: str

    @property
    def ancre(self) -> str:
        return replier(self.mot).replace(" ", "-").replace("'", "-")


@cache
def rubrique(role: str) -> Rubrique:
    """Les questions de ce rôle."""
    lu = tomllib.loads((DOSSIER / f"{role}.toml").read_text("utf-8"))
    questions = tuple(
        Question(
            role=role,
            cle=question["cle"],
            question=question["question"],
            reponse=tuple(question["reponse"]),
            voir=tuple((libelle, adresse) for libelle, adresse in question.get("voir", ())),
        )
        for question in lu["questions"]
    )
    return Rubrique(role, lu["titre"], lu["chapo"], questions)


def rubriques() -> list[Rubrique]:
    return [rubrique(role) for role in ROLES]


@cache
def glossaire() -> tuple[Mot, ...]:
    """Les mots, dans l'ordre de l'alphabet, accents mis à part."""
    lus = tomllib.loads((DOSSIER / "glossaire.toml").read_text("utf-8"))["mots"]
    return tuple(sorted((Mot(**mot) for mot in lus), key=lambda mot: replier(mot.mot)))


def chercher(texte: str) -> tuple[list[Question], list[Mot]]:
    """Les questions et les mots où chaque mot cherché se trouve ;
    la question qui le dit dans son titre d'abord.
    """
    cherches = replier(texte).split()
    if not cherches:
        return [], []
    questions = [
        q for r in rubriques() for q in r.questions if all(mot in q.texte for mot in cherches)
    ]
    mots = [m for m in glossaire() if all(mot in replier(f"{m.mot} {m.sens}") for mot in cherches)]
    questions.sort(key=lambda q: not all(mot in replier(q.question) for mot in cherches))
    return questions, mots
