"""CCP, art. R. 2151-1 ; CE, 23 septembre 2021, n° 449250 :
une seule heure limite, la même partout (RC-01, RC-02).
"""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from droit.achat import Publicite
from droit.calendrier.heures import PARIS, Horaires
from tests.droit.achats import (
    LIMITE,
    achat,
    constats,
    dates,
    gravites,
    plateforme,
    rapport,
    reglement,
    texte,
)

pytestmark = pytest.mark.article("CCP", "R. 2151-1")


def a(jour: int, heure: int, mois: int = 1):
    return achat(dates=dates(limite=datetime(2027, mois, jour, heure, tzinfo=PARIS)))


@pytest.mark.jurisprudence("CE, 23 septembre 2021, n° 449250")
def test_un_reglement_qui_dit_16_h_quand_la_plateforme_dit_14_h_bloque():
    lu = reglement(
        {"14 h 00": "Les offres sont remises avant le 12 janvier 2027 à 16 h 00, heure de Paris."}
    )
    (constat,) = constats("RC-01", achat(), lu=lu)

    assert (constat.gravite.value, constat.champ, constat.place) == (
        "bloquant",
        "dates.limite",
        "page 1",
    )
    assert "16 h 00" in constat.trouve
    assert constat.quoi == (
        "L'heure limite de remise n'est pas la même partout : le règlement dit 16 h 00, "
        "la plateforme 14 h 00."
    )
    assert constat.attendu == "12 janvier 2027 à 14 h 00, heure de Paris"
    assert constat.remede == "Corrigez le règlement, ou la date limite de la consultation."


def test_un_autre_jour_se_dit_de_la_date_et_non_de_l_heure():
    lu = reglement(
        {"14 h 00": "Les offres sont remises avant le 13 janvier 2027 à 14 h 00, heure de Paris."}
    )
    (constat,) = constats("RC-01", achat(), lu=lu)

    assert (
        constat.quoi
        == "Le règlement et la plateforme ne donnent pas la même date limite de remise."
    )


def test_un_avis_qui_annonce_une_autre_heure_bloque():
    projet = achat(
        publicite=Publicite(
            supports=("BOAMP",), limites_annoncees={"BOAMP": LIMITE + timedelta(hours=2)}
        )
    )
    (constat,) = constats("RC-01", projet)

    assert (constat.gravite.value, constat.champ) == ("bloquant", "publicite.limites_annoncees")


@pytest.mark.parametrize(
    "phrase,attendue",
    [
        (
            "Les offres sont remises avant le 12 janvier 2027 à 14 h 00, heure locale.",
            "Le règlement ne dit pas que l'heure limite est celle de Paris.",
        ),
        (
            "Les offres sont remises avant le 12 janvier 2027 à 14 h 00.",
            "Le règlement ne dit pas que l'heure limite est celle de Paris.",
        ),
        (
            "Les offres sont remises avant le lundi 12 janvier 2027 à 14 h 00, heure de Paris.",
            "Le jour de la semaine écrit ne va pas avec la date.",
        ),
    ],
)
def test_une_date_limite_incomplete_avertit(phrase, attendue):
    trouves = constats(
        "RC-01", achat(), lu=reglement({"14 h 00": f"Les offres sont remises avant {phrase}"})
    )

    assert attendue in [constat.quoi for constat in trouves]
    assert gravites(trouves) == ["avertissement"]


@pytest.mark.parametrize(
    "phrase",
    [
        "Les offres sont remises avant le 12 janvier 2027.",
        "Date limite de réception des offres : 12/01/2027.",
        "Les plis doivent parvenir au plus tard le mardi 12 janvier 2027, délai de rigueur.",
        "Les offres sont reçues jusqu'au 12 janvier 2027, heure de Paris.",
        "Remise des offres : le 12 janvier 2027 dernier délai.",
    ],
)
def test_une_date_limite_sans_heure_bloque(phrase):
    trouves = constats("RC-01", achat(), lu=reglement({"14 h 00": phrase}))

    assert [(c.quoi, c.gravite.value) for c in trouves] == [
        ("Le règlement donne la date limite sans l'heure.", "bloquant")
    ]


def test_une_date_rappelee_sans_heure_avertit_quand_l_heure_est_dite_ailleurs():
    lu = reglement(en_plus=("Date limite de remise des offres : 12 janvier 2027.",))

    assert gravites(constats("RC-01", achat(), lu=lu)) == ["avertissement"]


@pytest.mark.parametrize("fuseau", ["heure de Londres", "UTC", "heure de Cayenne"])
def test_une_autre_heure_que_celle_de_paris_bloque(fuseau):
    lu = reglement(
        {"14 h 00": f"Les offres sont remises avant le 12 janvier 2027 à 14 h 00, {fuseau}."}
    )

    assert gravites(constats("RC-01", achat(), lu=lu)) == ["bloquant"]


