"""Le journal public : assez pour tout vérifier, rien sur personne."""

import pytest

from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.journal import views
from beffroi.socle.journal.services import publier_la_tete
from beffroi.socle.journal.tests.test_services import MIDI, ecrire
from sceau import log
from tests.semis import plante

pytestmark = pytest.mark.django_db


@pytest.fixture
def journal(db, monkeypatch):
    """Trois cents écritures, une tête publique : la tuile entamée est complétée jusqu'à 320."""

    def trois_cents():
        ecrire(300)
        return publier_la_tete(le=MIDI)

    monkeypatch.setattr(views, "maintenant", lambda: MIDI)
    return plante("trois cents écritures", trois_cents, le=maintenant())


def test_les_tuiles_suffisent_a_recalculer_la_racine(client, journal):
    premiere = client.get("/journal/tile/entries/000").content
    seconde = client.get("/journal/tile/entries/001.p/64").content
    feuilles = log.parse_entries(premiere) + log.parse_entries(seconde)

    noeuds = {}
    for numero, feuille in enumerate(feuilles):
        for niveau, indice, empreinte in log.append_nodes(
            numero, log.leaf_hash(feuille), lambda n, i: noeuds[n, i]
        ):
            noeuds[niveau, indice] = empreinte

    assert log.root(320, lambda n, i: noeuds[n, i]) == log.Checkpoint.parse(journal.note).root


def test_une_tuile_au_dela_de_la_tete_signee_n_existe_pas(client, journal):
    ecrire(1)

    assert client.get("/journal/tile/entries/001.p/65").status_code == 404


def test_une_tuile_d_empreintes_est_celle_des_feuilles(client, journal):
    feuilles = log.parse_entries(client.get("/journal/tile/entries/000").content)

    assert log.tile_hashes(client.get("/journal/tile/0/000").content) == [
        log.leaf_hash(f) for f in feuilles
    ]


def test_le_journal_public_ne_nomme_personne(client, journal):
    pages = [
        "/journal/",
        "/journal/checkpoint",
        "/journal/points-de-controle.json",
        "/journal/tile/entries/000",
    ]

    assert all(b"Martine" not in client.get(page).content for page in pages)


@pytest.mark.parametrize("depuis", ["9" * 5000, "-1", "²", ""])
def test_une_taille_illisible_rend_toutes_les_tetes_publiques(client, journal, depuis):
    reponse = client.get("/journal/points-de-controle.json", {"depuis": depuis})

    assert len(reponse.json()["points"]) == 1


def test_un_journal_vide_a_sa_page(client, db):
    assert "Le registre est vide" in client.get("/journal/").content.decode()
    assert client.get("/journal/checkpoint").status_code == 404
