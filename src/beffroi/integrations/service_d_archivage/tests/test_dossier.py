"""Le dossier d'échange :
entier ou absent, une fois, et des réponses que l'on ne croit pas sur parole.
"""

import errno
import hashlib
import io
import os

import pytest
from django.utils.module_loading import import_string

from beffroi.garde.versements.ports import BLOC, Transfert
from beffroi.garde.versements.tests.scene import LE
from beffroi.integrations.service_d_archivage import adapter, dossier
from beffroi.integrations.service_d_archivage.client import ServiceEnLigne
from beffroi.integrations.service_d_archivage.dossier import DossierDEchange
from beffroi.socle.fondations.erreurs import ServiceIndisponible
from beffroi.socle.fondations.reglages import ReglageIllisible
from formats.seda.bornes import OCTETS_D_UNE_REPONSE

OCTETS = b"z" * (2 * BLOC + 3)
NOM = "PQ-7F3KPT2A-VS-22222222.zip"


def transfert(octets: bytes = OCTETS, *, sha256: str = "") -> Transfert:
    return Transfert(
        cle="VS-22222222",
        identifiant="PQ-7F3KPT2A",
        taille=len(octets),
        sha256=sha256 or hashlib.sha256(octets).hexdigest(),
        ouvrir=lambda: io.BytesIO(octets),
    )


@pytest.fixture
def depot(tmp_path):
    (tmp_path / "vers").mkdir()
    (tmp_path / "depuis").mkdir()
    return DossierDEchange(tmp_path / "vers", tmp_path / "depuis")


def presents(tmp_path) -> list[str]:
    return sorted(fichier.name for fichier in (tmp_path / "vers").iterdir())


def test_le_paquet_est_depose_avec_son_empreinte_et_rien_d_autre(depot, tmp_path):
    assert depot.deposer(transfert(), maintenant=LE) is None

    assert presents(tmp_path) == [NOM, f"{NOM}.sha256"]
    assert (tmp_path / "vers" / NOM).read_bytes() == OCTETS
    assert (tmp_path / "vers" / f"{NOM}.sha256").read_text() == f"{transfert().sha256}  {NOM}\n"


def test_l_empreinte_vient_en_dernier_et_chaque_nom_est_rendu_durable(depot, tmp_path, monkeypatch):
    rangs, durables = [], []
    monkeypatch.setattr(dossier, "rendre_durable", lambda _: rangs.append(presents(tmp_path)))
    monkeypatch.setattr(dossier.os, "fsync", durables.append)
    depot.deposer(transfert(), maintenant=LE)

    assert rangs == [[NOM], [NOM, f"{NOM}.sha256"]]
    assert len(durables) == 2


def test_emporte_par_le_service_le_paquet_n_est_pas_depose_de_nouveau(depot, tmp_path):
    depot.deposer(transfert(), maintenant=LE)
    (tmp_path / "vers" / NOM).unlink()
    depot.deposer(transfert(), maintenant=LE)

    assert presents(tmp_path) == [f"{NOM}.sha256"]


def test_un_depot_coupe_reprend_de_zero(depot, tmp_path):
    (tmp_path / "vers" / f".{NOM}.abcd.partiel").write_bytes(b"moiti")
    (tmp_path / "vers" / NOM).write_bytes(b"depose par un ouvrier mort avant l'empreinte")
    depot.deposer(transfert(), maintenant=LE)

    assert (tmp_path / "vers" / NOM).read_bytes() == OCTETS


def test_un_paquet_abime_n_est_pas_depose(depot, tmp_path):
    with pytest.raises(ServiceIndisponible, match="n'a plus l'empreinte") as refus:
        depot.deposer(transfert(sha256="0" * 64), maintenant=LE)

    assert (refus.value.permanent, presents(tmp_path)) == (True, [])


@pytest.mark.parametrize(
    ("panne", "phrase"),
    [(errno.ENOSPC, "est plein"), (errno.EDQUOT, "est plein"), (errno.EACCES, "reçu")],
)
def test_un_dossier_plein_ou_ferme_se_dit_et_n_en_garde_rien(
    depot, tmp_path, monkeypatch, panne, phrase
):
    def echoue(_):
        raise OSError(panne, os.strerror(panne))

    monkeypatch.setattr(dossier.os, "fsync", echoue)
    with pytest.raises(ServiceIndisponible, match=phrase) as refus:
        depot.deposer(transfert(), maintenant=LE)

    assert (refus.value.permanent, presents(tmp_path)) == (False, [])


