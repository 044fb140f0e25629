"""Ce que le paquet d'archives emporte des preuves : tentatives, santé du service,
incidents ; et rien avant l'heure.
"""

import json
from datetime import timedelta

import pytest

from beffroi.garde.archives import segment
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.tests.factories import LIMITE, VEILLE
from beffroi.reponse.traces import taches
from beffroi.service.disponibilite.services import Annonce, annoncer, donner_la_suite
from beffroi.service.incidents import archivage as incidents
from beffroi.service.incidents import services as incidents_services
from beffroi.service.preuves import archivage
from beffroi.service.sonde import services as sonde
from beffroi.service.sonde.resultats import Passage, Resultat
from beffroi.socle.journal import services as journal
from beffroi.socle.journal.acteurs import PLATEFORME
from formats.tests.exemples import pages
from formats.versement import Etape, Sorte
from sceau import SealError, evidence
from tests.preuves.test_certificat import mesurer
from tests.preuves.test_remises import PERDUE, tracer

pytestmark = pytest.mark.django_db
MINUTE, HEURE = timedelta(minutes=1), timedelta(hours=1)
APRES = LIMITE + 2 * HEURE


def octets(piece) -> bytes:
    return b"".join(piece.ouvrir())


def remises(consultation, *, le=APRES):
    lues = [*archivage.pieces(consultation, le=le), *incidents.pieces(consultation, le=le)]
    return {piece.nom: piece for piece in lues}


@pytest.fixture
def perdue(faitage):
    """Une réponse commencée, un message affiché, une sonde qui mesure l'heure
    d'avant : rien n'est déposé.
    """
    brouillon = faitage.commence()
    faitage.enveloppe(brouillon, "offre")
    tracer(brouillon, PERDUE)
    taches.relever(LIMITE)
    mesurer(depuis=LIMITE - HEURE, manque=(7,))
    journal.signer_un_point_de_controle(le=LIMITE)
    return brouillon


@pytest.fixture
def incident(consultation):
    """Trente minutes, deux heures avant l'heure limite ;
    une autre consultation est touchée aussi.
    """
    factories.consultation()
    debut = LIMITE - 2 * HEURE
    evenement = annoncer(
        Annonce(
            sorte="incident", titre="Envois en panne", texte="Rien ne passe.", commence_le=debut
        ),
        par=PLATEFORME,
        maintenant=debut,
    )
    donner_la_suite(
        evenement=evenement,
        texte="Réparé.",
        fini=True,
        par=PLATEFORME,
        maintenant=debut + 30 * MINUTE,
    )
    evenement.refresh_from_db()
    numerote = incidents_services.numeroter(
        evenement=evenement, par=PLATEFORME, maintenant=debut + 30 * MINUTE
    )
    incidents_services.proposer_a_tous(incident=numerote, par=PLATEFORME, maintenant=LIMITE - HEURE)
    return numerote


def test_la_tentative_perdue_et_la_sante_du_service_sont_au_paquet(perdue):
    pieces = remises(perdue.consultation)
    assert list(pieces) == [
        "preuve.json",
        "preuve.pdf",
        "lignes.jsonl",
        "fonctionnement-1.json",
        "fonctionnement-1.pdf",
    ]
    (tentative,) = json.loads(octets(pieces["preuve.json"]))["tentatives"]
    assert (
        PERDUE in [fait["precision"] for fait in tentative["faits"]] and tentative["depots"] == []
    )
    assert len(pages(octets(pieces["preuve.pdf"]))) <= 2
    service = json.loads(octets(pieces["fonctionnement-1.json"]))
    assert (service["sonde"]["mesures"], len(service["sonde"]["echecs"])) == (60, 1)
    assert pieces["fonctionnement-1.pdf"].sorte is Sorte.FONCTIONNEMENT
    assert (pieces["preuve.pdf"].sorte, pieces["preuve.pdf"].etape) == (
        Sorte.PREUVE,
        Etape.CANDIDATURES,
    )


def test_chaque_ligne_est_sous_une_racine_que_le_segment_du_paquet_retient(perdue):
    pieces = remises(perdue.consultation)
    dites = segment.ecritures(perdue.consultation, pieces.values(), le=APRES)
    racines = {evidence.committed_root(ecriture.contenu) for ecriture in dites} - {""}
    assert {"tentatives.relever", "sonde.relever"} <= {ecriture.acte for ecriture in dites}
    (ligne,) = [json.loads(texte) for texte in octets(pieces["lignes.jsonl"]).splitlines()]
    evidence.check_line(ligne, racines)
    with pytest.raises(SealError):
        evidence.check_line({**ligne, "text": ligne["text"].replace("40", "41")}, racines)


