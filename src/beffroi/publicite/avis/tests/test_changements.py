"""Rectifier, annuler : d'après l'avis publié, et d'office quand la consultation change."""

from dataclasses import replace
from datetime import timedelta

import pytest

from beffroi.achat.consultations import services as consultations
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.tests.scene import Scene, planter_la_scene
from beffroi.achat.dossiers.tests.gestes import publier_une_version, remplacer
from beffroi.publicite.avis import queries, services
from beffroi.publicite.avis.models import Avis, Parution
from beffroi.publicite.avis.services import changements
from beffroi.publicite.avis.tests import contenus
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.models import Courriel, Tache
from beffroi.socle.fondations.taches import vider_la_file
from beffroi.socle.journal.models import Ecriture

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


def preparer(scene, avis, support="boamp", voie="manuelle", **champs):
    return services.preparer_une_parution(
        avis=avis,
        support=support,
        voie=voie,
        par=scene.martine.acteur,
        maintenant=scene.le,
        **champs,
    )


def declarer(scene, parution, envoyee_le):
    return services.declarer_l_envoi(
        parution=parution,
        envoyee_le=envoyee_le,
        preuve=b"accuse",
        nom="accuse.eml",
        par=scene.martine.acteur,
        maintenant=maintenant(),
    )


def envoyer(scene, avis, support=""):
    """L'avis part là où sa forme le veut : le BOAMP, ou le JOUE."""
    support = support or ("joue" if avis.forme == Avis.Forme.EUROPEENNE else "boamp")
    declarer(scene, preparer(scene, avis, support), max(avis.ecrit_le, scene.le + HEURE))
    return avis


def prolonger(scene, consultation, motif="Un plan manquait.", jours=7):
    nouvelle = Consultation.toutes.get(pk=consultation.pk).limite + timedelta(days=jours)
    consultations.prolonger_le_delai(
        consultation=consultation,
        nouvelle=nouvelle,
        motif=motif,
        par=scene.martine.acteur,
        maintenant=maintenant(),
    )
    vider_la_file()
    return nouvelle


def arreter(scene, consultation):
    consultations.declarer_sans_suite(
        consultation=consultation,
        motif="Le besoin a disparu.",
        par=scene.martine.acteur,
        maintenant=maintenant(),
    )
    vider_la_file()


def rectifier(scene, avis, **champs):
    return services.rectifier_un_avis(
        avis=avis,
        apres=replace(avis.structure, **champs),
        explication="Une précision est ajoutée.",
        par=scene.martine.acteur,
        maintenant=maintenant(),
    )


def test_le_rectificatif_dit_ce_qui_change_et_reste_dans_la_meme_procedure(scene):
    avis = envoyer(scene, ecrire(scene, scene.brouillon(), forme=Avis.Forme.EUROPEENNE))

    rectificatif = rectifier(scene, avis, titre="Toiture et charpente de l'école")

    assert (rectificatif.sorte, rectificatif.change, rectificatif.dossier) == (
        "rectificatif",
        avis,
        avis.dossier,
    )
    assert "Lire\N{NO-BREAK SPACE}: Toiture et charpente" in rectificatif.texte
    assert f"{avis.identifiant}-01" in rectificatif.xml


def test_un_rectificatif_se_rectifie_a_son_tour(scene):
    premier = envoyer(
        scene, rectifier(scene, envoyer(scene, ecrire(scene, scene.brouillon())), titre="Un titre")
    )

    second = rectifier(scene, premier, titre="Un autre titre")

    assert second.change == premier
    assert "Un titre" in second.texte


def test_sans_changement_il_n_y_a_rien_a_rectifier(scene):
    with pytest.raises(RegleEnfreinte, match="rien à rectifier"):
        rectifier(scene, envoyer(scene, ecrire(scene, scene.brouillon())))


