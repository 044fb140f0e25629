"""Un accord-cadre à plusieurs titulaires : l'offre de chacun se garde avec le contrat."""

import json

import pytest

from beffroi.contrat.engagements.tests import scene
from beffroi.contrat.engagements.tests.conftest import commune, deja_ouvert, marche, ouvert  # noqa: F401
from beffroi.contrat.marches import archivage
from beffroi.garde.archives.dossier import dossier_de
from beffroi.garde.archives.rules import Sort, sort_final
from formats.versement import Sorte


@pytest.mark.article("CCP", "R. 2184-13")
def test_l_offre_de_chaque_titulaire_se_garde_avec_l_accord_cadre(ouvert, marche):  # noqa: F811
    dossier = dossier_de(marche.consultation)

    sorts = {sort_final(Sorte.OFFRE, dossier, pli=pli.reference) for pli in ouvert.plis[:2]}

    assert sorts == {Sort.CONSERVER}


@pytest.mark.article("CCP", "R. 2184-12")
def test_l_offre_de_qui_n_est_pas_titulaire_s_elimine(ouvert, marche):  # noqa: F811
    dossier = dossier_de(marche.consultation)
    titulaires = {pli.reference for pli in ouvert.plis[:2]}

    [contrat] = dossier.contrats

    assert contrat.plis == titulaires
    assert sort_final(Sorte.OFFRE, dossier, pli="une-autre") == Sort.ELIMINER


def test_le_contrat_archive_dit_ce_que_chaque_titulaire_a_signe(ouvert, marche):  # noqa: F811
    premier, _ = scene.deux(marche)
    scene.signe(premier, "titulaire")

    [contrat, *_] = archivage._contrats(type(marche).toutes.filter(pk=marche.pk))

    dits = json.loads(b"".join(contrat.ouvrir()))["engagements"]
    assert [dit["montant"] for dit in dits] == ["41250.00", "38000.00"]
    assert [dit["titulaire_le"] for dit in dits] == [scene.LE.date().isoformat(), None]
