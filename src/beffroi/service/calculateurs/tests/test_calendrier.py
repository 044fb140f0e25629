"""La calculatrice rend les dates de `droit`, avec leurs articles, à l'écran et dans l'agenda."""

import icalendar
import pytest

OUVERT = {"procedure": "appel_offres_ouvert", "envoi": "2027-03-02"}


def lire(client, **demande):
    return client.get("/outils/calendrier/", demande)


def en_clair(reponse):
    """La page, ses espaces insécables rendues ordinaires."""
    return reponse.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def test_sans_demande_la_page_attend(client):
    page = client.get("/outils/calendrier/")

    assert page.status_code == 200
    assert "Les dates" not in page.content.decode()


def test_un_appel_d_offres_ouvert_a_ses_dates_et_leurs_articles(client):
    page = en_clair(lire(client, **OUVERT))

    assert "CCP, art. R. 2161-2" in page
    assert 'datetime="2027-04-02"' in page


def test_la_voie_papier_allonge_le_delai(client):
    en_ligne, papier = (lire(client, **OUVERT, **plus).content for plus in ({}, {"papier": "on"}))

    assert en_ligne != papier
    assert b'datetime="2027-04-07"' in papier


def test_sans_procedure_le_montant_en_propose_une(client):
    page = en_clair(lire(client, montant="150 000 €", prestation="travaux", envoi="2027-03-02"))

    assert "Quelle procédure suivre ?" in page
    assert "Procédure adaptée ouverte" in page


def test_sous_le_seuil_de_dispense_il_n_y_a_pas_de_calendrier_et_c_est_dit(client):
    reponse = lire(client, montant="5000", prestation="services", envoi="2027-03-02")

    assert reponse.status_code == 200
    assert "Pas de calendrier pour cette demande" in reponse.content.decode()


def test_la_lettre_de_rejet_donne_le_premier_jour_de_signature(client):
    page = en_clair(lire(client, **OUVERT, rejet="2027-05-03"))

    assert "CCP, art. R. 2182-1" in page
    assert 'datetime="2027-05-14"' in page


@pytest.mark.parametrize(
    "demande",
    [
        {"envoi": ""},
        {"envoi": "2027-03-02"},
        {"envoi": "9999-12-31", "procedure": "appel_offres_ouvert"},
        {"envoi": "2027-03-02", "procedure": "inventée"},
        {"envoi": "2027-03-02", "montant": "beaucoup"},
        {"envoi": "2027-03-02", "montant": "-1"},
        {**OUVERT, "rejet": "2027-01-01"},
        {"envoi": "\x00"},
    ],
)
def test_une_demande_impossible_se_corrige(client, demande):
    reponse = lire(client, **demande)

    assert reponse.status_code == 422
    assert "Erreur" in reponse.content.decode()


def test_une_date_d_avant_les_tables_est_dite_inconnue(client):
    page = lire(client, procedure="appel_offres_ouvert", envoi="1990-01-01").content.decode()

    assert "Pas de calendrier pour cette demande" in page
    assert "delai." not in page


def test_chaque_procedure_des_tables_rend_une_page(client):
    from datetime import date

    from droit.en_vigueur import Droit

    for procedure in Droit.au(date(2027, 3, 2)).procedures:
        assert lire(client, procedure=procedure.cle, envoi="2027-03-02").status_code == 200


def test_l_agenda_a_les_dates_de_la_page_et_les_memes_identifiants_deux_fois(client):
    premier, second = (
        icalendar.Calendar.from_ical(client.get("/outils/calendrier/dates.ics", OUVERT).content)
        for _ in range(2)
    )

    jours = {str(e["SUMMARY"]): e.decoded("DTSTART") for e in premier.walk("VEVENT")}
    assert "2027-04-02" in {str(jour) for jour in jours.values()}
    assert [e["UID"] for e in premier.walk("VEVENT")] == [e["UID"] for e in second.walk("VEVENT")]
    assert len({e["UID"] for e in premier.walk("VEVENT")}) == len(jours)


def test_un_agenda_sans_calendrier_est_introuvable(client):
    assert client.get("/outils/calendrier/dates.ics").status_code == 404


@pytest.mark.django_db
def test_l_ecran_ne_lit_pas_la_base(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert lire(client, **OUVERT).status_code == 200
        assert client.get("/outils/seuils/").status_code == 200
