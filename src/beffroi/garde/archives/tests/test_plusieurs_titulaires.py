"""Un accord-cadre à plusieurs titulaires : l'offre de chacun se garde avec le contrat."""

import json

import pytest

from beffroi.contrat.engagements.tests import scene
from beffroi.contrat.marches import archivage
from beffroi.garde.archives.dossier import dossier_de
from beffroi.garde.archives.rules import Sort, sort_final
from formats.versement import Sorte


@pytest.mark.article("CCP", "R. 2184-13")
def test_l_offre_de_chaque_titulaire_se_garde_avec_l_accord_cadre(
    offres_de_l_accord_cadre, accord_cadre
):
    dossier = dossier_de(accord_cadre.consultation)

    sorts = {
        sort_final(Sorte.OFFRE, dossier, pli=pli.reference)
        for pli in offres_de_l_accord_cadre.plis[:2]
    }

    assert sorts == {Sort.CONSERVER}


@pytest.mark.article("CCP", "R. 2184-12")
def test_l_offre_de_qui_n_est_pas_titulaire_s_elimine(offres_de_l_accord_cadre, accord_cadre):
    dossier = dossier_de(accord_cadre.consultation)
    titulaires = {pli.reference for pli in offres_de_l_accord_cadre.plis[:2]}

    [contrat] = dossier.contrats

    assert contrat.plis == titulaires
    assert sort_final(Sorte.OFFRE, dossier, pli="une-autre") == Sort.ELIMINER


def test_le_contrat_archive_dit_ce_que_chaque_titulaire_a_signe(
    offres_de_l_accord_cadre, accord_cadre
):
    premier, _ = scene.deux(accord_cadre)
    scene.signe(premier, "titulaire")

    [contrat, *_] = archivage._contrats(type(accord_cadre).toutes.filter(pk=accord_cadre.pk))

    dits = json.loads(b"".join(contrat.ouvrir()))["engagements"]
    assert [dit["montant"] for dit in dits] == ["41250.00", "38000.00"]
    assert [dit["titulaire_le"] for dit in dits] == [scene.LE.date().isoformat(), None]
