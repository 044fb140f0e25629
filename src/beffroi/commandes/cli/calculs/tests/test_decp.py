"""Les commandes des données essentielles :
ce qu'elles disent, ce qu'elles écrivent, leur code de sortie.
"""

import json

import pytest

from beffroi.commandes.cli.erreurs import ErreurDArguments, ErreurDeCommande
from beffroi.commandes.cli.lanceur import executer
from formats.decp import en_json, lire
from formats.decp.tests import exemples
from formats.tests.normes import NORMES

OCDS = [
    "--prefixe",
    "ocds-213czf",
    "--editeur",
    "Commune",
    "--adresse",
    "https://exemple.fr/ocds.json",
]


@pytest.fixture
def fichier(tmp_path, monkeypatch):
    monkeypatch.delenv("BEFFROI_NORMES", raising=False)
    chemin = tmp_path / "contrats.json"
    chemin.write_bytes(en_json(exemples.paquet()))
    return chemin


def _corrompre(fichier, avant: bytes, apres: bytes) -> None:
    contenu = fichier.read_bytes()
    assert avant in contenu
    fichier.write_bytes(contenu.replace(avant, apres))


def test_un_fichier_juste_rend_zero_et_dit_que_le_schema_officiel_a_manque(fichier, capsys):
    assert executer("decp", ["verifier", str(fichier)]) == 0

    dit = capsys.readouterr().out
    assert "1 marché et 1 concession" in dit
    assert "Pas vérifié : le schéma officiel" in dit and "se règlent par BEFFROI_NORMES" in dit


@pytest.mark.skipif(
    not (NORMES / "decp").exists(), reason=f"le schéma officiel n'est pas là ({NORMES / 'decp'})"
)
def test_avec_le_schema_officiel_tout_est_verifie(fichier, capsys):
    assert executer("decp", ["verifier", str(fichier), "--normes", str(NORMES)]) == 0

    dit = capsys.readouterr().out
    assert "Schéma officiel : passé" in dit and dit.endswith("Rien n'est refusé.\n")


def test_chaque_defaut_dit_contrat_champ_source_et_remede(fichier, capsys):
    _corrompre(fichier, b'"dureeMois": 4', b'"dureeMois": 0')
    _corrompre(
        fichier,
        b'"id": "DSP-2026-1", "autoriteConcedante": {"id": "21620178000014"',
        b'"id": "D", "autoriteConcedante": {"id": "21620178000015"',
    )

    assert executer("decp", ["verifier", str(fichier)]) == 1
    dit = capsys.readouterr().out
    assert (
        "Marché 2026001 : dureeMois. 0 est trop petit. Il faut au moins 1. (format national 2.0.3)"
        in dit
    )
    assert "Concession D : autoriteConcedante.id. La clé du SIRET 21620178000015 est fausse." in dit


def test_le_rapport_se_lit_par_un_autre_programme(fichier, capsys):
    _corrompre(fichier, b'"offresRecues": 3', b'"offresRecues": 0')

    assert executer("decp", ["verifier", str(fichier), "--json"]) == 1
    [defaut] = json.loads(capsys.readouterr().out)["controles"][0]["defauts"]
    assert (defaut["contrat"], defaut["champ"], defaut["est_une_erreur"]) == (
        "Marché 2026001",
        "offresRecues",
        True,
    )


def test_un_fichier_absent_rend_deux(tmp_path):
    with pytest.raises(ErreurDArguments, match="n'existe pas"):
        executer("decp", ["verifier", str(tmp_path / "absent.json")])


def test_un_fichier_illisible_est_un_defaut(fichier, capsys):
    fichier.write_bytes(b"{")

    assert executer("decp", ["verifier", str(fichier)]) == 1
    assert "Ce JSON ne se lit pas, ligne 1" in capsys.readouterr().out


def test_convertir_en_xml_puis_en_json_rend_le_meme_fichier(fichier, tmp_path):
    xml, retour = tmp_path / "contrats.xml", tmp_path / "retour.json"

    assert executer("decp", ["convertir", str(fichier), "--vers", "xml", "--sortie", str(xml)]) == 0
    assert executer("decp", ["convertir", str(xml), "--vers", "json", "--sortie", str(retour)]) == 0
    assert retour.read_bytes() == fichier.read_bytes() != xml.read_bytes()
    assert lire(xml.read_bytes()).paquet == exemples.paquet()


def test_convertir_en_ocds_donne_toujours_les_memes_octets(fichier, capfdbinary):
    executer("decp", ["convertir", str(fichier), "--vers", "ocds", *OCDS])
    premier = capfdbinary.readouterr().out
    executer("decp", ["convertir", str(fichier), "--vers", "ocds", *OCDS])

    assert capfdbinary.readouterr().out == premier
    assert json.loads(premier)["publishedDate"] == "2028-02-01T00:00:00+00:00"


def test_ocds_demande_un_prefixe_enregistre(fichier):
    with pytest.raises(ErreurDArguments, match="--prefixe, --editeur, --adresse"):
        executer("decp", ["convertir", str(fichier), "--vers", "ocds"])


def test_rien_n_est_ecrase(fichier):
    with pytest.raises(ErreurDeCommande, match="existe déjà"):
        executer("decp", ["convertir", str(fichier), "--vers", "xml", "--sortie", str(fichier)])


def test_un_contrat_mal_forme_arrete_la_conversion(fichier, tmp_path, capsys):
    _corrompre(fichier, b'"offresRecues": 3', b'"offresRecues": 0')
    sortie = tmp_path / "contrats.xml"

    with pytest.raises(ErreurDeCommande, match="n'est pas converti"):
        executer("decp", ["convertir", str(fichier), "--vers", "xml", "--sortie", str(sortie)])
    assert "Marché 2026001 : offresRecues" in capsys.readouterr().err and not sortie.exists()


def test_deux_contrats_confondus_ne_deviennent_pas_de_l_ocds(fichier, tmp_path):
    _corrompre(fichier, b'"id": "DSP-2026-1"', b'"id": "2026001"')
    sortie = tmp_path / "ocds.json"

    with pytest.raises(ErreurDeCommande, match="portent le numéro « 2026001 »"):
        executer(
            "decp", ["convertir", str(fichier), "--vers", "ocds", *OCDS, "--sortie", str(sortie)]
        )
    assert not sortie.exists()
