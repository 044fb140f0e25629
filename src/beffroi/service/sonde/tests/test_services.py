"""Noter, figer, rejouer, prévenir : par les services, contre la base."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from beffroi.service.sonde import attente, boucle, queries, rules, services
from beffroi.service.sonde.models import EcartDHorloge, Etape, Mesure, Origine
from beffroi.service.sonde.resultats import Ecart, Passage, Resultat
from beffroi.service.sonde.verification import relire_les_mesures
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db
MIDI = datetime(2026, 11, 28, 11, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DUREES = {"page": 20, "debut": 30, "envoi": 80, "depot": 50, "recepisse": 60}


def reussi(le):
    return Passage(Resultat(le, DUREES, statut_http=201, recepisse="D-2026-00000001"))


def manque(le):
    return Passage(Resultat(le, {"page": 4}, etape=Etape.PAGE, phrase="connexion impossible"))


def noter(*passages):
    for passage in passages:
        services.noter(passage, maintenant=passage.resultat.commence_le)


def test_une_heure_sans_histoire_tient_en_trois_ecritures_qui_repetent_tout():
    noter(*(reussi(MIDI + rang * MINUTE) for rang in range(61)))

    ecritures = Ecriture.objects.filter(acte="sonde.relever").order_by("numero")
    repetees = [m for e in ecritures for m in json.loads(e.contenu)["donnees"]["mesures"]]
    assert ecritures.count() == 2
    assert len(repetees) == Mesure.objects.exclude(ecriture=None).count() == 42
    assert repetees[0]["recepisse"] == "D-2026-00000001"
    assert [constat.bon for constat in relire_les_mesures()] == [True]


def test_une_mesure_changee_apres_coup_se_voit():
    noter(reussi(MIDI), manque(MIDI + MINUTE))
    ecriture = Ecriture.objects.get(acte="sonde.relever")
    with pytest.raises(DatabaseError), transaction.atomic():
        Mesure.objects.update(reussie=False, etape="page")
    with pytest.raises(DatabaseError), transaction.atomic():
        Mesure.objects.all().delete()
    # Ce que la base n'a pas su refuser se voit à la relecture :
    # ici, une durée, et une ligne venue après.
    Mesure.objects.filter(ecriture=ecriture.numero).update(durees={"page": 1})

    assert [constat.bon for constat in relire_les_mesures()] == [False]


def test_un_changement_de_resultat_se_fige_aussitot():
    noter(reussi(MIDI), manque(MIDI + MINUTE))

    assert not Mesure.objects.filter(ecriture=None).exists()


def test_le_centre_est_prevenu_au_troisieme_echec_puis_au_retour(centre):
    noter(
        reussi(MIDI),
        *(manque(MIDI + rang * MINUTE) for rang in range(1, 6)),
        reussi(MIDI + 6 * MINUTE),
    )

    courriels = Courriel.objects.filter(cle__startswith="sonde-").order_by("pk")
    assert [c.destinataire.split("@")[0] for c in courriels] == ["fanny", "fanny"]
    assert [c.sujet.split(" : ")[0] for c in courriels] == [
        "Déposer ne marche plus",
        "Déposer marche de nouveau",
    ]
    assert "Ouvrir la page d'accueil" in courriels[0].texte


def test_une_horloge_decalee_previent_une_fois_par_jour(centre):
    for rang in range(3):
        le = MIDI + rang * rules.ENTRE_DEUX_HEURES
        ecarts = (
            Ecart(le, "ntp:a.example", 1501, 500),
            Ecart(le, "ntp:b.example", phrase="Non mesuré."),
        )
        services.noter(Passage(reussi(le).resultat, ecarts), maintenant=le)

    assert EcartDHorloge.objects.count() == 6
    assert Courriel.objects.filter(cle__startswith="sonde-horloge").count() == 1


def test_l_ecart_d_horloge_entre_au_journal_a_la_lettre():
    ecart = Ecart(MIDI, "ntp:a.example", 12, 4)
    services.noter(Passage(reussi(MIDI).resultat, (ecart,)), maintenant=MIDI)
    services.figer(maintenant=MIDI + MINUTE)

    ecriture = Ecriture.objects.get(acte="sonde.relever")
    (dit,) = json.loads(ecriture.contenu)["donnees"]["horloges"]
    assert (dit["source"], dit["ecart_ms"], dit["marge_ms"]) == ("ntp:a.example", 12, 4)
    assert EcartDHorloge.objects.get().ecriture == ecriture.numero


def test_ce_qui_attendait_se_note_a_son_heure_une_fois_et_le_dit(settings, tmp_path, monkeypatch):
    settings.DONNEES = tmp_path
    attente.garder(manque(MIDI))
    attente.garder(manque(MIDI + MINUTE))
    with attente.fichier().open("a") as flux:
        flux.write('{"resultat": {"commence_le"')  # l'arrêt a coupé cette ligne
    monkeypatch.setattr(boucle, "deposer", lambda: reussi(MIDI + 2 * MINUTE).resultat)

    boucle.passer()
    boucle.passer()

    assert list(Mesure.objects.values_list("commencee_le", "origine")) == [
        (MIDI, Origine.REJOUEE),
        (MIDI + MINUTE, Origine.REJOUEE),
        (MIDI + 2 * MINUTE, Origine.MESUREE),
    ]
    assert not attente.fichier().exists()


def test_base_arretee_la_mesure_attend_dans_le_fichier(settings, tmp_path, monkeypatch):
    def tombe(*_, **__):
        raise DatabaseError("connexion perdue")

    settings.DONNEES = tmp_path
    for nom in ("noter", "preparer_le_terrain"):
        monkeypatch.setattr(services, nom, tombe)

    boucle.passer()

    (attendu,) = attente.lire()
    assert (attendu.resultat.etape, attendu.resultat.phrase) == (Etape.DEBUT, boucle.PAS_DE_TERRAIN)


def test_la_sante_d_une_fenetre_dit_ce_qui_a_manque_et_ce_qui_le_prouve(settings):
    settings.SONDE = {**settings.SONDE, "periode_s": 60}
    noter(reussi(MIDI), reussi(MIDI + MINUTE), manque(MIDI + 2 * MINUTE), reussi(MIDI + 7 * MINUTE))

    sante = queries.sante(MIDI, MIDI + 10 * MINUTE)

    assert (sante.attendues, sante.mesures, sante.reussies, sante.part.en_clair) == (
        10,
        4,
        3,
        "75 %",
    )
    assert [echec.commencee_le for echec in sante.echecs] == [MIDI + 2 * MINUTE]
    assert (sante.mediane_ms, sante.plus_long_silence) == (240, 5 * MINUTE)
    assert (len(sante.ecritures), sante.non_figees) == (2, 0)
    assert queries.sante(MIDI + 8 * MINUTE, MIDI + 9 * MINUTE).mesures == 0
