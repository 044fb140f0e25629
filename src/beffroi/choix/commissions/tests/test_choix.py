"""Ce que l'attribution et le contrat lisent de la commission :
son choix, une raison de s'en passer, son avis.
"""

from decimal import Decimal

import pytest

from beffroi.choix.commissions import ecrans, queries, services
from beffroi.choix.commissions.mots import Objet
from beffroi.choix.commissions.rules import Hausse, Vote
from beffroi.choix.commissions.services import Affaire
from beffroi.choix.commissions.tests.scene import TENUE_LE
from beffroi.socle.fondations.erreurs import RegleEnfreinte

pytestmark = pytest.mark.django_db
HAUSSE = Hausse(Decimal(100), Decimal(100), Decimal(106))


def permis(seance, pli=0, *, remplace=False):
    return queries.choix_permis(
        seance.consultation, None, pli=seance.plis[pli], variante=0, remplace=remplace
    )


def tenue(seance, **options):
    seance.convoquer(**options)
    seance.presents()
    return seance


def test_avant_la_reunion_rien_ne_s_attribue_et_la_page_de_suivi_l_attend(seance):
    assert not permis(seance).favorable
    assert ecrans.etape(seance.consultation, le=TENUE_LE).attend


def test_le_choix_de_la_commission_se_suit_et_lui_seul(seance):
    tenue(seance).voter(pli=1)
    seance.clore()

    assert permis(seance, 1).favorable
    assert "Adopté : 6 pour" in str(permis(seance, 0).motifs[0])
    assert permis(seance, 0, remplace=True).favorable
    assert not ecrans.etape(seance.consultation, le=TENUE_LE).attend


def test_un_choix_rejete_n_en_est_pas_un(seance):
    tenue(seance).voter(Vote(1, 5, 0))
    seance.clore()

    assert not permis(seance).favorable


def test_une_dispense_se_motive_et_permet_d_attribuer(seance):
    acte = {
        "consultation": seance.consultation,
        "lot": None,
        "par": seance.martine,
        "maintenant": TENUE_LE,
    }
    with pytest.raises(RegleEnfreinte, match="Dites pourquoi"):
        services.dispenser(motif=" ", **acte)
    services.dispenser(motif="Urgence impérieuse : la digue cède.", **acte)

    assert permis(seance).favorable


def test_une_procedure_adaptee_n_exige_rien(seance):
    seance.scene.consultation.type_de_procedure = "procedure_adaptee_ouverte"
    seance.scene.consultation.save(update_fields=["type_de_procedure"])

    assert permis(seance).favorable
    assert ecrans.etape(seance.consultation, le=TENUE_LE) is None


def test_une_hausse_de_plus_de_cinq_pour_cent_attend_l_avis_puis_passe(seance):
    def permise(depuis=None):
        return queries.modification_permise(
            seance.consultation, None, HAUSSE, depuis=depuis
        ).favorable

    assert not permise()
    tenue(seance, affaires=[Affaire(seance.consultation, objet=Objet.MODIFICATION)])
    seance.voter(pli=None, proposition="Avis favorable")
    seance.clore()

    assert permise()
    assert not permise(depuis=TENUE_LE)


def test_une_modification_ne_choisit_pas_d_offre(seance):
    tenue(seance, affaires=[Affaire(seance.consultation, objet=Objet.MODIFICATION)])

    with pytest.raises(RegleEnfreinte, match="ne choisit pas d'offre"):
        seance.voter(pli=0)
