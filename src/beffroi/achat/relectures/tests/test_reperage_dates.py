"""Les dates et les heures, telles que les acheteurs les écrivent."""

from datetime import UTC, date, datetime, time

import pytest

from beffroi.achat.relectures.rules.reperage import (
    dates,
    dates_de_visite,
    heures,
    limites_de_remise,
    limites_des_questions,
)
from beffroi.achat.relectures.tests.textes import tableau, texte

LE_15 = date(2026, 12, 15)


@pytest.mark.parametrize(
    ("ecrit", "heure", "fuseau"),
    [
        ("le mardi 15 décembre 2026 à 16 h (heure de Paris)", time(16), "Paris"),
        ("le mardi 15 décembre 2026 à 16 heures", time(16), ""),
        ("15/12/2026 à 16h00", time(16), ""),
        ("15/12/26 – 16 H 00", time(16), ""),
        ("15.12.2026, 16:00", time(16), ""),
        ("15-12-2026 à 16h30 précises", time(16, 30), ""),
        ("2026-12-15 16:00 (Europe/Paris)", time(16), "Paris"),
        ("le 15 déc. 2026 à seize heures trente", time(16, 30), ""),
        ("MARDI 15 DECEMBRE 2026 A 12 H 00", time(12), ""),
        ("avant midi le 15 décembre 2026", time(12), ""),
        ("avant 12h00, le 15 décembre 2026", time(12), ""),
        ("15 décembre 2026 à minuit", time(0), ""),
        ("15 décembre 2026 à 24h00", time(0), ""),
        ("15 décembre 2026 à 12 heures, heure française", time(12), "Paris"),
        ("15 décembre 2026 à 12 h 00, heure locale", time(12), "locale"),
        ("15 décembre 2026 à 12:00 CET", time(12), "Paris"),
        ("15 décembre 2026 à 12:00 UTC", time(12), "autre"),
        ("15/12/2026, heure limite de remise : 16h00 (heure de Londres)", time(16), "autre"),
        ("15 décembre 2026 à 12 h 00, heure à laquelle les plis sont clos", time(12), ""),
        ("15 décembre 2026", None, ""),
        ("15 décembre 2026 à 12 heures. Passé 14 heures", time(12), ""),
    ],
)
def test_une_date_se_lit_sous_toutes_ses_formes(ecrit, heure, fuseau):
    (trouvee,) = dates(texte(f"Remise : {ecrit}."))

    assert (trouvee.valeur.jour, trouvee.valeur.heure, trouvee.valeur.fuseau) == (
        LE_15,
        heure,
        fuseau,
    )


def test_le_premier_du_mois_se_lit():
    assert [
        t.valeur.jour for t in dates(texte("le 1er février 2027, puis le premier mars 2027"))
    ] == [
        date(2027, 2, 1),
        date(2027, 3, 1),
    ]


@pytest.mark.parametrize(
    "ecrit",
    ["45/13/2026", "30 février 2026", "n° 2016-360", "article 4.12.3", "1/2/3/2026", "R. 2151-6"],
)
def test_ce_qui_n_est_pas_une_date_n_en_donne_pas(ecrit):
    assert dates(texte(ecrit)) == ()


def test_la_trouvaille_garde_les_mots_exacts_et_leur_place():
    (trouvee,) = dates(
        texte("Objet", "Remise des plis : Mardi 15 Décembre 2026 à 16 h 00.", titre="4. Remise")
    )

    assert trouvee.texte == "Mardi 15 Décembre 2026 à 16 h 00"
    assert trouvee.place == "sous « 4. Remise », paragraphe 2"


def test_un_jour_de_la_semaine_faux_se_voit():
    (juste, faux) = dates(texte("mardi 15 décembre 2026 ; lundi 15 décembre 2026"))

    assert juste.valeur.a_le_bon_jour_de_la_semaine
    assert not faux.valeur.a_le_bon_jour_de_la_semaine


