"""Le compose à deux nœuds : on dépose par le frontal, et encore quand la base a redémarré."""

import re

import pytest

from tests.serveurs.deux_noeuds import VOISINS, deux_noeuds, images
from tests.serveurs.podman import PodmanAbsent, exiger_podman, podman
from tests.serveurs.seaweedfs import SeaweedfsAbsent, binaire

DEPOSE = re.compile(r"déposé, (\S+)")
# Chaque jour : les fichiers compose (`test_conteneurs`), Caddy devant un nœud (`test_frontaux`),
# deux nœuds et leurs clés (`test_noeud`), une base qui redémarre (`test_base_redemarree`).
pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def noeuds(tmp_path_factory):
    try:
        exiger_podman("podman-compose", "git", "openssl")
        binaire()
    except (PodmanAbsent, SeaweedfsAbsent) as absent:
        pytest.skip(f"{absent} Le compose à deux nœuds n'a pas été monté.")
    dossier = tmp_path_factory.mktemp("deux")
    with images(tmp_path_factory.mktemp("images")), deux_noeuds(dossier) as noeuds:
        noeuds.beffroi(
            *(1, "exploitant", "--nom", "Centre de gestion", "--siret", "28620001900011"),
            *("--courriel", "anne@cdg-essai.fr", "--administrateur", "Anne Martin"),
        )
        yield noeuds


def test_on_depose_par_les_deux_noeuds_et_apres_un_redemarrage_de_la_base(noeuds):
    avant = [deposer(noeuds, par=1), deposer(noeuds, par=2)]

    podman("restart", "--time", "10", noeuds.conteneur("base"))
    noeuds.attendre("/consultations/")
    apres = [deposer(noeuds, par=1), deposer(noeuds, par=2)]

    assert len({*avant, *apres}) == 4


def test_un_noeud_arrete_on_depose_encore_et_le_registre_est_intact(noeuds):
    podman("stop", "--time", "90", noeuds.conteneur("serve-1"), delai_s=150)
    noeuds.attendre("/pret")
    deposer(noeuds, par=2)
    podman("start", noeuds.conteneur("serve-1"))

    verifie = noeuds.beffroi(2, "verifier", "--journal", "/var/lib/beffroi")

    assert "Tout est intact" in verifie


def test_aucun_voisin_n_ecoute_au_dehors_que_le_frontal(noeuds):
    publies = {voisin: podman("port", noeuds.conteneur(voisin)).splitlines() for voisin in VOISINS}

    assert [voisin for voisin, ports in publies.items() if ports] == ["frontal"]


def deposer(noeuds, *, par: int) -> str:
    """Une réponse de la sonde de ce nœud, par l'adresse publique ; son récépissé."""
    dit = noeuds.beffroi(par, "sonde", "--une-fois")
    assert DEPOSE.search(dit), dit
    return DEPOSE.findall(dit)[0]
