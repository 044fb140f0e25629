"""Après la négociation :
on note et l'on choisit d'après les dernières offres, jamais d'après celles qu'elles remplacent.
"""

from datetime import timedelta
from decimal import Decimal

import pytest

from beffroi.achat.tours.models import Tour
from beffroi.choix.analyse import services as analyse
from beffroi.choix.analyse.models import Offre
from beffroi.choix.analyse.queries import classement_de
from beffroi.choix.analyse.tests.scene import CHOIX
from beffroi.choix.attribution import queries as attributions
from beffroi.choix.attribution import services as attribution
from beffroi.choix.attribution.services import FaitsDUneSuite, ProjetDAttribution, Relecture
from beffroi.choix.commissions.services import dispenser
from beffroi.choix.selection.tests.scene import OUVERTURE_DES_OFFRES
from beffroi.choix.selection.tests.test_negociation import LIMITE_FINALE, NEGOCIATION_LE, negocier
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from tests.semis import semee

pytestmark = pytest.mark.django_db
FINALES_LE = LIMITE_FINALE + timedelta(hours=1)
NOTEE_LE = FINALES_LE + timedelta(days=1)


@pytest.fixture(scope="module")
def procedure_en_deux_temps():
    return "procedure_avec_negociation"


def inscrire(restreint, le):
    return analyse.inscrire_les_offres(
        consultation=restreint.consultation, lot=None, par=restreint.martine, maintenant=le
    )


def chiffrer(restreint, offre, montant, le):
    analyse.retenir_un_montant(
        offre=offre,
        choix=analyse.Montant(montant=Decimal(montant), provenance="acte"),
        par=restreint.martine,
        maintenant=le,
    )


@pytest.fixture
@semee
def negocie(ouvert):
    """Les deux offres initiales notées ;
    Sophie seule est gardée, et remet une offre finale, moins chère.
    """
    analyse.arreter_la_grille(
        consultation=ouvert.consultation,
        lot=None,
        choix=CHOIX,
        par=ouvert.martine,
        maintenant=OUVERTURE_DES_OFFRES,
    )
    inscrire(ouvert, OUVERTURE_DES_OFFRES)
    for offre, montant in zip(Offre.objects.order_by("pk"), (100_000, 90_000), strict=True):
        chiffrer(ouvert, offre, montant, OUVERTURE_DES_OFFRES)
    tour = negocier(ouvert, ouvert.invitation(Tour.objects.get(), 0))
    ouvert.offrir(ouvert.invitation(tour), le=LIMITE_FINALE - timedelta(hours=1))
    return ouvert


def choisir(restreint, pli, le, *, commission=True, **champs):
    """La commission s'est réunie en mairie, sauf si l'on essaie avant elle."""
    if commission:
        dispenser(
            consultation=restreint.consultation,
            lot=None,
            motif="Réunie en mairie.",
            par=restreint.martine,
            maintenant=le,
        )
    projet = ProjetDAttribution(
        pli=pli, montant=Decimal(80_000), motif="La mieux classée.", **champs
    )
    return attribution.attribuer(
        consultation=restreint.consultation,
        lot=None,
        projet=projet,
        par=restreint.martine,
        maintenant=le,
    )


def test_l_offre_finale_est_classee_et_non_l_initiale_qu_elle_remplace(negocie):
    negocie.ouvrir_les_offres(le=FINALES_LE)
    inscrire(negocie, NOTEE_LE)
    finale = Offre.objects.get(pli__tour__numero=2)
    chiffrer(negocie, finale, 80_000, NOTEE_LE)

    lues = {
        (o.pli.tour.numero, o.montant, o.elimination)
        for o in classement_de(negocie.consultation, None)
    }
    assert lues == {(2, Decimal(80_000), ""), (1, Decimal(90_000), "tour")}


def test_qui_n_est_plus_de_la_negociation_ne_lit_pas_que_sa_candidature_est_ecartee(negocie):
    negocie.ouvrir_les_offres(le=FINALES_LE)
    inscrire(negocie, NOTEE_LE)
    finale = Offre.objects.get(pli__tour__numero=2)
    choisir(negocie, finale.pli, NOTEE_LE, motif_de_l_ecart="Seule offre finale.")

    lettres = attribution.preparer_les_lettres(
        consultation=negocie.consultation, par=negocie.martine, maintenant=NOTEE_LE
    )
    rejet = next(s for lettre in lettres for s in lettre.suites.all() if s.issue == "rejetee")
    assert rejet.elimination == "pas d'offre au dernier tour de la négociation"


def test_on_ne_choisit_pas_pendant_que_de_nouvelles_offres_sont_attendues(negocie):
    initiale = Offre.objects.order_by("pk").first()

    with pytest.raises(RegleEnfreinte, match="De nouvelles offres sont demandées"):
        choisir(negocie, initiale.pli, NEGOCIATION_LE, commission=False, motif_de_l_ecart="Urgent.")


def test_on_ne_negocie_plus_quand_les_lettres_sont_parties(ouvert):
    gardee = ouvert.invitation(Tour.objects.get(), 0)
    retenue = attributions.attribution_de(ouvert.consultation, None, le=NEGOCIATION_LE).offres[0]
    choisir(ouvert, retenue.pli, NEGOCIATION_LE)
    for lettre in attribution.preparer_les_lettres(
        consultation=ouvert.consultation, par=ouvert.martine, maintenant=NEGOCIATION_LE
    ):
        faits = {
            suite.pk: FaitsDUneSuite(2, None, "Moins bien notée.") for suite in lettre.suites.all()
        }
        dite = attribution.preciser(
            lettre=lettre, faits=faits, par=ouvert.martine, maintenant=NEGOCIATION_LE
        )
        relecture = Relecture(dite.texte, dite.voie)
        attribution.relire(
            lettre=dite, relecture=relecture, par=ouvert.martine, maintenant=NEGOCIATION_LE
        )
    attribution.envoyer_les_lettres(
        consultation=ouvert.consultation, par=ouvert.martine, maintenant=NEGOCIATION_LE
    )

    with pytest.raises(RegleEnfreinte, match="la négociation est finie"):
        negocier(ouvert, gardee)
