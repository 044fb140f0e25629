"""Écrire, envoyer, prouver, constater :
un acte, une écriture au journal, et rien de perdu si le service se tait.
"""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from beffroi.achat.consultations.tests.scene import Scene, planter_la_scene
from beffroi.publicite.avis import gestes, queries, services
from beffroi.publicite.avis.models import Avis, Parution
from beffroi.publicite.avis.ports import AccuseDEnvoi
from beffroi.publicite.avis.tests import contenus
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, ServiceIndisponible
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.models import Tache
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.fondations.taches import vider_la_file
from beffroi.socle.journal.models import Ecriture
from droit.decision import Decision
from formats.avis import differences

pytestmark = pytest.mark.django_db
HEURE = timedelta(hours=1)


@pytest.fixture
def scene(db) -> Scene:
    """Plantée il y a trois jours : de quoi laisser passer les 48 heures."""
    return planter_la_scene(le=maintenant() - timedelta(days=3))


class Support:
    """Un service de publication d'essai :
    il répond ce qu'on lui dit, et retient ce qu'il a reçu.
    """

    def __init__(self) -> None:
        self.recus: list[str] = []
        self.pannes: list[Exception] = []

    def publier(self, avis, *, maintenant):
        self.recus.append(avis.cle)
        if self.pannes:
            raise self.pannes.pop(0)
        return AccuseDEnvoi(
            envoye_le=maintenant,
            numero="26-88058",
            preuve=b'{"numero": "26-88058"}',
            nom_de_la_preuve="accuse.json",
        )


SUPPORT = Support()


def voies_d_essai():
    return {"http": SUPPORT}


@pytest.fixture(autouse=True)
def support(settings, tmp_path):
    settings.ADAPTATEURS = {
        **settings.ADAPTATEURS,
        "avis.PublicateursDAvis": f"{__name__}.voies_d_essai",
    }
    SUPPORT.__init__()
    return SUPPORT


@pytest.fixture
def consultation(scene):
    return scene.brouillon()


@pytest.fixture
def prete(scene):
    """Avec ses documents et ses clés : il ne manque que la publication."""
    return scene.completer(scene.brouillon())


def ecrire(scene, consultation, contenu=None, *, forme=Avis.Forme.NATIONALE, depart=0, **options):
    contenu = contenu or contenus.national(envoi=scene.le)
    return services.ecrire_un_avis(
        consultation=consultation,
        contenu=contenu,
        forme=forme,
        par=scene.martine.acteur,
        maintenant=scene.le,
        tirage=contenus.tirage(depart),
        **options,
    )


def preparer(scene, avis, support=Parution.Support.BOAMP, voie=Parution.Voie.HTTP, **options):
    return services.preparer_une_parution(
        avis=avis,
        support=support,
        voie=voie,
        par=scene.martine.acteur,
        maintenant=scene.le,
        **options,
    )


def au_joue(scene, consultation):
    avis = ecrire(
        scene,
        consultation,
        contenus.europeen(envoi=scene.le),
        forme=Avis.Forme.EUROPEENNE,
        depart=50,
    )
    return preparer(scene, avis, Parution.Support.JOUE, Parution.Voie.MANUELLE)


def declarer(scene, parution, *, apres=HEURE, preuve=b"Accuse de reception"):
    return services.declarer_l_envoi(
        parution=parution,
        envoyee_le=scene.le + apres,
        preuve=preuve,
        nom="accuse.eml",
        par=scene.martine.acteur,
        maintenant=maintenant(),
    )


def demander(scene, parution):
    return services.demander_l_envoi(
        parution=parution, par=scene.martine.acteur, maintenant=maintenant()
    )


def actes():
    return list(Ecriture.objects.order_by("numero").values_list("acte", flat=True))


def test_un_avis_ecrit_garde_son_texte_sa_structure_et_ses_identifiants(scene, consultation):
    contenu = contenus.europeen(envoi=scene.le)

    avis = ecrire(scene, consultation, contenu, forme=Avis.Forme.EUROPEENNE)

    assert avis.structure == contenu
    assert str(avis.identifiant) in avis.xml
    assert "Réfection de la toiture" in avis.texte
    assert actes()[-1] == "avis.ecrire"


