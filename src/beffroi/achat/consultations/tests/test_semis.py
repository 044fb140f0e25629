"""Replanter une scène, c'est retrouver exactement celle que les services avaient plantée."""

import hashlib
import io
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, models, transaction

from beffroi.achat.consultations.events import ConsultationPubliee
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.tests.scene import REGLEMENT, planter_la_scene
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations import evenements
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.stockage import Partie, nouvelle_cle, stockage
from beffroi.socle.journal.lignes import en_attente
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.relecture_des_lignes import fautes_des_lignes
from tests.semis import contenu, plante, semee, semis

pytestmark = pytest.mark.django_db
LE = maintenant().replace(minute=0, second=0, microsecond=0)


@pytest.fixture(autouse=True)
def rien_de_seme(monkeypatch):
    monkeypatch.setattr(semis, "champ", semis.Champ())


@contextmanager
def puis_rien():
    """Ce que fait la fin d'un test : la base redevient neuve."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def tout():
    """Chaque ligne de chaque table."""
    return {
        modele._meta.db_table: sorted(models.QuerySet(modele).values_list(), key=str)
        for modele in apps.get_models(include_auto_created=True)
    }


def suites():
    return [type(suite[1]).__name__ for suite in connection.run_on_commit]


def test_les_lignes_replantees_sont_celles_qui_ont_ete_plantees():
    with puis_rien():
        planter_la_scene(le=LE)
        plantees = tout()

    planter_la_scene(le=LE + timedelta(minutes=1))

    assert tout() == plantees
    assert Ecriture.objects.count() > 20


def test_une_consultation_replantee_sur_sa_scene_est_celle_qui_a_ete_publiee():
    with puis_rien():
        planter_la_scene(le=LE).publiee()
        plantees, promises = tout(), suites()

    planter_la_scene(le=LE).publiee()

    assert tout() == plantees
    assert [une for une in promises if une != "Marque"] == suites()


def test_ce_qui_revient_est_conforme_au_journal_et_l_on_continue_d_y_agir():
    with puis_rien():
        planter_la_scene(le=LE).publiee()

    scene = planter_la_scene(le=LE)
    replantee, suivante = scene.publiee(), scene.publiee("Curage des fossés")

    assert list(fautes_des_lignes()) == []
    assert replantee.publiee_le == suivante.publiee_le == LE


def test_un_stockage_neuf_retrouve_les_objets_de_la_scene(settings, tmp_path):
    for essai in ("premier", "second"):
        settings.STOCKAGE = {**settings.STOCKAGE, "dossier": tmp_path / essai}
        stockage.cache_clear()
        with puis_rien():
            piece = planter_la_scene(le=LE).publiee().pieces.get()
            assert stockage().lire(piece.cle_de_stockage).read() == REGLEMENT
    stockage.cache_clear()


def envoyer(cle, octets=b"scelle"):
    """Un objet reçu par parties."""
    envoi = stockage().commencer(cle)
    partie = Partie(numero=1, taille=len(octets), sha256=hashlib.sha256(octets).hexdigest())
    stockage().ecrire_partie(envoi, partie, io.BytesIO(octets))
    stockage().achever(envoi, (partie,))


def abimer(cle):
    stockage().supprimer(cle)
    stockage().ecrire(cle, io.BytesIO(b"autre"))


@pytest.mark.parametrize("geste", [abimer, lambda cle: stockage().supprimer(cle)])
def test_un_objet_change_ou_efface_par_un_test_revient_tel_que_la_scene_l_avait_garde(geste):
    cle = nouvelle_cle("essai")
    with puis_rien():
        plante("envoi", lambda: envoyer(cle), le=LE)
    geste(cle)

    with puis_rien():
        plante("envoi", lambda: envoyer(cle), le=LE)

    assert stockage().lire(cle).read() == b"scelle"


def test_ce_qu_un_test_change_de_sa_scene_ne_passe_pas_au_suivant():
    with puis_rien():
        planter_la_scene(le=LE).organisme.nom = "Commune d'Azincourt"
    with puis_rien():
        planter_la_scene(le=LE).martine.nom = "Berthe"

    scene = planter_la_scene(le=LE)

    assert (scene.organisme.nom, scene.martine.nom) == ("Commune de Bomy", "Martine Caron")


@pytest.mark.parametrize("ecart", [timedelta(days=-1), timedelta(hours=1)])
def test_un_test_qui_voyage_plante_la_sienne(ecart):
    with puis_rien():
        planter_la_scene(le=LE)

    assert planter_la_scene(le=LE + ecart).le == LE + ecart


def test_une_scene_plantee_avant_l_heure_ronde_ne_revient_pas_apres():
    """Le registre avance à chaque heure : la scène y aurait une tête de retard."""
    avant, apres = LE - timedelta(seconds=30), LE + timedelta(minutes=1)
    with puis_rien():
        planter_la_scene(le=avant)

    assert planter_la_scene(le=apres).le == apres


@pytest.mark.moteurs
def test_les_lignes_reviennent_dans_l_ordre_ou_elles_sont_nees():
    """Une garde lit la ligne d'avant ; PostgreSQL, lui, rend d'abord celle qui a trouvé place."""
    with puis_rien():
        planter_la_scene(le=LE)
        premiere, *_ = personnes = Utilisateur.objects.order_by("pk")
        Utilisateur.objects.filter(pk=premiere.pk).update(nom="Berthe")

        assert len(personnes) > 1
        for table in ("comptes_utilisateur", "journal_noeud"):
            cles = list(contenu.contenu_de(table))
            assert cles == sorted(cles), table


def renommer_bomy():
    Organisme.objects.update(nom="Bomy")
    return Organisme.objects.get()


def retirer_la_consultation():
    Consultation.toutes.get().delete()


@pytest.mark.moteurs
@pytest.mark.parametrize("geste", [renommer_bomy, retirer_la_consultation])
def test_une_ligne_changee_ou_retiree_par_une_scene_l_est_aussi_quand_elle_revient(geste):
    def jouer():
        scene = planter_la_scene(le=LE)
        plante("brouillon", scene.brouillon, le=LE)
        plante(geste.__name__, geste, le=LE)
        return tout()

    with puis_rien():
        plantees = jouer()

    assert jouer() == plantees


def test_une_ligne_qui_attendait_son_acte_n_attend_plus_quand_la_scene_de_l_acte_revient():
    def jouer():
        scene = planter_la_scene(le=LE)
        plante("sans acte", lambda: Organisme.objects.update(nom="Bomy"), le=LE)
        assert len(en_attente()) == 1
        plante("un acte", scene.brouillon, le=LE)
        return en_attente()

    with puis_rien():
        assert jouer() == []

    assert jouer() == []
    assert list(fautes_des_lignes()) == []


def test_une_scene_plantee_sous_d_autres_reglages_est_une_autre_scene(settings):
    with puis_rien():
        plante("inactivité", lambda: settings.INACTIVITE_DES_AGENTS_MIN, le=LE)
    settings.INACTIVITE_DES_AGENTS_MIN = 7

    assert plante("inactivité", lambda: settings.INACTIVITE_DES_AGENTS_MIN, le=LE) == 7


@pytest.mark.parametrize("ce_qui_est_detourne", ["l'annonce", "les abonnés"])
def test_une_scene_plantee_quand_personne_n_ecoute_ne_revient_a_aucun_autre(
    monkeypatch, ce_qui_est_detourne
):
    """Les abonnés ne l'ont pas complétée : la consultation, publiée, ne se chercherait pas."""
    with puis_rien(), monkeypatch.context() as detourne:
        if ce_qui_est_detourne == "l'annonce":
            detourne.setattr(evenements, "publier", lambda annonce: None)
        else:
            detourne.setitem(evenements._abonnes, ConsultationPubliee, [])
        planter_la_scene(le=LE).publiee()
        sans_abonnes = nombre_de_lignes()

    planter_la_scene(le=LE).publiee()

    assert nombre_de_lignes() > sans_abonnes


