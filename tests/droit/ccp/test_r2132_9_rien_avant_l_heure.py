"""CCP, art. R. 2132-9. L'acheteur n'apprend le contenu des candidatures et des offres qu'à
l'expiration du délai prévu pour les remettre.

Une heure limite sonne à la seconde, et finit avec elle : à l'heure dite, rien encore ; juste après,
tout. Chaque porte se ferme seule : la séance, l'enveloppe, le fichier scellé, le registre.
"""

from datetime import timedelta

import pytest

from beffroi.achat.consultations.models import Consultation
from beffroi.reponse.depots import coffre as plis
from beffroi.reponse.depots.models import FichierScelle
from beffroi.reponse.registre_des_depots.services import sceller_le_registre
from beffroi.seance.ouverture import services
from beffroi.seance.ouverture.models import FichierOuvert
from beffroi.seance.ouverture.tests import factories
from beffroi.seance.ouverture.tests.factories import LIMITE, OFFRE, SEANCE_LE
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from demo.cles import CAPACITE

TROP_TOT = "limite"
AUSSITOT = LIMITE + timedelta(microseconds=1)
pytestmark = [pytest.mark.django_db, pytest.mark.article("CCP", "R. 2132-9")]


@pytest.fixture
def scene(scene_de_seance):
    scene_de_seance.repond()
    return scene_de_seance


def ouvrir(seance, *, le):
    rang = seance.ouvertures.order_by("rang").values_list("rang", flat=True)[0]
    return services.ouvrir_enveloppe_suivante(
        seance=seance, rang=rang, capacite=CAPACITE, par=seance.presidee_par, maintenant=le
    )


def test_a_l_heure_dite_l_enveloppe_reste_fermee_juste_apres_elle_s_ouvre(scene):
    seance = factories.seance_ouverte(scene)

    with pytest.raises(RegleEnfreinte, match=TROP_TOT):
        ouvrir(seance, le=LIMITE)
    assert not FichierOuvert.objects.exists()

    ouvrir(seance, le=AUSSITOT)
    assert FichierOuvert.objects.exists()


def test_un_report_referme_une_seance_dont_les_cles_sont_tournees(scene):
    seance = factories.seance_ouverte(scene)
    Consultation.toutes.update(date_limite_remise=SEANCE_LE + timedelta(days=2))

    with pytest.raises(RegleEnfreinte, match=TROP_TOT):
        ouvrir(type(seance).objects.get(), le=SEANCE_LE)
    assert not FichierOuvert.objects.exists()


def test_les_cles_ne_tournent_pas_avant(scene):
    seance = factories.seance_installee(scene)
    Consultation.toutes.update(date_limite_remise=SEANCE_LE)

    with pytest.raises(RegleEnfreinte, match=TROP_TOT):
        factories.tourner(scene, type(seance).objects.get(), le=SEANCE_LE)


def test_le_fichier_scelle_lui_meme_ne_sort_pas_du_coffre(scene):
    fichier = FichierScelle.objects.filter(nom=next(iter(OFFRE))).get()

    with pytest.raises(RegleEnfreinte, match=TROP_TOT):
        plis.flux_scelle(fichier, LIMITE)
    assert plis.flux_scelle(fichier, AUSSITOT).read(3) == b"age"


def test_le_registre_ne_se_scelle_pas_avant(scene):
    martine = scene.personne("martine").acteur

    with pytest.raises(RegleEnfreinte, match=TROP_TOT):
        sceller_le_registre(consultation=scene.consultation, par=martine, maintenant=LIMITE)