def test_un_avis_incomplet_est_refuse_et_dit_chaque_defaut(scene, consultation):
    contenu = replace(contenus.europeen(envoi=scene.le), titre="", code_cpv="12")

    with pytest.raises(RegleEnfreinte) as refus:
        ecrire(scene, consultation, contenu, forme=Avis.Forme.EUROPEENNE)

    motifs = " ".join(motif.texte for motif in refus.value.motifs)
    assert "Il manque le titre." in motifs
    assert "« 12 » n'est pas un code CPV." in motifs
    assert not Avis.objects.exists()


def test_un_rectificatif_garde_la_procedure_et_dit_l_avis_qu_il_change(scene, consultation):
    avant = contenus.europeen(envoi=scene.le)
    premier = ecrire(scene, consultation, avant, forme=Avis.Forme.EUROPEENNE)
    apres = differences.rectifier(
        avant,
        replace(avant, informations="Une visite est possible."),
        avis_publie=f"{premier.identifiant}-01",
        explication="Une visite est ajoutée.",
    )

    second = ecrire(
        scene, consultation, apres, forme=Avis.Forme.EUROPEENNE, depart=10, change=premier
    )

    assert (second.sorte, second.dossier) == (Avis.Sorte.RECTIFICATIF, premier.dossier)
    assert second.identifiant != premier.identifiant


def test_un_rectificatif_sans_avis_a_changer_est_refuse_par_la_base(scene, consultation):
    contenu = differences.annuler(
        contenus.national(envoi=scene.le),
        avis_publie="00123456-2026",
        explication="Sans suite.",
        envoi=scene.le,
    )

    with pytest.raises(IntegrityError, match="avis_initial_ne_change_rien"), transaction.atomic():
        ecrire(scene, consultation, contenu)


def test_le_joue_ne_recoit_pas_un_avis_national(scene, consultation):
    with pytest.raises(RegleEnfreinte, match="que des avis européens"):
        preparer(scene, ecrire(scene, consultation), Parution.Support.JOUE)


def test_la_plateforme_envoie_apres_l_acte_et_garde_la_preuve(scene, consultation, support):
    parution = demander(scene, preparer(scene, ecrire(scene, consultation)))
    assert support.recus == []

    vider_la_file()

    parution.refresh_from_db()
    assert (parution.etat, parution.numero) == (Parution.Etat.ENVOYEE, "26-88058")
    with stockage().lire(parution.preuve_cle) as preuve:
        assert preuve.read() == b'{"numero": "26-88058"}'
    assert actes()[-2:] == ["parution.demander_l_envoi", "parution.noter_l_envoi"]


def test_un_service_muet_fait_recommencer_avec_la_meme_cle(scene, consultation, support):
    support.pannes = [ServiceIndisponible("muet")]
    parution = demander(scene, preparer(scene, ecrire(scene, consultation)))

    vider_la_file()
    Tache.objects.filter(etat=Tache.Etat.PRETE).update(pas_avant=maintenant())
    vider_la_file()

    parution.refresh_from_db()
    assert parution.etat == Parution.Etat.ENVOYEE
    assert support.recus == [parution.reference, parution.reference]


def test_un_refus_rend_l_avis_a_la_personne_avec_son_motif(scene, consultation, support):
    support.pannes = [
        ServiceIndisponible("Le support a refusé l'avis : code CPV inconnu.", permanent=True)
    ]
    parution = demander(scene, preparer(scene, ecrire(scene, consultation)))

    vider_la_file()

    parution.refresh_from_db()
    assert (parution.etat, parution.motif_du_refus) == (
        Parution.Etat.REFUSEE,
        "Le support a refusé l'avis : code CPV inconnu.",
    )


def test_apres_un_refus_on_peut_envoyer_de_nouveau(scene, consultation, support):
    support.pannes = [ServiceIndisponible("Refusé.", permanent=True)]
    parution = demander(scene, preparer(scene, ecrire(scene, consultation)))
    vider_la_file()

    demander(scene, Parution.objects.get(pk=parution.pk))
    vider_la_file()

    parution.refresh_from_db()
    assert (parution.etat, parution.motif_du_refus) == (Parution.Etat.ENVOYEE, "")


def test_une_tache_rejouee_n_envoie_pas_deux_fois(scene, consultation, support):
    parution = demander(scene, preparer(scene, ecrire(scene, consultation)))
    vider_la_file()
    Tache.objects.update(etat=Tache.Etat.PRETE, pas_avant=maintenant())

    vider_la_file()

    assert support.recus == [parution.reference]


