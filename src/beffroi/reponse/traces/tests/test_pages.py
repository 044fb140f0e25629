"""Les pages d'une réponse et ce que le navigateur rapporte s'ajoutent au
cahier, pour l'entreprise seule.
"""

import json
from datetime import datetime, timedelta

import pytest
from django.test import Client

from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.traces import cahier, taches
from beffroi.reponse.traces.queries.frise import faits_de
from beffroi.socle.fondations.horloge import maintenant
from formats import dates
from formats.dates import PARIS

pytestmark = pytest.mark.django_db


@pytest.fixture
def brouillon(settings, tmp_path):
    settings.DONNEES = tmp_path
    return factories.Candidat(factories.consultation()).commence()


def traces(settings) -> list[dict]:
    cahiers = (settings.DONNEES / "cahiers").glob("*.jsonl")
    lues = [json.loads(ligne) for cahier in cahiers for ligne in cahier.read_bytes().splitlines()]
    return [trace for trace in lues if trace["nature"] != "limites"]


def test_une_page_vue_et_une_page_refusee_se_notent(brouillon, settings):
    sophie = connecter(Client(), brouillon.commence_par)
    assert sophie.get(f"/reponses/{brouillon.reference}/").status_code == 200
    assert sophie.get("/reponses/R-22222222/").status_code == 404

    dites = [
        (trace["nature"], trace["reponse"], trace["details"]["statut"])
        for trace in traces(settings)
    ]
    assert dites == [("page", brouillon.reference, 200), ("refus", "R-22222222", 404)]


def test_la_frise_dit_la_connexion_une_fois_quel_que_soit_le_nombre_de_pages(brouillon):
    sophie = connecter(Client(), brouillon.commence_par)
    for _ in range(2):
        sophie.get(f"/reponses/{brouillon.reference}/")
    entree = sophie.session["account_authentication_methods"][0]["at"]
    taches.relever(maintenant() + timedelta(minutes=5))

    faits = faits_de(brouillon, [])
    connexions = [
        (fait.le.timestamp(), fait.precision) for fait in faits if fait.quoi == "Connexion"
    ]
    assert connexions == [(pytest.approx(entree, abs=0.001), "Sophie Merlin")]
    assert sum(fait.quoi == "Page affichée" for fait in faits) == 2
    assert not any("connexion" in fait.precision for fait in faits)


def test_un_message_se_lit_dans_la_frise_avec_sa_cause(brouillon):
    sophie = connecter(Client(), brouillon.commence_par)
    envoi = [
        {
            "nature": "message",
            "texte": "Ce nom n’est pas permis.",
            "cause": "non_conforme",
            "details": {"taille": 3},
        }
    ]
    sophie.post(
        f"/reponses/{brouillon.reference}/traces/",
        json.dumps(envoi),
        content_type="application/json",
    )
    taches.relever(maintenant() + timedelta(minutes=5))

    (dit,) = [fait.precision for fait in faits_de(brouillon, []) if fait.quoi == "Message affiché"]
    assert (
        dit == "Ce nom n’est pas permis. (cause : non conforme, taille 3\N{NO-BREAK SPACE}octets)"
    )


@pytest.mark.parametrize(
    ("avant", "fin"),
    [
        (timedelta(seconds=3), ""),
        (timedelta(minutes=4), " Heure du poste : {le:%H:%M:%S}."),
        (timedelta(days=-40), " Heure du poste : {jour} à {le:%H:%M:%S}."),
    ],
)
def test_un_message_rapporte_plus_tard_dit_l_heure_du_poste(brouillon, avant, fin):
    """Le serveur était tombé : le juge lit quand la page l'a montré, et quand le serveur l'a su."""
    midi = datetime(2027, 1, 12, 12, tzinfo=PARIS)
    dite_le = midi - avant
    trace = {
        "nature": "message",
        "reponse": brouillon.reference,
        "personne": "",
        "texte": "Connexion perdue.",
    }
    cahier.ajouter({**trace, "dite_le": dite_le.isoformat()}, le=midi)
    taches.relever(midi + timedelta(minutes=5))

    (dit,) = [fait for fait in faits_de(brouillon, []) if fait.quoi == "Message affiché"]
    assert dit.precision == "Connexion perdue." + fin.format(le=dite_le, jour=dates.jour(dite_le))
    assert (dit.le, dit.dite_le) == (midi, dite_le)


def test_un_navigateur_ne_dit_pas_quand_il_s_est_connecte(brouillon, settings):
    sophie = connecter(Client(), brouillon.commence_par)
    envoi = [{"nature": "page", "details": {"connexion_ms": 1_800_000_000_000, "statut": 200}}]
    sophie.post(
        f"/reponses/{brouillon.reference}/traces/",
        json.dumps(envoi),
        content_type="application/json",
    )

    assert [trace["details"] for trace in traces(settings)] == [{"statut": 200}]


def test_le_recepisse_ouvert_se_note_sur_sa_reponse(brouillon, settings):
    pli = factories.Candidat(brouillon.consultation).depose(("offre", None))
    sophie = connecter(Client(), pli.depose_par)
    assert sophie.get(f"/depots/{pli.reference}/").status_code == 200

    (trace,) = traces(settings)
    assert (trace["nature"], trace["reponse"], trace["texte"]) == (
        "recepisse",
        pli.brouillon.reference,
        pli.reference,
    )


def test_ce_que_le_navigateur_rapporte(brouillon, settings):
    sophie = connecter(Client(), brouillon.commence_par)
    envoi = [
        {
            "nature": "message",
            "a": 1_800_000_000_000,
            "texte": "Connexion perdue.",
            "details": {"nom": "prix.pdf", "taille": 3},
        }
    ]
    adresse = f"/reponses/{brouillon.reference}/traces/"
    assert (
        sophie.post(adresse, json.dumps(envoi), content_type="application/json").status_code == 204
    )

    (trace,) = traces(settings)
    assert (trace["texte"], trace["details"]) == ("Connexion perdue.", {"taille": 3})
    assert trace["dite_le"].startswith("2027-01-15")


@pytest.mark.parametrize(
    "corps", [b"", b"{", b"[1, null, {}]", b'{"nature": "page"}', b"[" + b"0," * 40_000 + b"0]"]
)
def test_un_envoi_sans_queue_ni_tete_ne_note_rien_et_ne_se_plaint_pas(brouillon, settings, corps):
    sophie = connecter(Client(), brouillon.commence_par)
    adresse = f"/reponses/{brouillon.reference}/traces/"
    assert sophie.post(adresse, corps, content_type="application/json").status_code == 204
    assert traces(settings) == []


def test_une_autre_entreprise_n_ajoute_rien_ici(brouillon, settings):
    autre = factories.membre("Zoé Wattel", factories.equipe("Zingueurs de la Lys")).utilisateur
    adresse = f"/reponses/{brouillon.reference}/traces/"
    reponse = connecter(Client(), autre).post(adresse, b"[]", content_type="application/json")
    assert reponse.status_code == 404
    assert traces(settings) == []


def test_un_cahier_en_panne_n_empeche_pas_la_page(brouillon, settings, tmp_path):
    (tmp_path / "cahiers").write_text("un fichier là où il faut un dossier")
    sophie = connecter(Client(), brouillon.commence_par)
    assert sophie.get(f"/reponses/{brouillon.reference}/").status_code == 200
