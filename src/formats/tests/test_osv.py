"""Un avis de sécurité touche-t-il cette version ? Les paquets d'ici n'existent pas."""

import json

import pytest

from formats import osv


def avis(*touches, **champs) -> osv.Avis:
    dit = {
        "id": "ESSAI-2026-1",
        "modified": "2026-11-03T10:00:00Z",
        "summary": "Une faute inventée",
        "affected": list(touches),
        **champs,
    }
    return osv.lire(json.dumps(dit).encode())


def touche(*evenements, ecosysteme="PyPI", nom="paquet-imaginaire", sorte="ECOSYSTEM", versions=()):
    return {
        "package": {"ecosystem": ecosysteme, "name": nom},
        "ranges": [{"type": sorte, "events": list(evenements)}],
        "versions": list(versions),
    }


def concerne(un, version, ecosysteme="PyPI", nom="paquet-imaginaire") -> bool:
    return un.concerne(ecosysteme=ecosysteme, nom=nom, version=version)


DEPUIS_TOUJOURS = touche({"introduced": "0"}, {"fixed": "2.1"})


@pytest.mark.parametrize(
    ("version", "attendu"),
    [("0.1", True), ("2.0.9", True), ("2.1rc1", True), ("2.1", False), ("10.0", False)],
)
def test_la_version_qui_corrige_n_est_plus_concernee(version, attendu):
    assert concerne(avis(DEPUIS_TOUJOURS), version) is attendu


@pytest.mark.parametrize(("version", "attendu"), [("1.5", True), ("1.6", True), ("1.6.1", False)])
def test_la_derniere_version_touchee_l_est_encore(version, attendu):
    un = avis(touche({"introduced": "1.0"}, {"last_affected": "1.6"}))

    assert concerne(un, version) is attendu


@pytest.mark.parametrize(
    ("version", "attendu"),
    [("0.9", False), ("1.0", True), ("1.4", False), ("2.0", True), ("2.3", False)],
)
def test_une_faute_revenue_a_deux_intervalles(version, attendu):
    un = avis(
        touche({"introduced": "2.0"}, {"fixed": "2.2"}, {"introduced": "1.0"}, {"fixed": "1.3"})
    )

    assert concerne(un, version) is attendu


def test_une_limite_borne_l_intervalle():
    un = avis(touche({"introduced": "0"}, {"limit": "2.0"}))

    assert (concerne(un, "1.9"), concerne(un, "2.0")) == (True, False)


def test_une_version_nommee_suffit():
    un = avis({"package": {"ecosystem": "PyPI", "name": "x"}, "versions": ["1.2.post1"]})

    assert concerne(un, "1.2.post1", nom="x")
    assert not concerne(un, "1.2", nom="x")


@pytest.mark.parametrize("nom", ["Paquet_Imaginaire", "paquet.imaginaire", "PAQUET-imaginaire"])
def test_un_paquet_python_se_reconnait_sous_toutes_ses_ecritures(nom):
    un = avis(touche({"introduced": "0"}, nom=nom))

    assert concerne(un, "1.0")


def test_le_meme_nom_dans_un_autre_ecosysteme_n_est_pas_le_meme_paquet():
    assert not concerne(avis(DEPUIS_TOUJOURS), "1.0.0", ecosysteme="npm")


@pytest.mark.parametrize(
    ("version", "attendu"),
    [("1.9.9", True), ("2.0.0-beta.2", True), ("2.0.0-beta.11", False), ("2.0.0", False)],
)
def test_une_preversion_de_npm_vient_avant_la_version(version, attendu):
    un = avis(
        touche(
            {"introduced": "0"},
            {"fixed": "2.0.0-beta.11"},
            ecosysteme="npm",
            nom="@invente/chose",
            sorte="SEMVER",
        )
    )

    assert concerne(un, version, ecosysteme="npm", nom="@invente/chose") is attendu


def test_un_intervalle_de_revisions_git_ne_se_compare_pas():
    assert not concerne(avis(touche({"introduced": "0"}, sorte="GIT")), "1.0")


def test_un_avis_retire_ne_concerne_plus_rien():
    assert not concerne(avis(DEPUIS_TOUJOURS, withdrawn="2026-11-04T00:00:00Z"), "1.0")


def test_les_versions_qui_corrigent_se_disent():
    un = avis(DEPUIS_TOUJOURS)

    assert un.corriges(ecosysteme="PyPI", nom="paquet_imaginaire") == ["2.1"]


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"[]",
        b"{}",
        b'"texte"',
        b'{"id": "E", "modified": "2026", "affected": [1]}',
        b'{"id": "E", "modified": "2026", "affected": [{"package": {"ecosystem": "PyPI"}}]}',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_ce_qui_n_est_pas_un_avis_est_dit_illisible(octets):
    with pytest.raises(osv.AvisIllisible, match="OSV"):
        osv.lire(octets)


def test_une_borne_qui_ne_se_lit_pas_n_est_pas_prise_pour_une_absence():
    un = avis(touche({"introduced": "0"}, {"fixed": "deux"}))

    with pytest.raises(osv.AvisIllisible, match="deux"):
        concerne(un, "1.0")
