"""La fiche de données essentielles que le contrat pré-remplit est valide,
par les règles officielles et au-delà.
"""

from decimal import Decimal

import pytest

from beffroi.contrat.donnees_essentielles.services import publier_la_preparee
from beffroi.contrat.marches import fiche, queries
from beffroi.contrat.marches.models import Marche
from beffroi.contrat.marches.services import notification, publication, vie
from beffroi.contrat.marches.tests import gestes
from beffroi.personnes.comptes.tests.personnes import LUNDI
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.journal.acteurs import PLATEFORME

pytestmark = [pytest.mark.django_db, pytest.mark.moteurs]


def test_la_fiche_d_un_accord_cadre_dit_son_maximum_et_ses_bons_de_commande():
    organisme, _ = gestes.bomy()
    dite = fiche.fiche(gestes.accord_cadre(organisme), le=LUNDI)

    assert (dite.montant, dite.techniques, dite.modalites_execution) == (
        Decimal(50_000),
        ("Accord-cadre",),
        ("Bons de commande",),
    )
    assert (dite.procedure, dite.acheteur_id, dite.titulaires[0].id) == (
        "Procédure adaptée",
        gestes.SIRET_DE_BOMY,
        gestes.SIRET_DE_L_ATELIER,
    )


def test_une_modification_dit_le_montant_et_la_duree_qui_en_resultent():
    organisme, _ = gestes.bomy()
    marche = gestes.en_cours(organisme)
    gestes.modifie(marche, "faible_montant", "2000")
    seconde = gestes.modifie(marche, "faible_montant", "3000.50", mois_en_plus=1)
    dite = fiche.modification(seconde, le=LUNDI)

    assert (dite.id, dite.montant, dite.duree_mois, dite.titulaires) == (
        2,
        Decimal("125000.50"),
        13,
        (),
    )


def test_une_concession_a_sa_fiche():
    organisme, _ = gestes.bomy()
    depuis = gestes.date(2026, 5, 4)
    reprise = gestes.contrats.Reprise(depuis, depuis, depuis)
    marche = gestes.inscrit(
        organisme, nature="concession", procedure="concession_sous_le_seuil", reprise=reprise
    )

    assert fiche.fiche(marche, le=LUNDI).valeur_globale == Decimal(120_000)


def test_un_contrat_non_notifie_n_a_pas_de_fiche():
    organisme, _ = gestes.bomy()

    with pytest.raises(ValueError, match="non notifié"):
        fiche.fiche(gestes.inscrit(organisme), le=LUNDI)
    assert Marche.toutes.count() == 1


def recu(organisme, **termes):
    marche = gestes.dit(gestes.signe(gestes.inscrit(organisme, **termes)), requise=False)
    return notification.notifier(
        marche=marche,
        recue_le=gestes.AUJOURD_HUI,
        preuve=gestes.ACTE,
        par=PLATEFORME,
        maintenant=LUNDI,
    )


def test_la_notification_prepare_la_fiche_et_les_suites_s_y_ajoutent_une_fois_publiee():
    organisme, _ = gestes.bomy()
    marche = recu(organisme)
    gestes.modifie(marche, "faible_montant", "2000")
    preparee = queries.fiche_de(marche)

    with pytest.raises(RegleEnfreinte, match="Publiez d'abord"):
        publication.publier_les_suites(marche=marche, par=PLATEFORME, maintenant=LUNDI)
    publier_la_preparee(fiche=preparee, par=PLATEFORME, maintenant=LUNDI)
    assert queries.suites_a_publier(marche)
    assert publication.publier_les_suites(marche=marche, par=PLATEFORME, maintenant=LUNDI) == 1
    assert not queries.suites_a_publier(marche)
    assert preparee.ajouts.count() == 1


def test_un_sous_traitant_accepte_ensuite_s_ajoute_aussi_a_la_fiche():
    organisme, _ = gestes.bomy()
    marche = recu(organisme)
    publiee = publier_la_preparee(fiche=queries.fiche_de(marche), par=PLATEFORME, maintenant=LUNDI)
    part = vie.SousTraitance(
        "40483304800022", "Zinc de la Lys", "Zinguerie", Decimal(30_000), 6, gestes.AUJOURD_HUI
    )
    vie.accepter_un_sous_traitant(
        marche=marche, sous_traitance=part, acte=gestes.ACTE, par=PLATEFORME, maintenant=LUNDI
    )

    assert publication.publier_les_suites(marche=marche, par=PLATEFORME, maintenant=LUNDI) == 1
    (ajout,) = publiee.ajouts.all()
    assert (ajout.sorte, part.siret in ajout.contenu) == ("acte", True)
    assert not queries.suites_a_publier(marche)


def test_sous_le_seuil_de_la_liste_annuelle_rien_ne_se_prepare_mais_on_le_peut():
    organisme, _ = gestes.bomy()
    marche = recu(organisme, montant=Decimal("24999.99"))

    assert queries.fiche_de(marche) is None
    assert publication.preparer(
        marche=marche, par=PLATEFORME, maintenant=LUNDI
    ) == queries.fiche_de(marche)


def test_la_fiche_nomme_les_titulaires_de_la_signature_meme_apres_une_substitution():
    organisme, _ = gestes.bomy()
    marche = gestes.en_cours(organisme)
    nouveau = {"nouveau_siret": "80295478500028", "nouveau_nom": "Charpentes de la Lys"}
    substitution = gestes.modifie(marche, "substitution", "0", **nouveau)

    assert [titulaire.id for titulaire in fiche.fiche(marche, le=LUNDI).titulaires] == [
        gestes.SIRET_DE_L_ATELIER
    ]
    assert [
        titulaire.id for titulaire in fiche.modification(substitution, le=LUNDI).titulaires
    ] == ["80295478500028"]
    noms = publication.preparer(marche=marche, par=PLATEFORME, maintenant=LUNDI).noms
    assert {"80295478500028", gestes.SIRET_DE_L_ATELIER} <= noms.keys()
