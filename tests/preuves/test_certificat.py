"""Le certificat de fonctionnement :
une période, ce qui y fut mesuré, vérifiable hors ligne, et rien de plus.
"""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from beffroi.achat.tours.models import Tour
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.personnes.organismes.services import creer_organisme
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.tests.factories import LIMITE
from beffroi.service.disponibilite.services import Annonce, annoncer
from beffroi.service.preuves import certificat, faits, rules, services
from beffroi.service.preuves.faits import Certificat
from beffroi.service.sonde import services as sonde
from beffroi.service.sonde.models import Etape
from beffroi.service.sonde.resultats import Minute, Passage, Resultat
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture
from formats.dates import PARIS
from formats.tests.exemples import pages
from tests.architecture.monde import agent
from tests.preuves.test_remises import ouverte, verifiee

pytestmark = [pytest.mark.django_db, pytest.mark.moteurs]
MIDI = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
MINUTE, HEURE, JOUR = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FIN = MIDI + HEURE


@pytest.fixture
def fanny(db):
    le = MIDI - JOUR
    centre = creer_organisme(
        nom="Centre de gestion",
        siret="28620001900011",
        role="exploitant",
        par=PLATEFORME,
        maintenant=le,
    )
    return agent("Fanny Technicienne", centre, {"technicien"}, maintenant=le)


def mesurer(combien=60, *, manque=(), depuis=MIDI):
    for rang in range(combien):
        le = depuis + rang * MINUTE
        rate = {"etape": Etape.DEPOT, "statut_http": 503, "phrase": "la plateforme a répondu 503"}
        resultat = Resultat(
            le, {"page": 9}, **(rate if rang in manque else {"recepisse": "D-2026-00000001"})
        )
        sonde.noter(
            Passage(resultat, (), (Minute(le, 40, int(rang in manque), 2, 64),)), maintenant=le
        )
    sonde.figer(maintenant=depuis + combien * MINUTE)


def certifie(fanny, **champs):
    demande = {"debut": MIDI, "fin": FIN, "par": fanny, "maintenant": FIN + HEURE, **champs}
    return services.certifier(**demande)[1]


def dit(octets):
    return json.loads(ouverte(octets)["certificat.json"])


def test_une_heure_sans_histoire_se_certifie_et_se_verifie_sans_reseau(fanny, tmp_path, capsys):
    mesurer()

    octets = certifie(fanny)

    fichiers = ouverte(octets)
    assert dit(octets)["en_bref"].startswith(
        "Chaque minute de cette période, un dépôt d'essai a abouti"
    )
    assert (
        dit(octets)["sonde"]["reussies"],
        dit(octets)["sonde"]["serveur"]["minutes_comptees"],
    ) == (60, 60)
    releve = Ecriture.objects.filter(acte="sonde.relever").first().contenu
    assert releve in [une["record"] for une in json.loads(fichiers["ecritures.json"])]
    assert (
        fichiers["certificat.pdf"].startswith(b"%PDF")
        and len(pages(fichiers["certificat.pdf"])) <= 2
    )
    assert verifiee(octets, tmp_path) == 0
    assert "chaque écriture est au registre" in capsys.readouterr().out


@pytest.mark.parametrize(
    "nom", ["certificat.json", "certificat.pdf", "VERIFIER.txt", "ecritures.json", "manifeste.json"]
)
def test_un_octet_change_se_voit(fanny, tmp_path, nom):
    mesurer(5)
    fichiers = ouverte(certifie(fanny))
    fichiers[nom] = bytes((fichiers[nom][0] ^ 1,)) + fichiers[nom][1:]
    cible = io.BytesIO()
    with zipfile.ZipFile(cible, "w") as archive:
        for chemin, contenu in fichiers.items():
            archive.writestr(chemin, contenu)

    assert verifiee(cible.getvalue(), tmp_path) == 1


def test_un_essai_manque_une_panne_et_un_incident_y_sont_avec_leur_heure(fanny):
    mesurer(manque=(7,))
    annonce = Annonce("incident", "Envois lents", "Les envois ralentissent.", MIDI + 7 * MINUTE)
    annoncer(annonce, par=PLATEFORME, maintenant=MIDI + 8 * MINUTE)

    lu = dit(certifie(fanny))

    assert "n'ont pas abouti" in lu["en_bref"]
    assert [echec["phrase"] for echec in lu["sonde"]["echecs"]] == ["la plateforme a répondu 503"]
    assert [m["erreurs_pour_cent"] for m in lu["sonde"]["serveur"]["minutes_en_erreur"]] == [3]
    assert [une["titre"] for une in lu["evenements"]] == ["Envois lents"]


