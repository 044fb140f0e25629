"""Les promesses faites à un adhérent, sur sa fiche : tenues, attendues, dépassées."""

from datetime import timedelta

import pytest

from beffroi.achat.relectures.models import Relecture
from beffroi.centre.adherents.tests.gestes import adherent
from beffroi.centre.interventions.tests.theatre import agent, centre, commune
from beffroi.personnes.comptes.tests.personnes import LUNDI
from beffroi.personnes.organismes.models import Habilitation
from beffroi.service.assistance import fiche
from beffroi.service.assistance.models import Demande
from beffroi.service.assistance.rules.promesses import promesse

HEURE = timedelta(hours=1)


@pytest.mark.parametrize(
    ("tenue_le", "finie", "le", "mot"),
    [
        (None, False, LUNDI, "Promise"),
        (None, False, LUNDI + HEURE, "Promise"),
        (None, False, LUNDI + 3 * HEURE, "Dépassée de 2 h"),
        (LUNDI, False, LUNDI, "Promesse tenue"),
        (LUNDI + HEURE, True, LUNDI + 9 * HEURE, "Réglée"),
        (LUNDI + 2 * HEURE, True, LUNDI + 9 * HEURE, "Dépassée de 1 h"),
        (None, True, LUNDI + 9 * HEURE, "Réglée"),
    ],
)
def test_une_promesse_manquee_le_reste_meme_reglee(tenue_le, finie, le, mot):
    dite = promesse(promise_pour=LUNDI + HEURE, tenue_le=tenue_le, finie=finie, le=le)

    assert dite.mot.replace("\N{NO-BREAK SPACE}", " ").replace("\u202f", " ") == mot


@pytest.fixture
def bomy(db):
    la = adherent(siret="21620155800014")
    la.organisme = commune()
    la.save(update_fields=["organisme"])
    return la


def demander(organisme, sujet="Mon adjoint ne reçoit pas le code", **reste):
    return Demande.objects.create(
        categorie="comptes",
        canal="web",
        sujet=sujet,
        courriel="m@bomy.example",
        organisme=organisme,
        recue_le=LUNDI,
        promise_pour=LUNDI + HEURE,
        cle_d_envoi=sujet,
        **reste,
    )


def habilitation(*roles):
    return Habilitation.objects.get(utilisateur=agent(centre(), "Fanny Roussel", *roles))


def test_qui_repond_lit_ce_qui_est_demande_et_peut_l_ouvrir(bomy):
    demande = demander(bomy.organisme)

    (fait,) = fiche.ses_demandes(bomy, pour=habilitation("technicien"), le=LUNDI).faits

    assert demande.sujet in fait.quoi and demande.reference in fait.url


def test_les_autres_lisent_la_promesse_manquee_sans_ce_qui_etait_demande(bomy):
    demander(bomy.organisme)

    (fait,) = fiche.ses_demandes(bomy, pour=habilitation("comptable"), le=LUNDI + 3 * HEURE).faits

    assert (fait.quoi, fait.url, fait.ton) == ("Une demande d'assistance", "", "attention")


def test_sans_promesse_manquee_les_autres_n_ont_pas_de_bloc(bomy):
    demander(bomy.organisme)

    assert fiche.ses_demandes(bomy, pour=habilitation("comptable"), le=LUNDI) is None


def test_la_demande_d_une_autre_commune_ne_s_y_lit_pas(bomy):
    demander(commune("21620053500011", "Commune d'Audincthun"), sujet="Canari d'ailleurs")

    bloc = fiche.ses_demandes(bomy, pour=habilitation("technicien"), le=LUNDI)

    assert bloc.faits == []


def test_une_relecture_en_retard_se_dit_dans_le_bloc(scene_d_achat):
    la = adherent(siret=scene_d_achat.organisme.siret)
    la.organisme = scene_d_achat.organisme
    consultation = scene_d_achat.publiee("Toiture de la mairie")
    Relecture.objects.create(
        consultation=consultation,
        numero=1,
        demandee_par=scene_d_achat.martine,
        demandee_le=LUNDI,
        due_le=LUNDI + HEURE,
        achat="{}",
    )

    bloc = fiche.ses_demandes(la, pour=habilitation("juriste"), le=LUNDI + 3 * HEURE)

    assert [(fait.quoi, fait.ton) for fait in bloc.faits] == [
        ("Relecture, Toiture de la mairie", "attention")
    ]


def test_une_promesse_manquee_reste_visible_derriere_neuf_demandes_plus_recentes(bomy):
    demander(bomy.organisme, sujet="La première", repondue_le=None)
    for rang in range(9):
        plus_tard = demander(bomy.organisme, sujet=f"La suivante {rang}")
        Demande.objects.filter(pk=plus_tard.pk).update(
            recue_le=LUNDI + HEURE, promise_pour=LUNDI + 30 * HEURE
        )

    bloc = fiche.ses_demandes(bomy, pour=habilitation("technicien"), le=LUNDI + 3 * HEURE)

    assert "La première" in bloc.faits[0].quoi
