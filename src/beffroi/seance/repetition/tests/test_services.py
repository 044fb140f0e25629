"""Une répétition entière, ses refus, ce qu'elle efface, et ce qu'elle ne touche jamais."""

from dataclasses import replace
from datetime import timedelta

import pytest

from beffroi.achat.consultations.services import prolonger_le_delai
from beffroi.seance.ouverture.models import Seance
from beffroi.seance.ouverture.services.code import confirmer_le_code
from beffroi.seance.ouverture.tests.factories import LIMITE
from beffroi.seance.repetition import ecrans, queries, services, taches
from beffroi.seance.repetition.models import PartDeRepetition, Repetition
from beffroi.seance.repetition.states import EtatDeRepetition
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, RoleManquant
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.models import Ecriture
from demo import repetitions
from demo.cles import CAPACITE
from demo.repetitions import Table
from sceau import Identity

AVANT = LIMITE - timedelta(days=5)


@pytest.fixture
def table(scene):
    return Table(scene.troupe, preside="helene", avec="bernard", le=AVANT)


def test_deux_personnes_repetent_et_tout_s_efface(scene, table, coffre_de_test):
    repetition = repetitions.repeter(scene.consultation, table)

    assert repetition.etat == EtatDeRepetition.REUSSIE
    assert (bytes(repetition.enveloppe), repetition.phrase, repetition.cle_ephemere) == (
        b"",
        "",
        "",
    )
    assert not PartDeRepetition.objects.exists()
    assert list(repetition.participants.values_list("part_rescellee", flat=True)) == [{}, {}, {}]