@pytest.mark.parametrize(
    "dite",
    [
        (
            "Le fuseau horaire de référence est celui de (GMT+01:00) Paris, Bruxelles, Copenhague, "
            "Madrid."
        ),
        "Le fuseau horaire de référence est celui de Paris.",
        "Toutes les heures de ce règlement sont exprimées à l'heure de Paris.",
        "Les heures indiquées s'entendent heure de Paris.",
        "L'heure limite est celle de Paris : les heures sont données à l'heure de Paris.",
    ],
)
def test_l_heure_de_paris_dite_une_fois_vaut_pour_tout_le_reglement(dite):
    limite = "Les offres sont remises avant le 12 janvier 2027 à 14 h 00."

    assert constats("RC-01", achat(), lu=reglement({"14 h 00": limite}, en_plus=(dite,))) == ()


@pytest.mark.parametrize(
    "fuseau",
    [
        "heure de Paris",
        "heure légale française",
        "heure française",
        "heure de Paris, France",
        "CET",
    ],
)
def test_chaque_facon_de_dire_l_heure_de_paris_se_tait(fuseau):
    lu = reglement(
        {"14 h 00": f"Les offres sont remises avant le 12 janvier 2027 à 14 h 00 ({fuseau})."}
    )

    assert constats("RC-01", achat(), lu=lu) == ()


def test_un_reglement_sans_date_limite_avertit_et_dit_son_doute():
    (constat,) = constats("RC-01", achat(), lu=texte("Le règlement ne dit rien."))

    assert constat.gravite.value == "avertissement"
    assert constat.doute == "Aucune date limite n'y a été reconnue."


def test_un_document_lu_en_partie_ne_se_voit_pas_reprocher_ce_qu_il_tait():
    lu = texte("Le règlement ne dit rien.", lacunes=("La page 2 est une image.",))

    assert constats("RC-01", achat(), lu=lu) == ()
    assert any(
        n.code == "RC-01" and "pas lu en entier" in n.raison
        for n in rapport(achat(), lu=lu).non_joues
    )


def test_la_meme_heure_partout_ne_dit_rien():
    assert constats("RC-01", achat(), lu=reglement()) == ()


@pytest.mark.parametrize(
    "projet,debut",
    [
        (a(16, 14), "L'heure limite tombe un week-end"),
        (a(11, 11), "L'heure limite tombe un lundi avant 14 h"),
        (a(15, 16), "L'heure limite tombe un vendredi après 16 h"),
        (a(12, 0), "L'heure limite est minuit"),
        (a(12, 19), "L'heure limite tombe quand l'assistance est fermée"),
        (a(13, 14, mois=7), "L'heure limite tombe la veille d'un jour férié"),
    ],
)
def test_un_moment_ou_personne_ne_repond_avertit(projet, debut):
    trouves = constats("RC-02", projet)

    assert trouves[0].quoi.startswith(debut)
    assert {(c.gravite.value, c.champ) for c in trouves} == {("avertissement", "dates.limite")}


def test_un_lundi_a_l_aube_se_dit_une_fois_et_non_l_heure_de_l_assistance_en_plus():
    (constat,) = constats("RC-02", a(11, 8))

    assert constat.quoi.startswith("L'heure limite tombe un lundi")
    assert "un mardi, un mercredi ou un jeudi" in constat.remede


def aux(heure: int, minute: int, **horaires):
    limite = datetime(2027, 1, 12, heure, minute, tzinfo=PARIS)
    return achat(
        dates=dates(limite=limite), plateforme=plateforme(horaires_d_aide=Horaires(**horaires))
    )


@pytest.mark.parametrize(
    ("heure", "minute", "fermee"), [(8, 29, True), (8, 30, False), (17, 30, False), (17, 31, True)]
)
def test_l_assistance_repond_jusqu_a_ses_bornes(heure, minute, fermee):
    assert ["assistance" in c.quoi for c in constats("RC-02", aux(heure, minute))] == [
        True
    ] * fermee


def test_les_horaires_sont_ceux_que_l_exploitant_a_regles():
    (constat,) = constats("RC-02", aux(16, 0, ouverture=time(9), fermeture=time(12)))

    assert constat.attendu == "du lundi au vendredi, 9 h à 12 h"


@pytest.mark.parametrize("code", ["RC-01", "RC-02", "RC-03", "RC-04"])
def test_sans_heure_limite_les_controles_de_dates_disent_ne_pas_avoir_ete_joues(code):
    sans = achat(dates=replace(dates(), limite=None))

    assert constats(code, sans) == ()
    assert any(
        n.code == code and n.raison == "L'heure limite n'est pas fixée."
        for n in rapport(sans).non_joues
    )
