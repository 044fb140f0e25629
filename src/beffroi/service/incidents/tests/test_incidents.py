"""De l'incident à la prolongation : ce qui est touché, ce qui est proposé, qui décide."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from beffroi.achat.consultations.models import Consultation
from beffroi.centre.interventions.tests.theatre import agent, centre
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.tests.factories import LIMITE
from beffroi.service.disponibilite.services import Annonce, annoncer, donner_la_suite
from beffroi.service.incidents import queries, rules, services
from beffroi.service.incidents.models import Proposition
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.models import Tache
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.moteurs

MIDI = datetime(2026, 11, 27, 11, 0, tzinfo=UTC)  # un vendredi
MINUTE, HEURE = timedelta(minutes=1), timedelta(hours=1)


@pytest.mark.parametrize(
    ("debut", "fin", "minutes"),
    [
        (-30 * MINUTE, -10 * MINUTE, 20),
        (-10 * MINUTE, 20 * MINUTE, 10),  # ce qui suit l'heure limite ne compte pas
        (-30 * HEURE, -23 * HEURE, 60),  # ni ce qui précède le dernier jour
        (-30 * HEURE, -24 * HEURE, 0),
        (timedelta(), HEURE, 0),
        (-1 * timedelta(seconds=30), timedelta(), 1),  # une minute entamée compte
    ],
)
def test_les_minutes_touchees(debut, fin, minutes):
    assert rules.minutes_touchees(debut=MIDI + debut, fin=MIDI + fin, limite=MIDI) == minutes


def test_la_meme_heure_le_jour_ouvre_suivant():
    lundi = datetime(2026, 11, 30, 11, 0, tzinfo=UTC)
    assert rules.limite_proposee(limite=MIDI, fini_le=MIDI - HEURE) == lundi
    # L'incident dure jusqu'au lendemain de l'heure limite : compté depuis sa fin.
    assert rules.limite_proposee(limite=MIDI, fini_le=lundi) == lundi + timedelta(days=1)


@pytest.mark.article("CCP", "R. 2151-4")
def test_l_heure_proposee_laisse_vingt_quatre_heures_apres_l_incident():
    mardi = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
    # Fini le mardi à 23 h : le mercredi à la même heure n'en laisserait que treize.
    assert rules.limite_proposee(limite=mardi, fini_le=mardi + 11 * HEURE) == mardi + timedelta(
        days=2
    )
    assert rules.limite_proposee(limite=mardi, fini_le=mardi) == mardi + timedelta(days=1)
    assert rules.limite_proposee(limite=mardi, fini_le=mardi + MINUTE) == mardi + timedelta(days=2)


def test_la_meme_heure_de_paris_meme_quand_l_heure_change():
    limite = datetime(
        2026, 10, 23, 10, 0, tzinfo=UTC
    )  # midi, heure d'été ; l'heure change le dimanche
    assert rules.limite_proposee(limite=limite, fini_le=limite - HEURE) == datetime(
        2026, 10, 26, 11, 0, tzinfo=UTC
    )


@pytest.mark.article("CCP", "R. 2151-4")
def test_une_heure_limite_passee_ne_se_rouvre_pas():
    assert rules.prolongation_possible(limite=MIDI, le=MIDI - MINUTE).favorable
    refus = rules.prolongation_possible(limite=MIDI, le=MIDI)
    assert not refus.favorable and "ne se rouvre plus" in refus.motifs[0].texte


def test_la_phrase_compte_les_minutes_de_l_heure_ou_l_acheteur_decide():
    debut, le = MIDI - 2 * HEURE, MIDI - HEURE
    dure = rules.raison(numero="I-1", debut=debut, fini_le=None, le=le, limite=MIDI)
    assert "depuis le" in dure and "soit déjà 60 minutes" in dure
    finie = rules.raison(numero="I-1", debut=debut, fini_le=debut + MINUTE, le=le, limite=MIDI)
    assert "soit 1 minute dans" in finie and "dure encore" not in finie


@pytest.fixture
def consultation(db) -> Consultation:
    return factories.consultation()


@pytest.fixture
def incident(consultation):
    """Trente minutes, deux heures avant l'heure limite."""
    debut = LIMITE - 2 * HEURE
    annonce = Annonce(
        sorte="incident", titre="Envois en panne", texte="Rien ne passe.", commence_le=debut
    )
    evenement = annoncer(annonce, par=PLATEFORME, maintenant=debut)
    donner_la_suite(
        evenement=evenement,
        texte="Réparé.",
        fini=True,
        par=PLATEFORME,
        maintenant=debut + HEURE / 2,
    )
    evenement.refresh_from_db()
    return services.numeroter(evenement=evenement, par=PLATEFORME, maintenant=debut + HEURE / 2)


