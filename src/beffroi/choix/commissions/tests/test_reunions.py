"""Convoquer, se compter, voter, clore : ce que la réunion permet, et ce qu'elle refuse."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from beffroi.choix.commissions import queries, services
from beffroi.choix.commissions.rules import Vote
from beffroi.choix.commissions.services import Affaire
from beffroi.choix.commissions.tests.scene import CONVOQUEE_LE, TENUE_LE
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db
TROIS = ("Bernard Lefebvre", "Odette Brame", "Paul Vasseur")


def test_la_convocation_part_a_chacun_de_ceux_qui_ont_une_adresse(seance):
    seance.convoquer()

    lus = Courriel.objects.filter(cle__startswith="convocation-de-commission")
    assert lus.count() == 8
    assert all("Salle du conseil" in lu.texte and "Faîtage" not in lu.texte for lu in lus)


def test_une_convocation_trop_courte_se_motive_et_le_compte_se_dit(seance):
    with pytest.raises(RegleEnfreinte, match="ni le jour de l'envoi ni celui de la réunion"):
        seance.convoquer(le=TENUE_LE - timedelta(days=5))
    seance.convoquer(le=TENUE_LE - timedelta(days=5), motif="Le chantier attend.")

    assert seance.relue().motif_du_delai == "Le chantier attend."


def test_cinq_jours_francs_juste_ne_demandent_aucun_motif(seance):
    seance.convoquer(le=TENUE_LE - timedelta(days=6))

    assert seance.relue().motif_du_delai == ""


def test_une_convocation_partie_ne_repart_pas_et_ne_change_plus(seance):
    seance.convoquer()

    with pytest.raises(ConflitEtat, match="déjà partie"):
        services.convoquer(
            reunion=seance.reunion, motif="", par=seance.martine, maintenant=CONVOQUEE_LE
        )
    projet = services.ProjetDeReunion(TENUE_LE, "Ailleurs", [Affaire(seance.consultation)])
    with pytest.raises(ConflitEtat, match="ne change plus"):
        services.preparer_une_reunion(
            commission=seance.commission,
            projet=projet,
            par=seance.martine,
            maintenant=CONVOQUEE_LE,
            reunion=seance.reunion,
        )


def test_on_ne_vote_pas_avant_l_heure_convoquee(seance):
    seance.convoquer()
    seance.presents()

    with pytest.raises(RegleEnfreinte, match="n'a pas commencé"):
        seance.voter(le=TENUE_LE - timedelta(minutes=1))


def test_sans_quorum_rien_ne_se_vote_et_la_seconde_convocation_s_en_passe(seance):
    seance.convoquer()
    seance.presents(absents=TROIS)
    with pytest.raises(RegleEnfreinte, match="3 voix sur 6, il en faut 4"):
        seance.voter(Vote(3, 0, 0))
    premiere = seance.clore()

    plus_tard = TENUE_LE + timedelta(days=8)
    seance.preparer(le=plus_tard, suite_de=premiere)
    seance.reunion = services.convoquer(
        reunion=seance.reunion, motif="", par=seance.martine, maintenant=TENUE_LE
    )
    seance.presents(absents=TROIS, le=plus_tard)

    assert seance.voter(Vote(3, 0, 0), le=plus_tard).adoptee


def test_une_seconde_convocation_suit_une_reunion_sans_quorum(seance):
    seance.convoquer()
    seance.presents()
    premiere = seance.clore()

    with pytest.raises(RegleEnfreinte, match="faute de quorum"):
        seance.preparer(suite_de=premiere)


def test_un_suppleant_n_a_voix_qu_a_la_place_d_un_absent(seance):
    seance.convoquer()
    seance.presents(absents=TROIS, remplaces={"Bernard Lefebvre": "Suppléant 1"})

    assert seance.voter(Vote(4, 0, 0)).adoptee


def test_un_remplacant_ne_remplace_qu_une_personne(seance):
    seance.convoquer()
    deux = {"Bernard Lefebvre": "Suppléant 1", "Odette Brame": "Suppléant 1"}

    with pytest.raises(RegleEnfreinte, match="remplace déjà"):
        seance.presents(remplaces=deux)


def test_un_titulaire_ne_se_fait_pas_remplacer_par_un_consultatif(seance):
    seance.convoquer()

    with pytest.raises(RegleEnfreinte, match="ne peut pas siéger"):
        seance.presents(remplaces={"Bernard Lefebvre": "Solange Petitprez"})


def test_a_distance_se_compte_si_la_convocation_l_a_prevu(seance):
    seance.convoquer()
    with pytest.raises(RegleEnfreinte, match="à distance"):
        seance.presents(distance=TROIS)


def test_a_distance_prevu_fait_le_quorum(seance):
    seance.convoquer(a_distance=True)
    seance.presents(distance=TROIS)

    assert queries.quorum_de(seance.reunion).favorable


def test_le_decompte_est_celui_des_voix_a_la_table(seance):
    seance.convoquer()
    seance.presents()

    with pytest.raises(RegleEnfreinte, match="7 voix écrites, 6 à la table"):
        seance.voter(Vote(7, 0, 0))


def test_qui_se_retire_ne_compte_ni_ne_vote(seance):
    seance.convoquer()
    seance.presents()
    seance.deport("Bernard Lefebvre")

    with pytest.raises(RegleEnfreinte, match="6 voix écrites, 5 à la table"):
        seance.voter(Vote(6, 0, 0))
    vote = seance.voter(Vote(5, 0, 0))
    assert "5 voix sur 6" in vote.quorum


@pytest.mark.moteurs
def test_apres_un_retrait_le_quorum_peut_manquer(seance):
    seance.convoquer()
    seance.presents(absents=("Odette Brame", "Paul Vasseur"))
    seance.deport("Bernard Lefebvre")

    with pytest.raises(RegleEnfreinte, match="quorum n'est pas atteint"):
        seance.voter(Vote(3, 0, 0))


def test_un_partage_rejette_sans_voix_preponderante(seance):
    seance.convoquer()
    seance.presents()

    assert not seance.voter(Vote(3, 3, 0)).adoptee


def test_un_second_vote_vaut_et_le_premier_reste(seance):
    seance.convoquer()
    seance.presents()
    seance.voter(Vote(1, 5, 0))
    seance.voter(Vote(5, 1, 0), pli=1)
    seance.clore()

    avis = queries.avis_de_la_commission(seance.consultation, None)
    assert (avis.pli, avis.adopte) == (seance.plis[1], True)
    assert seance.reunion.points.get().deliberations.count() == 2


def test_avant_la_cloture_la_commission_n_a_rien_dit(seance):
    seance.convoquer()
    seance.presents()
    seance.voter()

    assert queries.avis_de_la_commission(seance.consultation, None) is None


def test_une_offre_d_ailleurs_ne_se_met_pas_aux_voix(seance, monkeypatch):
    seance.convoquer()
    seance.presents()
    monkeypatch.setattr(
        "beffroi.faces.portail.analyse_pour_la_commission.Analyse.offres", lambda *_: []
    )

    with pytest.raises(RegleEnfreinte, match="pas de celles"):
        seance.voter()


def test_la_seconde_personne_a_clore_apprend_que_c_est_clos(seance):
    seance.convoquer()
    seance.presents()
    vue = seance.relue().version
    seance.clore(vue=vue)

    with pytest.raises(ConflitEtat, match="est close"):
        seance.clore(vue=vue, par=seance.scene.personne("helene"))


def test_on_ne_clot_pas_ce_qu_une_autre_personne_vient_de_changer(seance):
    seance.convoquer()
    seance.presents()
    vue = seance.relue().version
    seance.voter()

    with pytest.raises(ConflitEtat, match="vient de changer"):
        seance.clore(vue=vue)


@pytest.mark.moteurs
def test_clore_garde_le_proces_verbal_et_ses_empreintes_au_journal(seance):
    seance.convoquer()
    seance.presents()
    services.observer(
        reunion=seance.reunion,
        nom="Le comptable",
        texte="Crédits ouverts.",
        par=seance.martine,
        maintenant=TENUE_LE,
    )
    seance.voter()
    reunion = seance.clore()

    derniere = Ecriture.objects.order_by("numero").last()
    assert (derniere.acte, len(reunion.sha256_pdf)) == ("commission.clore", 64)
    assert reunion.odt and reunion.pdf


def test_la_base_refuse_de_changer_un_vote_ou_une_reunion_close(seance):
    seance.convoquer()
    seance.presents()
    seance.voter()
    seance.clore()

    for ordre in (
        "UPDATE commissions_deliberation SET pour = 9",
        "UPDATE commissions_reunion SET lieu = 'x'",
    ):
        with pytest.raises(Exception, match="ne se modifient pas"), transaction.atomic():
            with connection.cursor() as curseur:
                curseur.execute(ordre)


def test_un_exemplaire_signe_se_garde_une_fois(seance):
    seance.convoquer()
    seance.presents()
    seance.clore()
    depot = {
        "nom": "pv.pdf",
        "octets": b"%PDF-1.7 signe",
        "par": seance.martine,
        "maintenant": TENUE_LE,
    }
    reunion = services.deposer_l_exemplaire_signe(reunion=seance.reunion, **depot)

    assert reunion.nom_du_signe == "pv.pdf"
    with pytest.raises(ConflitEtat, match="déjà gardé"):
        services.deposer_l_exemplaire_signe(reunion=seance.reunion, **depot)