def test_le_coffre_est_vide_apres_la_repetition(
    scene, table, coffre_de_test, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        repetition = repetitions.repeter(scene.consultation, table)

    assert not coffre_de_test.contient(repetition.reference, queries.SORTE)


def test_la_phrase_scellee_revient_sur_les_ecrans(scene, table):
    repetition = ouverte(scene, table)

    lue = services.lire_l_enveloppe(
        repetition=repetition, capacite=CAPACITE, par=scene.personne("helene"), maintenant=AVANT
    )

    assert lue.phrase == repetitions.PHRASE


def test_le_journal_dit_qui_a_repete(scene, table):
    repetition = repetitions.repeter(scene.consultation, table)

    ecriture = Ecriture.objects.get(acte="repetition.reussir")
    assert ecriture.sujet == repetition.reference
    assert scene.consultation.reference in ecriture.contenu
    assert "Hélène Duriez" in ecriture.contenu and "Bernard Lefebvre" in ecriture.contenu


def test_la_page_de_la_consultation_dit_quand_et_par_qui(scene, table):
    avant = ecrans.etat_de_la_repetition(scene.consultation, le=AVANT)
    repetitions.repeter(scene.consultation, table)
    apres = ecrans.etat_de_la_repetition(scene.consultation, le=AVANT)

    assert (avant.faite, avant.texte) == (False, "L'ouverture n'a pas été répétée.")
    assert (
        apres.texte.replace("\u00a0", " ")
        == "Répétée le jeudi 7 janvier 2027 par Bernard Lefebvre et Hélène Duriez."
    )


# ---------------------------------------------------------------- jamais la vraie
# séance, jamais la vraie clé


def test_la_repetition_n_ouvre_aucune_seance_et_ne_change_pas_la_consultation(scene, table):
    repetitions.repeter(scene.consultation, table)

    scene.consultation.refresh_from_db()
    assert scene.consultation.etat == "publiee"
    assert not Seance.objects.exists()


def test_le_dialogue_ne_montre_rien_de_la_vraie_cle(scene, table):
    repetition = repetitions.commencer(scene.consultation, table)
    vraies = {paire.empreinte for paire in scene.consultation.paires_de_cles.values()}

    dit = ecrans.Tableau(repetition, scene.personne("helene")).dialogue()

    assert {cle["sorte"] for cle in dit["cles"]} == {queries.SORTE}
    assert not vraies & {cle["empreinte"] for cle in dit["cles"]}


def test_la_cle_d_une_consultation_ne_sert_pas_a_repeter(scene):
    vraie = scene.consultation.paires_de_cles["offre"]
    essai = replace(repetitions.essai(scene.consultation), destinataire=vraie.destinataire)

    with pytest.raises(RegleEnfreinte, match="ne se fait pas avec la clé d'une consultation"):
        commencer(scene, essai)


def test_une_cle_d_essai_ne_sert_qu_une_fois(scene, table):
    essai = repetitions.essai(scene.consultation)
    premiere = commencer(scene, essai)
    services.abandonner(repetition=premiere, par=scene.personne("helene").acteur, maintenant=AVANT)

    with pytest.raises(RegleEnfreinte, match="a déjà servi"):
        commencer(scene, essai)


def test_les_parts_sont_celles_des_personnes_designees(scene):
    essai = repetitions.essai(scene.consultation)
    moins_une = dict(list(essai.parts.items())[:2])

    with pytest.raises(RegleEnfreinte, match="personnes désignées"):
        commencer(scene, replace(essai, parts=moins_une), qui="bernard")


@pytest.mark.parametrize("enveloppe", [b"", b"x" * 4097])
def test_une_enveloppe_d_essai_a_une_taille_bornee(scene, enveloppe):
    essai = replace(repetitions.essai(scene.consultation), enveloppe=enveloppe)

    with pytest.raises(RegleEnfreinte, match="taille"):
        commencer(scene, essai)


# ---------------------------------------------------------------- à l'heure, à deux


def test_apres_l_heure_limite_on_ne_commence_plus(scene):
    with pytest.raises(RegleEnfreinte, match="il n'est plus temps de répéter"):
        commencer(scene, repetitions.essai(scene.consultation), le=LIMITE + timedelta(seconds=1))


def test_apres_l_heure_limite_la_repetition_commencee_s_arrete(scene, table):
    repetition = ouverte(scene, table)

    with pytest.raises(RegleEnfreinte, match="il n'est plus temps de répéter"):
        services.lire_l_enveloppe(
            repetition=repetition,
            capacite=CAPACITE,
            par=scene.personne("helene"),
            maintenant=LIMITE + timedelta(seconds=1),
        )


def test_la_ronde_efface_ce_que_l_heure_limite_a_depasse(scene, table):
    repetition = ouverte(scene, table)

    taches.effacer(LIMITE + timedelta(seconds=1))
    taches.effacer(LIMITE + timedelta(seconds=20))

    repetition.refresh_from_db()
    assert repetition.etat == EtatDeRepetition.ABANDONNEE
    assert bytes(repetition.enveloppe) == b""


def test_une_personne_qui_n_est_pas_designee_ne_s_assoit_pas(scene, table):
    repetition = repetitions.commencer(scene.consultation, table)

    with pytest.raises(RoleManquant, match="pas désigné"):
        services.rejoindre(
            repetition=repetition,
            utilisateur=scene.personne("yvette"),
            appareil="sien",
            maintenant=AVANT,
        )


def test_une_seule_repetition_a_la_fois(scene, table):
    repetitions.commencer(scene.consultation, table)

    with pytest.raises(ConflitEtat, match="déjà commencée"):
        commencer(scene, repetitions.essai(scene.consultation), qui="bernard")


def test_le_meme_appareil_ne_compte_pas_pour_deux(scene, table):
    repetition = repetitions.commencer(scene.consultation, table)
    services.rejoindre(
        repetition=repetition,
        utilisateur=scene.personne("bernard"),
        appareil="appareil de helene",
        maintenant=AVANT,
    )

    with pytest.raises(RegleEnfreinte) as refus:
        repetitions.tourner(repetition, table)
    assert "même appareil" in str(refus.value.motifs)


def test_un_code_different_n_ouvre_rien(scene, table):
    repetition = repetitions.commencer(scene.consultation, table)
    repetitions.composer_le_code(repetition, table, ephemere=Identity.generate())

    place = confirmer_le_code(
        seance=repetition, par=scene.personne("bernard"), identique=False, maintenant=AVANT
    )

    assert place.confirme_le is None
    assert Ecriture.objects.filter(acte="repetition.code_different").exists()


def test_seule_la_presidence_ouvre_l_enveloppe(scene, table):
    repetition = ouverte(scene, table)

    with pytest.raises(RoleManquant, match="présidence"):
        services.lire_l_enveloppe(
            repetition=repetition,
            capacite=CAPACITE,
            par=scene.personne("bernard"),
            maintenant=AVANT,
        )


def test_un_coffre_vide_redemande_les_cles(scene, table, coffre_de_test):
    repetition = ouverte(scene, table)
    coffre_de_test.vider(repetition.reference)

    reprise = services.lire_l_enveloppe(
        repetition=repetition, capacite=CAPACITE, par=scene.personne("helene"), maintenant=AVANT
    )

    assert reprise.etat == EtatDeRepetition.CLES_EN_COURS
    assert not reprise.participants.exclude(confirme_le=None).exists()


def test_un_contenu_qui_n_est_pas_celui_scelle_fait_echouer(scene, table):
    repetition = ouverte(scene, table)
    Repetition.objects.filter(pk=repetition.pk).update(engagement="00" * 32)
    repetition.refresh_from_db()

    finie = services.lire_l_enveloppe(
        repetition=repetition, capacite=CAPACITE, par=scene.personne("helene"), maintenant=AVANT
    )

    assert finie.etat == EtatDeRepetition.ECHOUEE


def test_une_autre_phrase_fait_echouer_et_ne_compte_pas_comme_repetee(scene, table):
    repetition, helene = ouverte(scene, table), scene.personne("helene")
    services.lire_l_enveloppe(
        repetition=repetition, capacite=CAPACITE, par=helene, maintenant=AVANT
    )

    services.conclure(repetition=repetition, meme_phrase=False, par=helene, maintenant=AVANT)

    assert queries.derniere_reussie(scene.consultation) is None


def test_on_ne_conclut_pas_sans_avoir_lu(scene, table):
    repetition = ouverte(scene, table)

    with pytest.raises(ConflitEtat, match="Ouvrez d'abord"):
        services.conclure(
            repetition=repetition, meme_phrase=True, par=scene.personne("helene"), maintenant=AVANT
        )


# ---------------------------------------------------------------- rappel


def rappels() -> list[str]:
    return sorted(
        Courriel.objects.filter(cle__startswith="repetition/").values_list(
            "destinataire", flat=True
        )
    )


def test_la_veille_chaque_personne_designee_est_prevenue_une_fois(scene):
    taches.rappeler(LIMITE - timedelta(days=1, minutes=1))
    assert rappels() == []

    taches.rappeler(LIMITE - timedelta(hours=23))
    taches.rappeler(LIMITE - timedelta(hours=22))

    assert rappels() == ["bernard@bomy.example", "helene@bomy.example", "martine@bomy.example"]


def test_qui_a_repete_n_est_pas_rappele(scene, table):
    repetitions.repeter(scene.consultation, table)

    taches.rappeler(LIMITE - timedelta(hours=2))

    assert rappels() == []


def test_a_faire_propose_de_repeter_jusqu_a_ce_que_ce_soit_fait(scene, table):
    bernard = scene.personne("bernard")
    avant = list(queries.a_repeter_par(bernard, le=AVANT))
    repetitions.repeter(scene.consultation, table)

    assert avant == [scene.consultation]
    assert list(queries.a_repeter_par(bernard, le=AVANT)) == []
    assert list(queries.a_repeter_par(scene.personne("yvette"), le=AVANT)) == []


def test_une_prolongation_rappelle_avant_la_nouvelle_heure(scene):
    taches.rappeler(LIMITE - timedelta(hours=2))
    prolonger_le_delai(
        consultation=scene.consultation,
        nouvelle=LIMITE + timedelta(days=7),
        motif="Un plan a changé.",
        par=scene.personne("martine").acteur,
        maintenant=LIMITE - timedelta(hours=1),
    )

    taches.rappeler(LIMITE + timedelta(days=6, hours=12))

    assert len(rappels()) == 6


def commencer(scene, essai, *, qui="helene", le=AVANT) -> Repetition:
    return services.commencer(
        consultation=scene.consultation,
        essai=essai,
        appareil="appareil",
        par=scene.personne(qui),
        maintenant=le,
    )


def ouverte(scene, table) -> Repetition:
    """Une répétition dont les clés sont tournées."""
    repetition = repetitions.tourner(repetitions.commencer(scene.consultation, table), table)
    repetition.refresh_from_db()
    return repetition
