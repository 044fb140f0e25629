"""La commande qui lit un DUME : ce qu'elle dit, et son code de sortie."""

import json

import pytest

from beffroi.commandes.cli.erreurs import ErreurDArguments
from beffroi.commandes.cli.lanceur import executer
from formats.dume import ecrire
from formats.dume.tests.exemples import reponse
from formats.dume.tests.mutations import DE_LA_REPONSE, Mutation


def pose(tmp_path, contenu):
    fichier = tmp_path / "dume.xml"
    fichier.write_bytes(contenu)
    return str(fichier)


def test_un_dume_se_dit_en_francais_et_ce_qui_n_est_pas_verifie_aussi(
    tmp_path, capsys, monkeypatch
):
    monkeypatch.delenv("BEFFROI_NORMES", raising=False)

    assert executer("dume", ["lire", pose(tmp_path, ecrire(reponse()))]) == 0
    dit = capsys.readouterr().out
    assert (
        "Atelier du Faîtage" in dit
        and "Conflit d'intérêts : l'entreprise déclare être dans ce cas." in dit
    )
    assert (
        "Pas vérifié : le schéma et les règles européennes" in dit
        and "Ce DUME est valide." not in dit
    )


def test_un_defaut_nomme_le_champ_et_rend_un(tmp_path, capsys):
    [sans_taille] = [
        m for m in DE_LA_REPONSE if m.champ == "Taille de l'entreprise" and not m.texte
    ]

    assert (
        executer(
            "dume", ["lire", pose(tmp_path, sans_taille.appliquer(ecrire(reponse()))), "--json"]
        )
        == 1
    )
    [defaut] = json.loads(capsys.readouterr().out)["controles"][0]["defauts"]
    assert defaut["champ"] == "Taille de l'entreprise" and defaut["remede"].startswith(
        "Valeurs admises"
    )


def test_une_entite_externe_est_refusee(tmp_path):
    contenu = ecrire(reponse()).replace(
        b"?>", b'?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', 1
    )

    with pytest.raises(ErreurDArguments, match="il n'est pas lu"):
        executer("dume", ["lire", pose(tmp_path, contenu)])


def test_une_mutation_ote_bien_ce_qu_elle_dit():
    assert b"UBLVersionID" not in Mutation("cbc:UBLVersionID", "").appliquer(ecrire(reponse()))
