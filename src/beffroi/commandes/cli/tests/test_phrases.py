"""Ce que `sceau` dit en anglais se lit en français,
et chaque phrase du répertoire est bien de lui.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import sceau
from formats.phrases_du_sceau import PHRASES, en_francais
from sceau.errors import Said, SealError

# L'autorité d'horodatage et l'arbre ne parlent qu'à qui exploite ou développe.
DITS_AILLEURS = {"authority.py", "tree.py"}


def modules() -> Iterator[ast.Module]:
    for fichier in sorted(Path(sceau.__file__).parent.rglob("*.py")):
        if not {"tests", "vectors"} & set(fichier.parts) and fichier.name not in DITS_AILLEURS:
            yield ast.parse(fichier.read_text("utf-8"))


def textes() -> set[str]:
    """Tout ce que `sceau` écrit entre guillemets."""
    return {
        noeud.value
        for module in modules()
        for noeud in ast.walk(module)
        if isinstance(noeud, ast.Constant) and isinstance(noeud.value, str)
    }


def dites() -> set[str]:
    """Ce qu'une erreur lève, ce qu'une condition exige, ce qu'un constat constate."""
    appels = [
        noeud for module in modules() for noeud in ast.walk(module) if isinstance(noeud, ast.Call)
    ]
    return {
        argument.value
        for appel in appels
        if qui_parle(ast.unparse(appel.func).rpartition(".")[2])
        for argument in appel.args[:3]
        if isinstance(argument, ast.Constant)
        and isinstance(argument.value, str)
        and " " in argument.value
    }


def qui_parle(nom: str) -> bool:
    return nom.endswith("Error") or nom in {
        "Said",
        "NoMatch",
        "UntrustedAuthority",
        "_expect",
        "_add",
        "setdefault",
    }


@pytest.mark.parametrize(
    ("dit", "francais"),
    [
        (Said("The archive is not a readable zip file."), "ce n'est pas une archive ZIP lisible"),
        (SealError("{name} is missing.", name="depot.tsr"), "depot.tsr manque"),
        (
            Said("{name}: clear content of {content}", name="a.pdf", content="b.ods"),
            "a.pdf a le contenu de « b.ods »",
        ),
        (Said("{count} of {count} entries", count=7), "les 7 écritures"),
        ("late", "hors délai"),
        (
            "2026-11-24T09:00:00+00:00, Centre de gestion",
            "2026-11-24T09:00:00+00:00, Centre de gestion",
        ),
        (ValueError("Une phrase inconnue."), "Une phrase inconnue"),
    ],
)
def test_une_phrase_se_lit_en_francais(dit, francais):
    assert en_francais(dit) == francais


def test_ce_qui_suit_une_phrase_ne_se_traduit_pas():
    dit = Said("The token is malformed.").followed_by("tag mismatch")

    assert dit == "The token is malformed. tag mismatch"
    assert en_francais(dit) == "l'horodatage est abîmé"


def test_un_nom_qui_ressemble_a_un_modele_se_dit_tel_quel():
    dit = SealError("{name} is missing.", name="{count}.pdf")

    assert str(dit) == "{count}.pdf is missing." and en_francais(dit) == "{count}.pdf manque"


@pytest.mark.parametrize("phrase", sorted(PHRASES))
def test_chaque_phrase_du_repertoire_est_encore_dite_avec_ses_valeurs(phrase):
    assert phrase in textes()
    assert valeurs(PHRASES[phrase]) <= valeurs(phrase)


@pytest.mark.parametrize("anglais", sorted(dites()))
def test_rien_de_ce_que_dit_sceau_ne_reste_en_anglais(anglais):
    assert anglais in PHRASES


def valeurs(phrase: str) -> set[str]:
    return {nom for _, nom, _, _ in Formatter().parse(phrase) if nom}
