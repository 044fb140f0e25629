"""Décider, inviter, remettre, ouvrir :
tout le chemin d'une procédure en deux temps, par les services.
"""

from datetime import timedelta

import pytest

from beffroi.achat.tours.models import Invitation, Tour
from beffroi.achat.tours.services import prolonger_le_tour
from beffroi.choix.candidatures.models import DecisionSurCandidature
from beffroi.choix.candidatures.services import Choix
from beffroi.choix.selection import queries, services
from beffroi.choix.selection.tests.scene import (
    DECISION_LE,
    LIMITE_DES_OFFRES,
    MOTIF,
    OUVERTURE_DES_OFFRES,
    candidater,
)
from beffroi.reponse.depots import queries as depots
from beffroi.seance.coffre.coffre import coffre
from beffroi.seance.ouverture import queries as ouverture
from beffroi.seance.ouverture.models import OuverturePli, Seance
from beffroi.seance.ouverture.tests import factories
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db


def test_la_seance_des_candidatures_ne_reconstitue_que_leur_cle(scene):
    candidater(scene, "sophie", "faitage")
    seance = factories.seance_ouverte(scene)

    assert coffre().contient(seance.reference, "candidature")
    assert not coffre().contient(seance.reference, "offre")
    assert list(ouverture.parts_de(seance, scene.personne("helene"))) == ["candidature"]


def test_rien_n_est_a_decider_avant_la_seance(scene):
    candidater(scene, "sophie", "faitage")

    assert queries.candidatures(scene.consultation) == []


def test_chaque_candidature_ouverte_attend_sa_decision(restreint):
    recues = queries.candidatures(restreint.consultation)

    assert [c.pli for c in recues] == restreint.plis
    assert queries.faits_de(restreint.consultation, recues).sans_decision == 3


def test_une_lecture_des_candidatures_est_une_ecriture(restreint):
    restreint.decider()

    assert DecisionSurCandidature.objects.filter(retenue=True).count() == 2
    assert Ecriture.objects.filter(acte="candidatures.decider").count() == 1


def test_une_decision_se_change_jusqu_a_l_invitation(restreint):
    restreint.decider(True, False, False)
    restreint.decider()

    assert [c.est_retenue for c in queries.candidatures(restreint.consultation)] == [
        True,
        True,
        False,
    ]
    remplacante = DecisionSurCandidature.objects.exclude(remplace=None).get()
    assert (remplacante.retenue, remplacante.remplace.retenue) == (True, False)


def test_apres_l_invitation_les_decisions_ne_changent_plus(restreint):
    restreint.decider()
    restreint.inviter()

    with pytest.raises(RegleEnfreinte, match="ne changent plus"):
        restreint.decider(False, True, False)


def test_inviter_ecrit_a_chacun_des_retenus_et_a_eux_seuls(restreint):
    restreint.decider()
    tour = restreint.inviter()

    invites = list(tour.invitations.values_list("destinataire__courriel", flat=True))
    ecrits = Courriel.objects.filter(cle__startswith="invitation:")
    assert invites == [pli.depose_par.courriel for pli in restreint.plis[:2]]
    assert sorted(ecrits.values_list("destinataire", flat=True)) == sorted(invites)
    assert len({c.texte.split("Votre candidature")[0] for c in ecrits}) == 1


def test_inviter_est_une_seule_ecriture_qui_dit_qui_et_jusqu_a_quand(restreint):
    restreint.decider()
    tour = restreint.inviter()

    ecriture = Ecriture.objects.get(acte="tour.ouvrir")
    assert ecriture.sujet == tour.reference
    assert tour.date_limite.isoformat() in ecriture.contenu and MOTIF in ecriture.contenu


def test_inviter_deux_fois_n_invite_qu_une_fois(restreint):
    restreint.decider()
    premier = restreint.inviter()
    courriels, ecritures = Courriel.objects.count(), Ecriture.objects.count()

    assert restreint.inviter() == premier
    assert (Tour.objects.count(), Invitation.objects.count()) == (1, 2)
    assert (Courriel.objects.count(), Ecriture.objects.count()) == (courriels, ecritures)


def test_une_autre_heure_limite_ne_refait_pas_l_invitation(restreint):
    restreint.decider()
    restreint.inviter()

    with pytest.raises(ConflitEtat, match="déjà invités"):
        restreint.inviter(date_limite=LIMITE_DES_OFFRES + timedelta(days=1))


def test_on_n_invite_pas_avant_d_avoir_tout_decide(restreint):
    with pytest.raises(RegleEnfreinte, match="Il reste 3 décisions"):
        restreint.inviter()


def test_quand_l_organisme_publie_a_deux_qui_a_decide_n_invite_pas_seul(restreint):
    restreint.decider()
    organisme = restreint.consultation.organisme
    organisme.publication_a_deux = True
    organisme.save(update_fields=["publication_a_deux"])

    with pytest.raises(RegleEnfreinte, match="n'envoie pas seul"):
        restreint.inviter()


