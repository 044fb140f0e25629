"""Le procès-verbal s'écrit à la clôture :
ce qu'il dit, qui le lit, et la tête signée qui le couvre.
"""

import hashlib
import tomllib
from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.personnes.niveaux.tests.gestes import constater
from beffroi.reponse.depots.models import Pli, SoumissionnaireDit
from beffroi.seance.ouverture import services as seance_services
from beffroi.seance.ouverture.models import Seance
from beffroi.seance.ouverture.rules import Commission
from beffroi.seance.ouverture.tests import factories
from beffroi.seance.ouverture.tests.factories import LIMITE, SEANCE_LE
from beffroi.seance.proces_verbaux import composition, services
from beffroi.seance.proces_verbaux.models import ProcesVerbal
from beffroi.seance.proces_verbaux.verification import relire_les_proces_verbaux
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.queries import racine_signee, tete_qui_couvre
from beffroi.socle.journal.services import signer_un_point_de_controle
from demo import reponses
from tests.architecture.arbre import RACINE


def clore(seance: Seance) -> ProcesVerbal:
    seance_services.clore(
        seance=seance, par=seance.presidee_par, maintenant=SEANCE_LE + timedelta(hours=1)
    )
    return ProcesVerbal.objects.get(seance=seance)


def seance_close(scene) -> ProcesVerbal:
    seance = factories.seance_ouverte(scene)
    factories.ouvrir_tout(seance)
    return clore(seance)


def octets(pv) -> bytes:
    with stockage().lire(pv.cle_de_stockage) as flux:
        return flux.read()


def test_la_cloture_laisse_un_proces_verbal_scelle_au_journal(scene):
    scene.repond()

    pv = seance_close(scene)

    assert octets(pv).startswith(b"%PDF-")
    assert hashlib.sha256(octets(pv)).hexdigest() == pv.sha256
    assert pv.sha256 in Ecriture.objects.get(numero=pv.ecriture).contenu


def test_une_tete_signee_le_couvre_des_la_cloture(scene):
    assert tete_qui_couvre(seance_close(scene).ecriture)


def test_il_dit_la_version_les_cles_et_le_journal_qu_il_suit(scene):
    tete = signer_un_point_de_controle(le=SEANCE_LE)

    contenu = seance_close(scene).contenu

    assert contenu["version_du_logiciel"] == f"Beffroi {version_declaree()}"
    assert [nom for nom, _ in contenu["empreintes"][:2]] == [
        "Clé des candidatures",
        "Clé des offres",
    ]
    assert contenu["empreintes"][2] == [
        f"Journal, {tete.taille} lignes signées",
        racine_signee(tete),
    ]


