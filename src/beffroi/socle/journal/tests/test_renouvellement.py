"""Chaque année, un jeton neuf date la tête et les jetons d'avant :
la chaîne se relit, et rien n'y change sans se voir.
"""

import hashlib
from datetime import timedelta

import pytest
from django.db import connection

from beffroi.socle.journal import renouvellement
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture, JetonQualifie
from beffroi.socle.journal.services import (
    ajouter_jeton_qualifie,
    journaliser,
    publier_la_tete,
    renouveler_l_horodatage,
)
from beffroi.socle.journal.tests.test_mutation import lever_les_gardes
from beffroi.socle.journal.tests.test_services import MIDI
from beffroi.socle.journal.verification import relire_le_journal
from sceau import timestamp
from tests.semis import semee

JOUR, UN_AN = timedelta(days=1), renouvellement.UN_AN
PRESTATAIRE = timestamp.Authority.create(MIDI, "Prestataire d'essai")
FIN = PRESTATAIRE._certificate.not_valid_after_utc


@pytest.mark.parametrize(
    ("depuis", "fin", "du"),
    [
        (UN_AN, None, True),
        (UN_AN - JOUR, None, False),
        (UN_AN - JOUR, timedelta(days=93), False),
        (UN_AN - JOUR, timedelta(days=92), True),
        (timedelta(days=6), timedelta(days=30), False),
        (timedelta(days=7), timedelta(days=30), True),
    ],
)
def test_on_renouvelle_chaque_annee_et_avant_la_fin_d_un_certificat(depuis, fin, du):
    echeance = MIDI + fin if fin else None

    assert renouvellement.est_du(depuis=MIDI - depuis, echeance=echeance, le=MIDI) is du


def dater(ecriture, *, le):
    empreinte = hashlib.sha256(ecriture.contenu.encode()).digest()
    return ajouter_jeton_qualifie(
        objet=JetonQualifie.Objet.ECRITURE,
        numero=ecriture.numero,
        jeton=PRESTATAIRE.issue(empreinte, le),
        autorite="Timestamp unit",
        horodate_le=le,
        recu_le=le,
    )


@pytest.fixture
@semee
def dates(db):
    """Deux écritures datées, et une tête publique."""
    publier_la_tete(le=MIDI)
    ecritures = [
        journaliser("essai.ecrire", sujet=f"X-{n}", par=PLATEFORME, le=MIDI) for n in (0, 1)
    ]
    for ecriture in ecritures:
        dater(ecriture, le=MIDI)
    publier_la_tete(le=MIDI + timedelta(hours=1))
    return ecritures


@pytest.fixture
@semee
def deux_ans(dates):
    """Deux renouvellements, chacun avec son jeton."""
    un = renouveler_l_horodatage(le=MIDI + UN_AN)
    dater(un, le=MIDI + UN_AN)
    publier_la_tete(le=MIDI + UN_AN + JOUR)
    deux = renouveler_l_horodatage(le=MIDI + 2 * UN_AN)
    dater(deux, le=MIDI + 2 * UN_AN)
    return un, deux


@pytest.fixture
def renouveles(deux_ans):
    """Les gardes de la base sont levées."""
    with connection.cursor() as curseur:
        lever_les_gardes(curseur)
    assert fautes() == []
    return deux_ans


def fautes():
    return [(constat.quoi, constat.ou) for constat in relire_le_journal() if not constat.bon]


def dit():
    return [constat.quoi for constat in relire_le_journal() if "renouvellement" in constat.quoi]


def test_rien_avant_l_heure_ni_deux_fois(dates):
    assert renouveler_l_horodatage(le=MIDI + UN_AN - JOUR) is None
    assert renouveler_l_horodatage(le=MIDI + UN_AN)
    assert renouveler_l_horodatage(le=MIDI + UN_AN + JOUR) is None
    assert Ecriture.objects.filter(acte=renouvellement.ACTE).count() == 1


def test_rien_sans_jeton_qualifie(db):
    publier_la_tete(le=MIDI)
    assert renouveler_l_horodatage(le=MIDI + 2 * UN_AN) is None


def test_la_fin_du_certificat_avance_le_renouvellement(dates):
    (tot, a_temps) = FIN - timedelta(days=93), FIN - timedelta(days=91)
    renouveler_l_horodatage(le=tot - timedelta(days=30))
    assert renouveler_l_horodatage(le=tot) is None
    dater(Ecriture.objects.filter(acte=renouvellement.ACTE).get(), le=tot - timedelta(days=30))
    assert renouveler_l_horodatage(le=tot) is None
    assert renouveler_l_horodatage(le=a_temps)


