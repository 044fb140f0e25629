"""Un fichier qui revient signé n'est pas celui qui était parti à signer."""

from datetime import date

import pytest

from beffroi.centre.conventions.models import Convention
from beffroi.centre.conventions.rules.retours import (
    AuDossier,
    deliberation_renvoyee,
    exemplaire_renvoye,
)
from beffroi.centre.conventions.services import avenants, cycle
from beffroi.centre.conventions.services.pieces import Fichier
from beffroi.centre.conventions.tests import gestes
from beffroi.personnes.comptes.tests.personnes import LUNDI
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.journal.acteurs import PLATEFORME

PROJET = AuDossier("Projet", produite=True)
DELIBERATION = AuDossier("Délibération", produite=False)


@pytest.fixture
def centre(db):
    return gestes.le_centre()


def octets(convention: Convention, sorte: str) -> bytes:
    piece = convention.pieces.filter(sorte=sorte, nom__endswith=".pdf").latest("pk")
    with stockage().lire(piece.cle_de_stockage) as flux:
        return flux.read()


def signer(convention: Convention, partie: str, contenu: bytes) -> Convention:
    return cycle.signer(
        convention=convention,
        signature=cycle.Signature(partie, date(2026, 10, 7), Fichier("signee.pdf", contenu)),
        par=PLATEFORME,
        maintenant=LUNDI,
    )


def test_ce_que_le_centre_a_ecrit_n_est_ni_une_deliberation_ni_un_exemplaire_signe():
    assert not deliberation_renvoyee(identiques=[PROJET]).favorable
    assert not exemplaire_renvoye(identiques=[PROJET]).favorable
    assert not exemplaire_renvoye(identiques=[DELIBERATION]).favorable


def test_la_deliberation_d_avant_sert_encore_pour_un_projet_repris():
    assert deliberation_renvoyee(identiques=[DELIBERATION]).favorable
    assert deliberation_renvoyee(identiques=[]).favorable
    assert exemplaire_renvoye(identiques=[]).favorable


@pytest.mark.parametrize("partie", ["adherent", "centre"])
def test_l_exemplaire_envoye_ne_vaut_pas_signature(centre, partie):
    convention = gestes.deliberee()
    with pytest.raises(RegleEnfreinte, match="personne ne l'a signé"):
        signer(convention, partie, octets(convention, "exemplaire"))

    convention.refresh_from_db()
    assert convention.signee_par_l_adherent_le is convention.signee_par_le_centre_le is None


def test_l_exemplaire_de_l_adherent_ne_porte_pas_la_signature_du_centre(centre):
    convention = gestes.une_signature(gestes.deliberee(), "adherent", date(2026, 10, 7))
    with pytest.raises(RegleEnfreinte, match="Signée par l'adhérent"):
        signer(convention, "centre", octets(convention, "signee_par_l_adherent"))

    assert signer(convention, "centre", b"%PDF-1.7 les deux").etat == "signee"


def test_le_projet_n_est_pas_une_deliberation(centre):
    convention = gestes.envoyee()
    with pytest.raises(RegleEnfreinte, match="Joignez la délibération"):
        cycle.recevoir_la_deliberation(
            convention=convention,
            deliberation=cycle.Deliberation(
                "2026-31",
                gestes.DELIBERE,
                gestes.EXECUTOIRE,
                Fichier("deliberation.pdf", octets(convention, "projet")),
            ),
            date_de_l_acte=gestes.EXECUTOIRE,
            par=PLATEFORME,
            maintenant=LUNDI,
        )
    convention.refresh_from_db()
    assert convention.etat == "chez_la_collectivite"


def test_l_avenant_propose_ne_vaut_pas_signature(centre):
    convention = gestes.active()
    avenant = avenants.proposer(
        convention=convention,
        changement=avenants.Changement("La grille change.", date(2027, 1, 1), True),
        par=PLATEFORME,
        maintenant=LUNDI,
    )
    with pytest.raises(RegleEnfreinte, match="personne ne l'a signé"):
        avenants.signer_un_avenant(
            avenant=avenant,
            signature=cycle.Signature(
                "adherent", LUNDI.date(), Fichier("avenant.pdf", octets(convention, "avenant"))
            ),
            par=PLATEFORME,
            maintenant=LUNDI,
        )