def version_declaree() -> str:
    return str(tomllib.loads((RACINE / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def test_s_il_ne_s_ecrit_pas_la_seance_ne_se_clot_pas(scene, monkeypatch):
    seance = factories.seance_ouverte(scene)
    monkeypatch.setattr(services.format_du_proces_verbal, "pdf", lambda _: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        clore(seance)

    seance.refresh_from_db()
    assert seance.etat == Seance.Etat.OUVERTE
    assert not Ecriture.objects.filter(acte="seance.clore").exists()


def test_une_decision_sur_un_retard_y_est_avec_ses_preuves(scene):
    tardif = scene.repond(le=LIMITE + timedelta(seconds=29))
    seance = factories.seance_ouverte(scene)
    seance_services.decider_hors_delai(
        seance=seance,
        pli=tardif,
        decision="ecartee",
        motif="29 s",
        par=seance.presidee_par,
        maintenant=SEANCE_LE,
    )

    (retard,) = clore(seance).contenu["hors_delai"]

    assert (retard["decision"], retard["motif"]) == ("Écartée", "29 s")
    assert any(
        "29 s après l'heure limite" in preuve.replace("\xa0", " ") for preuve in retard["preuves"]
    )


def test_un_quorum_manquant_y_est_sans_rien_empecher(scene):
    siege = Commission(
        titulaires_presents=("Titulaire 0",),
        titulaires_absents=("Absent 0", "Absent 1", "Absent 2"),
        convoquee_le=date(2027, 1, 12),
    )
    seance = factories.seance_installee(scene)
    seance_services.constater_la_commission(
        seance=seance, commission=siege, par=seance.presidee_par, maintenant=SEANCE_LE
    )

    contenu = clore(factories.tourner(scene, seance)).contenu
    dit = " ".join(contenu["remarques"])

    assert "Le quorum n'est pas atteint : 1 voix sur 4, il en faut 3. (CGCT" in dit
    assert "convoquée 0 jour franc avant la séance" in dit
    assert contenu["autres_signataires"] == [["Titulaire 0", "commission d'appel d'offres"]]
    assert "Absents : Absent 0, Absent 1, Absent 2." in dit


def test_sans_commission_il_n_en_parle_pas(scene):
    assert composition.remarques(factories.seance_installee(scene), le=SEANCE_LE) == []


def test_une_empreinte_non_fournie_s_y_precise_sans_anomalie(scene, monkeypatch):
    composer = reponses.composer_le_manifeste

    def sans_empreinte(*arguments):
        manifeste = composer(*arguments)
        for fichier in manifeste["fichiers"]:
            fichier |= {"sha256": None, "racine": None, "sha256_scelle": None}
        return manifeste

    monkeypatch.setattr(reponses, "composer_le_manifeste", sans_empreinte)
    scene.repond(candidature={}, offre={"prix.ods": b"PK"})

    (ecrite,) = seance_close(scene).contenu["enveloppes"]

    assert ecrite["anomalies"] == []
    assert ecrite["precisions"] == [
        "« prix.ods » : empreinte non fournie. Il a été scellé sur un autre poste."
    ]


def test_un_proces_verbal_change_sur_le_disque_se_voit(scene):
    pv = seance_close(scene)
    assert [constat.bon for constat in relire_les_proces_verbaux()] == [True]

    stockage().morceaux(pv.cle_de_stockage)[0].write_bytes(b"%PDF-1.7 un autre")

    assert [constat.bon for constat in relire_les_proces_verbaux()] == [False]


@time_machine.travel(SEANCE_LE, tick=False)
def test_il_se_telecharge_apres_la_cloture(scene):
    seance = seance_close(scene).seance
    client = connecter(Client(), scene.personne("helene"))

    page = client.get(f"/ouverture/{seance.reference}/").content.decode()
    pdf = b"".join(client.get(f"/ouverture/{seance.reference}/proces-verbal.pdf").streaming_content)

    assert "La séance est close" in page
    assert pdf.startswith(b"%PDF-")


def lue(reponse) -> str:
    return (
        reponse.content.decode()
        .replace("\N{NO-BREAK SPACE}", " ")
        .replace("\N{NARROW NO-BREAK SPACE}", " ")
    )


@time_machine.travel(SEANCE_LE, tick=False)
def test_le_brouillon_dit_ce_qui_reste_a_decider(scene):
    scene.repond(le=LIMITE + timedelta(seconds=29))
    seance = factories.seance_installee(scene)
    client, adresse = (
        connecter(Client(), scene.personne("helene")),
        f"/ouverture/{seance.reference}/proces-verbal/",
    )

    avant = lue(client.get(adresse))
    ouverte = factories.tourner(scene, seance)
    seance_services.decider_hors_delai(
        seance=ouverte,
        pli=Pli.objects.get(),
        decision="ecartee",
        motif="29 s",
        par=seance.presidee_par,
        maintenant=SEANCE_LE,
    )
    apres = lue(client.get(adresse))

    assert "1 au registre : 0 décidée, 1 à décider" in avant
    assert "Pas encore : les clés ne sont pas tournées" in avant
    assert "1 au registre : 1 décidée<" in apres


@time_machine.travel(SEANCE_LE, tick=False)
def test_le_brouillon_dit_qu_aucun_retard_n_est_arrive(scene):
    seance = factories.seance_installee(scene)

    page = connecter(Client(), scene.personne("helene")).get(
        f"/ouverture/{seance.reference}/proces-verbal/"
    )

    assert "Aucune n’est arrivée après l’heure limite" in page.content.decode()


def gardienne(scene) -> Client:
    return connecter(Client(), scene.personne("agnes"))


@pytest.fixture
def recouvree(scene):
    return factories.seance_installee(
        scene,
        autour=("helene", "agnes", "benoit"),
        demande_aux_gardiens="Lettre du maire du 12 janvier 2027",
    )


def test_un_gardien_ne_depose_pas_le_proces_verbal_signe_de_l_acheteur(scene, recouvree):
    envoi = {
        "fichier": SimpleUploadedFile("signe.pdf", b"%PDF-1.7 un autre"),
        "mode": "manuscrite",
        "signataires": ["Hélène Duriez"],
    }

    with time_machine.travel(SEANCE_LE, tick=False):
        reponse = gardienne(scene).post(
            f"/ouverture/{recouvree.reference}/proces-verbal/signer/", envoi
        )

    assert reponse.status_code == 404


def test_il_dit_les_raisons_de_ce_que_l_acheteur_a_dit_d_une_meme_entreprise(scene):
    """Deux équipes d'un même SIREN : un seul soumissionnaire, ou deux (CCP, art. R. 2151-6)."""
    SoumissionnaireDit.objects.create(
        consultation=scene.consultation,
        equipes=["E-AAAA2222", "E-BBBB3333"],
        un_seul=False,
        motif="Deux gérants, joints au téléphone.",
        dit_par=scene.personne("helene"),
        dit_le=SEANCE_LE,
    )
    scene.repond()

    dites = seance_close(scene).contenu["remarques"]

    assert any("Deux soumissionnaires" in dite and "joints au téléphone" in dite for dite in dites)


def test_il_dit_ce_qui_etait_etabli_de_qui_deposait(scene):
    scene.repond()
    constater(scene.troupe.equipes["faitage"], scene.personne("fanny"), le=LIMITE)

    [depot] = seance_close(scene).contenu["depots"]
    assert depot["identite"].startswith("Identité : ")
    assert "prouvée par" not in depot["identite"]


def test_une_preuve_d_avant_le_depot_y_est_avec_son_moyen(scene):
    constater(scene.troupe.equipes["faitage"], scene.personne("fanny"), le=factories.DEBUT)
    scene.repond()

    [depot] = seance_close(scene).contenu["depots"]
    assert "prouvée par des pièces que le centre de gestion a vues" in depot["identite"]
