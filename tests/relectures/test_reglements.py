"""Dix règlements entiers, en DOCX, en ODT et en PDF :
chaque défaut est trouvé, aucun sans défaut n'est bloqué.
"""

import pytest

from beffroi.achat.controles.rules import controler
from droit.en_vigueur import Droit
from formats.lecture.lire import lire_ici
from tests.relectures.reglements import recueil
from tests.relectures.reglements.recueil import MAINTENANT
from tests.relectures.reglements.rendus import rendre

SORTES = ("docx", "odt", "pdf")


def rapport(reglement):
    texte = lire_ici(rendre(reglement), f"rc.{reglement.sorte}")
    return controler(reglement.achat, texte, Droit.au(MAINTENANT.date()), MAINTENANT)


def bloquants(rapport):
    return {constat.code for constat in rapport.constats if constat.bloque}


@pytest.mark.parametrize("sorte", SORTES)
@pytest.mark.parametrize("reglement", recueil.SAINS, ids=lambda r: r.nom)
def test_un_reglement_sans_defaut_n_est_ni_bloque_ni_signale(reglement, sorte):
    joue = rapport(reglement.en(sorte))

    assert [(c.code, c.gravite.value, c.quoi, c.trouve) for c in joue.constats] == []


@pytest.mark.parametrize("sorte", SORTES)
@pytest.mark.parametrize("reglement", recueil.FAUTIFS, ids=lambda r: r.nom)
def test_chaque_defaut_connu_est_trouve_et_rien_d_autre_ne_bloque(reglement, sorte):
    joue = rapport(reglement.en(sorte))

    assert bloquants(joue) == reglement.bloquants
    assert reglement.signales <= {constat.code for constat in joue.constats}


@pytest.mark.parametrize("reglement", recueil.TOUS, ids=lambda r: r.nom)
def test_un_reglement_a_de_quatre_a_huit_pages(reglement):
    texte = lire_ici(rendre(reglement.en("pdf")))

    assert 4 <= texte.paragraphes[-1].page <= 8


@pytest.mark.parametrize("reglement", recueil.FAUTIFS, ids=lambda r: r.nom)
def test_un_defaut_du_texte_dit_ou_il_est(reglement):
    joue = rapport(reglement)
    du_texte = [constat for constat in joue.constats if constat.bloque and constat.paragraphe]

    assert du_texte
    assert all(constat.place and constat.trouve for constat in du_texte)