def test_l_instant_est_a_l_heure_de_paris():
    (trouvee,) = dates(texte("15 décembre 2026 à 16 h"))

    assert trouvee.valeur.instant == datetime(2026, 12, 15, 15, tzinfo=UTC)


def test_l_heure_de_la_cellule_suivante_va_avec_la_date():
    (trouvee,) = dates(tableau(("Date limite", "15/12/2026"), ("Heure", "Heure : 16h00"))) or [None]
    (suivante,) = dates(texte("15/12/2026", "Heure limite : 16h00"))

    assert trouvee.valeur.heure is None
    assert suivante.valeur.heure == time(16)


@pytest.mark.parametrize(
    "phrase",
    [
        "Date limite de réception des offres : 15/12/2026 à 12h00",
        "DATE ET HEURE LIMITES DE RECEPTION DES OFFRES : 15/12/2026 à 12h00",
        "Les plis devront parvenir au plus tard le 15/12/2026 à 12h00.",
        "Les candidats transmettent leur proposition avant le 15/12/2026 à 12h00, dernier délai.",
        "Le 15/12/2026 à 12h00 est la date limite de remise des candidatures et des offres.",
        "Date et heure limites de remise des plis : le 15/12/2026, 12h00",
        (
            "Les offres, rédigées en français, seront déposées sur le profil d'acheteur avant le "
            "15/12/2026 à 12h00."
        ),
        "La date limite de dépôt est fixée au 15/12/2026 à 12h00.",
    ],
)
def test_la_date_limite_de_remise_se_reconnait(phrase):
    (trouvee,) = limites_de_remise(texte(phrase))

    assert trouvee.valeur.heure == time(12)


def test_la_date_limite_se_reconnait_a_la_ligne_ou_au_titre_d_au_dessus():
    assert limites_de_remise(
        texte("Date et heure limites de remise des offres", "15/12/2026 à 12h00")
    )
    assert limites_de_remise(
        texte("Mardi 15 décembre 2026 à 12 h", titre="5.2 Date limite de réception des offres")
    )


@pytest.mark.parametrize(
    "phrase",
    [
        (
            "En application de l'arrêté du 22 mars 2019 relatif à la remise des offres, "
            "la signature est libre."
        ),
        (
            "Les questions sont posées au plus tard 10 jours avant la date limite de remise des "
            "offres, soit le 05/12/2026."
        ),
        "Une visite du site aura lieu le 3 décembre 2026 à 9 h, avant la remise des offres.",
        "Début des travaux : 1er mars 2027",
        "Les réponses sont mises en ligne au plus tard le 7 janvier 2027.",
        "Les échantillons sont remis avant le 10 décembre 2026 à 17 h.",
    ],
)
def test_une_autre_date_n_est_pas_la_date_limite(phrase):
    assert limites_de_remise(texte(phrase)) == ()


def test_la_date_des_questions_et_celle_de_la_visite_se_reconnaissent():
    document = texte(
        (
            "Les demandes de renseignements complémentaires parviennent avant le 5 "
            "décembre 2026 à 12 h."
        ),
        "La visite obligatoire se tient le 1er décembre 2026 à 14 h.",
        "Les plis sont déposés avant le 15 décembre 2026 à 12 h.",
    )

    assert [t.valeur.jour.day for t in limites_des_questions(document)] == [5]
    assert [t.valeur.jour.day for t in dates_de_visite(document)] == [1]
    assert [t.valeur.jour.day for t in limites_de_remise(document)] == [15]


def test_la_date_des_reponses_n_est_pas_celle_des_questions():
    document = texte(
        "Les réponses sont mises en ligne au plus tard le 7 janvier 2027.",
        titre="Renseignements complémentaires",
    )

    assert limites_des_questions(document) == ()


def test_les_heures_se_lisent_sans_date():
    assert [
        t.valeur.heure for t in heures(texte("Ouvert de 9 h à 12h00 et de 13:30 à 17 heures"))
    ] == [
        time(9),
        time(12),
        time(13, 30),
        time(17),
    ]
