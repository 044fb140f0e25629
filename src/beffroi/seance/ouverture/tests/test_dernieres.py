"""Avant la première ouverture, le journal sait combien de réponses étaient arrivées ;
aucune reçue à temps ne se perd.
"""

from datetime import timedelta

import pytest

from beffroi.achat.consultations.models import Consultation
from beffroi.reponse.registre_des_depots.relecture_des_clotures import (
    fautes_des_clotures,
    inscrites_apres_la_cloture,
)
from beffroi.seance.ouverture import services
from beffroi.seance.ouverture.models import Seance
from beffroi.seance.ouverture.tests import factories
from beffroi.seance.ouverture.tests.factories import LIMITE, SEANCE_LE
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.verification import relire_les_lignes
from demo.cles import CAPACITE

pytestmark = pytest.mark.django_db
A_TEMPS = LIMITE - timedelta(seconds=1)
FIN = SEANCE_LE + timedelta(hours=1)


def actes(*voulus: str) -> list[str]:
    return list(
        Ecriture.objects.filter(acte__in=voulus).order_by("numero").values_list("acte", flat=True)
    )


def clore(seance: Seance) -> Seance:
    return services.clore(seance=seance, par=seance.presidee_par, maintenant=FIN)


def a_ouvrir(seance: Seance) -> list[tuple[int, str]]:
    return list(seance.ouvertures.filter(etat="scellee").values_list("rang", "pli__reference"))


def incidents(seance: Seance) -> str:
    seance.refresh_from_db()
    return " ".join(incident["texte"] for incident in seance.incidents)


def fautes() -> list[str]:
    return [
        constat.quoi
        for constat in (*fautes_des_clotures(), *relire_les_lignes())
        if not constat.bon
    ]


def test_entrer_en_seance_note_d_abord_la_cloture_et_son_nombre(scene):
    scene.repond()
    seance = factories.seance_ouverte(scene)
    factories.ouvrir_tout(seance)

    contenu = Ecriture.objects.get(acte="consultation.clore").contenu
    suite = [
        "consultation.clore",
        "seance.tourner_les_cles",
        "consultation.entrer_en_seance",
        "enveloppe.ouverte",
    ]
    assert actes(*suite) == [*suite, "enveloppe.ouverte"]
    assert '"plis":1' in contenu and f'"date_limite":"{LIMITE.isoformat()}"' in contenu
    assert Consultation.toutes.get(pk=scene.consultation.pk).close_le == SEANCE_LE
    assert fautes() == []


def test_emporter_les_plis_note_d_abord_la_cloture(scene):
    scene.repond()
    seance = factories.seance_installee(scene)

    services.emporter_les_plis(seance=seance, par=seance.presidee_par, maintenant=SEANCE_LE)

    suite = ["consultation.clore", "seance.plis_emportes"]
    assert actes(*suite) == suite


def test_reprendre_apres_une_suspension_ne_note_pas_deux_fois_la_cloture(scene):
    scene.repond()
    seance = factories.seance_ouverte(scene)
    seance = services.suspendre(
        seance=seance, raison="Déjeuner", par=seance.presidee_par, maintenant=SEANCE_LE
    )

    factories.tourner(scene, seance)

    assert actes("consultation.clore") == ["consultation.clore"]


def test_un_report_accorde_a_l_instant_empeche_de_tourner_les_cles(scene):
    """La séance a lu l'ancienne heure ; la nouvelle se relit sous verrou."""
    seance = factories.seance_installee(scene)
    factories.presenter_les_cles(scene, seance)
    assert seance.limite == LIMITE
    Consultation.toutes.filter(pk=scene.consultation.pk).update(
        date_limite_remise=SEANCE_LE + timedelta(days=3)
    )

    with pytest.raises(RegleEnfreinte, match="heure limite n'est pas passée"):
        services.tourner_les_cles(
            seance=seance,
            graines={},
            avec_sa_part=True,
            capacite=CAPACITE,
            par=seance.presidee_par,
            maintenant=SEANCE_LE,
        )

    assert actes("consultation.clore") == []


