"""CCP, art. R. 2143-1, R. 2151-1, R. 2132-6 :
le calendrier entier, chaque date avec son article.
"""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.commandes.cli.lanceur import principal
from droit.calendrier.minimum import Circonstances
from droit.calendrier.procedure import Calendrier, Etapes, calendrier
from droit.en_vigueur import Droit

pytestmark = pytest.mark.article("CCP", "R. 2132-6")

ENVOI = date(2027, 3, 2)


def dater(
    procedure: str, *, envoi: date = ENVOI, limite=None, invitation=None, **faits
) -> Calendrier:
    droit = Droit.au(envoi)
    return calendrier(
        droit,
        droit.procedure(procedure),
        etapes=Etapes(envoi=envoi, limite=limite, invitation=invitation),
        acheteur="pouvoir_adjudicateur",
        circonstances=Circonstances(**faits),
    )


def dates(trouve: Calendrier) -> dict[str, date | None]:
    return {echeance.cle: echeance.jour for echeance in trouve.echeances}


def test_un_appel_d_offres_ouvert_electronique():
    assert dates(dater("appel_offres_ouvert", electronique=True)) == {
        "offres.minimum": date(2027, 4, 2),
        "questions": date(2027, 3, 26),
        "reponses": date(2027, 3, 31),
        "limite": date(2027, 4, 6),
        "signature": None,
    }


def test_l_urgence_ramene_les_reponses_a_quatre_jours():
    limite = datetime(2027, 4, 7, 12, tzinfo=UTC)

    assert dates(dater("appel_offres_ouvert", limite=limite, urgence=True))["reponses"] == date(
        2027, 4, 3
    )
    assert dates(dater("appel_offres_ouvert", limite=limite))["reponses"] == date(2027, 4, 1)


def test_une_heure_limite_trop_proche_est_refusee():
    trouve = dater("appel_offres_ouvert", limite=datetime(2027, 3, 20, 12, tzinfo=UTC))

    assert not trouve.limite.favorable


def test_l_heure_choisie_par_l_acheteur_ne_se_dit_pas_proposee():
    limite = datetime(2027, 4, 7, 12, tzinfo=UTC)
    proposees = [
        next(
            e for e in dater("appel_offres_ouvert", limite=choisie).echeances if e.cle == "limite"
        ).conseil
        for choisie in (limite, None)
    ]

    assert proposees == [False, True]


def test_une_procedure_restreinte_attend_l_invitation_pour_dater_les_offres():
    assert dates(dater("appel_offres_restreint"))["offres.minimum"] is None
    assert dates(dater("appel_offres_restreint", invitation=date(2027, 4, 20)))[
        "offres.minimum"
    ] == date(2027, 5, 21)


def test_une_procedure_adaptee_n_a_pas_de_minimum_et_le_dit():
    echeance = dater("procedure_adaptee_ouverte").echeances[0]

    assert (echeance.jour, str(echeance.sources[0])) == (None, "CCP, art. R. 2151-1")


@given(st.dates(date(2019, 4, 1), date(2035, 12, 31)), st.booleans(), st.booleans())
def test_l_heure_proposee_n_est_jamais_avant_le_minimum_ni_remarquee(envoi, electronique, urgence):
    trouve = dater("appel_offres_ouvert", envoi=envoi, electronique=electronique, urgence=urgence)

    assert dates(trouve)["limite"] >= dates(trouve)["offres.minimum"]
    assert trouve.avertissements == ()


def test_la_commande_donne_chaque_date_avec_son_article(capsys):
    code = principal(
        [
            "droit",
            "calendrier",
            "--procedure",
            "appel_offres_ouvert",
            "--envoi",
            "2027-03-02",
            "--electronique",
            "--json",
        ]
    )

    premiere = json.loads(capsys.readouterr().out)["echeances"][0]
    assert (code, premiere["jour"]) == (0, "2027-04-02")
    assert "CCP, art. R. 2161-3, 2°" in premiere["articles"]


@pytest.mark.parametrize(
    ("procedure", "envoi", "phrase"),
    [
        ("inconnue", "2027-03-02", "n'est pas une procédure"),
        ("accord_cadre", "2027-03-02", "n'a pas de calendrier à elle"),
        ("appel_offres_ouvert", "2018-03-02", "n'est pas connue"),
        ("appel_offres_ouvert", "demain", "une date s'écrit"),
        ("appel_offres_ouvert", "9999-12-30", "trop loin"),
    ],
)
def test_la_commande_dit_ses_refus_en_une_phrase(capsys, procedure, envoi, phrase):
    code = principal(["droit", "calendrier", "--procedure", procedure, "--envoi", envoi])

    assert code != 0
    assert phrase in capsys.readouterr().err


@pytest.mark.parametrize(
    ("dates_donnees", "phrase"),
    [
        (
            ["--rejet", "2026-12-28"],
            "L'envoi de la dernière lettre de rejet (28 décembre 2026) ne peut pas précéder",
        ),
        (
            ["--invitation", "2027-03-01"],
            "L'envoi de l'invitation (1er mars 2027) ne peut pas précéder",
        ),
        (
            ["--invitation", "2027-04-20", "--rejet", "2027-04-19"],
            "ne peut pas précéder l'envoi de l'invitation",
        ),
    ],
    ids=["rejet avant l'avis", "invitation avant l'avis", "rejet avant l'invitation"],
)
def test_la_commande_refuse_des_dates_qui_remontent_le_temps(capsys, dates_donnees, phrase):
    commande = [
        "droit",
        "calendrier",
        "--procedure",
        "appel_offres_restreint",
        "--envoi",
        "2027-03-02",
    ]

    code = principal([*commande, *dates_donnees])

    assert (code, phrase in capsys.readouterr().err) == (2, True)


def test_la_commande_accepte_un_rejet_le_jour_de_l_avis(capsys):
    commande = [
        "droit",
        "calendrier",
        "--procedure",
        "appel_offres_ouvert",
        "--envoi",
        "2027-03-02",
    ]

    assert principal([*commande, "--rejet", "2027-03-02"]) == 0
    assert "13 mars 2027" in capsys.readouterr().out
