"""Ce qui se lit d'une consultation par une requête préparée : ses lignes, et nulles autres."""

import pytest
from django.db.models import Prefetch, prefetch_related_objects

from beffroi.achat.consultations.models import Consultation, Lot
from beffroi.achat.consultations.queries import lots_de, pieces_en_vigueur, publiee
from beffroi.personnes.organismes.portee import PorteeManquante, portee
from beffroi.personnes.organismes.services import creer_organisme
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import NeSePretePas, RequetePrete, prete
from beffroi.socle.journal.acteurs import PLATEFORME

pytestmark = [pytest.mark.django_db, pytest.mark.moteurs]


@pytest.fixture
def deux(scene):
    """Deux consultations, l'une d'un lot, l'autre de deux."""
    une, autre = scene.brouillon("Toiture"), scene.brouillon("Chaudière")
    une.lots.create(numero=1, intitule="Couverture")
    for numero in (1, 2):
        autre.lots.create(numero=numero, intitule=f"Lot {numero}")
    return une, autre


def test_chacune_a_les_siens_et_chaque_lot_tient_la_sienne(deux, django_assert_num_queries):
    for _ in range(2):
        for consultation, nombre in zip(deux, (1, 2), strict=True):
            with django_assert_num_queries(1):
                lots = list(lots_de(consultation))
                assert [lot.numero for lot in lots] == list(range(1, nombre + 1))
                assert all(lot.consultation is consultation for lot in lots)


def test_ce_que_la_ligne_tient_deja_ne_se_relit_pas(deux, django_assert_num_queries):
    une, autre = deux
    list(lots_de(autre))
    prefetch_related_objects([une], "lots")

    with django_assert_num_queries(0):
        assert [lot.intitule for lot in lots_de(une)] == ["Couverture"]
    assert isinstance(pieces_en_vigueur(une)._query, RequetePrete)


def test_une_ligne_ecrite_depuis_se_lit(deux):
    une, _ = deux
    list(lots_de(une))
    une.lots.create(numero=2, intitule="Charpente")

    assert lots_de(une).exists()
    assert [lot.numero for lot in lots_de(une)] == [1, 2]


def test_une_ligne_neuve_dit_ce_qu_elle_a_toujours_dit():
    with pytest.raises(ValueError, match="needs to have a primary key"):
        lots_de(Consultation())


def test_un_compte_se_lit_par_sa_cle_et_jamais_hors_de_sa_portee(scene):
    comptes = type(scene.martine).objects

    assert comptes.get(pk=scene.martine.pk) == scene.martine
    assert comptes.get(pk=str(scene.helene.pk)) == scene.helene
    with pytest.raises(type(scene.martine).DoesNotExist, match="matching query does not exist"):
        comptes.get(pk=0)


def test_ce_que_le_cloisonnement_filtre_ne_se_prepare_pas(deux, scene, settings):
    """La cloison est dans la demande, non dans les arguments : retenue, elle ouvrirait ailleurs."""
    voisin = creer_organisme(
        nom="Fauquembergues", siret="21620325900019", par=PLATEFORME, maintenant=scene.le
    )
    de_titre = prete(lambda titre: Consultation.objects.filter(titre=titre))
    with portee(scene.organisme), pytest.raises(PorteeManquante):
        de_titre("Toiture")
    settings.REQUETES_VERIFIEES = 0
    de_titre = prete(de_titre.__wrapped__)

    for organisme, trouvees in ((scene.organisme, 1), (voisin, 0), (scene.organisme, 1)):
        with portee(organisme):
            assert len(de_titre("Toiture")) == trouvees
    with pytest.raises(PorteeManquante):
        de_titre("Toiture")


def test_ce_qui_se_lit_a_la_suite_ne_depend_d_aucun_appel(deux):
    une, autre = deux
    premiers = Prefetch("lots", Lot.objects.filter(numero=1))
    avec_le_premier = prete(
        lambda cle: Consultation.toutes.filter(pk=cle).prefetch_related(premiers)
    )
    du_numero = prete(
        lambda cle, numero: Consultation.toutes.filter(pk=cle).prefetch_related(
            Prefetch("lots", Lot.objects.filter(numero=numero))
        )
    )

    for consultation in (autre, une, autre):
        [lue] = avec_le_premier(consultation.pk)
        assert [lot.consultation_id for lot in lue.lots.all()] == [consultation.pk]
    with pytest.raises(NeSePretePas):
        du_numero(une.pk, 1)


def test_un_attribut_lu_en_composant_se_refuse(scene):
    """La ligne témoin n'a que sa clé."""
    with pytest.raises(NeSePretePas):
        prete(lambda une: Lot.objects.filter(intitule=une.titre))(scene.brouillon())


def test_une_reference_inventee_reste_introuvable():
    for reference in ("C-INVENTEE", "' OR ''='", "%"):
        with pytest.raises(Introuvable):
            publiee(reference)
