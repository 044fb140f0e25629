"""Être rappelé : une demande par numéro, notée, puis effacée."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.traces.queries.frise import faits_de
from beffroi.service.aide import queries, rules, services
from beffroi.service.aide.models import DemandeDeRappel
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.tests.test_services import MARTINE

pytestmark = pytest.mark.django_db
MIDI = datetime(2026, 11, 26, 11, 0, tzinfo=UTC)
SAISIE = services.Saisie(nom="Nadia", telephone="06 12 34 56 78", sujet="Mon envoi s'arrête.")
FORMULAIRE = {"nom": "Nadia", "telephone": "06 12 34 56 78", "sujet": "Mon envoi s'arrête."}


@pytest.mark.parametrize(
    ("ecrit", "numero"),
    [
        ("06 12 34 56 78", "33612345678"),
        ("+33 6.12.34.56.78", "33612345678"),
        ("0032 470 12 34 56", "32470123456"),
    ],
)
def test_un_numero_se_reconnait_quelle_que_soit_son_ecriture(ecrit, numero):
    assert rules.numero_lisible(ecrit).favorable
    assert rules.chiffres(ecrit) == numero


@pytest.mark.parametrize(
    "ecrit", ["12", "appelez-moi", "06 12 34 56 78 et le soir", "0" * 30, "06\x0012345678"]
)
def test_ce_qui_n_est_pas_un_numero_se_corrige(ecrit, client):
    reponse = client.post("/contact/etre-rappele/", {**FORMULAIRE, "telephone": ecrit})

    assert reponse.status_code == 422
    assert not DemandeDeRappel.objects.exists()


def test_une_demande_se_fait_sans_compte_ni_cookie(client):
    reponse = client.post("/contact/etre-rappele/", {**FORMULAIRE, "consultation": "2026-0142"})

    assert (reponse.status_code, reponse.url) == (302, "/contact/demande-recue/")
    assert not reponse.cookies
    assert DemandeDeRappel.objects.get().consultation == "2026-0142"


def test_la_redemander_la_remplace_et_garde_sa_place():
    premiere = services.demander_un_rappel(SAISIE, maintenant=MIDI)
    autre = services.Saisie(
        nom="Nadia B.", telephone="+33612345678", sujet="C'est réglé, sauf la fin."
    )

    seconde = services.demander_un_rappel(autre, maintenant=MIDI + timedelta(hours=1))

    assert (seconde.pk, seconde.demandee_le, seconde.nom) == (premiere.pk, MIDI, "Nadia B.")


def test_la_base_refuse_deux_attentes_pour_un_numero():
    services.demander_un_rappel(SAISIE, maintenant=MIDI)

    with pytest.raises(IntegrityError), transaction.atomic():
        DemandeDeRappel.objects.create(
            nom="N", telephone="06", numero="33612345678", sujet="-", demandee_le=MIDI
        )


def test_une_file_pleine_donne_le_numero_a_composer_et_laisse_corriger_qui_y_est(
    client, monkeypatch, settings
):
    services.demander_un_rappel(SAISIE, maintenant=MIDI)
    monkeypatch.setattr(rules, "EN_ATTENTE_AU_PLUS", 1)

    page = client.post("/contact/etre-rappele/", {**FORMULAIRE, "telephone": "06 99 99 99 99"})

    assert page.status_code == 422
    assert settings.SERVICE["telephone"] in page.content.decode().replace("\u00a0", " ")
    services.demander_un_rappel(SAISIE, maintenant=MIDI)
    with pytest.raises(RegleEnfreinte):
        services.demander_un_rappel(
            services.Saisie(nom="B", telephone="0699999999", sujet="?"), maintenant=MIDI
        )


LIMITE = MIDI + timedelta(hours=2)


@pytest.mark.parametrize(
    ("a", "en_premier"),
    [
        (LIMITE - timedelta(hours=2, seconds=1), False),
        (LIMITE - timedelta(hours=2), True),
        (LIMITE + timedelta(minutes=30), True),
        (LIMITE + timedelta(minutes=30, seconds=1), False),
    ],
)
def test_on_passe_en_premier_deux_heures_avant_l_heure_limite(a, en_premier):
    assert rules.passe_en_premier(limite=LIMITE, maintenant=a) is en_premier
    assert not rules.passe_en_premier(limite=None, maintenant=a)


@pytest.mark.parametrize(
    ("dit", "reference"), [("n° 2026-0142, toiture", "2026-0142"), ("la toiture", "")]
)
def test_une_reference_se_reconnait_dans_ce_que_la_personne_dit(dit, reference):
    assert rules.reference_dite(dit) == reference


def test_la_file_met_qui_depose_bientot_en_tete():
    reference = factories.consultation(limite=LIMITE).reference
    services.demander_un_rappel(SAISIE, maintenant=MIDI - timedelta(hours=3))
    presse = services.Saisie(
        nom="Omar", telephone="0699999999", sujet="?", consultation=f"N° {reference}"
    )
    services.demander_un_rappel(presse, maintenant=MIDI)

    assert [rappel.demande.nom for rappel in queries.rappels_a_faire(le=MIDI)] == ["Omar", "Nadia"]
    assert [r.demande.nom for r in queries.rappels_a_faire(le=MIDI - timedelta(hours=1))] == [
        "Nadia",
        "Omar",
    ]


def test_une_file_pleine_n_arrete_pas_qui_depose_bientot(monkeypatch):
    reference = factories.consultation(limite=LIMITE).reference
    monkeypatch.setattr(rules, "EN_ATTENTE_AU_PLUS", 1)
    services.demander_un_rappel(SAISIE, maintenant=MIDI)

    services.demander_un_rappel(
        services.Saisie(nom="Omar", telephone="0699999999", sujet="?", consultation=reference),
        maintenant=MIDI,
    )

    assert DemandeDeRappel.objects.count() == 2


def test_l_appel_note_est_au_registre_sans_nom_ni_numero():
    demande = services.demander_un_rappel(SAISIE, maintenant=MIDI)

    for _ in range(2):
        services.noter_l_appel(
            demande=demande, par=MARTINE, maintenant=MIDI + timedelta(minutes=20)
        )

    ecriture = Ecriture.objects.get(acte="assistance.rappeler")
    assert ecriture.sujet == demande.reference
    assert "Nadia" not in ecriture.contenu and "612345678" not in ecriture.contenu.replace(" ", "")


def test_la_demande_est_au_registre_une_fois_avec_son_heure_sans_nom_ni_numero():
    for minutes in (0, 5):
        demande = services.demander_un_rappel(SAISIE, maintenant=MIDI + timedelta(minutes=minutes))

    ecriture = Ecriture.objects.get(acte=services.DEMANDER)
    assert (ecriture.sujet, ecriture.le) == (demande.reference, MIDI)
    assert "Nadia" not in ecriture.contenu and "612345678" not in ecriture.contenu.replace(" ", "")


@pytest.fixture
def candidat():
    return factories.Candidat(factories.consultation(limite=LIMITE))


def rappel_pour(candidat, **avec):
    saisie = services.Saisie(
        nom="Nadia", telephone="0612345678", sujet="?", consultation=candidat.consultation.reference
    )
    return services.demander_un_rappel(saisie, maintenant=MIDI, **avec)


@pytest.mark.moteurs
def test_demande_depuis_son_compte_un_rappel_est_sur_la_frise_meme_ses_coordonnees_effacees(
    candidat,
):
    brouillon = candidat.commence(le=MIDI)
    demande = rappel_pour(candidat, compte=candidat.personne)
    services.noter_l_appel(demande=demande, par=MARTINE, maintenant=MIDI + timedelta(minutes=20))
    services.effacer_les_rappels(le=MIDI + timedelta(days=30))

    aides = [(fait.le, fait.quoi) for fait in faits_de(brouillon, []) if "appel" in fait.quoi]
    assert aides == [
        (MIDI, f"Rappel demandé, {demande.reference}"),
        (MIDI + timedelta(minutes=20), f"Rappel du centre de gestion, {demande.reference}"),
    ]


def test_le_rappel_d_un_autre_sur_la_meme_consultation_n_est_pas_le_sien(candidat):
    brouillon = candidat.commence(le=MIDI)
    rappel_pour(candidat)
    rappel_pour(candidat, compte=factories.membre("Kevin Autre").utilisateur)

    assert not any("Rappel" in fait.quoi for fait in faits_de(brouillon, []))


def test_la_page_retient_le_compte_de_qui_demande(candidat, client):
    brouillon = candidat.commence(le=MIDI)
    saisie = {**FORMULAIRE, "consultation": candidat.consultation.reference}
    connecter(client, candidat.personne).post("/contact/etre-rappele/", saisie)

    assert Ecriture.objects.get(acte=services.DEMANDER).sujet == brouillon.reference


def test_les_coordonnees_s_effacent_apres_l_appel_et_sans_appel():
    appelee = services.demander_un_rappel(SAISIE, maintenant=MIDI)
    services.noter_l_appel(demande=appelee, par=MARTINE, maintenant=MIDI)
    oubliee = services.Saisie(nom="Omar", telephone="0699999999", sujet="?")
    services.demander_un_rappel(oubliee, maintenant=MIDI)

    restent = [
        (
            services.effacer_les_rappels(le=MIDI + timedelta(days=jours)),
            DemandeDeRappel.objects.count(),
        )
        for jours in (6, 7, 29, 30)
    ]

    assert restent == [(0, 2), (1, 1), (0, 1), (1, 0)]
