"""Examiner, faire compléter, prouver : par les services, sur des réponses ouvertes."""

import io
from datetime import date, timedelta

import pytest

from beffroi.choix.candidatures import ecrans, examen, queries, services
from beffroi.choix.candidatures.models import (
    DemandeDeComplement,
    ExamenDePiece,
    OrdreDExamen,
    Preuve,
)
from beffroi.choix.candidatures.ports import PreuveObtenue, ServiceOfficielMuet, preuves_officielles
from beffroi.choix.candidatures.services import APreciser, Constat, SaisieDePreuve
from beffroi.choix.candidatures.tests.scene import EXAMEN_LE, reponses_ouvertes
from beffroi.choix.echanges import services as echanges
from beffroi.choix.echanges.models import Exemplaire
from beffroi.reponse.depots.tests import factories
from beffroi.socle.fondations.erreurs import Introuvable, RegleEnfreinte
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.guichet.envois import Fichier
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db
AVANT = EXAMEN_LE + timedelta(days=5)


@pytest.fixture
def plis(scene):
    return reponses_ouvertes(scene)


@pytest.fixture
def martine(scene):
    return scene.personne("martine")


def dossier(scene, pli, le=EXAMEN_LE):
    [trouve] = examen.dossiers(
        scene.consultation, [queries.candidature_de(scene.consultation, pli.reference)], le=le
    )
    return trouve


def demander(scene, *plis, avant=AVANT, le=EXAMEN_LE):
    demandes = [
        APreciser(pli, [(v.cle, v.intitule) for v in dossier(scene, pli).manquantes])
        for pli in plis
    ]
    return services.demander_de_completer(
        consultation=scene.consultation,
        demandes=demandes,
        avant=avant,
        par=scene.personne("martine"),
        maintenant=le,
    )


def repondre(pli, *, le, cle="r" * 32):
    exemplaire = Exemplaire.objects.get(fil__equipe=pli.equipe)
    fichier = Fichier("Attestation d'assurance.pdf", io.BytesIO(b"%PDF-1.7 assurance"))
    reponse = echanges.Reponse(texte="Voici la pièce.", cle=cle, fichiers=[fichier])
    return echanges.repondre(fil=exemplaire.fil, reponse=reponse, par=pli.depose_par, maintenant=le)


def test_un_fichier_se_range_sous_la_piece_qu_il_apporte_et_ce_qui_n_a_rien_manque(scene, plis):
    vues = {vue.intitule: vue for vue in dossier(scene, plis[0]).pieces}

    assert [vue.intitule for vue in dossier(scene, plis[0]).manquantes] == [
        nom for nom, vue in vues.items() if vue.piece and not vue.fichiers
    ]
    assert any(vue.fichiers for vue in vues.values()) or dossier(scene, plis[0]).autres_fichiers


def test_le_dernier_verdict_vaut_et_les_autres_restent(scene, plis, martine):
    piece = dossier(scene, plis[0]).pieces[0].piece
    vue = ""
    for verdict, note in (("insuffisante", "De 2019."), ("presente", "")):
        constats = [Constat(piece, verdict, note, vue)]
        [dit] = services.examiner(pli=plis[0], constats=constats, par=martine, maintenant=EXAMEN_LE)
        vue = str(dit.pk)

    assert dossier(scene, plis[0]).pieces[0].examen.verdict == "presente"
    assert ExamenDePiece.objects.count() == 2


def test_redire_le_meme_verdict_n_ecrit_rien(scene, plis, martine):
    constats = [Constat(None, "presente")]
    services.examiner(pli=plis[0], constats=constats, par=martine, maintenant=EXAMEN_LE)
    ecritures = Ecriture.objects.count()

    assert (
        services.examiner(pli=plis[0], constats=constats, par=martine, maintenant=EXAMEN_LE) == []
    )
    assert Ecriture.objects.count() == ecritures


def test_une_piece_d_une_autre_consultation_est_refusee(scene, plis, martine):
    from beffroi.reponse.depots.tests.factories import consultation

    autre = consultation(limite=EXAMEN_LE + timedelta(days=9))
    piece = autre.pieces_attendues.create(enveloppe="candidature", intitule="Kbis")

    with pytest.raises(RegleEnfreinte):
        services.examiner(
            pli=plis[0], constats=[Constat(piece, "presente")], par=martine, maintenant=EXAMEN_LE
        )


def test_une_demande_part_a_toutes_avec_un_seul_delai_et_a_chacune_sa_liste(scene, plis):
    courrier = demander(scene, *plis)

    assert courrier.envoye_le == EXAMEN_LE and courrier.reponse_avant == AVANT
    textes = [exemplaire.texte for exemplaire in courrier.exemplaires.all()]
    assert len(textes) == 2
    assert all(
        vue.intitule in texte for texte in textes for vue in dossier(scene, plis[0]).manquantes
    )
    assert '"objet":"pieces"' in Ecriture.objects.get(acte="candidatures.demander").contenu


def test_si_l_envoi_echoue_rien_n_est_retenu(scene, plis, monkeypatch):
    def echouer(**_):
        raise RegleEnfreinte("Personne n'a de compte.")

    monkeypatch.setattr(echanges, "envoyer", echouer)

    with pytest.raises(RegleEnfreinte):
        demander(scene, *plis)
    assert DemandeDeComplement.objects.count() == 0
    assert not scene.consultation.courriers.exists()


