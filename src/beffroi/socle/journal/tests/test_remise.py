"""Une preuve remise se vérifie hors ligne ;
une écriture que rien ne couvre encore ne se prouve pas.
"""

import hashlib
import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from beffroi.socle.fondations.erreurs import ServiceIndisponible
from beffroi.socle.journal import remise, renouvellement
from beffroi.socle.journal.models import Cosignature, Ecriture, JetonQualifie
from beffroi.socle.journal.queries import derniere_tete_signee
from beffroi.socle.journal.services import (
    ajouter_jeton_qualifie,
    couvrir_ce_qui_est_inscrit,
    journaliser,
)
from beffroi.socle.journal.tests.test_services import MARTINE, MIDI
from sceau import evidence, timestamp

pytestmark = pytest.mark.django_db
PRESTATAIRE = timestamp.Authority.create(MIDI - timedelta(days=1), "Prestataire qualifié d'essai")


def dater(objet: str, numero: int, texte: str) -> None:
    jeton = PRESTATAIRE.issue(hashlib.sha256(texte.encode()).digest(), MIDI)
    ajouter_jeton_qualifie(
        objet=objet,
        numero=numero,
        jeton=jeton,
        autorite="Prestataire",
        horodate_le=MIDI,
        recu_le=MIDI,
    )


def dater_la_tete() -> None:
    point = derniere_tete_signee()
    dater(JetonQualifie.Objet.POINT_DE_CONTROLE, point.taille, point.note)


def remise_de(*ecritures: Ecriture) -> bytes:
    return remise.archive({}, ecritures, reference="X-1", le=MIDI)


def qualifie(octets: bytes) -> tuple[str, str]:
    controles = evidence.verify(io.BytesIO(octets), qualified_roots=[PRESTATAIRE.root])
    assert evidence.holds_together(controles)
    return next((c.outcome, c.detail) for c in controles if c.code == "qualified_timestamp")


def ecritures_de(octets: bytes) -> list[dict[str, str]]:
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        return json.loads(archive.read("ecritures.json"))


def test_une_ecriture_couverte_se_remet_et_se_verifie():
    journaliser("essai", sujet="X-1", par=MARTINE, le=MIDI)
    with pytest.raises(ServiceIndisponible, match="dans une heure"):
        remise.archive({}, Ecriture.objects.all(), reference="X-1", le=MIDI)
    couvrir_ce_qui_est_inscrit()

    octets = remise.archive({"note.txt": b"x"}, Ecriture.objects.all(), reference="X-1", le=MIDI)
    controles = evidence.verify(io.BytesIO(octets))

    assert evidence.holds_together(controles)
    assert (
        next(controle.detail for controle in controles if controle.code == "entries") == "1 entries"
    )


def test_cent_ecritures_ne_demandent_guere_plus_de_lectures_qu_une():
    """Une par niveau de l'arbre, non par écriture :
    un certificat de sept jours en joint cinq cents.
    """
    lectures = []
    for _ in range(2):
        for _ in range(50):
            journaliser("essai", sujet="X-1", par=MARTINE, le=MIDI)
            couvrir_ce_qui_est_inscrit()
        for combien in (1, Ecriture.objects.count()):
            with CaptureQueriesContext(connection) as lues:
                octets = remise.archive(
                    {}, Ecriture.objects.order_by("numero")[:combien], reference="X-1", le=MIDI
                )
            assert evidence.holds_together(evidence.verify(io.BytesIO(octets)))
            lectures.append(len(lues))

    une, cinquante, _, cent = lectures
    assert max(cinquante, cent) <= une + 10


def test_le_jeton_qualifie_de_l_ecriture_est_remis_avec_elle():
    ecriture = journaliser("essai", sujet="X-1", par=MARTINE, le=MIDI)
    couvrir_ce_qui_est_inscrit()
    assert qualifie(remise_de(ecriture)) == ("absent", "not obtained yet")

    dater(JetonQualifie.Objet.ECRITURE, ecriture.numero, ecriture.contenu)

    assert qualifie(remise_de(ecriture)) == ("ok", "1 of 1 entries")


def cosigner_la_tete() -> None:
    ligne = f"— temoin {'AAAA' * 20}\n"
    Cosignature.objects.create(
        point=derniere_tete_signee(), temoin="temoin", ligne=ligne, recue_le=MIDI
    )


def test_sans_jeton_a_elle_une_ecriture_se_prouve_sous_la_tete_qu_une_autorite_a_datee():
    """La première tête qui la couvre n'est pas datée, la suivante l'est ;
    un témoin a signé les deux.
    """
    ecriture = journaliser("essai", sujet="X-1", par=MARTINE, le=MIDI)
    couvrir_ce_qui_est_inscrit()
    cosigner_la_tete()
    journaliser("essai", sujet="X-2", par=MARTINE, le=MIDI)
    couvrir_ce_qui_est_inscrit()
    cosigner_la_tete()
    dater_la_tete()

    assert qualifie(remise_de(ecriture)) == ("ok", "1 of 1 entries")


def test_une_ecriture_plus_recente_que_la_tete_datee_se_remet_et_se_compte_sans():
    ancienne = journaliser("essai", sujet="X-1", par=MARTINE, le=MIDI)
    couvrir_ce_qui_est_inscrit()
    dater_la_tete()
    recente = journaliser("essai", sujet="X-2", par=MARTINE, le=MIDI)
    couvrir_ce_qui_est_inscrit()

    assert qualifie(remise_de(ancienne, recente)) == ("ok", "1 of 2 entries")


def test_les_renouvellements_venus_depuis_sont_remis_avec_leur_jeton():
    ecriture = journaliser("essai", sujet="X-1", par=MARTINE, le=MIDI)
    un = journaliser(
        renouvellement.ACTE, sujet=renouvellement.SUJET, par=MARTINE, le=MIDI, donnees={}
    )
    dater(JetonQualifie.Objet.ECRITURE, un.numero, un.contenu)
    couvrir_ce_qui_est_inscrit()
    dater_la_tete()

    octets = remise_de(ecriture)

    assert [une["record"] for une in ecritures_de(octets)] == [ecriture.contenu, un.contenu]
    assert ["qualified" in une for une in ecritures_de(octets)] == [False, True]
    assert qualifie(octets) == ("ok", "2 of 2 entries")


def test_un_renouvellement_d_avant_l_ecriture_ne_la_concerne_pas():
    journaliser(renouvellement.ACTE, sujet=renouvellement.SUJET, par=MARTINE, le=MIDI, donnees={})
    ecriture = journaliser("essai", sujet="X-1", par=MARTINE, le=MIDI)
    couvrir_ce_qui_est_inscrit()

    assert [une["record"] for une in ecritures_de(remise_de(ecriture))] == [ecriture.contenu]
