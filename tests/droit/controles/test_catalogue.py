"""Le catalogue entier : rien ne manque, rien ne se tait, chaque champ mène quelque part."""

import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from beffroi.achat.controles.rules import CONTROLES, Gravite
from droit.achat import Achat
from tests.droit.achats import achat, constats, rapport, reglement, texte

CODES = [controle.code for controle in CONTROLES]
# droit.md, 4.3 : B, W, I. Une seconde lettre dit qu'un même contrôle peut aussi avertir.
GRAVITES = {
    "B": "01 03 04 05 06 07 08 09 10 12 13 18 20 21 22 23 24 25 27 29 30 32 33 34 42 43 44",
    "W": "02 11 14 15 16 17 19 26 28 31 35 36 37 38 39 40 41 46 49 50",
    "I": "45 47 48",
}
NOMS = {"B": Gravite.BLOQUANT, "W": Gravite.AVERTISSEMENT, "I": Gravite.INFORMATION}


def test_les_cinquante_controles_et_ceux_de_publication_sont_la():
    assert CODES == [f"RC-{n:02}" for n in range(1, 51)] + [f"PUB-{n:02}" for n in range(1, 18)]


@pytest.mark.parametrize("lettre", GRAVITES)
def test_chaque_controle_a_la_gravite_du_droit(lettre):
    codes = {f"RC-{numero}" for numero in GRAVITES[lettre].split()}

    assert {
        c.code for c in CONTROLES if c.gravite is NOMS[lettre] and c.code.startswith("RC")
    } == codes


@pytest.mark.parametrize("code", CODES)
def test_un_dossier_sans_defaut_ne_dit_rien(code):
    assert constats(code, achat(), lu=reglement()) == ()


def test_sur_un_dossier_complet_tout_est_joue():
    complet = rapport(achat(), lu=reglement())

    assert complet.joues == tuple(CODES)
    assert complet.non_joues == ()
    assert not complet.est_partiel


@pytest.mark.parametrize(
    "projet,lu", [(achat(), None), (None, reglement())], ids=["sans règlement", "sans consultation"]
)
def test_ce_qui_n_est_pas_joue_est_dit_jamais_tu(projet, lu):
    partiel = rapport(projet, lu=lu)

    assert set(partiel.joues) | {non_joue.code for non_joue in partiel.non_joues} == set(CODES)
    assert all(non_joue.raison.endswith(".") for non_joue in partiel.non_joues)


def test_chaque_controle_a_au_moins_une_fonction():
    muets = [
        c.code
        for c in CONTROLES
        if not (c.fonctions.projet or c.fonctions.texte or c.fonctions.comparaison)
    ]

    assert muets == []


def test_les_questions_au_juriste_sont_dans_le_rapport():
    posees = {question.code for question in rapport(achat()).questions}

    assert posees == {c.code for c in CONTROLES if c.question}
    assert all(c.question.endswith("?") for c in CONTROLES if c.question)


def champs_ecrits() -> set[str]:
    """Tous les champs que les contrôles nomment, au catalogue et dans les fonctions."""
    dossier = (
        Path(__file__).resolve().parents[3] / "src" / "beffroi" / "achat" / "controles" / "rules"
    )
    motif = re.compile(r'champ=(?:champ\b[^"]*?else )?"([^"]+)"|yield "[^"]*", "([a-z_.]+)", ')
    trouves = {a or b for f in dossier.glob("*.py") for a, b in motif.findall(f.read_text("utf-8"))}
    return trouves | {controle.champ for controle in CONTROLES}


def mene_quelque_part(genre: Any, chemin: list[str]) -> bool:
    if not chemin:
        return True
    genre = next((g for g in (genre, *get_args(genre)) if is_dataclass(g)), None)
    if genre is None or chemin[0] not in {champ.name for champ in fields(genre)}:
        return False
    return mene_quelque_part(get_type_hints(genre)[chemin[0]], chemin[1:])


def test_chaque_champ_est_un_champ_de_l_achat():
    assert len(champs_ecrits()) > 40
    assert [
        champ for champ in sorted(champs_ecrits()) if not mene_quelque_part(Achat, champ.split("."))
    ] == []


def test_le_rapport_porte_la_version_et_les_deux_empreintes():
    regles = rapport(achat()).regles

    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", regles.version)
    assert all(
        re.fullmatch(r"[0-9a-f]{64}", e)
        for e in (regles.empreinte_des_tables, regles.empreinte_des_regles)
    )
    assert rapport(achat()).regles == regles


def test_ce_qui_bloque_vient_d_abord():
    abime = rapport(achat(objet="", criteres=()), lu=texte("Rien."))

    rangs = [constat.gravite.rang for constat in abime.par_gravite]
    assert rangs == sorted(rangs)
    assert abime.bloque
    assert abime.comptes[Gravite.BLOQUANT] == rangs.count(0)


def test_un_texte_lu_en_partie_rend_le_rapport_partiel():
    partiel = rapport(achat(), lu=texte("Rien.", lacunes=("Le document est une image.",)))

    assert partiel.est_partiel
    assert partiel.lacunes == ("Le document est une image.",)
    assert not any(constat.doute for constat in partiel.constats)


def test_un_texte_vide_n_empeche_jamais_de_publier():
    bloquants = [c.code for c in rapport(achat(), lu=texte("Rien.")).constats if c.bloque]

    assert bloquants == []
