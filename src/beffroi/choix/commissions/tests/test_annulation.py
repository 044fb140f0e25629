"""Annuler une réunion convoquée, ou la reporter :
chacun l'apprend, elle reste, et plus rien ne s'y fait.
"""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from beffroi.choix.commissions import a_faire, ecrans, services
from beffroi.choix.commissions.models import Annulation, Reunion
from beffroi.choix.commissions.services import Affaire
from beffroi.choix.commissions.tests.scene import CONVOQUEE_LE, TENUE_LE
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db
MOTIF = "La salle est inondée."
VEILLE = TENUE_LE - timedelta(days=1)


def annuler(seance, *, motif=MOTIF, le=VEILLE, reportee_au=None) -> Annulation:
    return services.annuler(
        reunion=seance.reunion,
        motif=motif,
        reportee_au=reportee_au,
        par=seance.martine,
        maintenant=le,
    )


def test_chacun_de_ceux_qui_etaient_convoques_l_apprend_avec_la_raison(seance):
    seance.convoquer()
    annuler(seance)

    convoques, prevenus = (
        set(
            Courriel.objects.filter(cle__startswith=f"{sorte}-de-commission").values_list(
                "destinataire", flat=True
            )
        )
        for sorte in ("convocation", "annulation")
    )
    assert len(prevenus) == 8 and convoques == prevenus
    textes = Courriel.objects.filter(cle__startswith="annulation").values_list("texte", flat=True)
    assert all(
        MOTIF in texte and "Aucune nouvelle date" in texte and "Faîtage" not in texte
        for texte in textes
    )


def test_la_reunion_reste_au_registre_annulee_et_le_journal_dit_pourquoi(seance):
    seance.convoquer()
    annuler(seance)

    [(lue, etat)] = ecrans.commission(seance.commission)["reunions"]
    assert (lue, etat.mot, lue.sieges.count()) == (seance.reunion, "Annulée", 12)
    derniere = Ecriture.objects.order_by("numero").last()
    assert derniere.acte == "commission.annuler_la_reunion" and MOTIF in derniere.contenu


def test_reporter_prepare_le_meme_ordre_du_jour_qui_se_convoque_de_nouveau(seance):
    seance.convoquer(a_distance=True)
    suivante = annuler(seance, reportee_au=TENUE_LE + timedelta(days=9)).reportee_en

    assert (suivante.convoquee_le, suivante.lieu, suivante.a_distance) == (
        None,
        "Salle du conseil",
        True,
    )
    assert [point.consultation for point in suivante.points.all()] == [seance.consultation]
    services.convoquer(reunion=suivante, motif="", par=seance.martine, maintenant=VEILLE)
    assert (
        "nouvelle convocation"
        in Courriel.objects.filter(cle__startswith="annulation").first().texte
    )


@pytest.mark.parametrize(
    "ecart,dit",
    [({"motif": " "}, "Dites pourquoi"), ({"reportee_au": VEILLE}, "déjà passé")],
    ids=["raison", "jour"],
)
def test_une_annulation_se_motive_et_se_reporte_a_un_jour_a_venir(seance, ecart, dit):
    seance.convoquer()

    with pytest.raises(RegleEnfreinte, match=dit):
        annuler(seance, **ecart)


def test_une_reunion_qui_a_vote_ou_qui_n_est_pas_convoquee_ne_s_annule_pas(seance):
    seance.preparer()
    with pytest.raises(RegleEnfreinte, match="n'est pas partie"):
        annuler(seance)
    seance.convoquer()
    seance.presents()
    seance.voter()

    with pytest.raises(RegleEnfreinte, match="s'est tenue"):
        annuler(seance, le=TENUE_LE)


def test_annulee_plus_rien_ne_s_y_fait_et_elle_ne_s_annule_pas_deux_fois(seance):
    seance.convoquer()
    annuler(seance)

    for acte in (seance.presents, seance.clore, lambda: annuler(seance)):
        with pytest.raises(ConflitEtat, match="annulée"):
            acte()
    with pytest.raises(ConflitEtat, match="ne change plus"):
        services.preparer_une_reunion(
            commission=seance.commission,
            projet=services.ProjetDeReunion(TENUE_LE, "Ailleurs", [Affaire(seance.consultation)]),
            par=seance.martine,
            maintenant=CONVOQUEE_LE,
            reunion=seance.reunion,
        )


@pytest.mark.moteurs
def test_une_seconde_convocation_annulee_peut_se_reprendre(seance):
    seance.convoquer()
    seance.presents(absents=("Bernard Lefebvre", "Odette Brame", "Paul Vasseur"))
    premiere, plus_tard = seance.clore(), TENUE_LE + timedelta(days=8)
    seance.preparer(le=plus_tard, suite_de=premiere)
    seance.reunion = services.convoquer(
        reunion=seance.reunion, motif="", par=seance.martine, maintenant=TENUE_LE
    )
    assert ecrans.a_mettre_a_l_ordre_du_jour(seance.commission)["sans_quorum"] == []
    annuler(seance, le=TENUE_LE + timedelta(days=1))

    assert ecrans.a_mettre_a_l_ordre_du_jour(seance.commission)["sans_quorum"] == [premiere]


def test_un_membre_lit_que_sa_reunion_ne_se_tient_pas_et_n_y_est_plus_attendu(seance, monkeypatch):
    monkeypatch.setattr("beffroi.choix.commissions.views.membre.maintenant", lambda: VEILLE)
    bernard, reunions_a_tenir = seance.scene.personne("bernard"), a_faire.reunions_a_tenir
    seance.convoquer(a_distance=True)
    assert len(list(reunions_a_tenir(bernard, le=VEILLE))) == 1
    annuler(seance, reportee_au=TENUE_LE + timedelta(days=9))

    page = connecter(Client(), bernard).get(
        reverse("commissions:ma_reunion", args=(seance.reunion.reference,))
    )
    lue = page.content.decode()
    assert MOTIF in lue and not [
        mot for mot in ("Me retirer", "délibérer à distance", "encore validé") if mot in lue
    ]
    assert not list(reunions_a_tenir(bernard, le=VEILLE))


def test_l_ecran_annule_reporte_et_garde_ce_qui_est_tape(seance, monkeypatch):
    monkeypatch.setattr("beffroi.choix.commissions.views.reunion.maintenant", lambda: VEILLE)
    seance.convoquer()
    martine, adresse = (
        connecter(Client(), seance.martine),
        f"/commissions/reunions/{seance.reunion.reference}/annuler/",
    )
    refuse = martine.post(
        adresse, {"motif": MOTIF, "jour_reportee": "2030-05-14", "heure_reportee": ""}
    )

    assert (refuse.status_code, MOTIF in refuse.content.decode()) == (422, True)
    assert martine.post(adresse, {"motif": MOTIF}).status_code == 302
    assert martine.get(adresse).status_code == 409
    lue = martine.get(adresse.replace("annuler/", "")).content.decode()
    assert "La réunion est annulée" in lue and "Pas voté" in lue and "Pas encore voté" not in lue


def test_la_base_refuse_de_changer_une_annulation(seance):
    seance.convoquer()
    annuler(seance)

    for ordre in (
        "UPDATE commissions_annulation SET motif = 'x'",
        "DELETE FROM commissions_annulation",
    ):
        with pytest.raises(Exception, match="ne se modifient pas"), transaction.atomic():
            connection.cursor().execute(ordre)
    assert Reunion.objects.get().annulee.motif == MOTIF
