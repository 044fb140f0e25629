"""Le registre avance avec l'horloge :
ce qui se voit du dehors ne dit pas combien ont agi (ADR 0009, REQ-68).
"""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.db import transaction
from django.http import HttpResponse
from hypothesis import given
from hypothesis import strategies as st

from beffroi.socle.fondations import horloge
from beffroi.socle.journal import cadence, queries, views
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.cadence import PAS, PERIODE, RATTRAPAGE, RETARD, Repere
from beffroi.socle.journal.chainage import sur_l_arbre
from beffroi.socle.journal.models import Ecriture, PointDeControle, Publication, Remplissage
from beffroi.socle.journal.services import (
    inscrire,
    journaliser,
    publier_la_tete,
    signer_un_point_de_controle,
    taille,
)
from beffroi.socle.journal.tests.test_services import ecrire
from beffroi.socle.journal.verification import relire_le_journal
from sceau import log

DIX_HEURES = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
REPERE = Repere(rang=cadence.rang(DIX_HEURES), taille=640)
instants = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=3)).map(
    lambda duree: DIX_HEURES + duree
)


def minutes(nombre: float) -> datetime:
    return DIX_HEURES + timedelta(minutes=nombre)


@given(st.tuples(instants, instants))
def test_l_horloge_ne_recule_pas(deux):
    tot, tard = sorted(deux)

    assert (
        640
        <= cadence.horloge(REPERE, tot)
        <= cadence.horloge(REPERE, tard)
        <= 640 + PAS * RATTRAPAGE
    )


@given(instants, st.integers(0, RETARD))
def test_la_tete_publique_ne_depend_que_de_l_heure(le, actes):
    due = cadence.taille_a_publier(REPERE, 640, le)

    assert cadence.taille_a_publier(REPERE, (due or 640) + actes, le) == due


@given(instants, st.integers(0, PAS))
def test_la_place_reservee_a_l_acheteur_ne_depend_que_de_l_heure(le, actes):
    horloge = cadence.horloge(REPERE, le)

    assert cadence.place_reservee(horloge + actes, horloge) == cadence.place_reservee(
        horloge, horloge
    )


@given(st.integers(0, PAS - 1))
def test_deux_places_reservees_de_suite_ont_toujours_le_meme_ecart(actes):
    premiere = cadence.place_reservee(640, 640)

    assert cadence.place_reservee(premiere + 1 + actes, 640) == premiere + PAS


@given(instants, st.integers(640, 5000))
def test_deux_publications_qui_se_suivent_sont_regulieres(le, presente):
    publiee = cadence.taille_a_publier(REPERE, presente, le)

    assert publiee is None or cadence.est_reguliere(REPERE, Repere(cadence.rang(le), publiee))


