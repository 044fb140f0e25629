"""Ce que sont devenus les courriels qui ont dit à cette entreprise une nouvelle heure
limite, ou un dossier changé.
"""

from datetime import timedelta

import pytest

from beffroi.achat.consultations.models import ChangementPublie
from beffroi.achat.consultations.services import declarer_sans_suite, prolonger_le_delai
from beffroi.achat.tours.courriels import ecrire_la_prolongation
from beffroi.achat.tours.models import Invitation, Tour
from beffroi.personnes.abonnements import services as abonnements
from beffroi.publicite.retraits.queries import sujet_de
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.tests.factories import LIMITE, VEILLE
from beffroi.reponse.traces.courriels import courriels_de
from beffroi.reponse.traces.queries.frise import faits_de
from beffroi.socle.fondations import outbox
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.fondations.services import ecrire_courriel
from beffroi.socle.journal.acteurs import PLATEFORME

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def brouillon():
    return factories.Candidat(factories.consultation()).commence()


def suivre(consultation, courriel):
    abonnements.suivre(courriel=courriel, sujet=sujet_de(consultation), maintenant=VEILLE)


def reporter(consultation, *, le=VEILLE, jours=3):
    prolonger_le_delai(
        consultation=consultation,
        nouvelle=LIMITE + timedelta(days=jours),
        motif="Un plan manquait.",
        par=PLATEFORME,
        maintenant=le,
    )


def test_un_report_ecrit_a_l_entreprise_se_dit_avec_ce_qu_il_est_devenu(brouillon):
    suivre(brouillon.consultation, brouillon.commence_par.courriel)
    suivre(brouillon.consultation, "concurrent@example.org")
    reporter(brouillon.consultation)
    outbox.marquer_envoye(
        Courriel.objects.get(destinataire=brouillon.commence_par.courriel), le=VEILLE + MINUTE
    )

    dits = [
        (fait.quoi, fait.precision) for fait in faits_de(brouillon, []) if "ourriel" in fait.quoi
    ]
    (ecrit, pris) = dits
    assert ecrit[1].startswith("L'heure limite a changé") and ecrit[1].endswith(
        brouillon.commence_par.courriel
    )
    assert pris == ("Courriel pris par son serveur", brouillon.commence_par.courriel)


def test_un_dossier_change_et_refuse_par_le_serveur_se_dit(brouillon):
    suivre(brouillon.consultation, brouillon.commence_par.courriel)
    reporter(brouillon.consultation)
    ChangementPublie.objects.update(sorte=ChangementPublie.Sorte.DOCUMENT)
    outbox.marquer_refuse(Courriel.objects.get(), "550 boîte inconnue", le=VEILLE + MINUTE)

    assert ("Courriel refusé", "550 boîte inconnue") in [
        (fait.quoi, fait.precision) for fait in faits_de(brouillon, [])
    ]


def test_le_courriel_d_un_collegue_est_aussi_a_l_entreprise(brouillon):
    collegue = factories.membre("Kevin Merlin", chez=brouillon.equipe)
    suivre(brouillon.consultation, collegue.utilisateur.courriel.upper())
    reporter(brouillon.consultation)

    assert courriels_de(brouillon, []).get().destinataire == collegue.utilisateur.courriel


def test_ni_une_autre_consultation_ni_un_autre_evenement_n_y_entrent(brouillon):
    autre = factories.consultation()
    suivre(autre, brouillon.commence_par.courriel)
    reporter(autre)
    suivre(brouillon.consultation, brouillon.commence_par.courriel)
    declarer_sans_suite(
        consultation=brouillon.consultation, motif="Plus besoin.", par=PLATEFORME, maintenant=VEILLE
    )

    assert Courriel.objects.count() == 2
    assert not courriels_de(brouillon, []).exists()


def test_l_invite_d_une_remise_en_concurrence_est_reconnu_a_son_siret(brouillon):
    reporter(brouillon.consultation)
    siret = brouillon.equipe.identifiant
    for destinataire, qui in (
        ("invite@example.org", siret),
        ("autre@example.org", "99999999900011"),
    ):
        ecrire_courriel(
            cle=f"remise:RC-1:{qui}:{VEILLE.isoformat()}",
            destinataire=destinataire,
            sujet="La consultation a changé",
            texte=f"Consultation : {brouillon.consultation.reference}",
            maintenant=VEILLE,
        )

    assert courriels_de(brouillon, []).get().destinataire == "invite@example.org"


def test_un_tour_prolonge_s_ecrit_a_l_invite(brouillon):
    consultation, personne = brouillon.consultation, brouillon.commence_par
    tour = Tour.objects.create(
        consultation=consultation,
        numero=1,
        date_limite=LIMITE,
        cle=consultation.cle_offre,
        ouvert_le=VEILLE,
        ouvert_par=personne,
    )
    brouillon.invitation, autre = (
        Invitation.objects.create(
            tour=tour,
            equipe=brouillon.equipe,
            destinataire=personne,
            candidature=recepisse,
        )
        for recepisse in ("D-2026-1", "D-2026-2")
    )
    for invitation in (brouillon.invitation, autre):
        ecrire_la_prolongation(invitation, tour=tour, motif="", le=VEILLE)

    assert (
        courriels_de(brouillon, [])
        .get()
        .cle.startswith(f"prolongation:{brouillon.invitation.reference}:")
    )
