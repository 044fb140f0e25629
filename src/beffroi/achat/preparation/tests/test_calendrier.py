"""« Pour quand ? » : la personne change une date, celles qui en dépendent suivent ;
ce qu'elle a choisi reste.
"""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.preparation import queries
from beffroi.achat.preparation.rules.dates import questions_proposees
from beffroi.achat.preparation.tests.test_views import ACHAT
from beffroi.personnes.comptes.tests.personnes import connecter
from formats.dates import PARIS


@pytest.fixture
def client(scene):
    return connecter(Client(), scene.martine)


@pytest.fixture
def adresse(scene):
    return f"/consultations/{scene.brouillon().reference}/preparer/calendrier/"


def proposee(client, adresse):
    """Ce que le navigateur renverrait sans que personne ait rien changé."""
    form = client.get(adresse).context["form"]
    return {nom: form[nom].value() for nom in form.fields if form[nom].value() is not None}


def dans(saisie, jours):
    """Autant de jours après l'envoi de l'avis."""
    return (saisie["jour_envoi"] + timedelta(days=jours)).isoformat()


def ecart(consultation):
    questions, limite = consultation.date_limite_questions, consultation.date_limite_remise
    return (limite.astimezone(PARIS).date() - questions.astimezone(PARIS).date()).days


def relue():
    return Consultation.toutes.get()


def test_avancer_l_heure_limite_avance_les_questions_et_l_ouverture(client, adresse, scene):
    saisie = proposee(client, adresse)

    reponse = client.post(adresse, {**saisie, "jour_limite": dans(saisie, 20)})

    gardee = relue()
    assert reponse.status_code == 302
    assert ecart(gardee) == 8
    assert timedelta(0) < gardee.ouverture_prevue_le - gardee.date_limite_remise < timedelta(days=7)


def test_revenir_changer_l_heure_limite_fait_encore_suivre(client, adresse, scene):
    saisie = proposee(client, adresse)
    client.post(adresse, {**saisie, "jour_limite": dans(saisie, 40)})

    client.post(adresse, {**proposee(client, adresse), "jour_limite": dans(saisie, 22)})

    assert ecart(relue()) == 8


def test_une_date_de_questions_choisie_reste(client, adresse, scene):
    saisie = proposee(client, adresse)

    client.post(
        adresse, {**saisie, "jour_questions": dans(saisie, 9), "jour_limite": dans(saisie, 20)}
    )

    assert relue().date_limite_questions.astimezone(PARIS).date().isoformat() == dans(saisie, 9)


def test_des_questions_effacees_ne_reviennent_pas(client, adresse, scene):
    saisie = proposee(client, adresse)

    client.post(
        adresse,
        {**saisie, "jour_questions": "", "heure_questions": "", "jour_limite": dans(saisie, 20)},
    )

    assert relue().date_limite_questions is None


def test_une_date_choisie_trop_tardive_se_nomme_et_ouvre_son_bloc(client, adresse):
    saisie = proposee(client, adresse)

    reponse = client.post(
        adresse, {**saisie, "jour_questions": dans(saisie, 25), "jour_limite": dans(saisie, 20)}
    )

    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert (
        "Le dernier jour pour poser une question, le" in page
        and "Choisissez un jour plus tôt" in page
    )
    assert "<details open><summary>Questions et ouverture" in page


def test_une_heure_limite_passee_se_dit_passee_avec_l_heure_qu_il_est(client, adresse, scene):
    saisie = proposee(client, adresse)

    page = client.post(
        adresse, {**saisie, "jour_limite": "2024-01-15", "heure_limite": "12:00"}
    ).content.decode()

    assert (
        "L’heure limite, le 15\N{NO-BREAK SPACE}janvier 2024 à 12:00, est déjà passée. "
        "Nous sommes le"
    ) in page
    assert "choisissez un moment à venir" in page
    assert (
        "Dernier jour pour poser une question</a>" not in page and "envoi de l’avis, le" not in page
    )


def test_une_heure_limite_avant_l_avis_dit_les_deux_dates(client, adresse):
    saisie = proposee(client, adresse)
    limite = (saisie["jour_envoi"] - timedelta(days=1)).isoformat()

    page = client.post(adresse, {**saisie, "jour_limite": limite}).content.decode()

    assert "tombe avant l’envoi de l’avis, le" in page


def test_le_panneau_montre_l_heure_limite_refusee_telle_que_tapee(client):
    client.post("/consultations/nouvelle/", ACHAT)
    adresse = f"/consultations/{relue().reference}/preparer/calendrier/"
    saisie = proposee(client, adresse)

    refus = client.post(
        adresse, {**saisie, "jour_limite": "2024-01-15", "heure_limite": "12:00"}
    ).content.decode()
    ailleurs = client.get(adresse.replace("calendrier", "achat")).content.decode()

    for page in (refus, ailleurs):
        assert "Heure limite tapée" in page and "15/01/2024 à 12:00" in page
        assert "L’heure limite tapée, 15/01/2024 à 12:00, est refusée." in page
        assert "L’heure limite n’est pas fixée" not in page


@pytest.mark.article("CCP", "R. 2151-1")
def test_verifier_dit_l_heure_limite_refusee_et_mene_a_son_champ(client):
    client.post("/consultations/nouvelle/", ACHAT)
    adresse = f"/consultations/{relue().reference}/preparer/calendrier/"
    client.post(
        adresse, {**proposee(client, adresse), "jour_limite": "2024-01-15", "heure_limite": "12:00"}
    )

    page = client.get(adresse.replace("calendrier", "verifier")).content.decode()

    assert (
        "L’heure limite tapée, 15/01/2024 à 12:00, est refusée." in page
        and "est déjà passée. Nous sommes" in page
    )
    assert f'<a href="{adresse}#id_jour_limite">Corriger' in page
    assert "L’heure limite n’est pas fixée" not in page
    assert 'id="id_jour_limite"' in client.get(adresse).content.decode()


def test_verifier_dit_qu_une_heure_refusee_ne_remplace_pas_celle_qui_est_gardee(client, adresse):
    saisie = proposee(client, adresse)
    client.post(adresse, saisie)
    client.post(adresse, {**saisie, "jour_limite": "2024-01-15", "heure_limite": "12:00"})

    page = client.get(adresse.replace("calendrier", "verifier")).content.decode()

    assert "15/01/2024 à 12:00, est refusée. Celle qui compte reste le" in page


def test_une_date_au_bout_du_calendrier_se_refuse_sans_panne(client, adresse):
    saisie = proposee(client, adresse)

    assert client.post(adresse, {**saisie, "jour_limite": "9999-12-31"}).status_code in (302, 422)


@pytest.mark.parametrize(
    ("jours", "attendue"),
    [
        (30, date(2027, 3, 24)),
        (9, date(2027, 3, 3)),
        (8, date(2027, 3, 6)),
        (2, date(2027, 3, 3)),
        (1, None),
        (0, None),
    ],
)
def test_les_dernieres_questions_tiennent_entre_l_avis_et_la_limite(jours, attendue):
    envoi = date(2027, 3, 2)
    limite = datetime(2027, 3, 2, 12, tzinfo=PARIS) + timedelta(days=jours)

    proposees = questions_proposees(limite, envoi=envoi)

    assert (proposees.date() if proposees else None) == attendue


def test_la_reponse_gardee_est_complete(client, adresse, scene):
    client.post(adresse, proposee(client, adresse))

    assert queries.reponses_de(relue().preparation).calendrier.envoi_de_l_avis
