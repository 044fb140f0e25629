"""Écrire avant qu'une pièce expire, une fois ; effacer quand plus personne n'y a titre."""

from datetime import UTC, date, datetime, timedelta

import pytest

from beffroi.personnes.comptes.services import revoquer_utilisateur
from beffroi.personnes.comptes.tests.personnes import LUNDI
from beffroi.personnes.entreprises.services import detacher_membre
from beffroi.personnes.pieces import rondes, services
from beffroi.personnes.pieces.models import PieceDEntreprise
from beffroi.personnes.pieces.services import Validite
from beffroi.personnes.pieces.tests.gestes import ajouter, membre, remplacer, un_fichier
from beffroi.socle.fondations.models import Courriel
from droit.pieces_de_candidature import Sorte

pytestmark = pytest.mark.django_db
FIN = date(2027, 3, 31)
TRENTE, SEPT = (datetime(2027, 3, jour, 8, tzinfo=UTC) for jour in (1, 24))


@pytest.fixture
def sophie():
    return membre()


def rappels() -> list[str]:
    return [
        courriel.destinataire.split("@")[0]
        for courriel in Courriel.objects.filter(cle__startswith="pieces:")
    ]


@pytest.mark.moteurs
def test_le_rappel_part_a_trente_jours_puis_a_sept(sophie):
    ajouter(sophie, un_fichier(fin=FIN))

    rondes.rappeler(TRENTE - timedelta(days=1))
    assert rappels() == []
    rondes.rappeler(TRENTE)
    assert rappels() == ["sophie"]
    rondes.rappeler(SEPT)
    assert rappels() == ["sophie", "sophie"]


def test_une_ronde_rejouee_n_ecrit_rien_de_plus(sophie):
    ajouter(sophie, un_fichier(fin=FIN))

    for heures in range(30):
        rondes.rappeler(TRENTE + timedelta(hours=heures))

    assert rappels() == ["sophie"]


def test_le_courriel_nomme_la_piece_et_son_dernier_jour(sophie):
    ajouter(sophie, un_fichier(fin=FIN))

    rondes.rappeler(TRENTE)

    courriel = Courriel.objects.get(cle__startswith="pieces:")
    assert courriel.sujet == "Attestation de vigilance (URSSAF) : valable jusqu'au 31 mars 2027"
    assert "/entreprise/pieces/" in courriel.texte and "Remplacez-la" in courriel.texte


def test_plusieurs_pieces_font_un_seul_courriel(sophie):
    ajouter(sophie, un_fichier(fin=FIN))
    ajouter(sophie, un_fichier("decennale.pdf", b"%PDF decennale", fin=FIN), sorte=Sorte.DECENNALE)

    rondes.rappeler(TRENTE)

    courriel = Courriel.objects.get(cle__startswith="pieces:")
    assert courriel.sujet == "2 pièces arrivent à leur fin de validité"
    assert "décennale" in courriel.texte and "URSSAF" in courriel.texte


def test_une_piece_ajoutee_plus_tard_n_ecrit_pas_de_nouveau_pour_la_premiere(sophie):
    ajouter(sophie, un_fichier(fin=FIN))
    rondes.rappeler(TRENTE)
    ajouter(
        sophie,
        un_fichier("decennale.pdf", b"%PDF decennale", fin=FIN),
        sorte=Sorte.DECENNALE,
        le=LUNDI,
    )

    rondes.rappeler(TRENTE + timedelta(hours=1))

    dernier = Courriel.objects.filter(cle__startswith="pieces:").last()
    assert "décennale" in dernier.texte and "URSSAF" not in dernier.texte


def test_une_piece_remplacee_ne_se_rappelle_plus(sophie):
    piece = ajouter(sophie, un_fichier(fin=FIN))
    remplacer(piece, sophie, un_fichier(octets=b"%PDF neuve", fin=FIN + timedelta(days=180)))

    rondes.rappeler(TRENTE)

    assert rappels() == []


def test_corriger_la_fin_remet_les_rappels(sophie):
    piece = ajouter(sophie, un_fichier(fin=FIN))
    rondes.rappeler(SEPT)

    services.corriger_la_piece(
        piece=piece,
        intitule="",
        validite=Validite(None, FIN + timedelta(days=365)),
        maintenant=SEPT,
    )
    rondes.rappeler(TRENTE + timedelta(days=366))

    assert rappels() == ["sophie", "sophie"]


def test_si_la_personne_est_partie_ses_collegues_sont_prevenus(sophie):
    membre("Kévin Masson", confirme_par=sophie)
    ajouter(sophie, un_fichier(fin=FIN))
    detacher_membre(membre=sophie, par=sophie.utilisateur.acteur, maintenant=LUNDI)

    rondes.rappeler(TRENTE)

    assert rappels() == ["kévin"]


def test_qui_attend_d_etre_confirme_n_est_pas_prevenu(sophie):
    membre("Kévin Masson")
    ajouter(sophie, un_fichier(fin=FIN))

    rondes.rappeler(TRENTE)

    assert rappels() == ["sophie"]


def test_au_depart_de_la_derniere_personne_confirmee_tout_s_efface(sophie):
    ajouter(sophie)
    membre("Kévin Masson")

    detacher_membre(membre=sophie, par=sophie.utilisateur.acteur, maintenant=LUNDI)

    assert not PieceDEntreprise.objects.exists()


def test_tant_qu_un_collegue_confirme_reste_rien_ne_s_efface(sophie):
    ajouter(sophie)
    membre("Kévin Masson", confirme_par=sophie)

    detacher_membre(membre=sophie, par=sophie.utilisateur.acteur, maintenant=LUNDI)

    assert PieceDEntreprise.objects.count() == 1


def test_fermer_le_dernier_compte_efface_aussi(sophie):
    ajouter(sophie)

    revoquer_utilisateur(
        utilisateur=sophie.utilisateur, par=sophie.utilisateur.acteur, maintenant=LUNDI
    )

    assert not PieceDEntreprise.objects.exists()