def test_un_invite_depose_et_l_acheteur_n_en_sait_rien_avant_l_heure(restreint):
    restreint.decider()
    tour = restreint.inviter()
    pli = restreint.offrir(restreint.invitation(tour))
    avant = LIMITE_DES_OFFRES - timedelta(hours=1)

    assert (pli.tour, pli.hors_delai, pli.date_limite) == (tour, False, LIMITE_DES_OFFRES)
    assert pli.reference not in {
        ligne.reference for ligne in depots.registre_des_depots(pli.consultation, le=avant)
    }
    assert pli not in depots.plis_connus(pli.consultation, le=LIMITE_DES_OFFRES)


def test_apres_l_heure_le_registre_dit_tout(restreint):
    restreint.decider()
    pli = restreint.offrir(restreint.invitation(restreint.inviter()))

    lignes = depots.registre_des_depots(pli.consultation, le=OUVERTURE_DES_OFFRES)

    assert [ligne.sorte for ligne in lignes if ligne.reference == pli.reference] == [
        "Offres, électronique"
    ]


@pytest.mark.moteurs
def test_les_offres_s_ouvrent_a_la_seance_suivante_avec_leur_cle(restreint):
    restreint.decider()
    tour = restreint.inviter()
    pli = restreint.offrir(restreint.invitation(tour))
    seance = restreint.ouvrir_les_offres()
    seance.refresh_from_db()

    ouvertes = OuverturePli.objects.filter(seance=seance)
    assert (seance.tour, seance.etat) == (tour, Seance.Etat.CLOSE)
    assert [(o.pli, o.enveloppe.sorte, o.etat) for o in ouvertes] == [
        (pli, "offre", OuverturePli.Etat.OUVERTE)
    ]


def test_avant_l_heure_des_offres_la_seance_ne_s_installe_pas(restreint):
    restreint.decider()
    restreint.offrir(restreint.invitation(restreint.inviter()))

    with pytest.raises(RegleEnfreinte, match="n'est pas passée"):
        restreint.ouvrir_les_offres(le=LIMITE_DES_OFFRES - timedelta(minutes=1))


def test_une_offre_en_remplace_une_autre_dans_son_tour(restreint):
    restreint.decider()
    invitation = restreint.invitation(restreint.inviter())
    premier = restreint.offrir(invitation, le=LIMITE_DES_OFFRES - timedelta(hours=3))
    second = restreint.offrir(invitation)

    assert second.remplace == premier
    assert [p.reference for p in depots.plis_proposes(second.consultation, second.tour)] == [
        second.reference
    ]


def test_une_offre_ne_remplace_pas_la_candidature(restreint):
    restreint.decider()
    restreint.offrir(restreint.invitation(restreint.inviter()))

    restreint.plis[0].refresh_from_db()
    assert restreint.plis[0].etat == "ouvert"


def test_une_candidature_tardive_est_recue_et_signalee(restreint):
    restreint.decider()
    restreint.inviter()

    tardive = candidater(restreint.scene, "lucie", "lanterne", le=DECISION_LE + timedelta(days=1))

    assert tardive.hors_delai and tardive.tour is None
    assert tardive in depots.plis_hors_delai(restreint.consultation)
    assert tardive not in depots.plis_hors_delai(restreint.consultation, Tour.objects.get())


def test_une_offre_arrivee_apres_l_heure_est_recue_et_marquee(restreint):
    restreint.decider()
    tour = restreint.inviter()

    tardive = restreint.offrir(
        restreint.invitation(tour), le=LIMITE_DES_OFFRES + timedelta(minutes=5)
    )

    assert tardive.hors_delai
    assert depots.plis_proposes(tardive.consultation, tour) == []


def test_prolonger_vaut_pour_tous_les_invites(restreint):
    restreint.decider()
    tour = restreint.inviter()
    nouvelle = LIMITE_DES_OFFRES + timedelta(days=3)
    prolonger_le_tour(
        tour=tour,
        nouvelle=nouvelle,
        motif="Une visite s'ajoute.",
        par=restreint.martine,
        maintenant=DECISION_LE,
    )

    assert Courriel.objects.filter(cle__startswith="prolongation:").count() == 2
    assert not restreint.offrir(restreint.invitation(tour), le=nouvelle).hors_delai


@pytest.mark.moteurs
def test_les_lots_et_le_groupement_sont_ceux_de_la_candidature(restreint):
    from beffroi.reponse.depots import services

    restreint.decider()
    pli = restreint.offrir(restreint.invitation(restreint.inviter()))

    with pytest.raises(RegleEnfreinte, match="candidature retenue"):
        services.declarer_le_groupement(
            brouillon=pli.brouillon, forme="", membres=[], maintenant=DECISION_LE
        )


def test_une_decision_prise_depuis_ne_s_ecrase_pas_dans_un_formulaire_entier(restreint):
    """La page montrait trois candidatures sans décision ; une autre personne en a décidé depuis."""
    restreint.decider(True, True, False)

    with pytest.raises(ConflitEtat, match="n'est pas inscrite"):
        services.decider_des_candidatures(
            consultation=restreint.consultation,
            choix=[Choix(pli, None, retenue=False, motif=MOTIF) for pli in restreint.plis],
            par=restreint.helene,
            maintenant=DECISION_LE,
        )
