"""Une table de codes, la même dans le code, dans l'aide et dans la documentation."""

from pathlib import Path

import pytest

from beffroi.commandes.cli import lanceur, verdict
from beffroi.commandes.cli.verdict import Verdict
from sceau.verdict import Verdict as DuSceau

DOCUMENT = Path(__file__).resolve().parents[5] / "docs" / "verifier.md"


def test_la_documentation_dit_chaque_code_comme_le_code_le_dit():
    lignes = DOCUMENT.read_text("utf-8").splitlines()

    assert {f"| {v.value} | {v.veut_dire} |" for v in Verdict} <= set(lignes)


def test_l_aide_dit_chaque_code(capsys):
    with pytest.raises(SystemExit):
        lanceur.principal(["verifier", "--aide"])

    aide = " ".join(capsys.readouterr().out.split())
    assert all(f"{v.value}, {v.veut_dire}" in aide for v in Verdict)


def test_la_commande_et_le_sceau_ont_les_memes_codes():
    assert [v.value for v in Verdict] == [v.value for v in DuSceau]


@pytest.mark.parametrize(
    ("verdicts", "attendu"),
    [
        ((), Verdict.INTACT),
        ((Verdict.INTACT, Verdict.NON_ETABLI), Verdict.NON_ETABLI),
        ((Verdict.NON_ETABLI, Verdict.ILLISIBLE), Verdict.ILLISIBLE),
        ((Verdict.NON_ETABLI, Verdict.ILLISIBLE, Verdict.FAUX), Verdict.FAUX),
    ],
)
def test_de_plusieurs_fichiers_le_pire_l_emporte(verdicts, attendu):
    assert verdict.le_pire(verdicts) is attendu


@pytest.mark.parametrize("faute", [RuntimeError("imprévu"), OSError("disque"), KeyboardInterrupt])
def test_une_panne_n_est_jamais_dite_fausse(faute, monkeypatch):
    def tomber(*_):
        raise faute

    monkeypatch.delenv(lanceur.DETAIL, raising=False)
    monkeypatch.setattr(lanceur, "executer", tomber)

    assert lanceur.principal(["verifier", "recu.zip"]) == Verdict.ILLISIBLE
    assert lanceur.principal(["signature", "verifier", "acte.pdf"]) == Verdict.ILLISIBLE
    assert lanceur.principal(["sceller", "offre.pdf"]) == 1
