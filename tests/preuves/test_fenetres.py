"""Une fenêtre par heure limite :
ce qui a fait prolonger est au dossier, les tours d'offres aussi.
"""

import json
from datetime import timedelta

import pytest

from beffroi.achat.consultations.services import prolonger_le_delai
from beffroi.achat.tours.models import Tour
from beffroi.achat.tours.services import prolonger_le_tour
from beffroi.reponse.depots.tests.factories import LIMITE
from beffroi.service.disponibilite.services import Annonce, annoncer, donner_la_suite
from beffroi.service.incidents import services as incidents
from beffroi.service.preuves import limites, services
from beffroi.service.sonde import services as sonde
from beffroi.service.sonde.models import Mesure
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.chainage import instant
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.services import journaliser
from formats.tests.exemples import pages
from tests.preuves.test_remises import ouverte, verifiee

pytestmark = [pytest.mark.django_db, pytest.mark.moteurs]
MINUTE, HEURE, JOUR = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def mesurer(le, *, reussie=True) -> None:
    Mesure.objects.create(
        commencee_le=le,
        reussie=reussie,
        duree_ms=1200,
        notee_le=le,
        etape="" if reussie else "depot",
    )


def incident_et_prolongation(consultation):
    """De 11:30 à 11:50, pour une heure limite à midi ;
    l'acheteur accepte la prolongation proposée.
    """
    debut, fin = LIMITE - 30 * MINUTE, LIMITE - 10 * MINUTE
    annonce = Annonce(
        sorte="incident", titre="Envois en panne", texte="Rien ne passe.", commence_le=debut
    )
    evenement = annoncer(annonce, par=PLATEFORME, maintenant=debut)
    donner_la_suite(evenement=evenement, texte="Réparé.", fini=True, par=PLATEFORME, maintenant=fin)
    evenement.refresh_from_db()
    incident = incidents.numeroter(evenement=evenement, par=PLATEFORME, maintenant=fin)
    (proposition,) = incidents.proposer_a_tous(incident=incident, par=PLATEFORME, maintenant=fin)
    incidents.accepter(
        proposition=proposition, par=consultation.redigee_par, maintenant=fin + MINUTE
    )
    consultation.refresh_from_db()


def dossier(consultation, *, le):
    octets = services.produire_le_dossier(
        consultation=consultation, par=consultation.redigee_par, maintenant=le
    )
    return octets, json.loads(ouverte(octets)["preuve.json"])["fenetres"]


@pytest.mark.article("CCP", "R. 2151-4")
def test_l_incident_qui_a_fait_prolonger_est_au_dossier(consultation, tmp_path):
    mesurer(LIMITE - 20 * MINUTE, reussie=False)
    incident_et_prolongation(consultation)
    nouvelle = consultation.date_limite_remise
    mesurer(nouvelle - HEURE)
    sonde.figer(maintenant=nouvelle)

    octets, fenetres = dossier(consultation, le=nouvelle + 2 * HEURE)

    assert [une["titre"] for f in fenetres for une in f["evenements"]] == ["Envois en panne"]
    assert sorted(limite for f in fenetres for limite in f["limites"]) == [
        instant(LIMITE),
        instant(nouvelle),
    ]
    assert (fenetres[0]["debut"], fenetres[-1]["fin"]) == (
        instant(LIMITE - JOUR),
        instant(nouvelle + HEURE),
    )
    assert sum(len(f["sonde"]["echecs"]) for f in fenetres) == 1
    assert sum(f["sonde"]["mesures"] for f in fenetres) == 2
    ecritures = [une["record"] for une in json.loads(ouverte(octets)["ecritures.json"])]
    assert {*Ecriture.objects.filter(acte="sonde.relever").values_list("contenu", flat=True)} <= {
        *ecritures
    }
    assert Ecriture.objects.get(acte="consultation.prolonger_le_delai").contenu in ecritures
    assert verifiee(octets, tmp_path) == 0


