"""Rectifier, annuler : d'après l'avis publié, et d'office quand la consultation change."""

from dataclasses import replace
from datetime import timedelta

import pytest

from beffroi.avis import queries, services
from beffroi.avis.models import Avis, Parution
from beffroi.avis.tests import contenus
from beffroi.consultations import services as consultations
from beffroi.consultations.models import Consultation
from beffroi.consultations.tests.scene import Scene, planter_la_scene
from beffroi.dossiers.tests.gestes import publier_une_version, remplacer
from beffroi.socle.erreurs import RegleEnfreinte
from beffroi.socle.horloge import maintenant
from beffroi.socle.models import Courriel, Tache
from beffroi.socle.taches import vider_la_file

pytestmark = pytest.mark.django_db
HEURE = timedelta(hours=1)


@pytest.fixture
def scene(db) -> Scene:
    return planter_la_scene(le=maintenant() - timedelta(days=3))


def ecrire(scene, consultation, *, forme=Avis.Forme.NATIONALE):
    tirer = contenus.national if forme == Avis.Forme.NATIONALE else contenus.europeen
    contenu = tirer(envoi=scene.le)
    limite = consultation.date_limite_remise or contenu.remise.limite
    remise = replace(contenu.remise, limite=limite, limite_des_questions=None)
    return services.ecrire_un_avis(
        consultation=consultation,
        contenu=replace(contenu, remise=remise),
        forme=forme,
        par=scene.martine.acteur,
        maintenant=scene.le,
    )


def rectifier(scene, avis, **champs):
    return services.rectifier_un_avis(
        avis=avis,
        apres=replace(avis.structure, **champs),
        explication="Une précision est ajoutée.",
        par=scene.martine.acteur,
        maintenant=maintenant(),
    )


def test_le_rectificatif_dit_ce_qui_change_et_reste_dans_la_meme_procedure(scene):
    avis = ecrire(scene, scene.brouillon(), forme=Avis.Forme.EUROPEENNE)

    rectificatif = rectifier(scene, avis, titre="Toiture et charpente de l'école")

    assert (rectificatif.sorte, rectificatif.change, rectificatif.dossier) == ("rectificatif", avis, avis.dossier)
    assert "Lire\N{NO-BREAK SPACE}: Toiture et charpente" in rectificatif.texte
    assert f"{avis.identifiant}-01" in rectificatif.xml


def test_un_rectificatif_se_rectifie_a_son_tour(scene):
    premier = rectifier(scene, ecrire(scene, scene.brouillon()), titre="Un titre")

    second = rectifier(scene, premier, titre="Un autre titre")

    assert second.change == premier
    assert "Un titre" in second.texte


def test_sans_changement_il_n_y_a_rien_a_rectifier(scene):
    with pytest.raises(RegleEnfreinte, match="rien à rectifier"):
        rectifier(scene, ecrire(scene, scene.brouillon()))


def test_le_rectificatif_nomme_l_avis_paru(scene):
    avis = ecrire(scene, scene.brouillon())
    parution = services.preparer_une_parution(
        avis=avis, support="boamp", voie="manuelle", par=scene.martine.acteur, maintenant=scene.le
    )
    envoyee = services.declarer_l_envoi(
        parution=parution, envoyee_le=scene.le + HEURE, preuve=b"accuse", nom="accuse.eml",
        par=scene.martine.acteur, maintenant=maintenant(),
    )  # fmt: skip
    services.constater_la_parution(
        parution=envoyee, parue_le=scene.le + 2 * HEURE, numero="26-88058", adresse="",
        par=scene.martine.acteur, maintenant=maintenant(),
    )  # fmt: skip

    assert "BOAMP n°\N{NO-BREAK SPACE}26-88058 du" in rectifier(scene, avis, titre="Un autre titre").texte


@pytest.mark.article("CCP", "R. 2151-4")
def test_une_limite_prolongee_redige_le_rectificatif_de_chaque_avis(scene):
    consultation = scene.publiee()
    for forme in Avis.Forme.values:
        ecrire(scene, consultation, forme=forme)
    nouvelle = consultation.limite + timedelta(days=7)

    consultations.prolonger_le_delai(
        consultation=consultation, nouvelle=nouvelle, motif="Un plan manquait.",
        par=scene.martine.acteur, maintenant=maintenant(),
    )  # fmt: skip
    vider_la_file()

    rectificatifs = Avis.objects.filter(sorte=Avis.Sorte.RECTIFICATIF)
    assert {avis.forme for avis in rectificatifs} == set(Avis.Forme.values)
    assert {avis.structure.remise.limite for avis in rectificatifs} == {nouvelle}
    assert not Parution.objects.exists()


def test_la_meme_tache_rejouee_n_ecrit_pas_un_second_rectificatif(scene):
    consultation = scene.publiee()
    ecrire(scene, consultation)
    consultations.prolonger_le_delai(
        consultation=consultation, nouvelle=consultation.limite + timedelta(days=7), motif="Un plan manquait.",
        par=scene.martine.acteur, maintenant=maintenant(),
    )  # fmt: skip
    vider_la_file()
    Tache.objects.filter(chemin__contains="rediger").update(etat=Tache.Etat.PRETE, pas_avant=maintenant())

    vider_la_file()

    assert Avis.objects.filter(sorte=Avis.Sorte.RECTIFICATIF).count() == 1