def test_un_envoi_abandonne_se_relance(scene, consultation, support):
    parution = demander(scene, preparer(scene, ecrire(scene, consultation)))
    Tache.objects.update(etat=Tache.Etat.ABANDONNEE)

    services.relancer_l_envoi(parution=parution, par=scene.martine.acteur, maintenant=maintenant())
    vider_la_file()

    parution.refresh_from_db()
    assert parution.etat == Parution.Etat.ENVOYEE


def test_un_envoi_que_la_file_recommence_encore_ne_se_relance_pas(scene, consultation, support):
    parution = demander(scene, preparer(scene, ecrire(scene, consultation)))

    with pytest.raises(RegleEnfreinte, match="recommence seule"):
        services.relancer_l_envoi(
            parution=parution, par=scene.martine.acteur, maintenant=maintenant()
        )

    assert not queries.envoi_abandonne(parution)


def libelles(parution, *, libre=True):
    trouves = gestes.gestes_de(parution, libre=libre, abandonnee=queries.envoi_abandonne(parution))
    return [geste.libelle for geste in trouves]


def test_relancer_ne_se_propose_que_pour_un_envoi_abandonne(scene, consultation, support):
    parution = demander(scene, preparer(scene, ecrire(scene, consultation)))
    assert libelles(parution) == ["L'avis est refusé"]

    Tache.objects.update(etat=Tache.Etat.ABANDONNEE)

    assert libelles(parution) == ["Relancer l'envoi", "L'avis est refusé"]
    assert libelles(parution, libre=False) == ["L'avis est refusé"]


def test_un_envoi_abandonne_se_dit(scene, consultation, support):
    parution = demander(scene, preparer(scene, ecrire(scene, consultation)))
    Tache.objects.update(etat=Tache.Etat.ABANDONNEE)

    vue = gestes.affichee(
        parution,
        attente=Decision.accord(),
        depart=Decision.accord(),
        peut_agir=True,
        abandonnee=True,
    )

    assert vue.mot == "Envoi arrêté" and "a cessé d'essayer" in vue.phrase


def test_une_voie_non_reglee_se_dit_comme_un_refus(scene, consultation):
    parution = demander(
        scene, preparer(scene, ecrire(scene, consultation), voie=Parution.Voie.DOSSIER)
    )

    vider_la_file()

    parution.refresh_from_db()
    assert "n'est pas réglé" in parution.motif_du_refus


def test_a_la_main_la_plateforme_n_envoie_rien(scene, consultation):
    parution = preparer(scene, ecrire(scene, consultation), voie=Parution.Voie.MANUELLE)

    with pytest.raises(RegleEnfreinte, match="s'envoie à la main"):
        demander(scene, parution)


@pytest.mark.article("CCP", "R. 2131-19")
class TestPreuveDeLEnvoi:
    def test_un_envoi_a_la_main_garde_sa_preuve_et_son_empreinte(self, scene, consultation):
        parution = declarer(
            scene, preparer(scene, ecrire(scene, consultation), voie=Parution.Voie.MANUELLE)
        )

        ecriture = Ecriture.objects.order_by("-numero").first()
        assert parution.preuve_sha256 in ecriture.contenu
        with stockage().lire(parution.preuve_cle) as preuve:
            assert preuve.read() == b"Accuse de reception"

    def test_sans_preuve_l_envoi_ne_se_declare_pas(self, scene, consultation):
        parution = preparer(scene, ecrire(scene, consultation), voie=Parution.Voie.MANUELLE)

        with pytest.raises(RegleEnfreinte, match="La preuve de l'envoi manque"):
            declarer(scene, parution, preuve=b"")

    def test_la_base_refuse_une_date_d_envoi_sans_preuve(self, scene, consultation):
        parution = preparer(scene, ecrire(scene, consultation))

        with pytest.raises(IntegrityError, match="envoi_prouve"), transaction.atomic():
            Parution.objects.filter(pk=parution.pk).update(envoyee_le=scene.le)

    def test_la_preuve_d_un_envoi_refuse_reste_au_journal(self, scene, consultation):
        parution = declarer(
            scene, preparer(scene, ecrire(scene, consultation), voie=Parution.Voie.MANUELLE)
        )
        empreinte, cle = parution.preuve_sha256, parution.preuve_cle

        services.constater_le_refus(
            parution=parution, motif="Trop long.", par=scene.martine.acteur, maintenant=maintenant()
        )

        assert empreinte in Ecriture.objects.order_by("-numero").first().contenu
        assert stockage().taille(cle) > 0


