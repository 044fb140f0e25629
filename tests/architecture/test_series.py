"""Ce que la série courte laisse à la longue a une raison, écrite au-dessus."""

import re

from tests.architecture.arbre import RACINE, relatif
from tests.mesures.partage import LEURS_FICHIERS

SE_FAIT_JUGER = re.compile(r"officiel\.verifier_les_regles|complete-validation\.sch")
LONG = re.compile(r"\bpytest\.mark\.long\b")


def test_ce_qui_ne_se_joue_que_dans_la_longue_dit_pourquoi():
    """Un commentaire au-dessus de la marque : ce qui, chaque jour, prouve la même chose."""
    sans_raison, vues = [], 0
    for fichier in sorted((RACINE / "tests").rglob("*.py")) + sorted(
        (RACINE / "src").rglob("test_*.py")
    ):
        lignes = fichier.read_text("utf-8").splitlines()
        for numero, ligne in enumerate(lignes):
            if LONG.search(ligne) and fichier.name not in ("test_series.py", "etapes.py"):
                vues += 1
                if not lignes[numero - 1].lstrip().startswith("#"):
                    sans_raison.append(f"{relatif(fichier)}:{numero + 1}")

    assert vues > 0
    assert sans_raison == []


def test_ceux_que_juge_une_autorite_se_jouent_dans_le_meme_processus():
    """Un autre compilerait de nouveau les mêmes règles."""
    juges = {
        relatif(fichier)
        for dossier in ("src", "tests")
        for fichier in (RACINE / dossier).rglob("test_*.py")
        if SE_FAIT_JUGER.search(fichier.read_text("utf-8")) and fichier.name != "test_series.py"
    }

    assert juges == LEURS_FICHIERS
