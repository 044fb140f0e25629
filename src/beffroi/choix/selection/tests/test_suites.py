"""Autour des tours : la clôture au journal, la lettre, ce que dit la page de suivi."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from beffroi.achat.consultations.services import declarer_sans_suite
from beffroi.achat.tours.services import prolonger_le_tour
from beffroi.choix.echanges import ecrans as ecrans_des_echanges
from beffroi.choix.selection import ecrans
from beffroi.choix.selection.lettres import preparer_le_courrier
from beffroi.choix.selection.queries import suite_de_la_procedure
from beffroi.choix.selection.tests.scene import (
    DECISION_LE,
    LIMITE_DES_OFFRES,
    MOTIF,
    OUVERTURE_DES_OFFRES,
)
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.reponse.registre_des_depots.cloture import constater_les_clotures
from beffroi.reponse.registre_des_depots.relecture_des_clotures import (
    fautes_des_clotures,
    inscrites_apres_la_cloture,
)
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture
from demo.seances import installer_une_seance, tourner
from tests.semis import semee

pytestmark = pytest.mark.django_db
APRES = LIMITE_DES_OFFRES + timedelta(seconds=1)


@pytest.fixture
@semee
def offre(restreint):
    restreint.decider()
    return restreint.offrir(restreint.invitation(restreint.inviter()))


def test_la_fin_d_un_tour_se_note_une_fois_avec_le_nombre_d_offres(offre):
    constater_les_clotures(LIMITE_DES_OFFRES)
    assert not Ecriture.objects.filter(acte="tour.clore").exists()

    constater_les_clotures(APRES + timedelta(minutes=1))
    constater_les_clotures(APRES + timedelta(hours=1))

    assert '"plis":1' in Ecriture.objects.get(acte="tour.clore", sujet=offre.tour.reference).contenu
    assert list(fautes_des_clotures()) == []


def test_la_page_de_suivi_dit_la_meme_phrase_qu_il_y_ait_des_offres_ou_non(restreint):
    restreint.decider()
    tour = restreint.inviter()
    avant = suite_de_la_procedure(restreint.consultation, le=LIMITE_DES_OFFRES)
    restreint.offrir(restreint.invitation(tour))

    assert suite_de_la_procedure(restreint.consultation, le=LIMITE_DES_OFFRES) == avant


def test_la_lettre_d_un_candidat_ecarte_reprend_son_motif(restreint):
    restreint.decider()
    restreint.inviter()

    [lettre] = ecrans.lettres(restreint.consultation)

    assert lettre.destinataire == "Couvertures Belle-Étoile"
    assert any(MOTIF in paragraphe for paragraphe in lettre.paragraphes)


def test_les_lettres_deviennent_un_courrier_ou_chacun_a_son_motif(restreint):
    restreint.decider(True, False, False)

    courrier = preparer_le_courrier(
        consultation=restreint.consultation, par=restreint.martine, maintenant=DECISION_LE
    )

    textes = {apercu.entreprise: apercu.texte for apercu in ecrans_des_echanges.apercus(courrier)}
    assert set(textes) == {"Zingueurs de la Lys", "Couvertures Belle-Étoile"}
    assert all(MOTIF in texte for texte in textes.values())
    assert (courrier.sorte, courrier.envoye_le) == ("rejet", None)


def test_sans_candidature_ecartee_aucun_courrier_ne_se_prepare(restreint):
    restreint.decider(True, True, True)

    with pytest.raises(ConflitEtat):
        preparer_le_courrier(
            consultation=restreint.consultation, par=restreint.martine, maintenant=DECISION_LE
        )


def lire(restreint, nom, qui="martine"):
    with time_machine.travel(DECISION_LE, tick=False):
        client = connecter(Client(), restreint.scene.personne(qui))
        return client.get(f"/consultations/{restreint.consultation.reference}/{nom}/")


def acte_mis_en_avant(restreint, qui="martine"):
    """Le geste de la page de suivi, et s'il reste quelque chose à ouvrir."""
    page = lire(restreint, "suivre", qui)
    return page.context["geste"], "Ouvrir les" in page.content.decode()


