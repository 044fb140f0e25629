"""Garder, remplacer, corriger, supprimer : ce qui reste, et ce qui s'efface."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from beffroi.personnes.comptes.tests.personnes import LUNDI
from beffroi.personnes.pieces import queries, rules, services
from beffroi.personnes.pieces.models import PieceDEntreprise, VersionDePiece
from beffroi.personnes.pieces.services import Validite
from beffroi.personnes.pieces.tests.gestes import (
    PDF,
    ajouter,
    en_cours,
    membre,
    remplacer,
    un_fichier,
)
from beffroi.socle.fondations import chiffrement
from beffroi.socle.fondations.erreurs import ConflitEtat, Introuvable, RegleEnfreinte
from beffroi.socle.fondations.stockage import CleInconnue, StockageEnPanne, stockage
from droit.pieces_de_candidature import Sorte

pytestmark = pytest.mark.django_db


@pytest.fixture
def sophie():
    return membre()


def clair(version: VersionDePiece) -> bytes:
    return chiffrement.reprendre(version.cle_de_stockage, sha256=version.sha256)


def garde(version: VersionDePiece) -> bytes:
    with stockage().lire(version.cle_de_stockage) as flux:
        return flux.read()


def test_la_piece_se_relit_octet_pour_octet(sophie):
    assert clair(en_cours(ajouter(sophie))) == PDF


def test_le_stockage_seul_n_en_dit_rien(sophie):
    octets = garde(en_cours(ajouter(sophie)))

    assert PDF not in octets and b"attestation" not in octets


def test_une_cle_du_service_remplacee_laisse_les_pieces_lisibles(sophie, settings):
    version = en_cours(ajouter(sophie))
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = (
        "une toute autre clé",
        [settings.SECRET_KEY],
    )

    assert clair(version) == PDF


def test_sans_la_cle_du_service_la_panne_se_dit(sophie, settings):
    version = en_cours(ajouter(sophie))
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "une toute autre clé", []

    with pytest.raises(StockageEnPanne, match="ne se déchiffre plus"):
        clair(version)


def test_une_attestation_de_vigilance_finit_six_mois_apres_sa_date(sophie):
    piece = ajouter(sophie, un_fichier(du=date(2026, 10, 15)))

    assert en_cours(piece).valable_jusqu_au == date(2027, 4, 14)


def test_la_fin_saisie_l_emporte_sur_celle_de_la_loi(sophie):
    piece = ajouter(sophie, un_fichier(du=date(2026, 10, 15), fin=date(2026, 12, 31)))

    assert en_cours(piece).valable_jusqu_au == date(2026, 12, 31)


def test_une_sorte_sans_loi_n_invente_pas_de_fin(sophie):
    piece = ajouter(sophie, un_fichier(du=date(2026, 10, 15)), sorte=Sorte.KBIS)

    assert en_cours(piece).valable_jusqu_au is None


def test_sans_nom_la_piece_prend_celui_de_sa_sorte(sophie):
    assert str(ajouter(sophie)) == "Attestation de vigilance (URSSAF)"


def test_un_nom_de_fichier_hostile_est_rendu_inoffensif(sophie):
    piece = ajouter(sophie, un_fichier("../=cmd|\u202efdp.<script>.pdf"))

    assert en_cours(piece).nom == "_=cmd_fdp._script_.pdf"


def test_un_programme_cache_derriere_un_sens_de_lecture_est_refuse(sophie):
    with pytest.raises(RegleEnfreinte, match="est un programme"):
        ajouter(sophie, un_fichier("attestation\u202efdp.exe"))


def test_le_meme_fichier_deux_fois_ne_fait_qu_une_piece(sophie):
    ajouter(sophie)

    with pytest.raises(RegleEnfreinte, match="déjà gardé : « Attestation de vigilance"):
        ajouter(sophie, un_fichier("copie.pdf"))


def test_deux_entreprises_gardent_le_meme_fichier_sans_le_savoir(sophie):
    ajouter(sophie)

    assert ajouter(membre("Nadia Fauquet", "40483304800022"))


def test_la_place_de_l_equipe_est_bornee(sophie, monkeypatch):
    monkeypatch.setattr(rules, "OCTETS_PAR_ETABLISSEMENT", len(PDF) + 3)
    ajouter(sophie)

    with pytest.raises(RegleEnfreinte, match="Supprimez une pièce"):
        ajouter(sophie, un_fichier(octets=b"4321"))


def test_remplacer_garde_l_ancienne_version_a_part(sophie):
    piece = ajouter(sophie)

    neuve = remplacer(
        piece, sophie, un_fichier("urssaf-2.pdf", b"%PDF 2"), le=LUNDI + timedelta(days=1)
    )

    assert en_cours(piece) == neuve
    assert [clair(version) for version in queries.anciennes_versions(piece)] == [PDF]


def test_corriger_la_fin_rend_ses_rappels_a_la_piece(sophie):
    piece = ajouter(sophie, un_fichier(fin=date(2026, 12, 31)))
    VersionDePiece.objects.update(rappel=7)

    services.corriger_la_piece(
        piece=piece, intitule="", validite=Validite(None, date(2027, 12, 31)), maintenant=LUNDI
    )

    assert (en_cours(piece).valable_jusqu_au, en_cours(piece).rappel) == (date(2027, 12, 31), None)


def test_supprimer_efface_les_versions_et_leurs_octets(sophie, django_capture_on_commit_callbacks):
    piece = ajouter(sophie)
    remplacer(piece, sophie, un_fichier(octets=b"%PDF 2"))
    cles = list(VersionDePiece.objects.values_list("cle_de_stockage", flat=True))

    with django_capture_on_commit_callbacks(execute=True):
        services.supprimer_la_piece(piece=piece)

    assert not PieceDEntreprise.objects.exists() and not VersionDePiece.objects.exists()
    for cle in cles:
        with pytest.raises(CleInconnue):
            stockage().lire(cle)


def test_la_version_en_cours_ne_se_supprime_pas_seule(sophie):
    with pytest.raises(ConflitEtat, match="celle en cours"):
        services.supprimer_une_version(version=en_cours(ajouter(sophie)))


def test_une_piece_qu_un_collegue_vient_de_supprimer_est_introuvable(sophie):
    piece = ajouter(sophie)
    services.supprimer_la_piece(piece=PieceDEntreprise.objects.get())

    with pytest.raises(Introuvable):
        services.supprimer_la_piece(piece=piece)
    with pytest.raises(Introuvable):
        remplacer(piece, sophie, un_fichier(octets=b"%PDF 2"))


def test_la_base_refuse_une_piece_qui_finit_avant_sa_date(sophie):
    version = en_cours(ajouter(sophie, un_fichier(du=date(2026, 5, 4), fin=date(2026, 5, 4))))

    with pytest.raises(IntegrityError), transaction.atomic():
        VersionDePiece.objects.filter(pk=version.pk).update(valable_jusqu_au=date(2026, 5, 3))