def test_rien_de_mesure_rien_de_certifie(fanny, tmp_path):
    octets = certifie(fanny)

    assert "ne certifie rien" in dit(octets)["en_bref"]
    assert verifiee(octets, tmp_path) == 0


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({"mesures": 60, "attendues": 60, "echecs": 0, "inventees": 0}, "Chaque minute"),
        ({"mesures": 61, "attendues": 60, "echecs": 0, "inventees": 0}, "Chaque minute"),
        ({"mesures": 59, "attendues": 60, "echecs": 0, "inventees": 0}, "Il en manque"),
        ({"mesures": 60, "attendues": 60, "echecs": 1, "inventees": 0}, "n'ont pas abouti"),
        ({"mesures": 0, "attendues": 60, "echecs": 0, "inventees": 0}, "ne certifie rien"),
        ({"mesures": 60, "attendues": 60, "echecs": 0, "inventees": 1}, "inventées"),
    ],
)
def test_le_resume_ne_dit_que_ce_qui_est_mesure(champs, phrase):
    assert phrase in rules.en_bref(**champs)


@pytest.mark.parametrize(
    ("debut", "fin", "refus"),
    [
        (MIDI, MIDI, "avant le début"),
        (MIDI, FIN + HEURE + MINUTE, "pas finie"),
        (FIN - 7 * JOUR - MINUTE, FIN, "sept jours"),
        (FIN - 7 * JOUR, FIN, ""),
        (MIDI, FIN + HEURE, ""),
    ],
)
def test_la_periode_est_passee_et_de_sept_jours_au_plus(debut, fin, refus):
    decision = rules.certificat_possible(debut=debut, fin=fin, le=FIN + HEURE)

    assert decision.favorable == (not refus)
    assert all(refus in str(motif) for motif in decision.motifs)


def test_l_acheteur_ne_certifie_que_le_temps_de_sa_consultation():
    consultation = factories.consultation()
    debut, fin = faits.bornes_de(consultation)
    acheteur, apres = (
        {"consultation": consultation, "par": consultation.redigee_par},
        LIMITE + 2 * JOUR,
    )

    assert (debut, fin) == (consultation.publiee_le, LIMITE + HEURE)
    octets = services.certifier(debut=LIMITE - HEURE, fin=LIMITE, maintenant=apres, **acheteur)[1]
    assert dit(octets)["consultation"] == consultation.reference
    for du, au in ((debut - MINUTE, debut + HEURE), (LIMITE, LIMITE + HEURE + MINUTE)):
        with pytest.raises(RegleEnfreinte, match="Pour cette consultation"):
            services.certifier(debut=du, fin=au, maintenant=apres, **acheteur)


def test_un_tour_d_offres_recule_la_fin_et_un_brouillon_n_a_pas_de_periode():
    consultation = factories.consultation()
    tour = Tour.objects.create(
        consultation=consultation,
        numero=1,
        date_limite=LIMITE + 30 * JOUR,
        cle=consultation.cle_offre,
        ouvert_le=LIMITE,
        ouvert_par=consultation.redigee_par,
    )
    assert faits.bornes_de(consultation)[1] == tour.date_limite + HEURE
    assert rules.proposition(faits.bornes_de(consultation), le=LIMITE) == (
        LIMITE - 25 * HEURE,
        LIMITE,
    )

    consultation.publiee_le = None
    assert faits.bornes_de(consultation) is None


def test_le_remettre_s_inscrit_au_registre(fanny):
    reference, _ = services.certifier(debut=MIDI, fin=FIN, par=fanny, maintenant=FIN + HEURE)

    assert Ecriture.objects.get(acte="preuve.certifier").sujet == reference


def test_le_papier_compte_par_jour_de_paris_et_dit_ce_qu_il_ne_vaut_pas():
    minuit = datetime(2026, 11, 25, 0, 0, tzinfo=PARIS)
    mesurer(4, depuis=minuit - 2 * MINUTE, manque=(0,))
    papier = certificat.document(Certificat("CF-1", minuit - HEURE, minuit + HEURE, (), FIN))

    _, jours, valeur = papier.chapitres
    lignes = [str(ligne).replace("\\xa0", " ") for ligne in jours.blocs[0].lignes]
    assert ["24 novembre 2026" in ligne for ligne in lignes] == [True, False]
    assert "50 %" in lignes[0]
    assert papier.nature == "Certificat" and "pas encore\N{NO-BREAK SPACE}: 0." in str(
        valeur
    ).replace("\\xa0", "\N{NO-BREAK SPACE}")
    assert "ne voit pas le réseau d’une entreprise" in str(valeur)


def test_a_l_ecran_la_periode_proposee_se_remet_et_une_fausse_dit_pourquoi(client, fanny):
    connecter(client, fanny)
    page = client.get("/cdg/certificat/")
    champs = {
        nom: page.context["form"].initial[nom]
        for nom in ("jour_debut", "heure_debut", "jour_fin", "heure_fin")
    }

    remis = client.post("/cdg/certificat/", champs)
    assert remis.headers["Content-Disposition"].startswith('attachment; filename="certificat-CF-')
    assert dit(remis.content)["sorte"] == "certificat"
    faux = client.post(
        "/cdg/certificat/", {**champs, "jour_debut": (maintenant() - 9 * JOUR).date()}
    )
    assert (faux.status_code, "sept jours au plus" in faux.content.decode()) == (422, True)
    assert client.post("/cdg/certificat/", {}).status_code == 422
