"""La commande qui vérifie un paquet d'archives : ce qu'elle dit, et son code de sortie."""

import json

import pytest

from beffroi.commandes.cli.erreurs import ErreurDArguments
from beffroi.commandes.cli.lanceur import executer
from formats.seda.tests.exemples import paquet, truque


def pose(tmp_path, contenu):
    (tmp_path / "sip.zip").write_bytes(contenu)
    return str(tmp_path / "sip.zip")


def test_un_paquet_integre_passe_et_ce_qui_n_est_pas_verifie_est_dit(tmp_path, capsys, monkeypatch):
    monkeypatch.delenv("BEFFROI_NORMES", raising=False)

    assert executer("seda", ["verifier", pose(tmp_path, paquet())]) == 0
    dit = capsys.readouterr().out
    assert (
        "Fichiers : rien à redire." in dit and "Pas vérifié : le schéma officiel du SEDA 2.1" in dit
    )
    assert "Ce paquet est conforme" not in dit and "BEFFROI_NORMES" in dit


def test_un_defaut_dit_ou_il_est_et_rend_un(tmp_path, capsys):
    faux = truque(paquet(), "<Size>8<", "<Size>9<")

    assert executer("seda", ["verifier", pose(tmp_path, faux), "--json"]) == 1
    dit = json.loads(capsys.readouterr().out)
    assert not dit["est_bon"]
    [defaut] = [defaut for controle in dit["controles"] for defaut in controle["defauts"]]
    assert (defaut["regle"], defaut["ou"]) == ("taille", "objet ID3 (registre des dépôts.csv)")


def test_ce_qui_n_est_pas_un_zip_est_refuse(tmp_path, capsys):
    assert executer("seda", ["verifier", pose(tmp_path, b"rien")]) == 1
    assert "n'est pas une archive ZIP entière" in capsys.readouterr().out


def test_un_profil_qui_n_en_est_pas_un_rend_deux(tmp_path):
    (tmp_path / "profil.rng").write_text("<a/>", "utf-8")

    with pytest.raises(ErreurDArguments, match="n'est pas un profil"):
        executer(
            "seda", ["verifier", pose(tmp_path, paquet()), "--profil", str(tmp_path / "profil.rng")]
        )


def test_un_fichier_absent_rend_deux():
    with pytest.raises(ErreurDArguments, match="n'existe pas"):
        executer("seda", ["verifier", "/nulle/part.zip"])
