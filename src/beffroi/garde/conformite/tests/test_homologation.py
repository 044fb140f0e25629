"""L'homologation : on n'atteste que ce qui est décidé, et le dossier dit ce qu'il ne sait pas."""

from datetime import date

import pytest
from django.test import Client

from beffroi.centre.interventions.tests.theatre import agent, centre
from beffroi.garde.conformite.dossier_d_homologation import dossier, risques
from beffroi.garde.conformite.queries.traitements import mesures
from beffroi.garde.conformite.rules.homologation import Homologation, lire
from beffroi.personnes.comptes.tests.personnes import LUNDI, connecter
from formats.document.plan import lignes

DECISION = {"le": "2026-10-01", "jusqu_au": "2029-09-30", "autorite": "Le président du centre"}
LUE = Homologation(date(2026, 10, 1), date(2029, 9, 30), "Le président du centre")


@pytest.mark.parametrize(
    "change,lue",
    [
        ({}, LUE),
        ({"autorite": " "}, None),
        ({"le": ""}, None),
        ({"le": "bientôt"}, None),
        ({"jusqu_au": "2026-09-30"}, None),
    ],
)
def test_une_decision_a_moitie_n_en_est_pas_une(change, lue):
    assert lire(DECISION | change) == lue


@pytest.mark.parametrize(
    "jour,court",
    [("2026-09-30", False), ("2026-10-01", True), ("2029-09-30", True), ("2029-10-01", False)],
)
def test_une_decision_vaut_du_premier_au_dernier_jour(jour, court):
    assert LUE.est_en_vigueur(date.fromisoformat(jour)) is court


@pytest.mark.django_db
@pytest.mark.parametrize(
    "reglage,dit",
    [
        (dict.fromkeys(DECISION, ""), "Aucune homologation n’est publiée"),
        (DECISION | {"le": "2020-01-01"}, "Ce service est homologué"),
        (DECISION | {"le": "2020-01-01", "jusqu_au": "2021-01-01"}, "n’est pas en vigueur"),
    ],
)
def test_la_page_n_atteste_que_ce_qui_est_en_vigueur(settings, reglage, dit):
    settings.HOMOLOGATION = reglage
    assert dit in Client().get("/conformite/homologation/").content.decode().replace(
        "\N{NO-BREAK SPACE}", " "
    )


@pytest.mark.django_db
def test_le_dossier_dit_les_versions_les_risques_et_ce_qui_manque():
    centre()
    ecrit = " ".join(lignes(dossier(le=LUNDI))).replace("\N{NO-BREAK SPACE}", " ").replace("’", "'")
    assert (
        all(risque.titre in ecrit for risque in risques())
        and "Django" in ecrit
        and "Beffroi" in ecrit
    )
    assert "risque qui reste" in ecrit and "nom et qualité" in ecrit


def test_chaque_risque_nomme_des_mesures_du_registre():
    assert {cle for risque in risques() for cle in risque.mesures} <= mesures().keys()
    assert all(1 <= risque.gravite <= 4 and risque.mesures for risque in risques())


@pytest.mark.django_db
@pytest.mark.parametrize("format_,debut", [("odt", b"PK"), ("pdf", b"%PDF"), ("exe", b"")])
def test_le_technicien_emporte_le_dossier(format_, debut):
    samir = connecter(Client(), agent(centre(), "Samir Technicien", "technicien"))
    reponse = samir.get(f"/cdg/conformite/dossier-d-homologation.{format_}")
    assert reponse.status_code == (200 if debut else 404)
    assert not debut or reponse.content.startswith(debut)
