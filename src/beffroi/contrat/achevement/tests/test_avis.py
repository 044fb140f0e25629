"""De l'attribution et du contrat à l'avis d'attribution : assemblé, écrit, envoyé ;
son délai s'arrête, et reprend.
"""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from beffroi.contrat.achevement.assemblage import assembler
from beffroi.contrat.achevement.models import ContratAnnonce
from beffroi.contrat.achevement.rules.attribution import Delai
from beffroi.contrat.achevement.suite import du_contrat, etape_de_l_avis
from beffroi.contrat.achevement.tests.scene import REJET, SIGNE_LE
from beffroi.contrat.marches.models import Marche
from beffroi.publicite.avis import queries as avis_queries
from beffroi.publicite.avis import services as avis_services
from beffroi.publicite.avis.supports import publicite_de
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture
from formats.avis import prevalider_l_attribution

pytestmark = pytest.mark.django_db
TRENTE_JOURS = timedelta(days=30)


def relu(conclu) -> Marche:
    return Marche.toutes.get(pk=conclu.marche.pk)


def test_l_avis_assemble_ce_que_l_attribution_et_le_contrat_savent(conclu):
    tire = assembler(
        conclu.consultation, conclu.lots(), conclu.complements(), forme="europeenne", le=SIGNE_LE
    )
    attribue, abandonne = tire.resultats

    assert (tire.avis.sous_type, attribue.offre.montant_ht) == ("29", Decimal("41250.00"))
    assert attribue.offre.titulaires[0].organisation.nom == "Atelier du Faîtage"
    assert (attribue.contrat.numero, attribue.contrat.signe_le) == ("2026-014", SIGNE_LE.date())
    assert (attribue.offres.recues, abandonne.offre, abandonne.motif) == (3, None, "ins-fund")
    assert prevalider_l_attribution(tire) == []


def test_un_avis_ou_une_mention_manque_est_refuse_avec_son_remede(conclu):
    siret = conclu.marche.titulaires.get().siret

    with pytest.raises(RegleEnfreinte) as refus:
        conclu.ecrire(**{f"taille_{siret}": ""})
    assert "Choisissez : micro, petite, moyenne ou grande entreprise." in str(refus.value.motifs[0])


def test_un_lot_dont_le_contrat_n_est_pas_signe_ne_s_annonce_pas(conclu):
    Marche.toutes.filter(pk=conclu.marche.pk).update(etat="abandonne", signe_le=None)

    with pytest.raises(ConflitEtat, match="plus de contrat signé"):
        conclu.ecrire(numeros=(1,))


@pytest.mark.article("CCP", "R. 2183-5")
def test_l_avis_ecrit_dit_pourquoi_non_et_jamais_les_prix_des_autres(conclu):
    ecrit = conclu.ecrire()

    assert "Titulaire : Atelier du Faîtage" in ecrit.texte and "Crédits insuffisants" in ecrit.texte
    assert REJET not in ecrit.texte and "ContractAwardNotice" in ecrit.xml
    assert Ecriture.objects.filter(acte="achevement.annoncer_l_attribution").exists()


def test_le_delai_court_de_la_signature_et_s_arrete_a_l_envoi(conclu):
    assert (conclu.lots()[0].delai.delai, conclu.lots()[0].delai.jour) == (
        Delai.COURT,
        date(2027, 3, 1),
    )
    conclu.envoyer(conclu.ecrire())

    assert relu(conclu).avis_d_attribution_le == SIGNE_LE.date()
    assert conclu.lots()[0].delai.phrase == "Envoyé le 30 janvier 2027, dans le délai."


def test_passe_le_trentieme_jour_le_retard_se_compte_et_se_dit(conclu):
    tard = SIGNE_LE + TRENTE_JOURS + timedelta(days=4)
    delai = conclu.lots(le=tard)[0].delai

    assert (delai.delai, delai.phrase) == (
        Delai.DEPASSE,
        "En retard de 4 jours : l'avis devait partir au plus tard le 1er mars 2027.",
    )
    assert etape_de_l_avis(conclu.consultation, le=tard).attend


def test_un_avis_national_n_arrete_pas_le_delai_de_celui_que_l_europe_exige(conclu):
    conclu.envoyer(conclu.ecrire(forme="nationale"), support="boamp")

    assert relu(conclu).avis_d_attribution_le is None


@pytest.mark.moteurs
def test_refuse_par_son_support_l_avis_est_a_envoyer_de_nouveau(conclu):
    parution = conclu.envoyer(conclu.ecrire())
    avis_services.constater_le_refus(
        parution=parution,
        motif="Champ BT-702 absent.",
        par=PLATEFORME,
        maintenant=SIGNE_LE + timedelta(hours=2),
    )

    assert relu(conclu).avis_d_attribution_le is None
    assert Ecriture.objects.filter(
        acte="marche.defaire_l_avis", sujet=conclu.marche.reference
    ).exists()


def test_un_avis_des_memes_lots_remplace_celui_qui_n_est_pas_parti(conclu):
    premier = conclu.ecrire()
    parution = avis_services.preparer_une_parution(
        avis=premier, support="joue", voie="manuelle", par=PLATEFORME, maintenant=SIGNE_LE
    )
    second = conclu.ecrire(pme_1=1, le=SIGNE_LE + timedelta(minutes=5))
    parution.refresh_from_db()

    assert parution.avis == second
    assert (
        not avis_queries.peut_partir(premier).favorable
        and avis_queries.peut_partir(second).favorable
    )


def test_l_avis_d_un_autre_lot_ne_remplace_rien(conclu):
    premier = conclu.ecrire(numeros=(1,))
    conclu.ecrire(numeros=(2,), le=SIGNE_LE + timedelta(minutes=5))

    assert avis_queries.peut_partir(premier).favorable
    assert ContratAnnonce.objects.count() == 1


def test_l_avis_n_est_public_qu_une_fois_parti_et_n_est_pas_un_appel_a_concourir(conclu):
    ecrit = conclu.ecrire()

    assert ecrit not in avis_queries.avis_publics(conclu.consultation)
    assert ecrit not in avis_queries.avis_de(conclu.consultation)
    conclu.envoyer(ecrit)
    assert ecrit in avis_queries.avis_publics(conclu.consultation)


def test_la_page_du_contrat_mene_a_l_avis_et_dit_le_retard(conclu):
    tard = SIGNE_LE + TRENTE_JOURS + timedelta(days=1)
    suites = du_contrat(relu(conclu), le=tard)

    assert [(suite.titre, suite.mot) for suite in suites] == [
        ("Avis d'attribution", "En retard"),
        ("Rapport de présentation", "À établir"),
    ]


def test_un_avis_d_attribution_se_voit_offrir_ses_supports(conclu):
    europeen, national = conclu.ecrire(), conclu.ecrire(forme="nationale")
    possible = publicite_de(conclu.consultation, le=SIGNE_LE)

    assert set(possible.pour(europeen)) == {"joue", "boamp"}
    assert set(possible.pour(national)) == {"boamp", "jal", "presse"}