def test_ce_qui_arrive_depuis_ne_change_pas_un_octet(perdue, incident):
    avant = {nom: octets(piece) for nom, piece in remises(perdue.consultation).items()}
    tracer(perdue, "Une page rouverte", le=APRES - MINUTE)
    taches.relever(APRES + HEURE)
    sonde.noter(
        Passage(Resultat(LIMITE, {"page": 9}, recepisse="D-2027-00000001"), (), ()),
        maintenant=LIMITE,
    )
    sonde.figer(maintenant=APRES + HEURE)
    annoncer(
        Annonce("incident", "Un autre", "Depuis.", LIMITE), par=PLATEFORME, maintenant=APRES + HEURE
    )
    journal.couvrir_ce_qui_est_inscrit()
    depuis = remises(perdue.consultation)
    assert {nom: octets(piece) for nom, piece in depuis.items() if nom in avant} == avant
    plus_tard = {
        nom: octets(piece)
        for nom, piece in remises(perdue.consultation, le=APRES + 2 * HEURE).items()
    }
    assert "Une page rouverte" in plus_tard["preuve.json"].decode()


@pytest.mark.parametrize("le", [VEILLE, LIMITE, LIMITE + HEURE])
def test_rien_avant_l_heure_d_apres_l_heure_limite(perdue, le):
    assert list(archivage.pieces(perdue.consultation, le=le)) == []


def test_rien_d_un_achat_qui_n_est_pas_publie(perdue):
    perdue.consultation.publiee_le = None
    assert remises(perdue.consultation) == {}


def test_l_incident_et_la_proposition_sont_au_paquet_sans_les_autres_touches(
    consultation,
    incident,
):
    proposition = incident.propositions.get(consultation=consultation)
    incidents_services.decliner(
        proposition=proposition,
        motif="Panne brève",
        par=consultation.redigee_par,
        maintenant=LIMITE - HEURE / 2,
    )
    piece = remises(consultation)["incidents.json"]
    (dit,) = json.loads(octets(piece))
    (touchee,) = dit["heures_limites"]
    assert (dit["numero"], touchee["minutes_touchees"]) == (incident.numero, 30)
    assert [point["texte"] for point in dit["annonces"]] == ["Rien ne passe.", "Réparé."]
    assert touchee["proposition"]["motif"] == "Panne brève"
    assert (piece.sorte, piece.etape) == (Sorte.FONCTIONNEMENT, Etape.CONSULTATION)

    dites = segment.ecritures(consultation, [piece], le=APRES)
    actes = [ecriture.acte for ecriture in dites]
    assert {
        "service.annoncer",
        "service.suivre",
        "incident.numeroter",
        "incident.proposer",
        "incident.repondre",
    } <= {*actes}
    assert incidents.A_TOUS not in actes
    autres = incident.propositions.exclude(consultation=consultation).values_list(
        "consultation__reference", flat=True
    )
    assert autres and not any(autre in ecriture.contenu for autre in autres for ecriture in dites)


def test_un_incident_loin_de_toute_heure_limite_n_est_pas_au_paquet(consultation):
    debut = LIMITE - 72 * HEURE
    annonce = Annonce(sorte="incident", titre="Loin", texte="Loin.", commence_le=debut)
    evenement = annoncer(annonce, par=PLATEFORME, maintenant=debut)
    donner_la_suite(
        evenement=evenement, texte="Fini.", fini=True, par=PLATEFORME, maintenant=debut + HEURE
    )
    incidents_services.numeroter(evenement=evenement, par=PLATEFORME, maintenant=debut + HEURE)
    assert list(incidents.pieces(consultation, le=APRES)) == []


def test_l_heure_limite_d_avant_une_prolongation_reste_touchee(consultation, incident):
    proposition = incident.propositions.get(consultation=consultation)
    incidents_services.accepter(
        proposition=proposition, par=consultation.redigee_par, maintenant=LIMITE - HEURE / 2
    )
    consultation.refresh_from_db()
    (dit,) = json.loads(
        octets(remises(consultation, le=consultation.limite + 2 * HEURE)["incidents.json"])
    )
    assert [une["proposition"]["reponse"] for une in dit["heures_limites"]] == ["Prolongée"]
