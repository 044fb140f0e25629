"""Choisir une offre, y renoncer, en changer : une décision s'ajoute, et une seule vaut."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.attribution import queries, services
from beffroi.choix.attribution.models import Attribution
from beffroi.choix.attribution.queries import EtatDuLot, classement
from beffroi.choix.attribution.services import Remplacement
from beffroi.choix.attribution.tests.scene import DECISION_LE, MOTIF
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db


def test_une_offre_ouverte_se_choisit_et_le_choix_se_lit(ouvert):
    ouvert.attribuer()

    ligne = ouvert.lot()
    assert (ligne.noms, ligne.montant) == (ouvert.plis[0].equipe.nom, Decimal("41250.00"))
    assert (ligne.decidee_le, ligne.etat) == (DECISION_LE, EtatDuLot.A_NOTIFIER)
    assert len(ligne.a_prevenir) == 3


def test_avant_la_lettre_on_ne_signe_pas(ouvert):
    ouvert.attribuer()

    refus = queries.peut_signer(ouvert.consultation, None, le=DECISION_LE)

    assert not refus.favorable
    assert "2 entreprises non retenues ne sont pas encore prévenues" in refus.motifs[0].texte


def test_un_choix_sans_motif_ou_sans_montant_est_refuse(ouvert):
    with pytest.raises(RegleEnfreinte, match="Dites pourquoi"):
        ouvert.attribuer(motif="  ")
    with pytest.raises(RegleEnfreinte, match="montant"):
        ouvert.attribuer(montant=Decimal(0))


def test_la_seconde_personne_lit_ce_que_la_premiere_a_decide(ouvert):
    ouvert.attribuer()

    with pytest.raises(ConflitEtat, match=r"attribué à .* par Martine"):
        ouvert.attribuer(1, par=ouvert.helene)

    assert Attribution.objects.count() == 1


def test_la_base_refuse_deux_decisions_au_meme_rang(ouvert):
    premiere = ouvert.attribuer()

    with pytest.raises(IntegrityError), transaction.atomic():
        premiere.pk, premiere.reference = None, "AT-DOUBLE"
        premiere.save(force_insert=True)


def test_la_base_refuse_de_changer_un_montant_decide(ouvert):
    ouvert.attribuer()

    with pytest.raises(Exception, match="ne se modifient pas"), transaction.atomic():
        with connection.cursor() as curseur:
            curseur.execute("UPDATE attribution_attribution SET montant = 1")


def test_une_correction_remplace_la_decision_et_garde_la_premiere(ouvert):
    premiere = ouvert.attribuer()

    seconde = ouvert.remplacer(premiere)

    assert (seconde.rang, seconde.remplace) == (2, premiere)
    assert ouvert.lot().attribution == seconde
    assert queries.decisions_de(ouvert.consultation).count() == 2


def test_un_remplacement_sans_cause_est_refuse(ouvert):
    premiere = ouvert.attribuer()

    with pytest.raises(RegleEnfreinte, match="Dites pourquoi cette décision"):
        ouvert.attribuer(1, remplacement=Remplacement(premiere.reference))


def test_un_seul_acte_fait_une_seule_ecriture_au_journal(ouvert):
    avant = Ecriture.objects.count()

    ouvert.attribuer()

    assert list(Ecriture.objects.filter(numero__gte=avant).values_list("acte", flat=True))[-1:] == [
        "attribution.decider"
    ]


@pytest.mark.moteurs
def test_renoncer_a_tout_declare_la_consultation_sans_suite(ouvert):
    ouvert.renoncer()

    assert ouvert.consultation.etat == Consultation.Etat.SANS_SUITE
    assert "Le budget est réduit." in ouvert.consultation.motif_sans_suite


def test_infructueux_faute_d_offre_contredit_une_seance_qui_en_a_ouvert(ouvert):
    with pytest.raises(RegleEnfreinte, match="a ouvert 3 offres"):
        ouvert.renoncer("aucune_offre")


def test_a_deux_une_personne_propose_et_une_autre_valide(ouvert):
    _a_deux(ouvert)
    proposee = ouvert.attribuer()
    assert ouvert.lot().etat == EtatDuLot.PROPOSE

    with pytest.raises(RegleEnfreinte, match="décide à deux"):
        services.valider(attribution=proposee, par=ouvert.martine, maintenant=DECISION_LE)
    services.valider(attribution=proposee, par=ouvert.helene, maintenant=DECISION_LE)

    assert ouvert.lot().attribution == proposee


def test_deux_personnes_qui_valident_au_meme_instant_une_seule_y_parvient(ouvert):
    _a_deux(ouvert)
    proposee = ouvert.attribuer()
    services.valider(attribution=proposee, par=ouvert.helene, maintenant=DECISION_LE)

    with pytest.raises(ConflitEtat, match="par Hélène"):
        services.valider(
            attribution=proposee, par=ouvert.scene.personne("bernard"), maintenant=DECISION_LE
        )


@pytest.mark.moteurs
def test_une_proposition_rendue_se_refait(ouvert):
    _a_deux(ouvert)
    proposee = ouvert.attribuer()
    services.rendre(
        attribution=proposee, motif="Le montant est TTC.", par=ouvert.helene, maintenant=DECISION_LE
    )

    seconde = ouvert.attribuer(motif=MOTIF)

    assert (seconde.rang, ouvert.lot().proposition) == (1, seconde)


def _a_deux(ouvert) -> None:
    organisme = ouvert.scene.consultation.organisme
    organisme.publication_a_deux = True
    organisme.save(update_fields=["publication_a_deux"])


@pytest.mark.moteurs
def test_on_ne_remplace_pas_une_entreprise_defaillante_par_elle_meme(ouvert):
    premiere = ouvert.attribuer()

    with pytest.raises(RegleEnfreinte, match="celle que vous remplacez"):
        ouvert.remplacer(premiere, 0, cause="defaillance", montant=Decimal("39000.00"))
    assert ouvert.remplacer(premiere, 1, cause="defaillance").pli == ouvert.plis[1]


def classee(pli, *, variante=0, rang=None, elimination=""):
    return SimpleNamespace(
        pli=pli,
        variante=variante,
        rang=rang,
        elimination=elimination,
        notes=(),
        note=None,
        montant=None,
        ex_aequo=False,
        motif="",
    )


def test_une_variante_que_l_analyse_ignore_ne_contourne_pas_une_elimination(ouvert, monkeypatch):
    analyse = [classee(ouvert.plis[0], elimination="irreguliere"), classee(ouvert.plis[1], rang=1)]
    monkeypatch.setattr(classement, "classees", lambda consultation, lot: analyse)

    with pytest.raises(RegleEnfreinte, match="variante"):
        ouvert.attribuer(0, variante=1)
    with pytest.raises(RegleEnfreinte):
        ouvert.attribuer(0)
    assert ouvert.attribuer(1).classement == 1


def test_decider_avant_la_fin_du_classement_se_dit(ouvert, monkeypatch):
    analyse = [classee(ouvert.plis[0], rang=1), classee(ouvert.plis[1])]
    monkeypatch.setattr(classement, "classees", lambda consultation, lot: analyse)

    with pytest.raises(RegleEnfreinte, match="toutes leurs notes"):
        ouvert.attribuer(1)
    assert (
        ouvert.attribuer(1, motif_de_l_ecart="L'analyse se finit hors de la plateforme.").pli
        == ouvert.plis[1]
    )
