"""Publier un contrat : une fois, juste, pour toujours."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from beffroi.contrat.donnees_essentielles import contenu, queries, services
from beffroi.contrat.donnees_essentielles.models import (
    AjoutAFiche,
    FicheDeContrat,
    TitulaireDeFiche,
)
from beffroi.contrat.donnees_essentielles.tests.scene import COUVREUR, LE, MARCHE, marche, organisme
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture
from formats.decp import Modification

pytestmark = [pytest.mark.django_db, pytest.mark.article("CCP", "R. 2196-1")]


def publier(contrat=MARCHE, **reste):
    return services.publier_la_fiche(
        organisme=organisme(),
        marche=contrat,
        par=PLATEFORME,
        maintenant=LE,
        **{"noms": {}, **reste},
    )


def test_une_fiche_publiee_garde_le_contrat_a_l_identique():
    fiche = publier()

    assert contenu.relire(fiche, fiche.ajouts.all()) == MARCHE
    assert (fiche.montant, fiche.annee, fiche.lieu_code) == (Decimal("84500.50"), 2026, "62155")
    assert [un.identifiant for un in fiche.titulaires.all()] == [COUVREUR]


def test_publier_deux_fois_ne_publie_qu_une_fois():
    assert publier() == publier()

    assert FicheDeContrat.objects.count() == 1
    assert Ecriture.objects.filter(acte="donnees_essentielles.publier").count() == 1


def test_publiee_pendant_qu_on_la_publiait_elle_ne_parait_pas_deux_fois(monkeypatch):
    lue_avant = services.preparer_la_fiche(
        organisme=organisme(), contrat=MARCHE, par=PLATEFORME, maintenant=LE
    )
    publiee = publier()
    monkeypatch.setattr(
        "beffroi.contrat.donnees_essentielles.queries.fiche_du_contrat", lambda *_: lue_avant
    )

    assert publier() == publiee
    assert publiee.titulaires.count() == len(MARCHE.titulaires)


@pytest.mark.parametrize(
    ("change", "champ"),
    [
        ({"duree_mois": 0}, "dureeMois"),
        ({"montant": Decimal(0)}, "montant"),
        ({"procedure": "Gré à gré"}, "procedure"),
        ({"acheteur_id": "21620155800015"}, "acheteur"),
        ({"date_publication_donnees": date(2026, 10, 1)}, "datePublicationDonnees"),
    ],
)
def test_un_contrat_faux_est_refuse_le_champ_nomme_et_rien_n_est_ecrit(change, champ):
    organisme()
    avant = Ecriture.objects.count()

    with pytest.raises(RegleEnfreinte) as refus:
        publier(marche(**change))

    assert any(champ in motif.texte for motif in refus.value.motifs)
    assert (FicheDeContrat.objects.count(), Ecriture.objects.count()) == (0, avant)


@pytest.mark.parametrize("change", [{"montant": 1}, {"objet": "Autre"}, {"publiee_le": None}])
def test_la_base_refuse_de_changer_une_fiche_publiee(change):
    fiche = publier()

    with pytest.raises(DatabaseError), transaction.atomic():
        FicheDeContrat.objects.filter(pk=fiche.pk).update(**change)


@pytest.mark.parametrize("modele", [FicheDeContrat, TitulaireDeFiche, AjoutAFiche])
def test_la_base_refuse_d_effacer_ce_qui_est_publie(modele):
    publier(marche(modifications=(AVENANT,)))
    ligne = modele.objects.get()

    with pytest.raises(DatabaseError), transaction.atomic():
        modele.objects.filter(pk=ligne.pk)._raw_delete("default")


AVENANT = Modification(
    id=1,
    date_notification_modification=date(2026, 11, 20),
    date_publication_donnees_modification=date(2026, 11, 24),
    montant=Decimal("90000.00"),
)


def test_une_modification_s_ajoute_sans_changer_la_fiche():
    fiche = publier()

    ajoutee = services.ajouter_une_modification(
        fiche=fiche, modification=AVENANT, par=PLATEFORME, maintenant=LE
    )
    encore = services.ajouter_une_modification(
        fiche=fiche, modification=AVENANT, par=PLATEFORME, maintenant=LE
    )

    assert ajoutee == encore
    assert contenu.relire(fiche, fiche.ajouts.all()) == replace(MARCHE, modifications=(AVENANT,))
    assert queries.publique(fiche.reference).montant == MARCHE.montant


def test_une_modification_d_avant_le_contrat_est_refusee():
    fiche = publier()
    avant = replace(AVENANT, date_notification_modification=date(2026, 10, 1))

    with pytest.raises(RegleEnfreinte):
        services.ajouter_une_modification(
            fiche=fiche, modification=avant, par=PLATEFORME, maintenant=LE
        )
    assert not fiche.ajouts.exists()


def test_une_fiche_preparee_ne_recoit_pas_de_modification():
    fiche = services.preparer_la_fiche(
        organisme=organisme(), contrat=MARCHE, par=PLATEFORME, maintenant=LE
    )

    with pytest.raises(RegleEnfreinte):
        services.ajouter_une_modification(
            fiche=fiche, modification=AVENANT, par=PLATEFORME, maintenant=LE
        )


def test_une_fiche_preparee_se_publie_du_jour_ou_elle_parait():
    fiche = services.preparer_la_fiche(
        organisme=organisme(),
        contrat=marche(date_publication_donnees=date(2026, 11, 3)),
        par=PLATEFORME,
        maintenant=LE,
    )

    publiee = services.publier_la_preparee(fiche=fiche, par=PLATEFORME, maintenant=LE)

    assert contenu.relire(publiee).date_publication_donnees == LE.date()


def test_ce_qu_un_secret_protege_ne_se_cherche_pas_et_sort_du_fichier():
    fiche = services.preparer_la_fiche(
        organisme=organisme(), contrat=MARCHE, par=PLATEFORME, maintenant=LE
    )
    services.retenir(
        fiche=fiche,
        retenues={"montant": "Secret des affaires : prix unitaire."},
        par=PLATEFORME,
        maintenant=LE,
    )

    publiee = services.publier_la_preparee(fiche=fiche, par=PLATEFORME, maintenant=LE)

    assert publiee.montant is None
    assert "montant" not in contenu.public(publiee, [])
    assert not queries.du_fichier().exists()


def test_retenir_sans_dire_pourquoi_est_refuse():
    fiche = services.preparer_la_fiche(
        organisme=organisme(), contrat=MARCHE, par=PLATEFORME, maintenant=LE
    )

    with pytest.raises(RegleEnfreinte):
        services.retenir(fiche=fiche, retenues={"montant": " "}, par=PLATEFORME, maintenant=LE)