@pytest.mark.article("CCP", "R. 2144-8")
def test_apres_les_candidatures_la_page_de_suivi_met_en_avant_la_decision_puis_l_invitation(
    restreint,
):
    assert acte_mis_en_avant(restreint) == ("Décider des candidatures", False)

    restreint.decider()

    assert acte_mis_en_avant(restreint) == ("Inviter les candidats retenus", False)


def test_toutes_ecartees_la_page_de_suivi_ramene_aux_decisions(restreint):
    restreint.decider(False, False, False)

    assert acte_mis_en_avant(restreint) == ("Revoir les décisions", False)


def test_qui_ne_decide_pas_lit_ce_qui_est_ouvert(restreint):
    assert acte_mis_en_avant(restreint, "yvette") == ("Lire les réponses ouvertes", False)


def test_l_acte_d_un_tour_est_de_le_suivre_puis_de_l_ouvrir_puis_de_le_lire(restreint, offre):
    moments = (DECISION_LE, APRES)
    avant = [suite_de_la_procedure(restreint.consultation, le=le).geste for le in moments]
    restreint.ouvrir_les_offres()

    apres = suite_de_la_procedure(restreint.consultation, le=OUVERTURE_DES_OFFRES)

    assert avant == ["Suivre le tour d'offres", "Ouvrir les offres"]
    assert (apres.geste, apres.phrase) == ("Lire les offres ouvertes", "Les offres sont ouvertes.")


def test_la_page_des_tours_ne_repete_pas_le_nom_du_tour_dans_sa_situation(restreint, offre):
    page = lire(restreint, "tours").content.decode()

    assert ">Offres</h2>" in page and "Offres :" not in page


def test_ouvrir_un_tour_note_d_abord_sa_fin_et_le_nombre_d_offres(restreint, offre):
    restreint.ouvrir_les_offres(le=APRES)

    actes = Ecriture.objects.filter(
        acte__in=["tour.clore", "seance.tourner_les_cles", "enveloppe.ouverte"]
    )
    ordre = list(actes.order_by("numero").values_list("acte", flat=True))
    assert ordre[-3:] == ["tour.clore", "seance.tourner_les_cles", "enveloppe.ouverte"]
    assert ordre.count("tour.clore") == 1
    assert '"plis":1' in Ecriture.objects.get(acte="tour.clore").contenu
    assert list(fautes_des_clotures()) == []


def test_une_offre_a_temps_inscrite_apres_la_fin_du_tour_est_comptee_et_s_ouvre(restreint, offre):
    seance = installer_une_seance(
        restreint.consultation, restreint.scene.troupe, preside="helene", avec="bernard", le=APRES
    )
    constater_les_clotures(APRES + timedelta(minutes=1))
    autre = restreint.offrir(restreint.invitation(offre.tour, 1), qui="zoe", le=LIMITE_DES_OFFRES)

    tourner(
        seance,
        restreint.scene.troupe,
        preside="helene",
        avec="bernard",
        le=APRES + timedelta(minutes=2),
    )

    assert set(seance.ouvertures.values_list("pli", flat=True)) == {offre.pk, autre.pk}
    assert list(fautes_des_clotures()) == []
    assert [autre.reference in constat.quoi for constat in inscrites_apres_la_cloture()] == [True]


def test_renoncer_pendant_un_tour_echu_note_sa_fin(restreint, offre):
    declarer_sans_suite(
        consultation=restreint.consultation, motif="Budget", par=PLATEFORME, maintenant=APRES
    )

    actes = Ecriture.objects.filter(
        acte__in=["tour.clore", "consultation.declarer_sans_suite"]
    ).order_by("numero")
    assert [acte.acte for acte in actes] == ["tour.clore", "consultation.declarer_sans_suite"]


@pytest.mark.article("CCP", "R. 2151-4")
def test_un_tour_clos_ne_se_prolonge_plus_meme_si_la_demande_est_partie_a_temps(restreint, offre):
    constater_les_clotures(APRES + timedelta(minutes=1))
    nouvelle = LIMITE_DES_OFFRES + timedelta(days=2)

    with pytest.raises(RegleEnfreinte, match="heure limite est passée"):
        prolonger_le_tour(
            tour=offre.tour,
            nouvelle=nouvelle,
            motif="",
            par=restreint.martine,
            maintenant=LIMITE_DES_OFFRES - timedelta(seconds=1),
        )
