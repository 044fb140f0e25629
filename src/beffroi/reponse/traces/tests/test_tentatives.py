"""Une trace s'ajoute sans base, se relève une fois, se prouve ;
ce qu'elle ne doit pas contenir n'y entre pas.
"""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.reponse.traces import cahier, rules, services, taches
from beffroi.reponse.traces.models import CahierReleve, Trace
from beffroi.reponse.traces.queries import frise
from beffroi.socle.journal.models import Ecriture

MIDI = datetime(2026, 11, 26, 11, 0, 10, tzinfo=UTC)
UNE = {
    "nature": "message",
    "reponse": "R-22222222",
    "personne": "U-1",
    "texte": "Connexion perdue.",
}


@pytest.fixture
def dossier(tmp_path, settings):
    settings.DONNEES = tmp_path
    return tmp_path / "cahiers"


def test_ajouter_ne_touche_pas_a_la_base(dossier, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert cahier.ajouter(UNE, le=MIDI)
    (fichier,) = dossier.iterdir()
    ligne = json.loads(fichier.read_bytes())
    assert len(ligne.pop("n")) == 16
    assert ligne == {**UNE, "le": MIDI.isoformat()}


def test_un_cahier_qui_ne_s_ecrit_pas_ne_leve_rien(tmp_path, settings):
    settings.DONNEES = tmp_path / "absent" / "plus loin"
    assert cahier.ajouter(UNE, le=MIDI) is False
    settings.DONNEES = tmp_path
    assert cahier.ajouter({**UNE, "texte": "x" * 5000}, le=MIDI) is False


def test_un_cahier_n_est_releve_que_fini(dossier):
    cahier.ajouter(UNE, le=MIDI)
    assert list(cahier.finis(MIDI + timedelta(seconds=79))) == []
    assert len(list(cahier.finis(MIDI + timedelta(seconds=80)))) == 1


@pytest.mark.django_db
def test_un_releve_entre_dans_la_base_et_au_journal_puis_le_cahier_disparait(dossier):
    for n in range(3):
        cahier.ajouter({**UNE, "texte": f"n° {n}"}, le=MIDI + timedelta(seconds=n))
    taches.relever(MIDI + timedelta(minutes=5))

    releve = CahierReleve.objects.get()
    assert (releve.traces, releve.premiere_le, releve.derniere_le) == (
        3,
        MIDI,
        MIDI + timedelta(seconds=2),
    )
    assert [trace.texte for trace in Trace.objects.all()] == ["n° 0", "n° 1", "n° 2"]
    assert releve.sha256 in str(Ecriture.objects.get(acte="tentatives.relever").contenu)
    assert list(dossier.iterdir()) == []


@pytest.mark.django_db
def test_un_arret_apres_la_transaction_ne_compte_pas_deux_fois(dossier):
    cahier.ajouter(UNE, le=MIDI)
    (fichier,) = dossier.iterdir()
    contenu = fichier.read_bytes()
    services.relever(fichier, maintenant=MIDI + timedelta(minutes=5))
    fichier.write_bytes(contenu)  # l'arrêt : le cahier n'a pas eu le temps d'être retiré

    services.relever(fichier, maintenant=MIDI + timedelta(minutes=6))
    assert (CahierReleve.objects.count(), Trace.objects.count(), Ecriture.objects.count()) == (
        1,
        1,
        1,
    )


@pytest.mark.django_db
def test_une_ligne_coupee_par_un_arret_ne_perd_pas_les_autres(dossier):
    cahier.ajouter(UNE, le=MIDI)
    (fichier,) = dossier.iterdir()
    with fichier.open("ab") as flux:
        flux.write(b'{"nature":"clic","repo')
    releve = services.relever(fichier, maintenant=MIDI + timedelta(minutes=5))
    assert releve.traces == 1
    assert (
        '{"nature":"clic","repo' in releve.cahier
    )  # ce qui ne se lit pas reste, pour qui sait le lire


def test_aucun_nom_de_fichier_ni_texte_tape_n_entre():
    envoye = {
        "nom": "prix-secret.pdf",
        "fichier": "F-2222",
        "taille": 12,
        "essai": True,
        "statut": "404",
        "version": "v" * 99,
    }
    assert rules.details_admis(envoye) == {"fichier": "F-2222", "taille": 12, "version": "v" * 60}
    assert rules.details_admis(["nom"]) == {}


def test_un_poste_se_reconnait_le_jour_meme_et_pas_le_lendemain():
    jour, secret = date(2026, 11, 26), b"secret"
    une = rules.poste("192.0.2.7", jour=jour, secret=secret)
    assert (
        une
        == rules.poste("192.0.2.7", jour=jour, secret=secret)
        != rules.poste("192.0.2.8", jour=jour, secret=secret)
    )
    assert une != rules.poste("192.0.2.7", jour=jour + timedelta(days=1), secret=secret)
    assert rules.poste("", jour=jour, secret=secret) == ""


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_n_importe_quelle_valeur_du_navigateur_se_lit_sans_lever(valeur):
    assert len(rules.texte_court(valeur, 20)) <= 20
    assert rules.details_admis({"taille": valeur}) in ({}, {"taille": valeur})
    rules.heure_du_poste(valeur)


@pytest.mark.parametrize(
    ("nom", "valeur", "dit"),
    [
        ("statut", 200, ""),
        ("statut", 503, "réponse 503 du serveur"),
        ("attente_ms", 2500, "attente de 2,5 s"),
        ("decalage_ms", -400, "horloge du poste décalée de -0,4 s"),
        ("taille", 2_000_000, "taille 2\N{NO-BREAK SPACE}Mo"),
        ("partie", 3, "partie 3"),
    ],
)
def test_un_detail_se_dit_comme_une_personne_le_dirait(nom, valeur, dit):
    assert frise.dire(nom, valeur) == dit
