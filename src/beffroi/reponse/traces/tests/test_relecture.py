"""Une trace changée à la main dit autre chose que le cahier : la relecture la nomme."""

import json
from datetime import UTC, datetime

import pytest

from beffroi.reponse.traces import services
from beffroi.reponse.traces.models import CahierReleve, Trace
from beffroi.reponse.traces.verification import relire_les_traces

pytestmark = pytest.mark.django_db
MIDI = datetime(2026, 11, 26, 11, 0, 10, tzinfo=UTC)
CONSULTATION = "2026-0001"


@pytest.fixture
def releve(tmp_path):
    lignes = [
        {
            "nature": "message",
            "consultation": CONSULTATION,
            "personne": "U-1",
            "texte": f"Connexion perdue, {rang}.",
            "le": MIDI.isoformat(),
            "details": {"essai": rang, "inconnu": 3},
        }
        for rang in range(3)
    ]
    cahier = tmp_path / "cahier.jsonl"
    cahier.write_text("\n".join([*map(json.dumps, lignes), "{coupé"]), "utf-8")
    return services.relever(cahier, maintenant=MIDI)


def fautes():
    return [(constat.quoi, constat.ou) for constat in relire_les_traces() if not constat.bon]


def test_des_traces_recopiees_a_la_lettre_sont_conformes(releve):
    [constat] = relire_les_traces()

    assert constat.bon and "3 traces" in constat.quoi


@pytest.mark.moteurs
def test_un_texte_change_est_trouve_et_situe(releve):
    Trace.objects.filter(rang=1).update(texte="Réponse déposée.")

    nom = releve.sha256[:16]
    assert fautes() == [("« texte » diffère du cahier", f"tentatives_trace, rang 1, cahier {nom}")]


def test_une_trace_effacee_ou_ajoutee_est_trouvee(releve):
    Trace.objects.filter(rang=0).update(rang=7)

    assert [faute for faute, _ in fautes()] == [
        "une trace a été effacée",
        "cette trace n'est pas au cahier",
    ]


def test_un_cahier_change_avec_ses_traces_est_trouve(releve):
    """Sa ligne, prouvée, en retient la racine."""
    CahierReleve.objects.update(cahier=releve.cahier.replace("perdue", "tenue"))
    Trace.objects.filter(rang=1).update(texte="Connexion tenue, 1.")

    assert [faute for faute, _ in fautes()] == ["le cahier n'est plus celui qui a été relevé"]


def test_vingt_cahiers_se_relisent_en_autant_de_requetes_qu_un(
    releve, tmp_path, django_assert_num_queries
):
    for rang in range(19):
        cahier = tmp_path / f"{rang}.jsonl"
        ligne = {"nature": "page", "consultation": CONSULTATION, "le": MIDI.isoformat()}
        cahier.write_text(json.dumps({**ligne, "texte": f"page {rang}"}) + "\n", "utf-8")
        services.relever(cahier, maintenant=MIDI)

    with django_assert_num_queries(2):
        assert fautes() == []