def nombre_de_lignes():
    return sum(map(len, tout().values()))


def test_une_fixture_semee_revient_avec_ce_qu_elle_rend():
    @semee
    def brouillon(scene):
        return scene.brouillon("Curage des fossés")

    with puis_rien():
        plantee = brouillon(planter_la_scene(le=LE))

    revenue = brouillon(planter_la_scene(le=LE))

    assert (revenue, revenue.titre) == (plantee, "Curage des fossés")
    assert Consultation.toutes.get() == revenue


def test_apres_une_ecriture_du_test_rien_ne_se_replante():
    """La scène suivante se joue pour de vrai : elle verra ce que le test a changé."""
    with puis_rien():
        scene = planter_la_scene(le=LE)
        plante("nom", lambda: Organisme.objects.get().nom, le=LE)

    scene = planter_la_scene(le=LE)
    Organisme.objects.filter(pk=scene.organisme.pk).update(nom="Bomy")

    assert plante("nom", lambda: Organisme.objects.get().nom, le=LE) == "Bomy"


def test_un_point_de_reprise_defait_rend_ce_que_l_on_sait_de_la_base():
    scene = planter_la_scene(le=LE)
    with puis_rien():
        premiere = scene.publiee()

    assert scene.publiee().reference == premiere.reference
    assert Consultation.toutes.count() == 1


def test_dans_une_base_qui_vit_deja_rien_ne_se_replante(scene):
    with pytest.raises(Exception, match=r"SIRET|siret|UNIQUE|unique|existe"):
        planter_la_scene(le=scene.le)