def test_un_incident_recoit_un_numero_une_fois(incident):
    encore = services.numeroter(evenement=incident.evenement, par=PLATEFORME, maintenant=LIMITE)
    assert (encore.pk, encore.numero) == (incident.pk, f"I-{LIMITE.year}-001")


def test_les_consultations_touchees_se_trouvent_d_elles_memes(incident, consultation):
    (touchee,) = queries.touchees(incident, le=LIMITE - HEURE)
    assert (touchee.consultation, touchee.minutes, touchee.prolongeable) == (consultation, 30, True)


def test_proposer_a_tous_ne_propose_qu_une_fois_puis_l_acheteur_prolonge(incident, consultation):
    le = LIMITE - HEURE
    (proposition,) = services.proposer_a_tous(incident=incident, par=PLATEFORME, maintenant=le)
    assert services.proposer_a_tous(incident=incident, par=PLATEFORME, maintenant=le) == []

    services.accepter(proposition=proposition, par=consultation.redigee_par, maintenant=le)
    consultation.refresh_from_db()
    assert consultation.date_limite_remise == proposition.nouvelle_limite > LIMITE
    assert incident.numero in str(
        Ecriture.objects.get(acte="consultation.prolonger_le_delai").contenu
    )
    assert Tache.objects.filter(chemin__endswith="rediger_les_rectificatifs").count() == 1
    (touchee,) = queries.touchees(incident, le=le)
    assert touchee.proposition.reponse == Proposition.Reponse.PROLONGEE
    with pytest.raises(ConflitEtat):
        services.decliner(
            proposition=proposition, motif="Non", par=consultation.redigee_par, maintenant=le
        )


def test_ne_pas_prolonger_se_motive(incident, consultation):
    le = LIMITE - HEURE
    (proposition,) = services.proposer_a_tous(incident=incident, par=PLATEFORME, maintenant=le)
    with pytest.raises(RegleEnfreinte, match="Dites pourquoi"):
        services.decliner(
            proposition=proposition, motif="  ", par=consultation.redigee_par, maintenant=le
        )
    declinee = services.decliner(
        proposition=proposition, motif="Panne brève", par=consultation.redigee_par, maintenant=le
    )
    consultation.refresh_from_db()
    assert (declinee.reponse, consultation.date_limite_remise) == ("declinee", LIMITE)


def test_apres_l_heure_limite_rien_ne_se_propose_ni_ne_s_accepte(incident, consultation):
    assert services.proposer_a_tous(incident=incident, par=PLATEFORME, maintenant=LIMITE) == []
    (proposition,) = services.proposer_a_tous(
        incident=incident, par=PLATEFORME, maintenant=LIMITE - HEURE
    )
    with pytest.raises(RegleEnfreinte, match="ne se rouvre plus"):
        services.accepter(proposition=proposition, par=consultation.redigee_par, maintenant=LIMITE)
    consultation.refresh_from_db()
    assert consultation.date_limite_remise == LIMITE


def test_une_consultation_sans_suite_ne_se_propose_pas_a_prolonger(incident, consultation):
    Consultation.toutes.filter(pk=consultation.pk).update(etat="sans_suite")

    assert (
        services.proposer_a_tous(incident=incident, par=PLATEFORME, maintenant=LIMITE - HEURE) == []
    )


def test_une_maintenance_n_est_pas_un_incident(db):
    annonce = Annonce("maintenance", "Mise à jour", "Une heure.", MIDI, MIDI + HEURE)
    evenement = annoncer(annonce, par=PLATEFORME, maintenant=MIDI - timedelta(days=9))
    with pytest.raises(RegleEnfreinte, match="pas un incident"):
        services.numeroter(evenement=evenement, par=PLATEFORME, maintenant=MIDI)


def test_l_ecran_du_centre_dit_ce_qui_est_touche(incident, consultation):
    samir = connecter(Client(), agent(centre(), "Samir Technicien", "technicien"))
    page = samir.get(f"/cdg/incidents/{incident.numero}/").content.decode()
    assert consultation.reference in page and "30" in page
    assert samir.get("/cdg/incidents/I-1999-001/").status_code == 404
