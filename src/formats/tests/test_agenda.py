"""L'échéance d'une consultation, telle qu'un agenda la lit."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from formats.agenda import Echeance, en_icalendar

ECHEANCE = Echeance(
    identifiant="2026-0142@marches.example",
    sequence=2,
    instant=datetime(2026, 12, 15, 11, 0, tzinfo=UTC),
    ecrite_le=datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
    titre="Heure limite : toiture ; écoles, mairie",
    texte="Déposez avant.\nLe reste est hors délai.",
    adresse="https://marches.example/consultations/2026-0142/",
)


def lire(octets):
    """Déplie les lignes, et rend les propriétés de l'événement."""
    lignes = octets.decode().replace("\r\n ", "").split("\r\n")
    debut, fin = lignes.index("BEGIN:VEVENT"), lignes.index("END:VEVENT")
    return dict(ligne.split(":", 1) for ligne in lignes[debut:fin])


@pytest.mark.parametrize(
    ("instant", "heure_de_paris"),
    [
        (datetime(2026, 12, 15, 11, 0, tzinfo=UTC), "20261215T120000"),
        (datetime(2026, 7, 15, 10, 0, tzinfo=UTC), "20260715T120000"),
    ],
    ids=["hiver", "été"],
)
def test_l_instant_se_lit_a_l_heure_de_paris(instant, heure_de_paris):
    evenement = lire(en_icalendar(replace(ECHEANCE, instant=instant)))

    assert evenement["DTSTART;TZID=Europe/Paris"] == heure_de_paris
    assert b"BEGIN:VTIMEZONE\r\nTZID:Europe/Paris\r\n" in en_icalendar(ECHEANCE)


def test_la_seconde_des_deux_heures_de_meme_nom_se_dit_en_temps_universel():
    premiere, seconde = (
        datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
        datetime(2027, 10, 31, 1, 30, tzinfo=UTC),
    )

    assert (
        lire(en_icalendar(replace(ECHEANCE, instant=premiere)))["DTSTART;TZID=Europe/Paris"]
        == "20271031T023000"
    )
    assert lire(en_icalendar(replace(ECHEANCE, instant=seconde)))["DTSTART"] == "20271031T013000Z"


def test_l_identifiant_reste_et_la_sequence_croit():
    evenement = lire(en_icalendar(ECHEANCE))

    assert (evenement["UID"], evenement["SEQUENCE"]) == ("2026-0142@marches.example", "2")
    assert evenement["STATUS"] == "CONFIRMED"
    assert lire(en_icalendar(replace(ECHEANCE, annulee=True)))["STATUS"] == "CANCELLED"


def test_les_caracteres_reserves_sont_echappes():
    evenement = lire(en_icalendar(replace(ECHEANCE, titre="a\\b;c,d\r\nBEGIN:VEVENT")))

    assert evenement["SUMMARY"] == "a\\\\b\\;c\\,d\\nBEGIN:VEVENT"


def test_aucune_ligne_ne_depasse_soixante_quinze_octets():
    octets = en_icalendar(replace(ECHEANCE, titre="é🏫" * 80))

    assert max(len(ligne) for ligne in octets.split(b"\r\n")) <= 75
    assert lire(octets)["SUMMARY"] == "é🏫" * 80


def test_plusieurs_echeances_tiennent_dans_un_agenda_suivi():
    import icalendar

    autre = replace(ECHEANCE, identifiant="2026-0143@marches.example", annulee=True)

    agenda = icalendar.Calendar.from_ical(en_icalendar(ECHEANCE, autre, nom="Toiture à Bomy"))

    assert [str(evenement["UID"]) for evenement in agenda.walk("VEVENT")] == [
        ECHEANCE.identifiant,
        autre.identifiant,
    ]
    assert str(agenda["NAME"]) == "Toiture à Bomy"
    assert [len(evenement.walk("VALARM")) for evenement in agenda.walk("VEVENT")] == [1, 0]
