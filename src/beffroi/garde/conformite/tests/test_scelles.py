"""Le journal de sécurité s'engage par lots : en effacer une trace, la changer, se voit."""

from datetime import timedelta

import pytest
from django.db import connection, models

from beffroi.garde.conformite import scelles
from beffroi.garde.conformite.models import LotDeTraces, TraceDeSecurite
from beffroi.garde.conformite.services.securite import noter, purger, sceller
from beffroi.garde.conformite.verification import relire_les_traces_de_securite
from beffroi.personnes.comptes.tests.personnes import LUNDI
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.services import journaliser

pytestmark = pytest.mark.django_db
UNE_HEURE = timedelta(hours=1)


@pytest.fixture
def trois_lots():
    """Une trace par heure, un lot après chacune."""
    for rang in range(3):
        noter("connexion", le=LUNDI + rang * UNE_HEURE, compte=f"U-{rang}", adresse="192.0.2.7")
        sceller(le=LUNDI + rang * UNE_HEURE + timedelta(minutes=30))


@pytest.fixture
def faussaire(trois_lots):
    table = TraceDeSecurite._meta.db_table
    with connection.cursor() as curseur:
        if connection.vendor == "postgresql":
            curseur.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            for suffixe in ("fige", "garde"):
                curseur.execute(f"DROP TRIGGER {table}_{suffixe}")


def fautes() -> list[str]:
    return [constat.quoi for constat in relire_les_traces_de_securite() if not constat.bon]


def test_des_lots_intacts_se_relisent_intacts(trois_lots):
    assert LotDeTraces.objects.count() == 3
    [constat] = relire_les_traces_de_securite()
    assert constat.bon and "3 traces" in constat.quoi


def test_au_plus_une_ecriture_par_quart_d_heure_quoi_qu_on_fasse_a_la_porte():
    for seconde in range(100):
        noter("refus", le=LUNDI + timedelta(seconds=seconde))
        sceller(le=LUNDI + timedelta(minutes=20, seconds=seconde))

    assert Ecriture.objects.filter(acte=scelles.ACTE).count() == 1


def test_rien_de_neuf_n_ecrit_rien(trois_lots):
    assert sceller(le=LUNDI + timedelta(days=2)) is None


def test_une_trace_toute_fraiche_attend_le_lot_suivant():
    noter("connexion", le=LUNDI)

    assert sceller(le=LUNDI + scelles.EN_CHEMIN - timedelta(seconds=1)) is None
    assert sceller(le=LUNDI + scelles.EN_CHEMIN) is not None


@pytest.mark.moteurs
def test_effacer_la_trace_de_sa_connexion_se_voit(faussaire):
    models.QuerySet(TraceDeSecurite).filter(compte="U-1").delete()

    assert fautes() == ["ces traces ne sont plus celles que le journal a engagées"]


def test_mettre_deux_traces_au_nom_d_un_autre_se_voit_lot_par_lot(faussaire):
    models.QuerySet(TraceDeSecurite).exclude(compte="U-0").update(compte="U-9")

    assert fautes() == ["ces traces ne sont plus celles que le journal a engagées"] * 2


def test_effacer_l_alea_d_un_lot_se_voit(trois_lots):
    LotDeTraces.objects.order_by("ecriture").first().delete()

    assert fautes() == ["ces traces ne sont plus celles que le journal a engagées"]


def test_l_empreinte_ne_dit_rien_sans_son_alea(trois_lots):
    [premier, *_] = scelles.lots()
    traces = list(TraceDeSecurite.objects.order_by("pk")[:1])

    assert scelles.condenser(traces, "00" * 32).empreinte != premier.empreinte


@pytest.mark.moteurs
def test_a_douze_mois_les_traces_s_effacent_avec_leurs_aleas_et_sans_faute(trois_lots):
    plus_tard = LUNDI + timedelta(days=366)
    noter("connexion", le=plus_tard)
    purger(le=plus_tard)
    journaliser("essai", sujet="X", par=PLATEFORME, le=plus_tard)

    assert TraceDeSecurite.objects.filter(le__lt=plus_tard).count() == 0
    assert LotDeTraces.objects.count() == 0
    assert fautes() == []