@pytest.mark.parametrize("pas", [PAS, cadence.ANCIEN_PAS])
def test_les_tetes_d_avant_la_sonde_restent_regulieres(pas):
    suivante = Repere(REPERE.rang + 2, 640 + 2 * pas)

    assert cadence.est_reguliere(REPERE, suivante)
    assert not cadence.est_reguliere(
        REPERE, Repere(suivante.rang, suivante.taille + cadence.ANCIEN_PAS // 2)
    )


def test_un_tres_gros_retard_fait_sauter_la_tete_publique():
    assert (
        cadence.taille_a_publier(REPERE, 640 + PAS + RETARD + 1, minutes(60)) == 640 + PAS + RETARD
    )


def vues(client) -> dict[str, HttpResponse]:
    """Tout ce qu'un curieux peut lire du registre public à cet instant."""
    taille_publique = log.Checkpoint.parse(client.get("/journal/checkpoint").content.decode()).size
    pleines, reste = divmod(taille_publique, log.TILE_WIDTH)
    adresses = [
        "/journal/",
        "/journal/checkpoint",
        "/journal/points-de-controle.json",
        "/journal/cles.json",
    ]
    adresses += [
        f"/journal/tile/{sorte}/{n:03}" for sorte in ("entries", "0") for n in range(pleines)
    ]
    for largeur in (reste, reste + 1, reste + 16):
        adresses += [
            f"/journal/tile/{sorte}/{pleines:03}.p/{largeur}" for sorte in ("entries", "0")
        ]
    return {adresse: client.get(adresse) for adresse in adresses}


def formes(client) -> dict:
    """Ce qu'une vue apprend quand on ne sait rien des empreintes :
    quoi, de quelle taille, sous quels en-têtes.
    """
    return {
        adresse: (
            reponse.status_code,
            len(reponse.content),
            tailles_signees(reponse),
            *entetes(reponse),
        )
        for adresse, reponse in vues(client).items()
    }


def tailles_signees(reponse) -> list[int]:
    if "json" not in reponse["Content-Type"]:
        return []
    return [point["taille"] for point in reponse.json().get("points", [])]


def entetes(reponse) -> list[tuple[str, str]]:
    return sorted(
        (nom, valeur)
        for nom, valeur in reponse.items()
        if nom in ("ETag", "Last-Modified", "Cache-Control")
    )


def sonder(le: datetime) -> int:
    """L'acheteur crée une clé : il verra le numéro de son écriture."""
    contenu = {"acte": "cles.paire_deposee", "nonce": str(le)}
    return inscrire(
        "cles.paire_deposee",
        contenu=contenu,
        sujet="K-1",
        par=PLATEFORME,
        le=le,
        place_reservee=True,
    ).numero


def regler_l_heure(monkeypatch, le: datetime) -> None:
    """L'heure du registre, et celle que toute page affiche en tête :
    « 2 h » est plus court que « 1 h 59 ».
    """
    monkeypatch.setattr(views, "maintenant", lambda: le)
    monkeypatch.setattr(horloge, "maintenant", lambda: le)


def journee_d_un_curieux(client, monkeypatch, actes: dict[int, int]) -> list:
    """Il lit tout chaque demi-heure et sonde par ses propres actes ;
    `actes` dit combien d'autres agissent, et quand.
    """
    publier_la_tete(le=DIX_HEURES)
    vu = []
    for minute in range(0, 240, 15):
        le = minutes(minute)
        for n in range(actes.get(minute, 0)):
            journaliser("pli.deposer", sujet=f"D-{minute}-{n}", par=PLATEFORME, le=le)
            signer_un_point_de_controle(le=le)
        regler_l_heure(monkeypatch, le)
        if minute % 60 in (0, 45) and minute >= 60:
            vu.append(formes(client))
        if minute in (90, 105, 135, 225):
            vu.append(sonder(le))
    return vu


# Un pli fait trois écritures : le dépôt, ses empreintes recalculées, le pli remplacé.
SCENES: dict[str, dict[int, int]] = {
    "cinq plis d'un coup": {90: 15},
    "dix-huit plis": {0: 3, 60: 6, 105: 15, 120: 30},
}


def test_un_curieux_ne_distingue_pas_zero_depot_de_plusieurs(client, db, monkeypatch):
    def jouer(actes: dict[int, int]) -> list:
        with transaction.atomic():
            vu = journee_d_un_curieux(client, monkeypatch, actes)
            transaction.set_rollback(True)
        return vu

    personne = jouer({})

    for scene, actes in SCENES.items():
        for rang, (vu, calme) in enumerate(zip(jouer(actes), personne, strict=True)):
            assert vu == calme, f"{scene}, observation {rang}"


def test_le_curieux_verrait_un_registre_sans_cadence(client, db, monkeypatch):
    """L'épreuve ci-dessus sait échouer :
    sans horloge ni place réservée, le premier acte se voit.
    """
    monkeypatch.setattr(cadence, "place_reservee", lambda taille, horloge: taille)
    monkeypatch.setattr(cadence, "horloge", lambda repere, le: repere.taille)

    def jouer(actes: int) -> int:
        with transaction.atomic():
            publier_la_tete(le=DIX_HEURES)
            for n in range(actes):
                journaliser("pli.deposer", sujet=f"D-{n}", par=PLATEFORME, le=DIX_HEURES)
            place = sonder(minutes(5))
            transaction.set_rollback(True)
        return place

    assert jouer(0) != jouer(1)


def test_rien_ne_distingue_une_feuille_de_remplissage(client, db, monkeypatch):
    """Soixante-quatre octets qui ont l'air du hasard, tous différents, écritures comprises."""
    monkeypatch.setattr(views, "maintenant", lambda: DIX_HEURES)
    ecrire(10)
    publier_la_tete(le=DIX_HEURES)

    feuilles = log.parse_entries(client.get("/journal/tile/entries/000.p/64").content)

    assert {len(feuille) for feuille in feuilles} == {64}
    assert (
        len(set(feuilles))
        == len({feuille[:32] for feuille in feuilles})
        == len({f[32:] for f in feuilles})
        == 64
    )
    un_bits = sum(octet.bit_count() for feuille in feuilles[10:] for octet in feuille) / (54 * 512)
    assert 0.48 < un_bits < 0.52


def test_la_tete_d_un_recepisse_n_est_pas_publique(client, db, monkeypatch):
    monkeypatch.setattr(views, "maintenant", lambda: DIX_HEURES)
    publier_la_tete(le=DIX_HEURES)
    ecrire(3)
    privee = signer_un_point_de_controle(le=DIX_HEURES)

    assert queries.tete_qui_couvre(64) == privee
    assert (
        f'"taille": {privee.taille}'
        not in client.get("/journal/points-de-controle.json").content.decode()
    )
    assert client.get(f"/journal/tile/entries/000.p/{privee.taille}").status_code == 404


def test_sans_ouvrier_la_tete_de_l_heure_nait_a_la_premiere_lecture(client, db, monkeypatch):
    publier_la_tete(le=DIX_HEURES)
    monkeypatch.setattr(views, "maintenant", lambda: minutes(125))

    note = client.get("/journal/checkpoint").content.decode()

    assert log.Checkpoint.parse(note).size == 64 + 2 * PAS


@pytest.mark.moteurs
def test_la_preuve_d_un_recepisse_tient_encore_sous_les_tetes_publiques(db):
    publier_la_tete(le=DIX_HEURES)
    ecriture = journaliser("pli.deposer", sujet="D-1", par=PLATEFORME, le=minutes(20))
    point = signer_un_point_de_controle(le=minutes(20))
    publique = publier_la_tete(le=minutes(60))

    ancienne, nouvelle = (log.Checkpoint.parse(tete.note) for tete in (point, publique))
    assert ecriture.numero == 64 + int(PAS * 20 / 60)
    assert ancienne.size == ecriture.numero + 1 < nouvelle.size
    chemin = sur_l_arbre(partial(log.consistency, ancienne.size, nouvelle.size))
    assert log.verify_consistency(
        ancienne.size, nouvelle.size, chemin, ancienne.root, nouvelle.root
    )


@pytest.mark.moteurs
def test_une_longue_panne_se_rattrape_en_un_geste_borne(db, django_assert_max_num_queries):
    publier_la_tete(le=DIX_HEURES)

    with django_assert_max_num_queries(40):
        journaliser("essai", sujet="X", par=PLATEFORME, le=DIX_HEURES + timedelta(days=365))

    assert taille() == 64 + PAS * RATTRAPAGE + 1
    assert Remplissage.objects.count() == 2


@pytest.mark.moteurs
def test_le_journal_relu_compte_le_remplissage_et_les_tetes_publiques(db):
    publier_la_tete(le=DIX_HEURES)
    ecrire(2)
    publier_la_tete(le=DIX_HEURES + PERIODE)

    constats = list(relire_le_journal())

    assert all(constat.bon for constat in constats), constats
    assert f"2 écritures et {64 + PAS} lignes de remplissage" in constats[0].quoi
    assert any(constat.quoi.startswith("2 têtes publiques") for constat in constats)


@pytest.mark.moteurs
def test_les_places_se_suivent_sans_trou_ni_recouvrement(db):
    publier_la_tete(le=DIX_HEURES)
    for minute in (1, 2, 2, 40, 200):
        journaliser("essai", sujet="X", par=PLATEFORME, le=minutes(minute))

    places = [
        place
        for tranche in Remplissage.objects.all()
        for place in range(tranche.debut, tranche.fin)
    ]
    places += Ecriture.objects.values_list("numero", flat=True)
    assert sorted(places) == list(range(taille()))
    assert Publication.objects.count() == PointDeControle.objects.count() == 1