def test_chacun_suit_le_precedent_et_couvre_son_jeton(renouveles):
    premier, second = (renouvellement.lire(ecriture) for ecriture in renouveles)

    assert (premier.precedent, premier.depuis, premier.couverts["jetons"]) == (None, None, 2)
    assert (second.precedent, second.depuis, second.couverts["jetons"]) == (
        premier.numero,
        premier.jusqu_au,
        1,
    )
    assert dit() == [
        "2 renouvellements de l'horodatage, chacun couvre la tête et les jetons d'avant lui"
    ]


def test_un_jeton_remplace_par_un_autre_tout_aussi_valable_se_voit(renouveles, dates):
    autre = PRESTATAIRE.issue(hashlib.sha256(dates[0].contenu.encode()).digest(), MIDI)
    JetonQualifie.objects.filter(numero=dates[0].numero).update(jeton=autre)
    assert fautes() == [
        (
            "les jetons qualifiés ne sont plus ceux que ce renouvellement a datés",
            f"journal_ecriture, n° {renouveles[0].numero}",
        )
    ]


def test_un_octet_change_dans_un_jeton_se_voit(renouveles, dates):
    jeton = JetonQualifie.objects.get(numero=dates[1].numero)
    octets = bytearray(jeton.jeton)
    octets[-1] ^= 1
    JetonQualifie.objects.filter(pk=jeton.pk).update(jeton=bytes(octets))
    ous = [ou for _, ou in fautes()]
    assert ous == [
        f"journal_jetonqualifie, ecriture {dates[1].numero}",
        f"journal_ecriture, n° {renouveles[0].numero}",
    ]


@pytest.mark.parametrize("rang", [0, 1])
def test_un_jeton_efface_se_voit_le_jeton_d_un_renouvellement_aussi(renouveles, dates, rang):
    efface = [dates[0], renouveles[0]][rang]
    JetonQualifie.objects.filter(numero=efface.numero).delete()
    assert [ou for _, ou in fautes()] == [f"journal_ecriture, n° {renouveles[rang].numero}"]


@pytest.mark.parametrize(
    ("cherche", "remplace", "faute"),
    [
        (
            '"taille":',
            '"taille":1',
            "la tête que ce renouvellement a datée n'est pas de ce registre",
        ),
        (
            '"taille":',
            '"taille":99999999999999999999',
            "la tête que ce renouvellement a datée n'est pas de ce registre",
        ),
        (
            '"tete":{"racine":"',
            '"tete":{"racine":"0',
            "la tête que ce renouvellement a datée n'est pas de ce registre",
        ),
        (
            '"jetons":2',
            '"jetons":3',
            "les jetons qualifiés ne sont plus ceux que ce renouvellement a datés",
        ),
        ('"precedent":null', '"precedent":1', "ce renouvellement ne suit pas le précédent"),
        ('"couverts"', '"decouverts"', "ce renouvellement ne se lit plus"),
        ('"jusqu_au":"20', '"jusqu_au":"', "ce renouvellement ne se lit plus"),
        ('"taille":', '"taille":"x","t":', "ce renouvellement ne se lit plus"),
    ],
)
def test_un_renouvellement_qui_ment_se_voit(renouveles, cherche, remplace, faute):
    contenu = renouveles[0].contenu
    assert cherche in contenu
    Ecriture.objects.filter(pk=renouveles[0].pk).update(contenu=contenu.replace(cherche, remplace))
    assert (faute, f"journal_ecriture, n° {renouveles[0].numero}") in fautes()


def test_la_relecture_dit_ce_qui_manque_encore_et_ce_qui_est_venu_tard(dates):
    tard = renouveler_l_horodatage(le=FIN + JOUR)
    assert dit()[0].endswith(" ; 1 sans jeton qualifié encore")
    suivant = timestamp.Authority.create(FIN, "Prestataire suivant")
    le = FIN + JOUR
    jeton = suivant.issue(hashlib.sha256(tard.contenu.encode()).digest(), le)
    ajouter_jeton_qualifie(
        objet="ecriture",
        numero=tard.numero,
        jeton=jeton,
        autorite="Timestamp unit",
        horodate_le=le,
        recu_le=le,
    )
    assert dit()[0].endswith(" ; 1 après la fin d'un certificat couvert")


def test_le_certificat_lu_est_celui_du_jeton():
    empreinte = hashlib.sha256(b"x").digest()
    assert timestamp.read(PRESTATAIRE.issue(empreinte, MIDI), empreinte).expires == FIN
