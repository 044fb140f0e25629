"""Une amorce n'écarte jamais une phrase que le motif aurait reconnue."""

import re

import pytest

from beffroi.achat.relectures.rules.reperage.amorces import amorces, peut_suivre
from beffroi.achat.relectures.rules.reperage.mentions import motifs


@pytest.mark.parametrize(
    "motif,attendues",
    [
        (r"\boffres?\b", ("offre",)),
        (r"\bpapier|\bvoie\s+postale", ("papier", "voie")),
        (r"\bplan(?:s|che)\b", ("plan",)),
        (r"(?<!\d)trace\b|\b(?:un|deux)\b", ("trace", "un", "deux")),
        (r"\be-?mails?", ()),
        (r"[ab|c]d|\bxyz", ()),
        (r"\bouvert\w*|\bouvre", ("ouvert", "ouvre")),
        (r"20\d\d", ()),
        (r"\b(?:decrets?|lois?)\s+n", ("decret", "loi")),
        (r"\b(?P<sorte>arretes?|(?:code|loi)s?)\b|\bcmp\b", ("arrete", "code", "loi", "cmp")),
        (r"(?:sous-)?criteres", ()),
    ],
)
def test_l_amorce_est_le_debut_certain_de_chaque_branche(motif, attendues):
    assert amorces(re.compile(motif)) == attendues


def test_un_motif_sans_casse_n_a_pas_d_amorce():
    assert amorces(re.compile(r"\bpapier", re.IGNORECASE)) == ()


@pytest.mark.parametrize("phrase", ["une offre", "deux offres", "l'offre est remise"])
def test_une_phrase_reconnue_n_est_jamais_ecartee(phrase):
    motif = re.compile(r"\boffres?\b")

    assert motif.search(phrase)
    assert peut_suivre(motif, phrase)


def test_la_plupart_des_sujets_ont_des_amorces():
    exiges = [motif for cherches in motifs().values() for motif in cherches.exiges]

    assert sum(bool(amorces(motif)) for motif in exiges) > len(exiges) / 2