def test_une_reponse_inscrite_apres_l_installation_s_ouvre_avec_les_autres(scene):
    scene.repond()
    seance = factories.seance_installee(scene)
    derniere = scene.repond("zoe", "zingueurs", le=A_TEMPS)

    seance = factories.tourner(scene, seance)

    assert [reference for _, reference in a_ouvrir(seance)][2:] == [derniere.reference] * 2
    assert [rang for rang, _ in a_ouvrir(seance)] == [1, 2, 3, 4]
    assert f"{derniere.reference}, reçue à 11:59:59,000, dans les délais" in incidents(seance)
    assert fautes() == []


def test_une_reponse_inscrite_pendant_la_seance_se_compte_et_reste_a_ouvrir(scene):
    scene.repond()
    seance = factories.seance_ouverte(scene)
    derniere = scene.repond("zoe", "zingueurs", le=A_TEMPS)
    factories.ouvrir_tout(seance)

    with pytest.raises(RegleEnfreinte, match="Il reste 2 enveloppes à ouvrir"):
        clore(seance)

    assert [reference for _, reference in a_ouvrir(seance)] == [derniere.reference] * 2
    factories.ouvrir_tout(seance)
    assert clore(seance).etat == Seance.Etat.CLOSE
    assert derniere.reference in incidents(seance)
    assert fautes() == []


def test_une_enveloppe_que_la_liste_n_a_pas_encore_empeche_de_clore(scene, monkeypatch):
    """Elle s'est inscrite entre la mise à jour de la liste et la clôture : la clôture la voit."""
    scene.repond()
    seance = factories.seance_ouverte(scene)
    factories.ouvrir_tout(seance)
    scene.repond("zoe", "zingueurs", le=A_TEMPS)
    monkeypatch.setattr(
        services.cloture, "accueillir_les_dernieres", lambda *, seance, maintenant: seance
    )

    with pytest.raises(RegleEnfreinte, match="Il reste 2 enveloppes à ouvrir"):
        clore(seance)


@pytest.mark.moteurs
def test_ce_qu_une_reponse_a_temps_remplace_ne_s_ouvre_plus(scene):
    premiere, autre = (
        scene.repond(),
        scene.repond("zoe", "zingueurs", le=LIMITE - timedelta(hours=1)),
    )
    seance = factories.seance_ouverte(scene)
    derniere = scene.repond(le=A_TEMPS)

    with pytest.raises(RegleEnfreinte, match="remplacée par une autre"):
        factories.ouvrir_tout(seance)
    with pytest.raises(RegleEnfreinte, match="Il reste 4 enveloppes à ouvrir"):
        clore(seance)

    attendues = [derniere.reference] * 2 + [autre.reference] * 2
    assert a_ouvrir(seance) == list(enumerate(attendues, start=1))
    assert f"{premiere.reference} est remplacée par une autre" in incidents(seance)
    assert fautes() == []


def test_une_seance_complementaire_garde_les_reponses_qu_elle_a_choisies(scene):
    premiere = scene.repond()
    scene.repond(le=A_TEMPS)
    premiere.refresh_from_db()
    seance = factories.seance_installee(
        scene, plis=[premiere], justification="Comparer les deux offres."
    )

    factories.ouvrir_tout(factories.tourner(scene, seance))

    assert set(seance.ouvertures.values_list("pli__reference", "etat")) == {
        (premiere.reference, "ouverte")
    }


def test_une_reponse_inscrite_apres_la_seance_s_ouvre_a_la_suivante(scene):
    scene.repond()
    seance = factories.seance_ouverte(scene)
    factories.ouvrir_tout(seance)
    clore(seance)
    derniere = scene.repond("zoe", "zingueurs", le=A_TEMPS)

    suivante = factories.seance_installee(scene)

    assert [reference for _, reference in a_ouvrir(suivante)] == [derniere.reference] * 2
    assert fautes() == []


@pytest.mark.parametrize("ouvrir,quand", [(False, "avant"), (True, "après")])
def test_la_relecture_dit_si_une_enveloppe_etait_deja_ouverte(scene, ouvrir, quand):
    scene.repond()
    seance = factories.seance_ouverte(scene)
    if ouvrir:
        factories.ouvrir_tout(seance)
    derniere = scene.repond("zoe", "zingueurs", le=A_TEMPS)

    [constat] = inscrites_apres_la_cloture()

    assert constat.bon and constat.quoi.startswith(f"{derniere.reference}, reçue à temps")
    assert f"et {quand} la première ouverture" in constat.quoi
