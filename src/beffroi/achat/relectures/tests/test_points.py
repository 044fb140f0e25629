"""Le pupitre du juriste : chaque point des contrôles se retient, s'écarte, ou reste dit ouvert."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from beffroi.achat.consultations.models import PieceDce
from beffroi.achat.relectures import points, rapport, services
from beffroi.achat.relectures.models import DecisionSurUnConstat
from beffroi.achat.relectures.tests.test_views import chez_l_acheteur, prise
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.socle.fondations.erreurs import ConflitEtat
from beffroi.socle.journal.models import Ecriture

MOTIF = "Usage de la commune, à ce montant."


@pytest.fixture
def relecture(martine, claire, consultation):
    return prise(martine, claire, consultation)


def adresse(relecture, suite=""):
    return f"/cdg/relectures/{relecture.reference}/{suite}"


def decider(client, relecture, point, issue, motif=""):
    return client.post(
        adresse(relecture, f"points/{point['empreinte']}/"), {"issue": issue, "motif": motif}
    )


def lue(client, relecture):
    return client.get(adresse(relecture)).content.decode()


@pytest.mark.moteurs
def test_retenir_ecarter_revenir(claire, relecture):
    premier, deuxieme = points.points(relecture)[:2]
    decider(claire, relecture, premier, "retenu")
    decider(claire, relecture, deuxieme, "ecarte", MOTIF)
    assert "1 retenu, 1 écarté" in points.resume(points.points(relecture))
    assert "Claire Dubois" in lue(claire, relecture) and "Revenir dessus" in lue(claire, relecture)

    claire.post(adresse(relecture, f"points/{premier['empreinte']}/revenir/"))
    assert relecture.decisions.get().code == deuxieme["code"]
    actes = Ecriture.objects.filter(acte__startswith="relecture.").values_list("acte", flat=True)
    assert [*actes].count("relecture.decider_d_un_constat") == 2
    assert "relecture.revenir_sur_un_constat" in actes


def test_ecarter_sans_dire_pourquoi_se_refuse_et_garde_ce_qui_etait_tape(claire, relecture):
    point = points.points(relecture)[0]
    reponse = decider(claire, relecture, point, "ecarte", "bof")
    page = reponse.content.decode().replace("’", "'")

    assert reponse.status_code == 422 and not relecture.decisions.exists()
    assert "pourquoi vous écartez ce point" in page and ">bof</textarea>" in page
    champs = {"relecture": relecture, "code": "RC-01", "empreinte": "0" * 64, "issue": "ecarte"}
    with pytest.raises(IntegrityError), transaction.atomic():
        DecisionSurUnConstat.objects.create(
            **champs, par=relecture.demandee_par, le=relecture.demandee_le
        )


def test_un_point_qui_n_est_pas_de_cette_version_ne_se_decide_pas(claire, relecture):
    inconnu = {"empreinte": "0" * 64}

    assert decider(claire, relecture, inconnu, "retenu").status_code == 409
    assert claire.post(adresse(relecture, f"points/{'0' * 64}/revenir/")).status_code == 409
    assert decider(claire, relecture, points.points(relecture)[0], "autre").status_code == 422


def test_un_avis_conforme_ne_laisse_pas_de_point_retenu(claire, relecture):
    decider(claire, relecture, points.points(relecture)[0], "retenu")
    conforme = {"avis": "conforme", "observation": ""}

    assert claire.post(adresse(relecture, "rendre/"), conforme).status_code == 422
    reserve = {"avis": "conforme_sous_reserve", "observation": ""}
    assert claire.post(adresse(relecture, "rendre/"), reserve).status_code == 302


def test_rendu_l_acheteur_lit_chaque_decision_et_rien_ne_change_plus(
    martine, claire, consultation, relecture
):
    premier, deuxieme = points.points(relecture)[:2]
    decider(claire, relecture, premier, "ecarte", MOTIF)
    claire.post(
        adresse(relecture, "rendre/"), {"avis": "a_corriger", "observation": "Voir les heures."}
    )
    relecture.refresh_from_db()

    page = martine.get(chez_l_acheteur(consultation, f"{relecture.reference}/")).content.decode()
    assert MOTIF in page.replace("\N{NO-BREAK SPACE}", " ") and "Ouvert" in page
    assert "Retenir" not in page
    assert MOTIF.removesuffix(".") in str(rapport.document(relecture).chapitres)
    with pytest.raises(ConflitEtat):
        services.decider_d_un_constat(
            relecture=relecture,
            constat=deuxieme,
            issue="retenu",
            motif="",
            par=relecture.prise_par,
            maintenant=relecture.rendue_le,
        )


def test_l_original_et_les_autres_pieces_s_ouvrent_au_juriste_seul(
    martine, claire, scene, relecture
):
    piece = PieceDce.objects.get(reference=relecture.document.reference)
    ouverte = claire.get(adresse(relecture, f"pieces/{piece.reference}/"))

    assert b"".join(ouverte.streaming_content).startswith(b"PK")
    assert "reglement.docx" in ouverte["Content-Disposition"]
    assert piece.reference in lue(claire, relecture)
    assert martine.get(adresse(relecture, f"pieces/{piece.reference}/")).status_code == 404
    assert connecter(Client(), scene.martine).get(adresse(relecture)).status_code == 404


def test_une_piece_d_une_autre_consultation_ne_s_ouvre_pas(claire, relecture):
    assert claire.get(adresse(relecture, "pieces/P-22222222/")).status_code == 404


def test_commenter_un_passage_en_propose_le_numero(claire, relecture):
    page = claire.get(adresse(relecture, "?paragraphe=1")).content.decode()

    assert 'name="paragraphe" value="1"' in page
    assert claire.get(adresse(relecture, "?paragraphe=abc")).status_code == 200