def test_un_dossier_absent_fait_recommencer(tmp_path):
    with pytest.raises(ServiceIndisponible) as panne:
        DossierDEchange(tmp_path / "absent", None).deposer(transfert(), maintenant=LE)

    assert not panne.value.permanent


def test_les_reponses_sont_celles_dont_le_nom_porte_le_transfert(depot, tmp_path):
    depuis = tmp_path / "depuis"
    for nom in (
        "PQ-7F3KPT2A.xml",
        "ATR_PQ-7F3KPT2A.XML",
        "PQ-AUTRE222.xml",
        "PQ-7F3KPT2A.txt",
        ".PQ-7F3KPT2A.xml",
    ):
        (depuis / nom).write_bytes(nom.encode())

    assert list(depot.reponses("PQ-7F3KPT2A")) == [b"ATR_PQ-7F3KPT2A.XML", b"PQ-7F3KPT2A.xml"]


def test_ni_lien_ni_tube_ni_dossier_ne_se_lit(depot, tmp_path):
    depuis = tmp_path / "depuis"
    (depuis / "PQ-7F3KPT2A-lien.xml").symlink_to("/etc/passwd")
    os.mkfifo(depuis / "PQ-7F3KPT2A-tube.xml")
    (depuis / "PQ-7F3KPT2A-dossier.xml").mkdir()

    assert list(depot.reponses("PQ-7F3KPT2A")) == []


def test_une_reponse_demesuree_ne_se_lit_pas_entiere(depot, tmp_path):
    with (tmp_path / "depuis" / "PQ-7F3KPT2A.xml").open("wb") as flux:
        flux.truncate(4 * OCTETS_D_UNE_REPONSE)

    (lue,) = depot.reponses("PQ-7F3KPT2A")
    assert len(lue) == OCTETS_D_UNE_REPONSE + 1


def test_sans_dossier_des_reponses_on_ne_sait_rien(tmp_path):
    assert list(DossierDEchange(tmp_path, None).reponses("PQ-7F3KPT2A")) == []


def test_un_dossier_des_reponses_illisible_se_dit(tmp_path):
    with pytest.raises(ServiceIndisponible, match="ne se lit pas"):
        list(DossierDEchange(tmp_path, tmp_path / "absent").reponses("PQ-7F3KPT2A"))


def test_chaque_reglage_ouvre_sa_voie_et_rien_ne_sort_d_un_espace_d_essai(settings, tmp_path):
    rien = {"dossier": "", "reponses": "", "adresse": "", "jeton": ""}
    settings.SERVICE_D_ARCHIVAGE = rien
    assert adapter.service() is None
    settings.SERVICE_D_ARCHIVAGE = {**rien, "dossier": str(tmp_path)}
    assert isinstance(adapter.service(), DossierDEchange)
    settings.SERVICE_D_ARCHIVAGE = {**rien, "adresse": "https://sae.example/"}
    assert isinstance(adapter.service(), ServiceEnLigne)
    settings.ESPACE = "ecole"
    assert adapter.service() is None


@pytest.mark.parametrize(
    ("reglages", "phrase"),
    [
        ({"dossier": "/x", "adresse": "https://sae.example"}, "tous les deux"),
        ({"dossier": "", "adresse": "http://sae.example"}, "https://"),
        ({"dossier": "", "adresse": "http://localhost.sae.example"}, "https://"),
        ({"dossier": "", "adresse": "sae.example"}, "https://"),
    ],
)
def test_deux_voies_ou_une_adresse_en_clair_arretent_le_demarrage(reglages, phrase):
    with pytest.raises(ReglageIllisible, match=phrase):
        import_string("config.archives.controler")(reglages)


@pytest.mark.parametrize(
    "adresse", ["", "https://sae.example/depot", "http://127.0.0.1:8080/", "http://localhost/"]
)
def test_une_adresse_sure_ou_de_la_machine_passe(adresse):
    import_string("config.archives.controler")({"dossier": "", "adresse": adresse})