def test_deux_heures_limites_eloignees_ont_chacune_leur_etat_du_service_et_le_papier_reste_court(
    consultation,
    faitage,
):
    faitage.depose(("offre", None))
    prolonger_le_delai(
        consultation=consultation,
        nouvelle=LIMITE + 10 * JOUR,
        motif="",
        par=PLATEFORME,
        maintenant=LIMITE - HEURE,
    )
    consultation.refresh_from_db()

    octets, fenetres = dossier(consultation, le=LIMITE + 12 * JOUR)

    assert [f["limites"] for f in fenetres] == [[instant(LIMITE)], [instant(LIMITE + 10 * JOUR)]]
    lues = pages(ouverte(octets)["preuve.pdf"])
    assert len(lues) <= 2
    assert " ".join("".join(lues).split()).count("L’état du service, heure limite du") == 2


def test_dix_prolongations_tiennent_sur_deux_pages_et_l_incident_de_la_premiere_s_y_lit(
    consultation,
    faitage,
):
    faitage.depose(("offre", None))
    mesurer(LIMITE - 20 * MINUTE, reussie=False)
    incident_et_prolongation(consultation)
    for rang in range(1, 10):
        prolonger_le_delai(
            consultation=consultation,
            nouvelle=LIMITE + rang * 10 * JOUR,
            motif="",
            par=PLATEFORME,
            maintenant=consultation.date_limite_remise - HEURE,
        )
        consultation.refresh_from_db()

    octets, fenetres = dossier(consultation, le=LIMITE + 100 * JOUR)

    lues = pages(ouverte(octets)["preuve.pdf"])
    texte = " ".join("".join(lues).split())
    assert len(fenetres) == 10 and len(lues) <= 2
    assert "Envois en panne" in texte and "Dépôts d’essai aboutis : 0 sur 1." in texte


def tour_de(consultation, limite):
    return Tour.objects.create(
        consultation=consultation,
        numero=1,
        date_limite=limite,
        cle=consultation.cle_offre,
        ouvert_le=LIMITE + JOUR,
        ouvert_par=consultation.redigee_par,
    )


def test_un_tour_d_offres_a_sa_fenetre_une_fois_fini_avec_celle_d_avant_sa_prolongation(
    consultation,
):
    premiere, seconde = LIMITE + 20 * JOUR, LIMITE + 30 * JOUR
    tour = tour_de(consultation, premiere)
    prolonger_le_tour(
        tour=tour,
        nouvelle=seconde,
        motif="Panne",
        par=consultation.redigee_par,
        maintenant=premiere - HEURE,
    )

    _, pendant = dossier(consultation, le=seconde + HEURE)
    _, ensuite = dossier(consultation, le=seconde + HEURE + MINUTE)

    assert [f["limites"] for f in pendant] == [[instant(LIMITE)]]
    assert [f["limites"] for f in ensuite] == [
        [instant(limite)] for limite in (LIMITE, premiere, seconde)
    ]


def test_l_attestation_dit_aussi_l_heure_limite_que_la_reponse_a_connue(consultation, faitage):
    brouillon = faitage.commence()
    incident_et_prolongation(consultation)
    brouillon.refresh_from_db()
    le = consultation.date_limite_remise + 2 * HEURE

    octets = services.attester(brouillon=brouillon, par=brouillon.commence_par, maintenant=le)

    (fenetre,) = json.loads(ouverte(octets)["preuve.json"])["fenetres"]
    assert fenetre["limites"] == [instant(LIMITE), instant(consultation.date_limite_remise)]
    assert [une["titre"] for une in fenetre["evenements"]] == ["Envois en panne"]


def test_une_version_du_dossier_qui_prolonge_laisse_l_ancienne_heure_limite_au_registre(
    consultation,
):
    donnees = {
        "ancienne_limite": (LIMITE - JOUR).isoformat(),
        "nouvelle_limite": LIMITE.isoformat(),
    }
    journaliser(
        "consultation.publier_une_version",
        sujet=consultation.reference,
        par=PLATEFORME,
        le=LIMITE,
        donnees=donnees,
    )

    assert limites.du_dossier(consultation, le=LIMITE + JOUR) == [LIMITE, LIMITE - JOUR]
