"""Un fichier qui revient signé n'est pas celui qui était parti à signer."""

from datetime import date

import pytest

from beffroi.centre.conventions import actes
from beffroi.centre.conventions.comparaison import ecarts
from beffroi.centre.conventions.models import Convention
from beffroi.centre.conventions.rules.retours import (
    AuDossier,
    a_constater,
    deliberation_renvoyee,
    exemplaire_renvoye,
)
from beffroi.centre.conventions.services import avenants, cycle
from beffroi.centre.conventions.services.pieces import Fichier, compare, exemplaire_envoye
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


def signer(
    convention: Convention, partie: str, contenu: bytes, *, constat: str = gestes.VU
) -> Convention:
    return cycle.signer(
        convention=convention,
        signature=cycle.Signature(
            partie, date(2026, 10, 7), Fichier("signee.pdf", contenu), constat
        ),
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


@pytest.mark.moteurs
def test_un_papier_numerise_ne_vaut_qu_avec_ce_qu_une_personne_y_a_vu(centre):
    convention = gestes.deliberee()
    with pytest.raises(RegleEnfreinte, match="pas de signature électronique") as refus:
        signer(convention, "adherent", b"%PDF-1.7 un papier", constat=" ")
    assert "ce que vous y avez vu" in str(refus.value.motifs[-1])
    signer(convention, "adherent", b"%PDF-1.7 un papier", constat="Le maire, page 9.")

    gardee = convention.pieces.get(sorte="signee_par_l_adherent")
    assert gardee.constat == f"{PLATEFORME.libelle} : Le maire, page 9."


def envoye(convention: Convention) -> bytes:
    return octets(convention, "exemplaire")


def test_le_meme_texte_n_a_aucun_ecart_un_autre_dit_lequel(centre):
    convention = gestes.deliberee()
    document = actes.acte("securite", convention, maintenant=LUNDI)[1]
    autre = actes.rendre("securite", convention, document, "pdf")

    assert ecarts(envoye(convention), envoye(convention)) == ()
    pages, passages = ecarts(envoye(convention), autre.octets)
    assert "l'exemplaire envoyé en a" in pages and "ne s'y retrouvent pas" in passages


@pytest.mark.moteurs
def test_ce_qui_revient_se_compare_au_dernier_exemplaire_envoye(centre):
    convention = gestes.deliberee()
    parti = exemplaire_envoye(convention, "exemplaire")

    assert compare(Fichier("signee.pdf", envoye(convention)), parti).ecarts == ()
    assert compare(Fichier("signee.pdf", b"%PDF-1.7 abime"), parti).ecarts
    assert compare(Fichier("signee.pdf", b"%PDF-1.7"), None).ecarts is None


def test_une_image_ou_un_fichier_abime_ne_se_compare_pas_et_se_dit(centre):
    assert "ne se lit pas" in ecarts(envoye(gestes.deliberee()), b"%PDF-1.7 abime")[0]


def test_signe_electroniquement_et_intact_rien_n_est_a_constater():
    assert a_constater(signatures=1, ecarts=()) == ()
    assert len(a_constater(signatures=0, ecarts=None)) == 2
    assert len(a_constater(signatures=1, ecarts=("Une page manque.",))) == 1