@pytest.mark.article("CCP", "R. 2131-20")
class TestAttenteDuJoue:
    def confirmer(self, scene, parution, *, apres):
        return services.confirmer_la_reception(
            parution=parution,
            recue_le=scene.le + apres,
            numero="2026-123456",
            par=scene.martine.acteur,
            maintenant=maintenant(),
        )

    def test_le_boamp_attend_que_le_joue_ait_recu(self, scene, consultation):
        declarer(scene, au_joue(scene, consultation))

        with pytest.raises(RegleEnfreinte, match="pas encore paru"):
            demander(scene, preparer(scene, ecrire(scene, consultation)))

    def test_48_heures_apres_la_confirmation_le_boamp_part(self, scene, consultation):
        self.confirmer(scene, declarer(scene, au_joue(scene, consultation)), apres=2 * HEURE)

        parution = demander(scene, preparer(scene, ecrire(scene, consultation)))

        assert parution.etat == Parution.Etat.EN_ENVOI

    def test_des_la_parution_au_joue_le_boamp_part(self, scene, consultation):
        joue = declarer(scene, au_joue(scene, consultation), apres=60 * HEURE)
        services.constater_la_parution(
            parution=joue,
            parue_le=scene.le + 61 * HEURE,
            numero="00123456-2026",
            adresse="https://ted.example/1",
            par=scene.martine.acteur,
            maintenant=maintenant(),
        )

        assert (
            demander(scene, preparer(scene, ecrire(scene, consultation))).etat
            == Parution.Etat.EN_ENVOI
        )

    def test_un_envoi_a_la_main_date_d_avant_les_48_heures_est_refuse(self, scene, consultation):
        self.confirmer(scene, declarer(scene, au_joue(scene, consultation)), apres=2 * HEURE)
        boamp = preparer(scene, ecrire(scene, consultation), voie=Parution.Voie.MANUELLE)

        with pytest.raises(RegleEnfreinte, match="pas encore paru"):
            declarer(scene, boamp, apres=3 * HEURE)

    def test_le_profil_d_acheteur_attend_aussi(self, scene, prete):
        declarer(scene, au_joue(scene, prete))

        with pytest.raises(RegleEnfreinte, match="pas encore paru"):
            scene.publier(prete)

    def test_le_profil_publie_une_fois_les_48_heures_passees(self, scene, consultation):
        self.confirmer(scene, declarer(scene, au_joue(scene, consultation)), apres=2 * HEURE)

        assert queries.peut_paraitre_ailleurs(
            consultation, maintenant=scene.le + 50 * HEURE
        ).favorable
        assert not queries.peut_paraitre_ailleurs(
            consultation, maintenant=scene.le + 49 * HEURE
        ).favorable

    def test_sans_avis_europeen_le_profil_publie(self, scene, prete):
        ecrire(scene, prete)

        assert scene.publier(prete).etat == "publiee"


def test_une_reception_ne_precede_pas_l_envoi(scene, consultation):
    parution = declarer(scene, au_joue(scene, consultation), apres=5 * HEURE)

    with pytest.raises(RegleEnfreinte, match="précède l'envoi"):
        services.confirmer_la_reception(
            parution=parution,
            recue_le=scene.le,
            numero="1",
            par=scene.martine.acteur,
            maintenant=maintenant(),
        )


def test_un_avis_paru_ne_se_declare_plus_envoye(scene, consultation):
    parution = declarer(
        scene, preparer(scene, ecrire(scene, consultation), voie=Parution.Voie.MANUELLE)
    )
    parue = services.constater_la_parution(
        parution=parution,
        parue_le=scene.le + 2 * HEURE,
        numero="26-88058",
        adresse="",
        par=scene.martine.acteur,
        maintenant=maintenant(),
    )

    with pytest.raises(ConflitEtat):
        declarer(scene, parue)


def test_un_avis_ne_parait_qu_une_fois_par_journal(scene, consultation):
    avis = ecrire(scene, consultation)
    preparer(scene, avis, Parution.Support.JAL, nom_du_support="La Voix")

    with (
        pytest.raises(IntegrityError, match=r"une_parution_par_support|UNIQUE"),
        transaction.atomic(),
    ):
        preparer(scene, avis, Parution.Support.JAL, nom_du_support="La Voix")


def test_les_fichiers_a_telecharger_sont_le_texte_et_le_xml(scene, consultation):
    avis = ecrire(
        scene, consultation, contenus.europeen(envoi=scene.le), forme=Avis.Forme.EUROPEENNE
    )

    assert sorted(queries.fichiers_de(avis)) == [f"{avis.reference}.txt", f"{avis.reference}.xml"]
