"""Négocier : un tour de plus, avec une clé que personne n'a encore réunie."""

from datetime import timedelta

import pytest

from beffroi.achat.consultations.services import declarer_sans_suite
from beffroi.achat.tours.models import Tour
from beffroi.achat.tours.services import Remise
from beffroi.choix.selection import services
from beffroi.choix.selection.services import usage_d_un_tour
from beffroi.choix.selection.tests.scene import OUVERTURE_DES_OFFRES
from beffroi.personnes.cles import queries as cles
from beffroi.personnes.cles.signature import PaireScellee, enregistrement
from beffroi.reponse.depots import queries as depots
from beffroi.seance.coffre.coffre import coffre
from beffroi.seance.ouverture.models import OuverturePli
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from demo.cles import cle_de, porteurs, sceller
from sceau import Identity, Recipient, receipt, shares, signing

pytestmark = pytest.mark.django_db
NEGOCIATION_LE = OUVERTURE_DES_OFFRES + timedelta(days=1)
LIMITE_FINALE = NEGOCIATION_LE + timedelta(days=7)


@pytest.fixture(scope="module")
def procedure_en_deux_temps():
    return "procedure_avec_negociation"


def cle_neuve(restreint, *, cle=None, membres=("martine", "helene", "bernard")):
    """Ce que le navigateur d'Hélène enverrait pour ce tour."""
    cle = cle or Identity.generate()
    gardiens = cles.gardiens_prets()
    identites = [cles.identite_en_cours(restreint.scene.personne(nom)) for nom in membres]
    signataire = identites[1]
    des_gardiens = [cles.identite_en_cours(gardien.utilisateur) for gardien in gardiens]
    contenu = receipt.canonical(
        enregistrement(
            usage_d_un_tour(restreint.consultation),
            destinataire=cle.recipient.encode(),
            gardiens=[identite.publique for identite in des_gardiens],
            signataire=signataire,
        )
    )
    parts = shares.split(
        cle, shares=len(identites), threshold=1, purpose=shares.Purpose.MEMBER, record=contenu
    )
    secours = shares.split(
        cle, shares=3, threshold=2, purpose=shares.Purpose.CUSTODIAN, record=contenu
    )
    helene = next(p for p in porteurs() if p.cle == membres[1])
    return PaireScellee(
        destinataire=cle.recipient.encode(),
        parts_des_membres={
            i: sceller(p, Recipient.parse(i.destinataire))
            for i, p in zip(identites, parts, strict=True)
        },
        parts_des_gardiens={
            g: sceller(p, Recipient.parse(i.destinataire))
            for g, i, p in zip(gardiens, des_gardiens, secours, strict=True)
        },
        signataire=signataire,
        signature=signing.sign(cle_de(helene), contenu),
    )


def negocier(restreint, *gardes, cle=None):
    return services.negocier(
        consultation=restreint.consultation,
        remise=Remise(date_limite=LIMITE_FINALE),
        gardes=gardes,
        cle=cle or cle_neuve(restreint),
        par=restreint.helene,
        maintenant=NEGOCIATION_LE,
    )


def test_un_tour_de_plus_a_une_cle_neuve_et_n_ecrit_qu_a_ceux_qui_restent(ouvert):
    premier = Tour.objects.get()
    tour = negocier(ouvert, ouvert.invitation(premier))

    assert (tour.numero, tour.cle_id == premier.cle_id) == (2, False)
    assert [i.destinataire.nom for i in tour.invitations.all()] == ["Sophie Merlin"]
    assert Courriel.objects.filter(cle=f"invitation:{tour.invitations.get().reference}").exists()


def test_la_cle_deja_reconstituee_ne_peut_pas_servir_de_nouveau(ouvert):
    """Le coffre de la séance a tenu la clé des offres : la remettre au tour suivant est refusé."""
    graine = Identity.generate()
    negocier(ouvert, ouvert.invitation(Tour.objects.get()), cle=cle_neuve(ouvert, cle=graine))
    ouvert.offrir(
        ouvert.invitation(Tour.objects.get(numero=2)), le=LIMITE_FINALE - timedelta(hours=1)
    )
    ouvert.ouvrir_les_offres(le=LIMITE_FINALE + timedelta(hours=1))

    with pytest.raises(ConflitEtat, match="déjà déposées"):
        negocier(
            ouvert, ouvert.invitation(Tour.objects.get(numero=2)), cle=cle_neuve(ouvert, cle=graine)
        )


def test_l_offre_finale_s_ouvre_avec_la_cle_du_tour_et_elle_seule(ouvert):
    tour = negocier(ouvert, ouvert.invitation(Tour.objects.get()))
    finale = ouvert.offrir(ouvert.invitation(tour), le=LIMITE_FINALE - timedelta(hours=1))
    seance = ouvert.ouvrir_les_offres(le=LIMITE_FINALE + timedelta(hours=1))

    ouvertes = OuverturePli.objects.filter(seance=seance)
    assert finale.enveloppes.get().empreinte_de_cle == tour.cle.empreinte
    assert [(o.pli, o.etat) for o in ouvertes] == [(finale, OuverturePli.Etat.OUVERTE)]
    assert not coffre().contient(seance.reference, "candidature")


def test_l_offre_finale_ne_remplace_pas_l_offre_initiale(ouvert):
    tour = negocier(ouvert, ouvert.invitation(Tour.objects.get()))
    finale = ouvert.offrir(ouvert.invitation(tour), le=LIMITE_FINALE - timedelta(hours=1))

    assert finale.remplace is None
    assert finale not in depots.plis_connus(finale.consultation, le=LIMITE_FINALE)


def test_on_ne_negocie_qu_avec_qui_a_une_offre_ouverte(restreint):
    restreint.decider()
    tour = restreint.inviter()
    restreint.offrir(restreint.invitation(tour, 0))
    restreint.ouvrir_les_offres()

    with pytest.raises(RegleEnfreinte, match="dont l'offre est ouverte"):
        negocier(restreint, restreint.invitation(tour, 1))


def test_on_ne_negocie_pas_avant_l_ouverture(restreint):
    restreint.decider()
    tour = restreint.inviter()
    restreint.offrir(restreint.invitation(tour))

    with pytest.raises(RegleEnfreinte):
        negocier(restreint, restreint.invitation(tour))


@pytest.mark.moteurs
def test_la_cle_du_tour_va_a_toutes_les_personnes_qui_ouvrent(ouvert):
    cle = cle_neuve(ouvert, membres=("martine", "helene"))

    with pytest.raises(RegleEnfreinte, match="personnes désignées"):
        negocier(ouvert, ouvert.invitation(Tour.objects.get()), cle=cle)


def test_renoncer_retire_aussi_la_cle_du_tour(ouvert):
    tour = negocier(ouvert, ouvert.invitation(Tour.objects.get()))

    declarer_sans_suite(
        consultation=ouvert.consultation,
        motif="Le besoin a disparu.",
        par=ouvert.martine.acteur,
        maintenant=LIMITE_FINALE,
    )

    tour.cle.refresh_from_db()
    assert tour.cle.retiree_le == LIMITE_FINALE
