"""Les voies d'envoi : ce qu'elles portent, ce qu'elles rapportent, ce qui recommence."""

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest

from beffroi.integrations.publication.adapter import voies
from beffroi.integrations.publication.client import Concentrateur
from beffroi.integrations.publication.dossier import DossierDEchange
from beffroi.publicite.avis.ports import AvisAEnvoyer
from beffroi.socle.fondations.erreurs import ServiceIndisponible

LE = datetime(2026, 11, 24, 9, 30, tzinfo=ZoneInfo("Europe/Paris"))
AVIS = AvisAEnvoyer(
    cle="PA-7F3KPT2A", support="boamp", nom_du_support="", texte="AVIS DE MARCHÉ", xml="<a/>"
)
ACCUSE = {"numero": "26-88058", "envoye_le": LE.isoformat()}


def concentrateur(reponse):
    recues = []

    def repondre(demande):
        recues.append(demande)
        if isinstance(reponse, Exception):
            raise reponse
        return reponse

    return Concentrateur(
        "https://avis.example/depot", "jeton", transport=httpx.MockTransport(repondre)
    ), recues


def test_d_office_aucune_voie_n_est_ouverte(settings):
    settings.PUBLICATION = {"dossier": "", "adresse": "", "jeton": ""}

    assert voies() == {}


def test_chaque_reglage_ouvre_sa_voie(settings, tmp_path):
    settings.PUBLICATION = {
        "dossier": str(tmp_path),
        "adresse": "https://avis.example/",
        "jeton": "",
    }

    assert sorted(voies()) == ["dossier", "http"]


def test_le_dossier_recoit_le_texte_le_xml_et_le_bordereau(tmp_path):
    accuse = DossierDEchange(tmp_path).publier(AVIS, maintenant=LE)

    assert sorted(f.name for f in tmp_path.iterdir()) == [
        f"{AVIS.cle}.json",
        f"{AVIS.cle}.txt",
        f"{AVIS.cle}.xml",
    ]
    assert accuse.envoye_le == LE
    assert json.loads(accuse.preuve)["fichiers"].keys() == {f"{AVIS.cle}.txt", f"{AVIS.cle}.xml"}


def test_un_avis_deja_depose_garde_sa_premiere_date(tmp_path):
    DossierDEchange(tmp_path).publier(AVIS, maintenant=LE)

    accuse = DossierDEchange(tmp_path).publier(AVIS, maintenant=LE + timedelta(hours=3))

    assert accuse.envoye_le == LE


def test_un_dossier_absent_fait_recommencer(tmp_path):
    with pytest.raises(ServiceIndisponible) as panne:
        DossierDEchange(tmp_path / "absent").publier(AVIS, maintenant=LE)

    assert not panne.value.permanent


def test_l_accuse_du_concentrateur_est_la_preuve():
    service, recues = concentrateur(httpx.Response(201, json=ACCUSE))

    accuse = service.publier(AVIS, maintenant=LE)

    assert (accuse.envoye_le, accuse.numero) == (LE, "26-88058")
    assert json.loads(accuse.preuve) == ACCUSE
    assert recues[0].headers["Idempotency-Key"] == AVIS.cle
    assert recues[0].headers["Authorization"] == "Bearer jeton"
    assert json.loads(recues[0].content)["texte"] == AVIS.texte


def test_un_refus_dit_son_motif_et_ne_recommence_pas():
    service, _ = concentrateur(httpx.Response(422, json={"motif": "Code CPV inconnu."}))

    with pytest.raises(ServiceIndisponible, match="Code CPV inconnu") as refus:
        service.publier(AVIS, maintenant=LE)

    assert refus.value.permanent


@pytest.mark.parametrize(
    "reponse",
    [
        httpx.Response(503),
        httpx.Response(429),
        httpx.Response(302, headers={"Location": "https://ailleurs.example"}),
        httpx.Response(200, text="ok"),
        httpx.Response(200, json={"numero": "1", "envoye_le": "hier"}),
        httpx.Response(200, json={"numero": "1", "envoye_le": "2026-11-24T09:30:00"}),
        httpx.Response(200, content=b"x" * 300_000),
        httpx.ConnectTimeout("silence"),
    ],
    ids=[
        "panne",
        "trop",
        "redirection",
        "pas un accusé",
        "date fausse",
        "sans fuseau",
        "démesuré",
        "silence",
    ],
)
def test_ce_qui_ne_prouve_pas_l_envoi_fait_recommencer(reponse):
    service, _ = concentrateur(reponse)

    with pytest.raises(ServiceIndisponible) as panne:
        service.publier(AVIS, maintenant=LE)

    assert not panne.value.permanent
