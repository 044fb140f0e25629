"""Le serveur compté minute par minute :
sans rien coûter à qui dépose, sans dire combien de monde vient.
"""

import json
import os
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.http import HttpResponse

from beffroi.service.sonde import attente, boucle, compte, queries, services
from beffroi.service.sonde.middleware import ReponsesComptees
from beffroi.service.sonde.models import MinuteDuServeur, Origine
from beffroi.service.sonde.resultats import Minute, Passage, Resultat
from beffroi.service.sonde.verification import relire_les_mesures
from beffroi.socle.fondations.minutes import ATTENTE
from beffroi.socle.fondations.place import Place
from beffroi.socle.journal.models import Ecriture

MIDI = datetime(2026, 11, 28, 11, 0, tzinfo=UTC)
MINUTE, SECONDE = timedelta(minutes=1), timedelta(seconds=1)


@pytest.fixture(autouse=True)
def donnees(settings, tmp_path):
    settings.DONNEES = tmp_path
    return tmp_path


def passage(le, *minutes):
    return Passage(
        Resultat(le, {"page": 1}, statut_http=201, recepisse="D-2026-00000001"), (), tuple(minutes)
    )


def test_les_reponses_d_une_minute_se_comptent_tous_processus_ensemble(donnees, monkeypatch):
    for rang, statut in enumerate((200, 302, 404, 500, 503)):
        assert compte.noter(statut, rang + 1, le=MIDI + rang * SECONDE)
    monkeypatch.setattr(os, "getpid", lambda: 1)
    compte.noter(200, 300, le=MIDI)
    compte.noter(200, 1, le=MIDI + MINUTE)

    assert compte.finies(MIDI + MINUTE + ATTENTE - SECONDE) == ()
    (finie,) = compte.finies(MIDI + MINUTE + ATTENTE)
    assert finie == Minute(MIDI, reponses=6, erreurs=2, en_vol=255, places=64)


def test_une_minute_lue_s_efface_et_ce_qui_n_en_est_pas_une_reste(donnees):
    compte.noter(200, 1, le=MIDI)
    compte.noter(200, 1, le=MIDI + MINUTE)
    (donnees / "minutes" / "note.txt").write_text("x")

    compte.effacer(jusqu_a=MIDI)

    assert [minute.minute for minute in compte.finies(MIDI + 5 * MINUTE)] == [MIDI + MINUTE]
    compte.oublier_les_vieilles(MIDI + compte.GARDE + 3 * MINUTE)
    assert [fichier.name for fichier in (donnees / "minutes").iterdir()] == ["note.txt"]


def test_un_octet_coupe_par_un_arret_ne_decale_pas_les_autres(donnees):
    compte.noter(503, 4, le=MIDI)
    (fichier,) = (donnees / "minutes").iterdir()
    fichier.write_bytes(fichier.read_bytes() + b"\x05")

    (finie,) = compte.finies(MIDI + 2 * MINUTE)
    assert (finie.reponses, finie.erreurs, finie.en_vol) == (1, 1, 4)


def test_un_compte_impossible_ne_coute_pas_sa_page_a_qui_depose(donnees, rf):
    (donnees / "minutes").write_text("un fichier tient la place du dossier")

    reponse = ReponsesComptees(lambda _: HttpResponse("reçu", status=201))(rf.post("/"))

    assert (reponse.status_code, reponse.content) == (201, "reçu".encode())


def test_le_compteur_voit_les_requetes_tenues_a_la_fois_et_les_rend(donnees, rf, monkeypatch):
    monkeypatch.setattr("beffroi.service.sonde.middleware.heure_reelle", lambda: MIDI)
    dedans = ReponsesComptees(lambda _: HttpResponse())

    def deux_a_la_fois(requete):
        if requete.path == "/une/":
            dedans(rf.get("/autre/"))
        return HttpResponse(status=503)

    dedans.get_response = deux_a_la_fois
    dedans(rf.get("/une/"))
    dedans(rf.get("/seule/"))

    assert compte.finies(MIDI + 2 * MINUTE) == (
        Minute(MIDI, reponses=3, erreurs=3, en_vol=2, places=64),
    )
    assert dedans.en_vol.entrer() == 1


def test_une_panne_levee_rend_sa_place(donnees, rf):
    def tombe(_):
        raise RuntimeError("panne")

    compteur = ReponsesComptees(tombe)
    with pytest.raises(RuntimeError):
        compteur(rf.get("/"))
    assert compteur.en_vol.entrer() == 1


@pytest.mark.django_db
def test_un_passage_note_les_minutes_finies_et_la_place_puis_les_efface(monkeypatch, donnees):
    monkeypatch.setattr(boucle, "maintenant", lambda: MIDI + 2 * MINUTE + 3 * SECONDE)
    monkeypatch.setattr(boucle, "deposer", lambda: passage(MIDI + 2 * MINUTE).resultat)
    monkeypatch.setattr(boucle, "place_libre", lambda: Place(30, 100))
    compte.noter(200, 1, le=MIDI)

    boucle.passer()

    notees = list(MinuteDuServeur.objects.values_list("minute", "reponses", "libre"))
    assert notees == [(MIDI, 1, None), (MIDI + MINUTE, None, 30)]
    assert list((donnees / "minutes").iterdir()) == []