@pytest.mark.article("CCP", "R. 2185-1")
def test_une_consultation_sans_suite_redige_l_annulation(scene):
    consultation = scene.publiee()
    ecrire(scene, consultation)

    consultations.declarer_sans_suite(
        consultation=consultation, motif="Le besoin a disparu.", par=scene.martine.acteur, maintenant=maintenant()
    )
    vider_la_file()

    annulation = Avis.objects.get(sorte=Avis.Sorte.ANNULATION)
    assert "La procédure est déclarée sans suite. Le besoin a disparu." in annulation.texte
    assert queries.avis_en_vigueur(consultation) == []


def test_une_consultation_sans_avis_change_sans_rien_rediger(scene):
    consultation = scene.publiee()

    consultations.declarer_sans_suite(
        consultation=consultation, motif="Le besoin a disparu.", par=scene.martine.acteur, maintenant=maintenant()
    )
    vider_la_file()

    assert not Avis.objects.exists()


def remplacer_le_reglement(scene, consultation, **annonce):
    remplacer(scene, consultation)
    publier_une_version(
        scene, consultation, le=maintenant(), explication="Le poids des critères est précisé.", **annonce
    )
    vider_la_file()


def envoyer(scene, avis, support):
    parution = services.preparer_une_parution(
        avis=avis, support=support, voie="manuelle", par=scene.martine.acteur, maintenant=scene.le
    )
    services.declarer_l_envoi(
        parution=parution, envoyee_le=scene.le + HEURE, preuve=b"accuse", nom="accuse.eml",
        par=scene.martine.acteur, maintenant=maintenant(),
    )  # fmt: skip


def test_un_dossier_qui_change_redige_le_rectificatif_de_l_avis_europeen_parti(scene):
    consultation = scene.publiee()
    envoyer(scene, ecrire(scene, consultation, forme=Avis.Forme.EUROPEENNE), "joue")

    remplacer_le_reglement(scene, consultation)

    rectificatif = Avis.objects.get(sorte=Avis.Sorte.RECTIFICATIF)
    assert "Le dossier de consultation a changé le" in rectificatif.texte
    assert "Le poids des critères est précisé." in rectificatif.texte


def test_un_dossier_qui_change_ne_rectifie_pas_un_avis_qui_n_est_pas_parti(scene):
    consultation = scene.publiee()
    ecrire(scene, consultation, forme=Avis.Forme.EUROPEENNE)

    remplacer_le_reglement(scene, consultation)

    assert not Avis.objects.filter(sorte=Avis.Sorte.RECTIFICATIF).exists()


def test_le_meme_changement_de_dossier_ne_se_dit_qu_une_fois(scene):
    consultation = scene.publiee()
    envoyer(scene, ecrire(scene, consultation, forme=Avis.Forme.EUROPEENNE), "joue")
    remplacer_le_reglement(scene, consultation)
    Tache.objects.filter(chemin__contains="dossier").update(etat=Tache.Etat.PRETE, pas_avant=maintenant())

    vider_la_file()

    assert Avis.objects.filter(sorte=Avis.Sorte.RECTIFICATIF).count() == 1


@pytest.mark.article("CCP", "R. 2151-4")
def test_un_dossier_et_un_delai_qui_changent_d_un_acte_se_disent_en_un_seul_rectificatif(scene):
    consultation = scene.publiee()
    envoyer(scene, ecrire(scene, consultation, forme=Avis.Forme.EUROPEENNE), "joue")
    nouvelle = consultation.limite + timedelta(days=7)

    remplacer_le_reglement(scene, consultation, portee="important", nouvelle_limite=nouvelle)

    rectificatif = Avis.objects.get(sorte=Avis.Sorte.RECTIFICATIF)
    assert rectificatif.structure.remise.limite == nouvelle
    assert "Le dossier de consultation a changé le" in rectificatif.texte


def test_un_rectificatif_impossible_se_dit_a_la_personne_et_ne_recommence_pas(scene, monkeypatch):
    consultation = scene.publiee()
    envoyer(scene, ecrire(scene, consultation, forme=Avis.Forme.EUROPEENNE), "joue")

    def refuser(**faits):
        raise RegleEnfreinte("La durée du marché n'est plus dite.")

    monkeypatch.setattr(services, "rectifier_un_avis", refuser)
    consultations.prolonger_le_delai(
        consultation=consultation, nouvelle=consultation.limite + timedelta(days=7), motif="Un plan manquait.",
        par=scene.martine.acteur, maintenant=maintenant(),
    )  # fmt: skip
    vider_la_file()

    courriel = Courriel.objects.get(sujet__contains="rectificatif")
    assert "n'a pas pu se rédiger" in courriel.texte and "La durée du marché n'est plus dite." in courriel.texte
    assert Tache.objects.get(chemin__contains="rediger").etat == Tache.Etat.FAITE
    assert queries.a_rectifier(Consultation.toutes.get(pk=consultation.pk)) != []
