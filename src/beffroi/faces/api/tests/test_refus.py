"""Ce que l'API refuse à qui dépose se note sur sa tentative, mot pour mot ;
rien ne s'écrit dans celle d'un autre.
"""

import json
import shutil

import pytest

from beffroi.achat.consultations.models import Consultation
from beffroi.reponse.traces import noter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cahiers_a_part(settings, tmp_path):
    settings.DONNEES = tmp_path


def notes(settings) -> list[dict]:
    return [trace for trace in toutes(settings) if trace["nature"] != "limites"]


def toutes(settings) -> list[dict]:
    cahiers = (settings.DONNEES / "cahiers").glob("*.jsonl")
    return [json.loads(ligne) for cahier in cahiers for ligne in cahier.read_bytes().splitlines()]


def test_un_refus_sur_sa_reponse_se_note_avec_son_texte_exact(logiciel, reponse, faitage, settings):
    refus = logiciel.demander(
        "post",
        f"reponses/{reponse['reponse']}/depot",
        {"enveloppes": []},
        **{"idempotency-key": "a"},
    )
    assert refus.status_code >= 400

    (note,) = notes(settings)
    dit = refus.json()
    assert (note["nature"], note["reponse"], note["personne"]) == (
        "refus",
        reponse["reponse"],
        faitage.personne.reference,
    )
    assert (note["texte"], note["cause"], note["details"]) == (
        dit["detail"],
        dit["title"],
        {"statut": refus.status_code},
    )


def test_une_reponse_refusee_au_depart_se_note_sur_la_consultation(
    logiciel, consultation, settings
):
    refus = logiciel.demander(
        "post", f"consultations/{consultation.reference}/reponses", {"lots": [99]}
    )
    assert refus.status_code == 422

    (note,) = notes(settings)
    assert (note["reponse"], note["consultation"], note["texte"]) == (
        "",
        consultation.reference,
        refus.json()["detail"],
    )


def test_les_limites_rendues_a_qui_commence_ou_reprend_se_notent_une_fois(
    logiciel, consultation, settings
):
    commencee = logiciel.demander(
        "post", f"consultations/{consultation.reference}/reponses", {"lots": []}
    ).json()
    logiciel.demander("get", f"reponses/{commencee['reponse']}")

    (note,) = toutes(settings)
    assert (note["nature"], note["reponse"], note["details"]) == (
        "limites",
        commencee["reponse"],
        commencee["limites"],
    )


def test_la_sonde_qui_commence_une_reponse_par_minute_n_en_note_aucune(
    logiciel, reponse, settings, monkeypatch
):
    monkeypatch.setattr(Consultation, "technique", property(lambda _: True, lambda *_: None))
    shutil.rmtree(settings.DONNEES / "cahiers")
    noter._NOTEES.clear()

    assert logiciel.demander("get", f"reponses/{reponse['reponse']}").status_code == 200
    assert toutes(settings) == []


def test_un_jeton_personnel_note_sur_la_reponse_qu_il_ouvre(logiciel, consultation, settings):
    commencee = logiciel.demander(
        "post", f"consultations/{consultation.reference}/reponses", {"lots": []}
    ).json()
    fichier = {"enveloppe": "offre", "lot": 99, "nom": "prix.pdf", "taille": 1000}
    refus = logiciel.demander("post", f"reponses/{commencee['reponse']}/fichiers", fichier)

    (note,) = notes(settings)
    assert (note["reponse"], note["texte"]) == (commencee["reponse"], refus.json()["detail"])


@pytest.mark.parametrize("jeton", ["", "faux"])
def test_un_inconnu_ne_note_rien(client, reponse, settings, jeton):
    refus = client.post(
        f"/api/v1/reponses/{reponse['reponse']}/depot", headers={"authorization": f"Bearer {jeton}"}
    )
    assert refus.status_code == 401
    assert notes(settings) == []


def test_une_autre_entreprise_ne_note_rien_sur_cette_reponse(etranger, reponse, settings):
    corps = {"fichiers": []}
    assert etranger.demander(
        "post", f"reponses/{reponse['reponse']}/fichiers/fins", corps
    ).status_code in {404, 422}
    assert etranger.demander("get", f"reponses/{reponse['reponse']}").status_code == 404
    assert notes(settings) == []


def test_un_cahier_en_panne_laisse_le_refus_intact(logiciel, reponse, settings, tmp_path):
    settings.DONNEES = tmp_path / "panne"
    settings.DONNEES.write_text("un fichier là où il faut un dossier")
    refus = logiciel.demander(
        "post",
        f"reponses/{reponse['reponse']}/depot",
        {"enveloppes": []},
        **{"idempotency-key": "a"},
    )
    assert refus.json()["status"] == refus.status_code
