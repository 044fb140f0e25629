"""Le règlement que l'outil écrit passe les contrôles RC-01 à RC-50, relu depuis son PDF et son ODT.

L'écriture et les contrôles ne partagent aucun code :
ce que l'une écrit, les autres doivent le retrouver dans le fichier.
"""

import pytest
from hypothesis import HealthCheck, given, settings

from beffroi.achat.controles.rules import controler
from beffroi.achat.controles.rules.publication import ce_qui_manque
from beffroi.achat.redaction import documents
from beffroi.achat.redaction.tests.achats import ACHATS, DROIT, MAINTENANT, MAPA, VIDE
from formats.document import odt, pdf
from formats.lecture import lire_document
from formats.lecture.lire import lire_ici
from tests.droit.redaction.strategies import achats
from tests.mesures.exemples import exemples

RENDUS = {"pdf": pdf, "odt": odt}


def ecarts(achat, texte):
    """Ce que le règlement ajoute aux constats de l'achat seul :
    absences, contradictions, articles, tout.
    """
    de_l_achat = controler(achat, None, DROIT, MAINTENANT).constats
    return [c for c in controler(achat, texte, DROIT, MAINTENANT).constats if c not in de_l_achat]


@pytest.mark.parametrize("sorte", RENDUS)
@pytest.mark.parametrize("achat", ACHATS.values(), ids=ACHATS)
def test_chaque_famille_se_relit_sans_ecart_ni_blocage(achat, sorte):
    texte = lire_document(
        RENDUS[sorte](documents.reglement(achat, DROIT, MAINTENANT)), f"reglement.{sorte}"
    )

    assert texte.est_entier
    assert ecarts(achat, texte) == []
    assert not controler(achat, texte, DROIT, MAINTENANT).bloque


@settings(max_examples=exemples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(achat=achats())
def test_tout_achat_licite_donne_un_reglement_sans_ecart(achat):
    reglement = documents.reglement(achat, DROIT, MAINTENANT)

    assert documents.a_completer(achat, DROIT, MAINTENANT) == ()
    assert {
        sorte: ecarts(achat, lire_ici(rendre(reglement), f"r.{sorte}"))
        for sorte, rendre in RENDUS.items()
    } == {
        "pdf": [],
        "odt": [],
    }


def test_un_reglement_a_completer_ne_contredit_pas_son_achat():
    texte = lire_ici(odt(documents.reglement(VIDE, DROIT, MAINTENANT)), "reglement.odt")

    assert {constat.code for constat in ecarts(VIDE, texte) if constat.place} == {"PUB-17"}


@pytest.mark.parametrize("sorte", RENDUS)
def test_chaque_trou_du_reglement_ecrit_se_retrouve_dans_son_fichier(sorte):
    reglement = documents.reglement(VIDE, DROIT, MAINTENANT)
    texte = lire_document(RENDUS[sorte](reglement), f"reglement.{sorte}")

    trouves = {ce_qui_manque(c.trouve) for c in ecarts(VIDE, texte) if c.code == "PUB-17"}
    assert trouves == {ce_qui_manque(manque.texte) for manque in reglement.manques()}


def test_le_controle_voit_un_reglement_qui_n_est_pas_celui_de_l_achat():
    """La preuve que ces tests peuvent échouer :
    le règlement d'un autre achat est plein d'écarts.
    """
    texte = lire_ici(odt(documents.reglement(ACHATS["aoo"], DROIT, MAINTENANT)), "reglement.odt")

    assert {"RC-19", "RC-33", "RC-37", "RC-39"} <= {constat.code for constat in ecarts(MAPA, texte)}