@pytest.mark.moteurs
def test_un_avis_que_personne_n_a_envoye_ne_se_rectifie_ni_ne_s_annule(scene):
    avis = ecrire(scene, scene.brouillon())
    preparer(scene, avis)

    with pytest.raises(RegleEnfreinte, match="n'est pas envoyé"):
        rectifier(scene, avis, titre="Un autre titre")
    with pytest.raises(RegleEnfreinte, match="n'est pas envoyé"):
        services.annuler_un_avis(
            avis=avis,
            motif="Le besoin a disparu.",
            par=scene.martine.acteur,
            maintenant=maintenant(),
        )


def test_le_rectificatif_nomme_l_avis_paru(scene):
    avis = ecrire(scene, scene.brouillon())
    parution = services.preparer_une_parution(
        avis=avis, support="boamp", voie="manuelle", par=scene.martine.acteur, maintenant=scene.le
    )
    envoyee = services.declarer_l_envoi(
        parution=parution,
        envoyee_le=scene.le + HEURE,
        preuve=b"accuse",
        nom="accuse.eml",
        par=scene.martine.acteur,
        maintenant=maintenant(),
    )
    services.constater_la_parution(
        parution=envoyee,
        parue_le=scene.le + 2 * HEURE,
        numero="26-88058",
        adresse="",
        par=scene.martine.acteur,
        maintenant=maintenant(),
    )

    assert (
        "BOAMP n°\N{NO-BREAK SPACE}26-88058 du"
        in rectifier(scene, avis, titre="Un autre titre").texte
    )


@pytest.mark.article("CCP", "R. 2151-4")
def test_une_limite_prolongee_redige_le_rectificatif_de_chaque_avis_parti(scene):
    consultation = scene.publiee()
    for forme in Avis.Forme.values:
        envoyer(scene, ecrire(scene, consultation, forme=forme))

    nouvelle = prolonger(scene, consultation)

    rectificatifs = Avis.objects.filter(sorte=Avis.Sorte.RECTIFICATIF)
    assert {avis.forme for avis in rectificatifs} == set(Avis.Forme.values)
    assert {avis.structure.remise.limite for avis in rectificatifs} == {nouvelle}
    assert not Parution.objects.filter(avis__in=rectificatifs).exists()


@pytest.mark.article("CCP", "R. 2151-4")
@pytest.mark.parametrize("forme", Avis.Forme.values)
def test_une_limite_prolongee_avant_tout_envoi_reecrit_l_avis_et_sa_parution_le_suit(scene, forme):
    consultation = scene.publiee()
    ancien = ecrire(scene, consultation, forme=forme)
    parution = preparer(scene, ancien, "joue" if forme == Avis.Forme.EUROPEENNE else "boamp")

    nouvelle = prolonger(scene, consultation)

    parution.refresh_from_db()
    reecrit = parution.avis
    assert reecrit != ancien and (reecrit.sorte, reecrit.structure.remise.limite) == (
        "initial",
        nouvelle,
    )
    assert Avis.objects.filter(sorte=Avis.Sorte.INITIAL).count() == 2 and not Avis.objects.exclude(
        sorte="initial"
    )
    assert queries.avis_publics(consultation) == [reecrit]
    assert Ecriture.objects.filter(acte="parution.suivre", sujet=parution.reference).exists()


def test_un_avis_ecrit_avant_que_le_brouillon_ne_change_d_heure_est_reecrit_a_la_publication(scene):
    consultation = scene.completer(scene.brouillon())
    ancien = services.ecrire_un_avis(
        consultation=consultation,
        contenu=contenus.national(envoi=scene.le),
        forme=Avis.Forme.NATIONALE,
        par=scene.martine.acteur,
        maintenant=scene.le,
    )
    parution = preparer(scene, ancien)

    publiee = scene.publier(consultation)
    vider_la_file()

    parution.refresh_from_db()
    assert ancien.structure.remise.limite != publiee.date_limite_remise
    assert parution.avis.structure.remise.limite == publiee.date_limite_remise