@pytest.mark.django_db
def test_base_arretee_les_minutes_attendent_dans_le_fichier_et_se_notent_apres_coup(
    monkeypatch, donnees
):
    def tombe(*_, **__):
        raise DatabaseError("connexion perdue")

    monkeypatch.setattr(boucle, "deposer", lambda: passage(MIDI + 2 * MINUTE).resultat)
    monkeypatch.setattr(boucle, "maintenant", lambda: MIDI + 2 * MINUTE + 3 * SECONDE)
    compte.noter(503, 1, le=MIDI + MINUTE)
    with monkeypatch.context() as panne:
        panne.setattr(services, "noter", tombe)
        boucle.passer()
    assert list((donnees / "minutes").iterdir()) == []

    boucle.rejouer()

    notee = MinuteDuServeur.objects.get(minute=MIDI + MINUTE)
    assert (notee.erreurs, notee.origine) == (1, Origine.REJOUEE)


def test_un_passage_d_avant_les_minutes_se_relit():
    lu = passage(MIDI, Minute(MIDI, 2, 1, 1, 64)).en_json()
    assert Passage.de_json(json.loads(json.dumps(lu))).minutes == (Minute(MIDI, 2, 1, 1, 64),)

    del lu["minutes"]
    assert Passage.de_json(lu).minutes == ()
    assert list(attente.lire()) == []


@pytest.mark.parametrize(
    ("champs", "parts"),
    [
        ({"reponses": 1000, "erreurs": 1, "en_vol": 1, "places": 64}, (1, 25, None)),
        ({"reponses": 13, "erreurs": 0, "en_vol": 17, "places": 64}, (0, 50, None)),
        ({"reponses": 13, "erreurs": 13, "en_vol": 200, "places": 64}, (100, 100, None)),
        ({"libre": 999, "total": 100_000}, (None, None, 0)),
    ],
)
def test_une_part_s_arrondit_du_cote_qui_n_excuse_pas(champs, parts):
    minute = MinuteDuServeur(minute=MIDI, **champs)

    assert (minute.erreurs_pour_cent, minute.occupation_pour_cent, minute.place_pour_cent) == parts


@pytest.mark.django_db
def test_le_journal_n_apprend_ni_combien_de_reponses_ni_combien_d_octets():
    minute = Minute(
        MIDI,
        reponses=4321,
        erreurs=87,
        en_vol=19,
        places=64,
        libre=123_456_789,
        total=1_000_000_000,
    )
    services.noter(passage(MIDI + 2 * MINUTE, minute), maintenant=MIDI + 2 * MINUTE)
    services.figer(maintenant=MIDI + 3 * MINUTE)

    (dite,) = json.loads(Ecriture.objects.get(acte="sonde.relever").contenu)["donnees"]["minutes"]
    assert [dite[f"{quoi}_pour_cent"] for quoi in ("erreurs", "occupation", "place")] == [3, 50, 12]
    assert not {"reponses", "erreurs", "en_vol", "libre", "total"} & dite.keys()
    assert [constat.bon for constat in relire_les_mesures()] == [True]


@pytest.mark.django_db
def test_une_minute_notee_ne_change_ni_ne_s_efface():
    services.noter(passage(MIDI, Minute(MIDI, 10, 1, 1, 64)), maintenant=MIDI)
    for changer in (
        MinuteDuServeur.objects.all().delete,
        lambda: MinuteDuServeur.objects.update(erreurs=0),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            changer()
    # Le même passage, rapporté deux fois, ou une autre mesure de la même minute.
    services.noter(passage(MIDI + MINUTE, Minute(MIDI, 99, 9, 1, 64)), maintenant=MIDI)
    assert MinuteDuServeur.objects.get().erreurs == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "faux", [{"reponses": 3}, {"reponses": 1, "erreurs": 2, "en_vol": 1, "places": 1}, {"libre": 1}]
)
def test_la_base_refuse_une_minute_a_moitie_comptee(faux):
    with pytest.raises(IntegrityError), transaction.atomic():
        MinuteDuServeur.objects.create(minute=MIDI, notee_le=MIDI, **faux)


@pytest.mark.django_db
def test_la_sante_nomme_la_pire_minute_la_plus_occupee_et_la_moindre_place():
    minutes = (
        Minute(MIDI, 100, 0, 30, 64, 50, 100),
        Minute(MIDI + MINUTE, 10, 1, 2, 64, 20, 100),
        Minute(MIDI + 2 * MINUTE, libre=40, total=100),
    )
    services.noter(passage(MIDI, *minutes), maintenant=MIDI)

    serveur = queries.sante(MIDI, MIDI + 2 * MINUTE).serveur

    assert (len(serveur.minutes), len(serveur.comptees), len(serveur.en_erreur)) == (3, 2, 1)
    assert [
        m.minute - MIDI for m in (serveur.pire, serveur.plus_occupee, serveur.place_la_moindre)
    ] == [
        MINUTE,
        timedelta(),
        MINUTE,
    ]
    assert serveur.part_d_erreurs == 1
    vide = queries.serveur(MIDI + 9 * MINUTE, MIDI + 10 * MINUTE)
    assert (vide.pire, vide.plus_occupee, vide.place_la_moindre, vide.part_d_erreurs) == (
        None,
        None,
        None,
        None,
    )
