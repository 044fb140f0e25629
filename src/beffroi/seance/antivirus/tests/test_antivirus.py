"""De l'enveloppe ouverte au fichier retenu :
ce que l'antivirus voit, ce que l'acheteur peut en faire.
"""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.seance.antivirus import queries, services, taches
from beffroi.seance.antivirus.models import AnalyseDeFichier
from beffroi.seance.antivirus.rules import MUET, TROP_GROS, Constat, Etat
from beffroi.seance.antivirus.tests.eicar import EICAR
from beffroi.seance.ouverture.models import FichierOuvert
from beffroi.seance.ouverture.tests import factories
from beffroi.seance.ouverture.tests.factories import SEANCE_LE
from beffroi.socle.fondations.erreurs import RegleEnfreinte, ServiceIndisponible
from beffroi.socle.fondations.models import Tache
from beffroi.socle.journal.models import Ecriture

INFECTEE = {"Acte d'engagement.pdf": b"%PDF-1.7 acte", "prix.zip": b"PK" + EICAR}


class MoteurDeTest:
    """Voit l'EICAR ; se tait quand on le lui demande ; compte ce qu'il lit."""

    def __init__(self):
        self.lus, self.muet = 0, False

    def analyser(self, flux, *, taille):
        if self.muet:
            raise ServiceIndisponible("muet")
        octets = flux.read()
        assert len(octets) == taille
        self.lus += 1
        trouve = EICAR in octets
        return (
            Constat(Etat.INFECTE, menace="Eicar", moteur="essai")
            if trouve
            else Constat(Etat.SAIN, moteur="essai")
        )


moteur_de_test = MoteurDeTest()


def fabrique():
    return moteur_de_test


@pytest.fixture
def moteur(settings):
    global moteur_de_test  # noqa: PLW0603  le réglage désigne une fabrique par son chemin
    moteur_de_test = MoteurDeTest()
    settings.ADAPTATEURS = {**settings.ADAPTATEURS, "antivirus.Antivirus": f"{__name__}.fabrique"}
    return moteur_de_test


@pytest.fixture(autouse=True)
def le_lendemain():
    with time_machine.travel(SEANCE_LE, tick=False) as horloge:
        yield horloge


def ouvrir(scene):
    scene.repond(offre=INFECTEE)
    seance = factories.seance_ouverte(scene)
    factories.ouvrir_tout(seance)
    return seance


def analyser_ce_qui_attend():
    for tache in Tache.objects.filter(chemin__endswith="antivirus.taches.analyser_l_enveloppe"):
        taches.analyser_l_enveloppe.func(*tache.arguments["args"])


def fichier(nom="prix.zip"):
    return FichierOuvert.objects.get(nom=nom)


def test_ouvrir_demande_l_analyse_et_l_analyse_nomme_l_infecte(scene, moteur):
    ouvrir(scene)
    assert queries.etat_des_fichiers([fichier()])[fichier().pk].constat.etat == Etat.ATTENDU

    analyser_ce_qui_attend()

    assert moteur.lus == 3
    assert {a.fichier.nom: a.etat for a in AnalyseDeFichier.objects.all()} == {
        "Lettre de candidature.pdf": "sain",
        "Acte d'engagement.pdf": "sain",
        "prix.zip": "infecte",
    }
    assert queries.en_quarantaine(scene.consultation) == [fichier()]
    assert Ecriture.objects.filter(acte="fichier.analyser").count() == 3


def test_rejouee_la_tache_ne_relit_rien(scene, moteur):
    ouvrir(scene)
    analyser_ce_qui_attend()
    analyser_ce_qui_attend()

    assert moteur.lus == 3


@pytest.mark.moteurs
def test_un_moteur_muet_fait_recommencer_puis_se_dit(scene, moteur):
    ouvrir(scene)
    moteur.muet = True
    with pytest.raises(ServiceIndisponible):
        analyser_ce_qui_attend()
    assert not AnalyseDeFichier.objects.exists()

    for minutes in (16, 17):
        taches.rattraper_les_oublis(SEANCE_LE + timedelta(minutes=minutes))
        assert [a.motif for a in AnalyseDeFichier.objects.all()] == [MUET]

    moteur.muet = False
    taches.rattraper_les_oublis(SEANCE_LE + timedelta(minutes=18))
    assert AnalyseDeFichier.objects.exclude(motif=MUET).count() == 3
    assert queries.etat_des_fichiers([fichier()])[fichier().pk].constat.etat == Etat.INFECTE


def test_la_ronde_lit_ce_qu_une_tache_perdue_a_laisse(scene, moteur):
    ouvrir(scene)
    Tache.objects.all().delete()

    taches.rattraper_les_oublis(SEANCE_LE + timedelta(minutes=14))
    assert moteur.lus == 0
    taches.rattraper_les_oublis(SEANCE_LE + timedelta(minutes=16))
    assert moteur.lus == 3


