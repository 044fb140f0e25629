"""La veille : chaque objet revient une fois par mois, et un octet changé se dit et se nomme, jusqu'à sa réparation."""

import io
from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from beffroi.achevement.tests.scene import SIGNE_LE
from beffroi.archives import ports, taches, veille
from beffroi.archives.services.veilles import veiller
from beffroi.journal.models import Ecriture
from beffroi.socle.stockage import stockage
from droit.calendrier.heures import PARIS

LUNDI = date(2026, 11, 23)


def test_chaque_objet_est_relu_une_fois_par_mois():
    nuits = Counter(veille.part_du(LUNDI + timedelta(days=n)) for n in range(veille.PARTS))
    assert set(nuits.values()) == {1}
    assert {veille.part_de(f"plis/{n:04x}") for n in range(2000)} == set(range(veille.PARTS))


@pytest.mark.parametrize(("heure", "veille_"), [(0, False), (1, True), (4, True), (5, False), (14, False)])
def test_on_ne_veille_que_la_nuit(heure, veille_):
    assert veille.est_l_heure(datetime(2026, 11, 23, heure, 30, tzinfo=PARIS)) is veille_


def test_un_octet_change_se_dit_et_nomme_l_objet_jusqu_a_sa_reparation(conclu):
    connues = [p for p in ports.pieces_de(conclu.consultation, le=SIGNE_LE) if p.cle and p.sha256]
    piece = connues[0]
    ecart = (veille.part_de(piece.cle) - veille.part_du(SIGNE_LE.astimezone(PARIS).date())) % veille.PARTS
    nuit = (SIGNE_LE + timedelta(days=ecart)).astimezone(PARIS).replace(hour=2, minute=0)
    sains = b"".join(stockage().lire(piece.cle))
    stockage().supprimer(piece.cle)
    stockage().ecrire(piece.cle, io.BytesIO(bytes([sains[0] ^ 1]) + sains[1:]))
    taches.veiller_la_nuit(nuit)
    stockage().supprimer(piece.cle)
    stockage().ecrire(piece.cle, io.BytesIO(sains))
    assert [(un.cle, un.titre) for un in veille.abimes()] == [(piece.cle, piece.titre)]
    assert veiller(maintenant=nuit + timedelta(hours=1)) == []
    assert Ecriture.objects.filter(acte=veille.ACTE).count() == 1
    taches.veiller_la_nuit(nuit + timedelta(days=veille.PARTS))
    assert veille.abimes() == []
