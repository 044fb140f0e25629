"""Écrire au journal : une place, une preuve, une histoire qui se lit."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from beffroi.socle.fondations.verrous import VerrouHorsTransaction
from beffroi.socle.journal import chainage, queries, taches
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.models import Ecriture, PointDeControle
from beffroi.socle.journal.services import journaliser, signer_un_point_de_controle
from sceau import log

pytestmark = pytest.mark.django_db
MARTINE = Acteur(reference="U-2345", libelle="Martine Caron")
MIDI = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


def ecrire(nombre: int) -> list[Ecriture]:
    return [
        journaliser("essai.ecrire", sujet=f"X-{n}", par=MARTINE, le=MIDI, donnees={"n": n})
        for n in range(nombre)
    ]


def test_les_numeros_se_suivent_depuis_zero():
    assert [ecriture.numero for ecriture in ecrire(5)] == [0, 1, 2, 3, 4]


def test_le_jeton_local_date_l_ecriture():
    from sceau import timestamp

    (ecriture,) = ecrire(1)

    empreinte = bytes(ecriture.feuille)[:32]
    jeton = timestamp.verify(bytes(ecriture.jeton), empreinte, [chainage.autorite_locale().root])
    assert jeton.time == MIDI


def test_une_ecriture_se_prouve_sous_la_tete_signee():
    *_, derniere = ecrire(7)
    tete = signer_un_point_de_controle(le=MIDI)

    preuve = chainage.preuve(derniere.numero, tete.note)

    cle = log.Verifier(chainage.signataire().vkey)
    assert log.verify_proof(preuve, log.leaf_hash(bytes(derniere.feuille)), [cle]).size == 7


def test_deux_ecritures_pareilles_ont_deux_feuilles():
    premiere, seconde = (journaliser("essai", sujet="X", par=MARTINE, le=MIDI) for _ in range(2))

    assert bytes(premiere.feuille) != bytes(seconde.feuille)


def test_la_meme_taille_ne_se_signe_qu_une_fois():
    ecrire(3)

    assert signer_un_point_de_controle(le=MIDI) == signer_un_point_de_controle(le=MIDI)
    assert PointDeControle.objects.count() == 1


def test_un_acte_annule_ne_laisse_pas_de_trou():
    ecrire(1)
    with pytest.raises(RuntimeError), transaction.atomic():
        ecrire(1)
        raise RuntimeError
    (suivante,) = ecrire(1)

    assert suivante.numero == 1


@pytest.mark.django_db(transaction=True)
def test_on_n_ecrit_pas_hors_d_une_transaction():
    with pytest.raises(VerrouHorsTransaction):
        ecrire(1)


def test_l_histoire_d_un_objet_se_lit_dans_l_ordre():
    ecrire(2)
    journaliser("essai.relire", sujet="X-0", par=MARTINE, le=MIDI)

    assert [ecriture.acte for ecriture in queries.histoire("X-0")] == [
        "essai.ecrire",
        "essai.relire",
    ]


def test_l_autorite_d_horodatage_est_au_journal_une_fois():
    for _ in range(2):
        taches.publier_l_autorite(MIDI)

    (ecriture,) = Ecriture.objects.filter(acte="horodatage.publier")
    assert "BEGIN CERTIFICATE" in ecriture.contenu