def test_une_seconde_demande_garde_le_delai_qui_court(scene, plis):
    demander(scene, plis[0])

    with pytest.raises(RegleEnfreinte, match="même délai à tous"):
        demander(scene, plis[1], avant=AVANT + timedelta(days=1))
    demander(scene, plis[1])


def test_ce_qui_revient_se_voit_et_le_retard_aussi(scene, plis):
    demander(scene, *plis)
    repondre(plis[0], le=AVANT)
    repondre(plis[1], le=AVANT + timedelta(seconds=1), cle="s" * 32)

    a_temps, en_retard = (dossier(scene, pli, le=AVANT).demandes[0] for pli in plis)
    assert (a_temps.signe[1], en_retard.signe[1]) == ("Répondu", "Répondu en retard")
    assert a_temps.reponses[0].retour.pieces.get().nom == "Attestation d'assurance.pdf"


def test_ce_qui_est_revenu_avant_la_demande_n_y_repond_pas(scene, plis):
    demander(scene, plis[0])
    repondre(plis[0], le=EXAMEN_LE + timedelta(hours=1))
    demander(scene, plis[0], le=EXAMEN_LE + timedelta(hours=2))

    premiere, seconde = dossier(scene, plis[0]).demandes
    assert (len(premiere.reponses), len(seconde.reponses)) == (1, 0)


def test_l_ordre_choisi_se_garde_et_se_journalise(scene, plis, martine):
    for _ in range(2):
        services.choisir_l_ordre(
            consultation=scene.consultation, ordre="offres", par=martine, maintenant=EXAMEN_LE
        )

    assert examen.ordre_de(scene.consultation) == "offres"
    assert (
        OrdreDExamen.objects.count()
        == Ecriture.objects.filter(acte="candidatures.ordonner").count()
        == 1
    )


def test_une_preuve_ajoutee_dit_sa_date_et_jusqu_ou_elle_vaut(scene, plis, martine):
    saisie = SaisieDePreuve(
        "sociale", date(2026, 5, 12), fichier=Fichier("urssaf.pdf", io.BytesIO(b"%PDF-1.7"))
    )
    services.ajouter_une_preuve(pli=plis[0], saisie=saisie, par=martine, maintenant=EXAMEN_LE)

    [vue] = ecrans.preuves_affichees(plis[0], le=EXAMEN_LE)
    assert vue.preuve.valable_jusqu_au == date(2026, 11, 12)
    assert vue.signe[1] == "Périmée"
    assert stockage().lire(vue.preuve.cle_de_stockage).read() == b"%PDF-1.7"


def test_une_preuve_vient_de_la_messagerie_de_cette_entreprise_seule(scene, plis, martine):
    demander(scene, *plis)
    piece = repondre(plis[0], le=AVANT).pieces.get()
    saisie = SaisieDePreuve("fiscale", date(2027, 1, 2), piece_jointe=piece)

    preuve = services.ajouter_une_preuve(pli=plis[0], saisie=saisie, par=martine, maintenant=AVANT)
    assert (preuve.source, preuve.sha256) == ("entreprise", piece.sha256)
    with pytest.raises(Introuvable):
        services.ajouter_une_preuve(pli=plis[1], saisie=saisie, par=martine, maintenant=AVANT)


def test_sans_service_officiel_le_refus_dit_de_demander_a_l_entreprise(plis):
    assert not preuves_officielles().est_branche
    with pytest.raises(ServiceOfficielMuet, match="Demandez les preuves à l'entreprise"):
        preuves_officielles().demander("123", le=EXAMEN_LE)


def test_ce_que_rend_un_service_officiel_se_garde_avec_sa_source(plis, martine):
    obtenue = PreuveObtenue("fiscale", "dgfip.pdf", b"%PDF", date(2027, 1, 10), None, "DGFiP")
    services.garder_les_preuves_obtenues(
        pli=plis[0], obtenues=[obtenue], par=martine, maintenant=EXAMEN_LE
    )

    preuve = Preuve.objects.get()
    assert (preuve.source, preuve.nom_de_la_source) == ("officielle", "DGFiP")
    assert queries.preuves_de(plis[0]) == [preuve]


def test_une_preuve_ne_se_lit_pas_depuis_la_consultation_d_un_autre_acheteur(plis, martine):
    obtenue = PreuveObtenue("fiscale", "dgfip.pdf", b"%PDF", date(2027, 1, 10), None, "DGFiP")
    services.garder_les_preuves_obtenues(
        pli=plis[0], obtenues=[obtenue], par=martine, maintenant=EXAMEN_LE
    )
    preuve = Preuve.objects.get()

    assert queries.preuve_pour(plis[0].consultation, preuve.reference) == preuve
    with pytest.raises(Introuvable):
        queries.preuve_pour(factories.consultation(), preuve.reference)


def test_demander_les_preuves_n_ecrit_qu_a_une_entreprise(scene, plis, martine):
    courrier = services.demander_les_preuves(
        pli=plis[0], sortes=["fiscale", "sociale"], avant=AVANT, par=martine, maintenant=EXAMEN_LE
    )

    [exemplaire] = courrier.exemplaires.all()
    assert exemplaire.fil.equipe == plis[0].equipe
    assert "- Attestation fiscale\n- Attestation sociale" in exemplaire.texte
