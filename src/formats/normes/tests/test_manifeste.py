"""Le manifeste : ce qu'il nomme, ce qu'il accepte, ce qu'il refuse."""

import hashlib
import re

import pytest

from formats import normes
from formats.normes import Etat, Fichier, Jeu
from formats.normes.manifeste import _fichier
from formats.tests.normes import NORMES, avec_les_normes

CONTENU = b"<schema/>"
FICHIER = Fichier(
    chemin="sous/a.xsd", sha256=hashlib.sha256(CONTENU).hexdigest(), taille=len(CONTENU)
)
JEU = Jeu(
    nom="essai",
    titre="Essai",
    version="1",
    dossier="essai-1",
    source="https://normes.example/1/",
    derive_de="",
    editeur="Éditeur",
    licence="CC0",
    fichiers=(FICHIER, Fichier(chemin="b.xsd", sha256="0" * 64, taille=3)),
)


def poser(normes_, chemin, contenu):
    cible = normes_ / "essai-1" / chemin
    cible.parent.mkdir(parents=True, exist_ok=True)
    cible.write_bytes(contenu)


def test_chaque_jeu_dit_sa_version_son_editeur_sa_licence_et_son_origine():
    assert [
        jeu.nom for jeu in normes.jeux() if not (jeu.version and jeu.editeur and jeu.licence)
    ] == []
    assert [jeu.nom for jeu in normes.jeux() if not (jeu.source or jeu.derive_de)] == []


def test_une_source_est_en_https():
    assert [
        jeu.nom for jeu in normes.jeux() if jeu.source and not jeu.source.startswith("https://")
    ] == []


def test_chaque_empreinte_est_un_sha_256():
    fichiers = [fichier for jeu in normes.jeux() for fichier in jeu.fichiers]

    assert [f.chemin for f in fichiers if not re.fullmatch("[0-9a-f]{64}", f.sha256)] == []
    assert len(fichiers) > 200


@pytest.mark.parametrize("chemin", ["../ailleurs", "/etc/passwd", "a/../../b"])
def test_un_chemin_hors_du_jeu_est_refuse(chemin):
    with pytest.raises(ValueError, match="hors du jeu"):
        _fichier(f"{'0' * 64} 3 {chemin}")


def test_rien_n_est_installe_au_depart(tmp_path):
    assert normes.etat_du_jeu(JEU, tmp_path) is Etat.ABSENT


def test_un_fichier_sur_deux_est_incomplet(tmp_path):
    poser(tmp_path, "sous/a.xsd", CONTENU)

    assert normes.etat_du_jeu(JEU, tmp_path) is Etat.INCOMPLET


def test_un_octet_change_se_voit(tmp_path):
    poser(tmp_path, "sous/a.xsd", CONTENU.replace(b"s", b"S"))

    absents, alteres = normes.fichiers_en_defaut(JEU, tmp_path)

    assert ([f.chemin for f in absents], [f.chemin for f in alteres]) == (["b.xsd"], ["sous/a.xsd"])
    assert normes.etat_du_jeu(JEU, tmp_path) is Etat.ALTERE


@avec_les_normes
@pytest.mark.parametrize("jeu", normes.jeux(), ids=lambda jeu: jeu.nom)
def test_les_fichiers_officiels_ont_l_empreinte_du_manifeste(jeu):
    assert normes.fichiers_en_defaut(jeu, NORMES) == ([], [])


# Les cinq jeux du DUME et, pour chacun,
# l'adresse entière d'un de ses fichiers, à la publication 4.1.0 de l'éditeur.
ESPD = "https://raw.githubusercontent.com/OP-TED/ESPD-EDM/v4.1.0/"
ADRESSES_DU_DUME = {
    "espd-schemas-4.1.0": f"{ESPD}ubl-2.3/xsdrt/common/UBL-CommonAggregateComponents-2.3.xsd",
    "espd-demande-4.1.0": f"{ESPD}validation/ESPDRequest/sch/02-ESPD-req-cardinality-br.sch",
    "espd-reponse-4.1.0": f"{ESPD}validation/ESPDResponse/sch/02-ESPD-resp-cardinality-br.sch",
    "espd-communes-4.1.0": f"{ESPD}validation/common/sch/03-ESPD-common-criterion-br.sch",
    "espd-criteres-4.1.0": f"{ESPD}validation/ESPDRequest/xsl/ESPD-criterion.xml",
}


def test_les_cinq_jeux_du_dume_ont_leur_adresse_de_telechargement():
    du_dume = [jeu for jeu in normes.jeux() if jeu.nom.startswith("espd-")]

    assert [jeu.nom for jeu in du_dume] == list(ADRESSES_DU_DUME)
    for jeu in du_dume:
        assert ADRESSES_DU_DUME[jeu.nom] in {
            jeu.source + fichier.chemin for fichier in jeu.fichiers
        }
        assert f"/v{jeu.version}/" in jeu.source
