"""La cérémonie entière, du scellé de l'entreprise à l'octet ouvert, jusqu'à la clôture."""

from datetime import timedelta

from beffroi.achat.consultations.models import Consultation
from beffroi.reponse.depots.models import Pli
from beffroi.reponse.depots.queries import enveloppes_proposees
from beffroi.reponse.depots.services import retirer_pli
from beffroi.seance.ouverture import services
from beffroi.seance.ouverture.models import OuverturePli, Seance
from beffroi.seance.ouverture.tests import factories
from beffroi.seance.ouverture.tests.factories import CANDIDATURE, LIMITE, OFFRE, SEANCE_LE
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.journal.models import Ecriture


def octets(fichier) -> bytes:
    with stockage().lire(fichier.cle_de_stockage) as flux:
        return flux.read()


def test_chaque_fichier_ouvert_est_celui_que_l_entreprise_a_scelle(scene):
    scene.repond()
    seance = factories.seance_ouverte(scene)

    factories.ouvrir_tout(seance)

    ouverts = {
        f.nom: octets(f) for ouverture in seance.ouvertures.all() for f in ouverture.fichiers.all()
    }
    assert ouverts == {**CANDIDATURE, **OFFRE}


def test_rien_n_est_a_redire_d_une_reponse_intacte(scene):
    scene.repond()
    seance = factories.seance_ouverte(scene)

    factories.ouvrir_tout(seance)

    assert [ouverture.constats for ouverture in seance.ouvertures.all()] == [[], []]
    assert all(
        f.conforme for ouverture in seance.ouvertures.all() for f in ouverture.fichiers.all()
    )


def test_la_seance_close_laisse_un_coffre_vide(
    scene, coffre_de_test, django_capture_on_commit_callbacks
):
    seance = factories.seance_ouverte(scene)

    with django_capture_on_commit_callbacks(execute=True):
        services.clore(
            seance=seance, par=seance.presidee_par, maintenant=SEANCE_LE + timedelta(hours=1)
        )

    assert not coffre_de_test.contient(seance.reference, "offre")


def test_la_consultation_entre_en_ouverture_puis_est_depouillee(scene):
    scene.repond()
    seance = factories.seance_ouverte(scene)
    scene.consultation.refresh_from_db()
    assert scene.consultation.etat == Consultation.Etat.EN_OUVERTURE
    factories.ouvrir_tout(seance)

    services.clore(seance=seance, par=seance.presidee_par, maintenant=SEANCE_LE)

    scene.consultation.refresh_from_db()
    assert scene.consultation.etat == Consultation.Etat.DEPOUILLEE
    assert Pli.objects.get().etat == Pli.Etat.OUVERT


def test_le_journal_nomme_qui_a_reconstitue_la_cle(scene):
    scene.repond()

    seance = factories.seance_ouverte(scene)

    cles = Ecriture.objects.filter(acte="cle.reconstituee", sujet=seance.reference)
    assert cles.count() == 2
    assert all("Hélène Duriez" in e.contenu and "Bernard Lefebvre" in e.contenu for e in cles)


def test_les_offres_successives_seule_la_derniere_est_proposee(scene):
    scene.repond("sophie", le=LIMITE - timedelta(hours=3))
    derniere = scene.repond("kevin", le=LIMITE - timedelta(hours=1))

    seance = factories.seance_installee(scene)

    assert {ouverture.pli for ouverture in seance.ouvertures.all()} == {derniere}


def test_retirer_le_remplacant_ne_fait_revivre_le_remplace_ni_au_depot_ni_en_seance(scene):
    scene.repond("sophie", le=LIMITE - timedelta(hours=3))
    derniere = scene.repond("kevin", le=LIMITE - timedelta(hours=1))
    autre = scene.repond("lucie", "lanterne", le=LIMITE - timedelta(hours=1))
    retirer_pli(
        pli=derniere, par=scene.personne("kevin"), maintenant=LIMITE - timedelta(minutes=30)
    )

    seance = factories.seance_installee(scene)

    au_depot = enveloppes_proposees(scene.consultation)
    assert [ouverture.enveloppe for ouverture in seance.ouvertures.all()] == au_depot
    assert {enveloppe.pli for enveloppe in au_depot} == {autre}


def test_une_reponse_remplacee_s_ouvre_par_une_seance_complementaire_motivee(scene):
    premier = scene.repond("sophie", le=LIMITE - timedelta(hours=3))
    scene.repond("kevin", le=LIMITE - timedelta(hours=1))
    seance = factories.seance_ouverte(scene)
    factories.ouvrir_tout(seance)
    services.clore(seance=seance, par=seance.presidee_par, maintenant=SEANCE_LE)

    suite = factories.seance_ouverte(
        scene, plis=[premier], justification="Le dernier pli est vide."
    )
    factories.ouvrir_tout(suite)

    assert suite.motif == Seance.Motif.COMPLEMENTAIRE
    assert [o.etat for o in suite.ouvertures.all()] == [
        OuverturePli.Etat.OUVERTE,
        OuverturePli.Etat.OUVERTE,
    ]
