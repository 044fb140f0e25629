"""« À faire » rappelle chaque contrat à publier, avant son dernier jour."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from beffroi.contrat.donnees_essentielles import rules, services
from beffroi.contrat.donnees_essentielles.tests.scene import (
    CONCESSION,
    LE,
    agent,
    marche,
    organisme,
)
from beffroi.faces.portail.a_faire import taches_de
from beffroi.personnes.rappels.ports import ce_qui_attend
from beffroi.socle.journal.acteurs import PLATEFORME
from formats.decp import DonneesAnnuelles, Tarif

pytestmark = [pytest.mark.django_db, pytest.mark.article("CCP", "R. 2196-1")]


def preparer(**change):
    return services.preparer_la_fiche(
        organisme=organisme(), contrat=marche(**change), par=PLATEFORME, maintenant=LE
    )


def dites(personne):
    return [
        tache.quand for tache in taches_de(personne, le=LE) if "/donnees-essentielles/" in tache.url
    ]


@pytest.mark.parametrize(
    ("notifie", "quand"),
    [
        (date(2026, 11, 2), "Avant le 2 janvier 2027"),
        (date(2026, 9, 2), "En retard depuis le 2 novembre 2026"),
    ],
)
def test_une_fiche_preparee_se_rappelle_a_qui_la_publie(notifie, quand):
    preparer(date_notification=notifie)

    assert dites(agent(organisme(), "redacteur")) == [quand]


def test_une_fiche_publiee_ou_d_une_autre_voie_ne_se_rappelle_pas():
    services.publier_la_preparee(fiche=preparer(), par=PLATEFORME, maintenant=LE)
    regleuse = agent(organisme(), "administrateur", "redacteur")
    services.regler_le_canal(
        organisme=organisme(), canal="pes", ailleurs="", par=regleuse, maintenant=LE
    )
    preparer(id="AUTRE")

    assert dites(regleuse) == []


def test_un_lecteur_n_a_rien_a_publier():
    preparer()

    assert dites(agent(organisme(), "lecteur")) == []


def concession_publiee(**change):
    fiche = services.preparer_la_fiche(
        organisme=organisme(), contrat=replace(CONCESSION, **change), par=PLATEFORME, maintenant=LE
    )
    return services.publier_la_preparee(fiche=fiche, par=PLATEFORME, maintenant=LE)


@pytest.mark.parametrize(
    ("debut", "quand"),
    [
        (date(2025, 11, 24), ["Année finie le 23 novembre 2026"]),
        (date(2025, 11, 25), []),
        (date(2024, 1, 1), ["Année finie le 31 décembre 2024"]),
    ],
)
def test_l_annee_finie_d_une_concession_se_rappelle(debut, quand):
    concession_publiee(date_debut_execution=debut)

    assert dites(agent(organisme(), "redacteur")) == quand


def test_une_annee_publiee_ne_se_rappelle_plus_et_le_courriel_du_matin_la_dit():
    fiche = concession_publiee(date_debut_execution=date(2025, 11, 20))
    redactrice = agent(organisme(), "redacteur")
    assert "Publier l'année d'une concession" in [
        attendu.titre for attendu in ce_qui_attend(redactrice, le=LE)
    ]
    services.ajouter_des_donnees_d_execution(
        fiche=fiche,
        annuelles=DonneesAnnuelles(
            date_publication_donnees_execution=LE.date(),
            depenses_investissement=Decimal(12_000),
            tarifs=(Tarif(intitule_tarif="Nuitée", tarif=Decimal(12)),),
        ),
        par=PLATEFORME,
        maintenant=LE,
    )

    assert dites(redactrice) == []


def test_une_concession_finie_ne_reclame_pas_l_annee_d_apres():
    assert (
        rules.annee_d_execution_due(debut_le=date(2024, 1, 1), mois=12, publiees=1, le=LE.date())
        is None
    )
    assert rules.annee_d_execution_due(
        debut_le=date(2024, 1, 1), mois=12, publiees=0, le=LE.date()
    ) == date(2024, 12, 31)