def test_l_avis_remplace_ne_part_plus_par_la_plateforme(scene):
    consultation = scene.publiee()
    ancien = ecrire(scene, consultation)
    prolonger(scene, consultation)

    with pytest.raises(RegleEnfreinte, match="Un autre avis remplace celui-ci"):
        preparer(scene, ancien)


def test_un_avis_refuse_par_son_support_n_a_pas_paru_et_se_reecrit(scene):
    consultation = scene.publiee()
    parution = declarer(scene, preparer(scene, ecrire(scene, consultation)), scene.le + HEURE)
    services.constater_le_refus(
        parution=parution,
        motif="Une mention manque.",
        par=scene.martine.acteur,
        maintenant=maintenant(),
    )

    nouvelle = prolonger(scene, consultation)

    parution.refresh_from_db()
    assert (parution.etat, parution.motif_du_refus) == ("refusee", "Une mention manque.")
    assert parution.avis.structure.remise.limite == nouvelle
    assert not Avis.objects.exclude(sorte="initial")


def test_un_refus_apres_la_prolongation_ecarte_le_rectificatif_et_reecrit_l_avis(scene):
    consultation = scene.publiee()
    parution = declarer(scene, preparer(scene, ecrire(scene, consultation)), scene.le + HEURE)
    nouvelle = prolonger(scene, consultation)
    services.constater_le_refus(
        parution=parution,
        motif="Une mention manque.",
        par=scene.martine.acteur,
        maintenant=maintenant(),
    )
    vider_la_file()

    parution.refresh_from_db()
    assert parution.avis.structure.remise.limite == nouvelle
    assert list(queries.avis_a_envoyer([consultation])) == []


@pytest.mark.moteurs
@pytest.mark.article("CCP", "R. 2131-19")
def test_un_envoi_d_avant_la_prolongation_se_declare_apres_et_appelle_son_rectificatif(scene):
    consultation = scene.publiee()
    ancien = ecrire(scene, consultation)
    parution = preparer(scene, ancien)
    nouvelle = prolonger(scene, consultation)
    parution.refresh_from_db()
    reecrit = parution.avis

    declarer(scene, parution, scene.le + HEURE)
    vider_la_file()

    parution.refresh_from_db()
    rectificatif = Avis.objects.get(sorte=Avis.Sorte.RECTIFICATIF)
    assert (parution.avis, parution.etat) == (ancien, "envoyee")
    assert (rectificatif.change, rectificatif.structure.remise.limite) == (ancien, nouvelle)
    assert not queries.peut_partir(reecrit).favorable


def test_le_support_qui_attend_encore_recoit_l_avis_reecrit_les_autres_le_rectificatif(scene):
    consultation = scene.publiee()
    avis = envoyer(scene, ecrire(scene, consultation))
    journal = preparer(scene, avis, "jal", nom_du_support="La Voix du Nord")

    nouvelle = prolonger(scene, consultation)

    journal.refresh_from_db()
    rectificatif = Avis.objects.get(sorte=Avis.Sorte.RECTIFICATIF)
    assert (journal.avis.sorte, journal.avis.structure.remise.limite) == ("initial", nouvelle)
    assert (rectificatif.change, rectificatif.structure.remise.limite) == (avis, nouvelle)
    assert avis.parutions.get().support == "boamp"


def test_un_rectificatif_pas_encore_parti_se_remplace_et_garde_ses_raisons(scene):
    consultation = scene.publiee()
    avis = envoyer(scene, ecrire(scene, consultation))
    prolonger(scene, consultation)
    parution = preparer(scene, Avis.objects.get(sorte=Avis.Sorte.RECTIFICATIF))

    derniere = prolonger(scene, consultation, motif="Le terrain est inondé.")

    parution.refresh_from_db()
    assert (parution.avis.change, parution.avis.structure.remise.limite) == (avis, derniere)
    assert (
        "Un plan manquait." in parution.avis.texte
        and "Le terrain est inondé." in parution.avis.texte
    )
    assert list(queries.avis_a_envoyer([consultation])) == [parution.avis]


