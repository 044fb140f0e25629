"""La matrice des signatures : chaque fichier, l'attendu, l'obtenu ;
aucun fichier altéré n'est jamais valable.
"""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from formats.signature import RapportDeSignature, Verdict
from formats.signature.tests.cas import FABRIQUES, du_tiers
from formats.signature.verification import verifier_ici
from formats.tests.normes import NORMES

TIERS = NORMES / "signature"
CAS = tomllib.loads((Path(__file__).parent / "matrice.toml").read_text("utf-8"))["cas"]


def _nom(cas: dict) -> str:
    return cas.get("tiers") or cas["fabrique"]


def _rapport(cas: dict) -> RapportDeSignature:
    if "tiers" in cas and not (TIERS / cas["tiers"]).exists():
        pytest.skip(
            f"le fichier de tiers n'est pas là ({TIERS / cas['tiers']}) : il n'a pas été vérifié"
        )
    return _verifie(_nom(cas), "tiers" in cas)


@cache
def _verifie(nom: str, tiers: bool) -> RapportDeSignature:
    return verifier_ici(*(du_tiers(TIERS / nom) if tiers else FABRIQUES[nom]()))


@pytest.mark.parametrize("cas", CAS, ids=_nom)
def test_chaque_fichier_donne_le_verdict_fige(cas):
    rapport = _rapport(cas)

    assert str(rapport.verdict or "") == cas["obtenu"] == cas["attendu"]
    assert [signature.sous_indication for signature in rapport.signatures] == cas[
        "sous_indications"
    ]


@pytest.mark.parametrize("cas", [un for un in CAS if un.get("altere")], ids=_nom)
def test_un_fichier_altere_ou_enveloppe_n_est_jamais_valable(cas):
    rapport = _rapport(cas)

    assert rapport.verdict in {Verdict.ECHEC, Verdict.INDETERMINEE}
    assert rapport.teinte in {"rouge", "orange"}


def test_la_matrice_couvre_tous_les_fichiers_de_tiers_et_tous_ceux_fabriques():
    presents = {str(f.relative_to(TIERS)) for f in TIERS.rglob("*") if f.suffix in {".pdf", ".xml"}}

    assert presents <= {cas["tiers"] for cas in CAS if "tiers" in cas}
    assert {cas["fabrique"] for cas in CAS if "fabrique" in cas} == set(FABRIQUES)


@pytest.mark.parametrize("cas", CAS, ids=_nom)
def test_rien_n_est_vert_tant_que_la_categorie_du_certificat_n_est_pas_verifiee(cas):
    assert _rapport(cas).teinte != "vert"


@pytest.mark.parametrize(
    ("nom", "teinte", "dit"),
    [
        ("revision-ajoutee.pdf", "rouge", "modifié après signature"),
        ("formulaire-rempli.pdf", "orange", "complété après signature"),
        ("deux-signataires.p7m", "orange", "2 signataires"),
        ("entite.xml", "orange", "une DTD ou des entités"),
        ("sans-autorite.pdf", "orange", "Document intact"),
    ],
)
def test_la_raison_se_lit_en_une_phrase(nom, teinte, dit):
    rapport = _verifie(nom, tiers=False)

    assert rapport.teinte == teinte and dit in rapport.phrase
