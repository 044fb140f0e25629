"""Les versions verrouillées devant des avis inventés : concernées, non, ou comparaison manquée."""

import json
import zipfile

import pytest

from beffroi.commandes.cli.calculs import failles, verrous
from beffroi.commandes.cli.lanceur import principal

CONNUES = {un.nom: un for un in verrous.verrouilles()}


def avis(nom, *, ecosysteme="PyPI", jusqu_a="9999", identifiant="ESSAI-2026-1", **champs) -> str:
    """Un avis fictif : aucune faute de ce nom n'existe."""
    touche = {
        "package": {"ecosystem": ecosysteme, "name": nom},
        "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": jusqu_a}]}],
    }
    dit = {
        "id": identifiant,
        "modified": "2026-11-03T10:00:00Z",
        "summary": "Une faute inventée",
        "aliases": ["ESSAI-ALIAS"],
        "affected": [touche],
        **champs,
    }
    return json.dumps(dit)


@pytest.fixture
def dossier(tmp_path):
    """Un avis par écosystème, sur des paquets que personne ne tient."""
    (tmp_path / "pypi.json").write_text(avis("paquet-imaginaire"))
    (tmp_path / "npm.json").write_text(avis("@invente/chose", ecosysteme="npm", jusqu_a="1.0.0"))
    return tmp_path


def comparer(dossier, *options) -> int:
    return principal(["failles", str(dossier), *options])


def test_rien_de_concerne_rend_0_et_dit_combien_d_avis(dossier, capsys):
    assert comparer(dossier) == 0

    dit = capsys.readouterr().out
    assert "2 avis, le plus récent du 2026-11-03" in dit
    assert "aucune concernée" in dit


def test_une_version_concernee_rend_1_et_dit_ou_c_est_corrige(dossier, capsys):
    (dossier / "lxml.json").write_text(avis("LXML", identifiant="ESSAI-2026-7"))

    assert comparer(dossier) == 1

    dit = capsys.readouterr().out
    assert f"lxml {CONNUES['lxml'].version} (PyPI) : ESSAI-2026-7" in dit
    assert "Aussi : ESSAI-ALIAS" in dit and "Corrigé dans : 9999" in dit


def test_une_bibliotheque_du_navigateur_compte_aussi(dossier, capsys):
    (dossier / "age.json").write_text(avis("age-encryption", ecosysteme="npm", jusqu_a="99.0.0"))

    assert comparer(dossier, "--json") == 1

    (concernee,) = json.loads(capsys.readouterr().out)["concernees"]
    assert concernee["purl"] == CONNUES["age-encryption"].purl


def test_une_version_deja_corrigee_n_est_pas_concernee(dossier):
    (dossier / "lxml.json").write_text(avis("lxml", jusqu_a=CONNUES["lxml"].version))

    assert comparer(dossier) == 0


def test_les_archives_d_osv_se_lisent_telles_quelles(tmp_path):
    for ecosysteme, nom in (("PyPI", "lxml"), ("npm", "@invente/chose")):
        (tmp_path / ecosysteme).mkdir()
        with zipfile.ZipFile(tmp_path / ecosysteme / "all.zip", "w") as archive:
            archive.writestr("E.json", avis(nom, ecosysteme=ecosysteme, jusqu_a="999.0.0"))

    assert comparer(tmp_path) == 1


def test_sans_dossier_la_comparaison_n_a_pas_eu_lieu(monkeypatch, capsys):
    monkeypatch.delenv("BEFFROI_NORMES", raising=False)

    assert principal(["failles"]) == 3

    assert "n'a pas eu lieu. Donnez un dossier d'avis" in capsys.readouterr().out


@pytest.mark.parametrize("present", ["pypi.json", "npm.json"])
def test_un_seul_ecosysteme_ne_suffit_pas_a_conclure(dossier, present, capsys):
    (dossier / ({"pypi.json", "npm.json"} - {present}).pop()).unlink()

    assert comparer(dossier) == 3
    assert "Aucun avis pour" in capsys.readouterr().out


def test_un_dossier_qui_n_existe_pas_ne_passe_pas_pour_une_absence_de_failles(tmp_path):
    assert comparer(tmp_path / "rien") == 3


@pytest.mark.parametrize("octets", [b"{", b'{"id": 1}'])
def test_un_avis_illisible_rend_2_et_se_nomme(dossier, octets, capsys):
    (dossier / "casse.json").write_bytes(octets)

    assert comparer(dossier) == 2
    assert "casse.json" in capsys.readouterr().out


def test_une_archive_abimee_rend_2(dossier):
    (dossier / "all.zip").write_bytes(b"PK abime")

    assert comparer(dossier) == 2


def test_une_borne_illisible_ne_compte_que_pour_un_paquet_tenu(dossier):
    (dossier / "ailleurs.json").write_text(avis("autre-paquet-imaginaire", jusqu_a="deux"))
    assert comparer(dossier) == 0

    (dossier / "ici.json").write_text(avis("lxml", jusqu_a="deux"))
    assert comparer(dossier) == 2


def test_ce_qui_est_concerne_l_emporte_sur_ce_qui_est_illisible(dossier):
    (dossier / "casse.json").write_text("{")
    (dossier / "lxml.json").write_text(avis("lxml"))

    assert comparer(dossier) == 1


def test_le_dossier_d_office_est_celui_des_normes(dossier, monkeypatch):
    (dossier / "osv").mkdir()
    (dossier / "osv" / "lxml.json").write_text(avis("lxml"))
    monkeypatch.setenv("BEFFROI_NORMES", str(dossier))

    assert principal(["failles"]) == 1


def test_une_panne_de_lecture_n_est_pas_prise_pour_une_faille(dossier, monkeypatch):
    def en_panne(*_):
        raise PermissionError(13, "Permission refusée", "osv")

    monkeypatch.setattr(failles, "avis_de", en_panne)

    assert comparer(dossier) == 2