def test_la_meme_tache_rejouee_n_ecrit_rien_de_plus(scene):
    consultation = scene.publiee()
    preparer(
        scene, envoyer(scene, ecrire(scene, consultation)), "jal", nom_du_support="La Voix du Nord"
    )
    prolonger(scene, consultation)
    ecrits = Avis.objects.count()
    Tache.objects.filter(chemin__contains="rediger").update(
        etat=Tache.Etat.PRETE, pas_avant=maintenant()
    )

    vider_la_file()

    assert (ecrits, Avis.objects.count()) == (3, 3)


@pytest.mark.article("CCP", "R. 2185-1")
def test_une_consultation_sans_suite_redige_l_annulation_de_l_avis_parti(scene):
    consultation = scene.publiee()
    avis = envoyer(scene, ecrire(scene, consultation))
    prolonger(scene, consultation)

    arreter(scene, consultation)

    annulation = Avis.objects.get(sorte=Avis.Sorte.ANNULATION)
    assert "La procédure est déclarée sans suite. Le besoin a disparu." in annulation.texte
    assert annulation.change == avis
    assert list(queries.avis_a_envoyer([consultation])) == [annulation]


@pytest.mark.article("CCP", "R. 2185-1")
def test_une_consultation_sans_suite_laisse_l_avis_pas_encore_parti(scene):
    consultation = scene.publiee()
    parution = preparer(scene, ecrire(scene, consultation), voie="http")

    arreter(scene, consultation)

    assert Avis.objects.count() == 1
    assert queries.avis_publics(Consultation.toutes.get(pk=consultation.pk)) == []
    with pytest.raises(RegleEnfreinte, match="sans suite"):
        services.demander_l_envoi(
            parution=parution, par=scene.martine.acteur, maintenant=maintenant()
        )


def test_un_envoi_declare_apres_le_sans_suite_appelle_son_annulation(scene):
    consultation = scene.publiee()
    parution = preparer(scene, ecrire(scene, consultation))
    arreter(scene, consultation)

    declarer(scene, parution, scene.le + HEURE)
    vider_la_file()

    assert Avis.objects.get(sorte=Avis.Sorte.ANNULATION).change == parution.avis


@pytest.mark.moteurs
def test_une_consultation_sans_avis_change_sans_rien_rediger(scene):
    consultation = scene.publiee()

    consultations.declarer_sans_suite(
        consultation=consultation,
        motif="Le besoin a disparu.",
        par=scene.martine.acteur,
        maintenant=maintenant(),
    )
    vider_la_file()

    assert not Avis.objects.exists()


def remplacer_le_reglement(scene, consultation, **annonce):
    remplacer(scene, consultation)
    publier_une_version(
        scene,
        consultation,
        le=maintenant(),
        explication="Le poids des critères est précisé.",
        **annonce,
    )
    vider_la_file()


@pytest.mark.moteurs
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
    Tache.objects.filter(chemin__contains="dossier").update(
        etat=Tache.Etat.PRETE, pas_avant=maintenant()
    )

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

    monkeypatch.setattr(changements, "rectifier_un_avis", refuser)
    consultations.prolonger_le_delai(
        consultation=consultation,
        nouvelle=consultation.limite + timedelta(days=7),
        motif="Un plan manquait.",
        par=scene.martine.acteur,
        maintenant=maintenant(),
    )
    vider_la_file()

    courriel = Courriel.objects.get(sujet__contains="rectificatif")
    assert (
        "n'a pas pu se rédiger" in courriel.texte
        and "La durée du marché n'est plus dite." in courriel.texte
    )
    assert Tache.objects.get(chemin__contains="rediger").etat == Tache.Etat.FAITE
    assert queries.a_rectifier(Consultation.toutes.get(pk=consultation.pk)) != []
