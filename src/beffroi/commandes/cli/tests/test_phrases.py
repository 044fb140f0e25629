"""Ce que `sceau` dit en anglais se lit en français, et chaque phrase du répertoire est bien de lui."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import sceau
from formats.phrases_du_sceau import PHRASES, en_francais

# L'autorité d'horodatage et l'arbre ne parlent qu'à qui exploite ou développe.
DITS_AILLEURS = {"authority.py", "tree.py"}
SOURCES = "\n".join(f.read_text("utf-8") for f in Path(sceau.__file__).parent.rglob("*.py") if "tests" not in f.parts)


@pytest.mark.parametrize(
    ("anglais", "francais"),
    [
        ("The archive is not a readable zip file.", "ce n'est pas une archive ZIP lisible"),
        ("depot.tsr is missing.", "depot.tsr manque"),
        ("offre.pdf: clear content of prix.ods", "offre.pdf a le contenu de « prix.ods »"),
        ("Chunk 3 is truncated, altered or out of place.", "le fichier est coupé ou abîmé, au bloc 3"),
        ("2 shares are needed, 1 given.", "il en faut 2, 1 données"),
        ("A key starting with age1pq1 was expected.", "elle commence par age1pq1"),
        ("Une phrase inconnue.", "Une phrase inconnue"),
    ],
)
def test_une_phrase_se_lit_en_francais(anglais, francais):
    assert en_francais(anglais) == francais


LITTERALES = [motif.replace("\\.", ".") for motif, _ in PHRASES if not re.search(r"[(*+|]", motif)]


@pytest.mark.parametrize("phrase", LITTERALES)
def test_chaque_phrase_du_repertoire_est_encore_dite(phrase):
    """Une phrase de `sceau` qui change ferait réapparaître l'anglais sans bruit."""
    assert phrase in SOURCES


def phrases_de_sceau() -> Iterator[str]:
    """Chaque phrase qu'une erreur de `sceau` peut dire, ses valeurs remplacées par un 7."""
    for fichier in sorted(Path(sceau.__file__).parent.rglob("*.py")):
        if {"tests", "vectors"} & set(fichier.parts) or fichier.name in DITS_AILLEURS:
            continue
        for noeud in ast.walk(ast.parse(fichier.read_text("utf-8"))):
            if isinstance(noeud, ast.Raise) and isinstance(noeud.exc, ast.Call) and noeud.exc.args:
                yield from dites_par(noeud.exc.args[0])


def dites_par(message: ast.expr) -> Iterator[str]:
    if isinstance(message, ast.Constant):
        yield str(message.value)
    if isinstance(message, ast.JoinedStr):
        morceaux = [str(m.value) if isinstance(m, ast.Constant) else "7" for m in message.values]
        yield "".join(morceaux).removesuffix(".7") + ("." if morceaux[-1] == "7" else "")


@pytest.mark.parametrize("anglais", sorted(set(phrases_de_sceau())))
def test_rien_de_ce_que_dit_sceau_ne_reste_en_anglais(anglais):
    assert en_francais(anglais) != anglais.removesuffix(".")
