"""La commande qui vérifie une facture : ce qu'elle dit, et son code de sortie."""

import json

from beffroi.commandes.cli.lanceur import executer
from formats.facture import en_cii, en_ubl
from formats.facture.tests import exemples


def test_une_facture_valide_le_dit_et_rend_zero(tmp_path, capsys):
    fichier = tmp_path / "facture.xml"
    fichier.write_bytes(en_ubl(exemples.facture()))

    assert executer("facture", ["verifier", str(fichier)]) == 0
    assert (
        "EN 16931 (UBL) : passé" in (dit := capsys.readouterr().out) and "Rien n'est refusé." in dit
    )


def test_une_facture_falsifiee_nomme_la_regle_et_rend_un(tmp_path, capsys):
    fichier = tmp_path / "facture.xml"
    fichier.write_bytes(
        en_cii(exemples.facture()).replace(b"<ram:GrandTotalAmount>1", b"<ram:GrandTotalAmount>2")
    )

    assert executer("facture", ["verifier", str(fichier), "--json"]) == 1
    rendu = json.loads(capsys.readouterr().out)
    assert "BR-CO-15" in {
        defaut["regle"] for controle in rendu["controles"] for defaut in controle["defauts"]
    }


def test_ce_qui_n_est_pas_verifie_n_est_ni_bon_ni_faux(tmp_path, capsys):
    fichier = tmp_path / "facture.xml"
    fichier.write_bytes(en_ubl(exemples.facture()).replace(b"urn:cen.eu:en16931:2017", b"urn:x"))

    assert executer("facture", ["verifier", str(fichier)]) == 3
    assert "Pas vérifié" in capsys.readouterr().out


def test_un_fichier_qui_n_est_pas_une_facture_est_illisible(tmp_path, capsys):
    fichier = tmp_path / "facture.xml"
    fichier.write_bytes(b"bonjour")

    assert executer("facture", ["verifier", str(fichier)]) == 2
    assert "Lecture : refusé" in capsys.readouterr().out
