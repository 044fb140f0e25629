"""L'index suit les consultations dans la transaction de l'acte, et se refait à l'identique."""

from datetime import timedelta

import pytest
from django.db import transaction

from beffroi.achat.consultations import services as consultations
from beffroi.personnes.organismes.models import Organisme
from beffroi.publicite.recherche import queries, services, taches
from beffroi.publicite.recherche.models import AcheteurIndexe, FicheIndexee, MotConnu, ResteDeMot
from beffroi.publicite.recherche.rules.requete import CLOSES, SANS_SUITE, Recherche
from beffroi.socle.fondations.models import Tache
from beffroi.socle.fondations.taches import vider_la_file

pytestmark = pytest.mark.django_db


def trouvees(le, **criteres):
    return [fiche.reference for fiche in queries.resultats(Recherche(**criteres), le=le).fiches]


def copie():
    """Tout l'index, sans les rangs."""
    fiches = FicheIndexee.objects.order_by("reference").values()
    return (
        [{champ: valeur for champ, valeur in fiche.items() if champ != "id"} for fiche in fiches],
        list(AcheteurIndexe.objects.order_by("siren").values_list("siren", "nom", "ville")),
        list(MotConnu.objects.order_by("mot").values_list("mot", "ecrit", "racine")),
        sorted(ResteDeMot.objects.values_list("reste", "mot__mot")),
    )


def test_un_brouillon_ne_se_trouve_pas(scene):
    scene.completer(scene.brouillon())

    assert trouvees(scene.le) == []
    assert not MotConnu.objects.exists()


def test_une_consultation_publiee_se_trouve_aussitot(scene):
    consultation = scene.publiee()

    assert trouvees(scene.le, mots="toiture ardoises") == [consultation.reference]
    assert trouvees(scene.le, mots=consultation.reference) == [consultation.reference]
    assert trouvees(scene.le, mots="zèbre") == []


def test_un_acte_defait_ne_laisse_rien_dans_l_index(scene):
    pret = scene.completer(scene.brouillon())
    with pytest.raises(RuntimeError), transaction.atomic():
        scene.publier(pret)
        raise RuntimeError

    assert trouvees(scene.le) == []


def test_un_report_change_la_fiche_du_meme_acte(scene):
    consultation = scene.publiee()
    nouvelle = scene.limite + timedelta(days=7)
    consultations.prolonger_le_delai(
        consultation=consultation,
        nouvelle=nouvelle,
        motif="Un plan manquait.",
        par=scene.martine.acteur,
        maintenant=scene.le + timedelta(hours=1),
    )
    fiche = FicheIndexee.objects.get()

    assert (fiche.limite, fiche.reports, fiche.versions) == (nouvelle, 1, 1)
    assert fiche.modifiee_le == scene.le + timedelta(hours=1)
    assert trouvees(scene.limite + timedelta(days=1)) == [consultation.reference]


def test_sans_suite_elle_quitte_ce_qui_est_ouvert(scene):
    consultation = scene.publiee()
    consultations.declarer_sans_suite(
        consultation=consultation,
        motif="Le besoin a disparu.",
        par=scene.martine.acteur,
        maintenant=scene.le,
    )

    assert trouvees(scene.le) == trouvees(scene.le, etat=CLOSES) == []
    assert trouvees(scene.le, etat=SANS_SUITE) == [consultation.reference]


def test_close_elle_change_de_liste_sans_que_rien_ne_tourne(scene):
    consultation = scene.publiee()
    apres = scene.limite + timedelta(microseconds=1)

    assert trouvees(scene.limite, etat=CLOSES) == [] and trouvees(apres, etat=CLOSES) == [
        consultation.reference
    ]
    assert trouvees(scene.limite) == [consultation.reference] and trouvees(apres) == []


def test_refaire_redonne_le_meme_index(scene):
    premiere, seconde = scene.publiee(), scene.publiee("Curage des fossés")
    consultations.declarer_sans_suite(
        consultation=seconde,
        motif="Le besoin a disparu.",
        par=scene.martine.acteur,
        maintenant=scene.le,
    )
    avant = copie()

    assert services.refaire(le=scene.le) == 2
    assert copie() == avant
    assert trouvees(scene.le, mots="toiture") == [premiere.reference]


def test_un_index_vide_se_remplit_a_la_premiere_ronde(scene):
    consultation = scene.publiee()
    FicheIndexee.objects.all().delete()

    taches.remplir_l_index_vide(scene.le)

    assert trouvees(scene.le, mots="toiture") == [consultation.reference]


def test_un_acheteur_renomme_l_est_aussi_dans_l_index(scene):
    consultation = scene.publiee()
    scene.publiee("Curage des fossés")
    organisme = consultation.organisme
    Organisme.objects.filter(pk=organisme.pk).update(nom="Commune nouvelle des Trois-Vallées")

    taches.suivre_les_renommages(scene.le)
    vider_la_file()

    assert len(trouvees(scene.le, acheteur="Trois-Vallées")) == 2
    assert trouvees(scene.le, acheteur=organisme.nom) == []
    assert [a.nom for a in queries.acheteurs("trois vallees")] == [
        "Commune nouvelle des Trois-Vallées"
    ]
    assert set(FicheIndexee.objects.values_list("acheteur", flat=True)) == {
        "Commune nouvelle des Trois-Vallées"
    }


def test_sans_renommage_la_ronde_n_ecrit_rien(scene):
    scene.publiee()
    avant = Tache.objects.count()

    taches.suivre_les_renommages(scene.le)

    assert Tache.objects.count() == avant