@pytest.mark.moteurs
def test_plus_de_deux_gibioctets_n_est_jamais_dit_sain(scene, moteur):
    ouvrir(scene)
    FichierOuvert.objects.filter(nom="prix.zip").update(taille=2**31)

    analyser_ce_qui_attend()

    analyse = AnalyseDeFichier.objects.get(fichier=fichier())
    assert (analyse.etat, analyse.motif) == ("non_analyse", TROP_GROS)
    assert moteur.lus == 2


def test_un_fichier_infecte_ne_se_telecharge_plus(scene, moteur, client):
    ouvrir(scene)
    analyser_ce_qui_attend()
    acheteur = connecter(client, scene.personne("helene"))

    reponse = acheteur.get(f"/plis-ouverts/{fichier().reference}/")

    assert reponse.status_code == 409
    assert "Eicar" in reponse.content.decode()
    assert EICAR not in reponse.content
    sain = fichier("Acte d'engagement.pdf")
    assert acheteur.get(f"/plis-ouverts/{sain.reference}/").status_code == 200


def test_avant_l_analyse_un_fichier_attend_un_quart_d_heure(scene, moteur, client, le_lendemain):
    ouvrir(scene)
    acheteur = connecter(client, scene.personne("helene"))
    sain = f"/plis-ouverts/{fichier("Acte d'engagement.pdf").reference}/"

    assert acheteur.get(sain).status_code == 409
    le_lendemain.shift(timedelta(minutes=15))
    assert acheteur.get(sain).status_code == 200


def test_sans_antivirus_tout_se_lit_et_la_page_dit_non_analyse(scene, client):
    ouvrir(scene)
    acheteur = connecter(client, scene.personne("helene"))

    page = acheteur.get(
        f"/consultations/{scene.consultation.reference}/plis-ouverts/"
    ).content.decode()

    assert page.count("Non analysé") == 3
    assert "Aucun antivirus n’est relié" in page
    assert acheteur.get(f"/plis-ouverts/{fichier().reference}/").status_code == 200


def test_lever_la_quarantaine_se_motive_et_laisse_lire(scene, moteur, client):
    ouvrir(scene)
    analyser_ce_qui_attend()
    acheteur = connecter(client, scene.personne("helene"))
    page = f"/plis-ouverts/{fichier().reference}/antivirus/"

    assert acheteur.post(page, {"motif": "  "}).status_code == 422
    assert acheteur.get(f"/plis-ouverts/{fichier().reference}/").status_code == 409
    assert acheteur.post(page, {"motif": "Fausse alerte vérifiée."}).status_code == 302
    assert acheteur.get(f"/plis-ouverts/{fichier().reference}/").status_code == 200
    ecriture = Ecriture.objects.get(acte="fichier.lever_la_quarantaine")
    assert "Fausse alerte vérifiée." in ecriture.contenu
    assert "Fausse alerte vérifiée." in acheteur.get(page).content.decode()


def test_lever_sans_preuve_recente_attend_le_mot_de_passe(scene, moteur, client):
    ouvrir(scene)
    analyser_ce_qui_attend()
    client.force_login(scene.personne("helene"))

    reponse = client.post(
        f"/plis-ouverts/{fichier().reference}/antivirus/", {"motif": "Fausse alerte vérifiée."}
    )

    assert reponse.url.startswith("/compte/confirmer/")
    assert not Ecriture.objects.filter(acte="fichier.lever_la_quarantaine").exists()


@pytest.mark.moteurs
def test_une_nouvelle_alerte_remet_en_quarantaine(scene, moteur):
    ouvrir(scene)
    analyser_ce_qui_attend()
    services.lever_la_quarantaine(
        fichier=fichier(), motif="fausse alerte", par=scene.personne("helene"), maintenant=SEANCE_LE
    )
    assert queries.en_quarantaine(scene.consultation) == []

    services.noter_l_analyse(
        fichier=fichier(),
        constat=Constat(Etat.INFECTE, menace="Autre"),
        maintenant=SEANCE_LE + timedelta(hours=1),
    )
    assert queries.en_quarantaine(scene.consultation) == [fichier()]


def test_on_ne_leve_pas_ce_qui_est_sain(scene, moteur):
    ouvrir(scene)
    analyser_ce_qui_attend()

    with pytest.raises(RegleEnfreinte):
        services.lever_la_quarantaine(
            fichier=fichier("Acte d'engagement.pdf"),
            motif="pour rien",
            par=scene.personne("helene"),
            maintenant=SEANCE_LE,
        )


def test_la_base_refuse_un_constat_qui_ne_dit_pas_ce_qu_il_a_vu(scene):
    ouvrir(scene)
    for champs in (
        {"etat": "infecte"},
        {"etat": "non_analyse"},
        {"etat": "sain", "menace": "Eicar"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            AnalyseDeFichier.objects.create(fichier=fichier(), faite_le=SEANCE_LE, **champs)
