"""D'un accord-cadre au marché subséquent :
les titulaires seuls, la même chaîne scellée, le contrat rattaché.
"""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.test import Client

from beffroi.achat.consultations import queries as consultations
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.rules.fiche import Fiche
from beffroi.achat.consultations.services import modifier_brouillon, prolonger_le_delai
from beffroi.choix.attribution import queries as attributions
from beffroi.choix.attribution import services as attribution
from beffroi.choix.attribution.soumissionnaires import soumissionnaires
from beffroi.contrat.marches import fiche, suspension
from beffroi.contrat.marches import queries as marches
from beffroi.contrat.marches.ecrans import histoire_de
from beffroi.contrat.marches.services import naissance, notification, vie
from beffroi.contrat.marches.tests import gestes
from beffroi.contrat.remises_en_concurrence import ecrans, queries, services
from beffroi.contrat.remises_en_concurrence.models import RemiseEnConcurrence
from beffroi.contrat.remises_en_concurrence.tests import scene
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.personnes.entreprises.tests.gestes import inscrit, reconnu, reconnu_autrefois
from beffroi.publicite.alertes.models import ConsultationParue
from beffroi.publicite.recherche.models import FicheIndexee
from beffroi.seance.ouverture.tests.factories import LIMITE
from beffroi.socle.fondations.erreurs import Introuvable, RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from demo.reponses import repondre
from demo.seances import depouiller

pytestmark = pytest.mark.django_db
APRES = LIMITE + timedelta(days=3)


def test_l_invitation_part_a_tous_les_titulaires_ensemble_et_a_eux_seuls(troupe, partie):
    invites = Courriel.objects.filter(cle__startswith=f"remise:{partie.reference}:")

    assert {courriel.destinataire for courriel in invites} == {
        troupe.personnes["sophie"].courriel,
        troupe.personnes["zoe"].courriel,
    }
    texte = invites.first().texte
    assert scene.CRITERES in texte
    assert f"/remises-en-concurrence/{partie.reference}/" in texte


def test_l_histoire_de_l_accord_cadre_la_dit_en_francais(accord, partie):
    dits = [pas.quoi for pas in histoire_de(accord)]

    assert dits == ["Titulaires remis en concurrence", "Contrat inscrit"]


def test_rien_ne_la_dit_au_public(partie):
    reference = partie.consultation.reference

    assert not consultations.publiques(APRES).filter(reference=reference).exists()
    assert not FicheIndexee.objects.filter(reference=reference).exists()
    assert (
        not apps.get_model("donnees_ouvertes", "FaitPublic")
        .objects.filter(consultation=partie.consultation)
        .exists()
    )
    assert not ConsultationParue.objects.filter(reference=reference).exists()
    with pytest.raises(Introuvable):
        consultations.publique(reference)


def test_seul_un_titulaire_la_lit_et_y_repond(troupe, partie):
    consultation = partie.consultation

    assert consultations.lisible(consultation.reference, troupe.personnes["sophie"]) == consultation
    with pytest.raises(Introuvable):
        consultations.lisible(consultation.reference, troupe.personnes["emile"])
    with pytest.raises(Introuvable):
        scene.offrir(
            consultation, troupe, qui="emile", chez="etoile", le=LIMITE - timedelta(hours=2)
        )
    with pytest.raises(Introuvable):
        queries.invitation_pour(troupe.personnes["emile"], partie.reference)


def test_declarer_le_siret_d_un_titulaire_ne_suffit_pas(troupe, partie):
    """Un compte neuf qui dit le même établissement, que nul n'a reconnu, ne voit rien."""
    intrus, equipe = gestes.personne("Ivan Intrus"), troupe.equipes["faitage"]
    inscrit(intrus, equipe.identifiant, le=scene.DEBUT)

    assert not consultations.est_invitee(partie.consultation, intrus)
    reconnu(intrus, equipe.membres.get(reconnu_par=None), le=scene.DEBUT)
    assert consultations.est_invitee(partie.consultation, intrus)


def intrus_a_l_adresse_de(troupe, cle: str):
    """Sophie n'est pas encore là : un inconnu ouvre un compte à son adresse, et dit son SIRET."""
    troupe.personnes[cle].preuves_d_adresse.all().delete()
    return troupe.personnes[cle]


def test_taper_l_adresse_d_un_titulaire_ne_suffit_pas(troupe, partie):
    intrus = intrus_a_l_adresse_de(troupe, "sophie")
    consultation = partie.consultation

    assert not consultations.est_invitee(consultation, intrus)
    with pytest.raises(Introuvable):
        consultations.lisible(consultation.reference, intrus)
    with pytest.raises(Introuvable):
        scene.offrir(
            consultation, troupe, qui="sophie", chez="faitage", le=LIMITE - timedelta(hours=2)
        )


def test_le_collegue_d_une_adresse_non_prouvee_n_y_entre_pas_non_plus(troupe, partie):
    intrus_a_l_adresse_de(troupe, "sophie")
    complice, equipe = gestes.personne("Ivan Intrus"), troupe.equipes["faitage"]
    reconnu_autrefois(complice, equipe.membres.get(reconnu_par=None), le=scene.DEBUT)

    assert not consultations.est_invitee(partie.consultation, complice)


def lien_de(partie, courriel: str) -> str:
    invite = Courriel.objects.get(
        cle__startswith=f"remise:{partie.reference}:", destinataire=courriel
    )
    return next(mot for mot in invite.texte.split() if "/lien/" in mot)


def test_le_lien_recu_prouve_l_adresse_et_ouvre_l_invitation(troupe, partie):
    sophie = intrus_a_l_adresse_de(troupe, "sophie")
    lien = lien_de(partie, sophie.courriel)
    client = connecter(Client(), sophie)

    assert "est bien votre adresse" in client.get(lien).content.decode()
    assert not consultations.est_invitee(partie.consultation, sophie)
    suite = client.post(lien, follow=True)

    assert suite.redirect_chain[-1][0] == f"/remises-en-concurrence/{partie.reference}/"
    assert consultations.est_invitee(partie.consultation, sophie)


def test_le_lien_d_un_autre_n_ouvre_rien_et_dit_pourquoi(troupe, partie):
    lien = lien_de(partie, troupe.personnes["sophie"].courriel)
    client = connecter(Client(), troupe.personnes["emile"])

    refus = client.post(lien)

    assert refus.status_code == 404 and "pour votre compte" in refus.content.decode()
    assert client.get(lien[:-4] + "0000/").status_code == 404


def test_une_candidature_n_y_entre_pas(troupe, partie):
    with pytest.raises(RegleEnfreinte, match="déjà titulaire"):
        repondre(
            partie.consultation,
            troupe,
            qui="sophie",
            chez="faitage",
            le=LIMITE - timedelta(hours=2),
            candidature={"dc1.pdf": b"%PDF"},
            offres={None: scene.OFFRE},
        )


@pytest.mark.moteurs
def test_une_entreprise_sortie_ne_repond_plus(troupe, partie):
    sophie = troupe.personnes["sophie"]
    sophie.entreprises.update(jusqu_au=scene.DEBUT)

    assert not consultations.est_invitee(partie.consultation, sophie)


def test_du_depot_au_contrat_rattache_a_l_accord_cadre(troupe, partie, accord, monkeypatch):
    consultation, martine = partie.consultation, troupe.personnes["martine"]
    pli = scene.offrir(
        consultation, troupe, qui="sophie", chez="faitage", le=LIMITE - timedelta(hours=2)
    )
    scene.offrir(consultation, troupe, qui="zoe", chez="zingueurs", le=LIMITE - timedelta(hours=1))
    depouiller(
        consultation, troupe, preside="helene", avec="bernard", le=LIMITE + timedelta(hours=6)
    )
    consultation.refresh_from_db()
    pli.refresh_from_db()
    assert len(soumissionnaires(consultation, None)) == 2

    attribution.attribuer(
        consultation=consultation,
        lot=None,
        par=martine,
        maintenant=APRES,
        projet=attribution.ProjetDAttribution(
            pli=pli, montant=Decimal(12_400), motif="92 points sur 100."
        ),
    )
    for lettre in attribution.preparer_les_lettres(
        consultation=consultation, par=martine, maintenant=APRES
    ):
        faits = {
            suite.pk: attribution.FaitsDUneSuite(2, Decimal(80), "Plus cher.")
            for suite in lettre.suites.all()
        }
        precisee = attribution.preciser(lettre=lettre, faits=faits, par=martine, maintenant=APRES)
        relecture = attribution.Relecture(precisee.texte)
        attribution.relire(lettre=precisee, relecture=relecture, par=martine, maintenant=APRES)
    attribution.envoyer_les_lettres(consultation=consultation, par=martine, maintenant=APRES)
    assert attributions.peut_signer(consultation, None, le=APRES).favorable, (
        "aucune suspension (R. 2182-2)"
    )

    termes = replace(gestes.TERMES, numero="2026-MS1", code_cpv="45233141", montant=Decimal(1))
    marche = naissance.ouvrir(
        consultation=consultation, lot=None, termes=termes, par=martine.acteur, maintenant=APRES
    )
    assert (marche.nature, marche.accord_cadre, marche.montant) == (
        "marche_subsequent",
        accord,
        Decimal(12_400),
    )
    assert marches.consommation_de(accord).commande == Decimal(12_400)
    assert suspension.peut_signer(marche, le=APRES).favorable
    signe = gestes.dit(
        gestes.signe(marche, le=APRES.date(), maintenant=APRES), requise=False, maintenant=APRES
    )
    notifie = notification.notifier(
        marche=signe,
        recue_le=APRES.date(),
        preuve=gestes.ACTE,
        par=martine.acteur,
        maintenant=APRES,
    )
    assert fiche.fiche(notifie, le=APRES).id_accord_cadre == "2026-AC1"


def test_le_montant_attribue_ne_depasse_pas_ce_qui_reste_de_l_accord_cadre(troupe, partie, accord):
    consultation, martine = partie.consultation, troupe.personnes["martine"]
    pli = scene.offrir(
        consultation, troupe, qui="sophie", chez="faitage", le=LIMITE - timedelta(hours=2)
    )
    depouiller(
        consultation, troupe, preside="helene", avec="bernard", le=LIMITE + timedelta(hours=6)
    )
    consultation.refresh_from_db()
    pli.refresh_from_db()
    projet = attribution.ProjetDAttribution(
        pli=pli, montant=Decimal(40_001), motif="La seule offre."
    )
    attribution.attribuer(
        consultation=consultation, lot=None, projet=projet, par=martine, maintenant=APRES
    )

    with pytest.raises(RegleEnfreinte, match="maximum"):
        naissance.ouvrir(
            consultation=consultation,
            lot=None,
            termes=gestes.TERMES,
            par=martine.acteur,
            maintenant=APRES,
        )


def test_une_estimation_au_dela_du_maximum_avertit_sans_refuser(troupe, accord):
    ouverte = scene.remise(troupe, accord, estimation=Decimal(40_001))

    assert "dépasse ce qui reste" in ecrans.avertissements(ouverte)[0]
    assert ecrans.avertissements(scene.remise(troupe, accord)) == []


def test_un_titulaire_seul_complete_son_offre(troupe):
    accord = scene.accord_cadre(troupe, chez=("faitage",))

    dits = ecrans.de_l_accord(accord, le=scene.DEBUT)
    assert (dits["modalite"].titre, str(dits["modalite"].article)) == (
        "Demander au titulaire de compléter son offre",
        "CCP, art. R. 2162-9",
    )
    assert scene.remise(troupe, accord, qui=("sophie",)).consultation.invitees.count() == 1


@pytest.mark.moteurs
def test_un_accord_cadre_fini_ou_expire_ne_se_remet_plus_en_concurrence(troupe):
    expire = scene.accord_cadre(troupe, mois=3)
    with pytest.raises(RegleEnfreinte, match="a pris fin"):
        scene.remise(troupe, expire)
    vie.resilier(
        marche=expire,
        le=scene.DEBUT.date(),
        motif="Faute.",
        decision=gestes.ACTE,
        par=troupe.personnes["martine"].acteur,
        maintenant=scene.DEBUT,
    )
    expire.refresh_from_db()
    with pytest.raises(RegleEnfreinte, match="pas en cours"):
        scene.remise(troupe, expire)


def test_tous_les_titulaires_ou_aucun_et_une_heure_a_venir(troupe, accord):
    with pytest.raises(RegleEnfreinte, match="chaque titulaire"):
        scene.remise(troupe, accord, qui=("sophie",))
    with pytest.raises(RegleEnfreinte, match="à venir"):
        scene.remise(troupe, accord, limite=scene.DEBUT)
    assert not RemiseEnConcurrence.objects.exists()


def test_elle_ne_devient_pas_publique_en_changeant_de_procedure(troupe, accord):
    ouverte = scene.remise(troupe, accord)
    publique = Fiche(
        titre="Pour tous", objet="Chemins", nature="travaux", date_limite_remise=LIMITE
    )
    par = troupe.personnes["martine"].acteur

    with pytest.raises(RegleEnfreinte, match="elle le reste"):
        modifier_brouillon(
            consultation=ouverte.consultation, fiche=publique, par=par, maintenant=scene.DEBUT
        )
    Consultation.toutes.filter(pk=ouverte.consultation.pk).update(
        type_de_procedure="procedure_adaptee_ouverte"
    )
    ouverte.consultation.refresh_from_db()
    with pytest.raises(RegleEnfreinte, match="réservée aux titulaires"):
        scene.envoyer(troupe, ouverte)


def test_un_delai_prolonge_se_dit_a_chaque_titulaire(troupe, partie):
    nouvelle = LIMITE + timedelta(days=7)
    prolonger_le_delai(
        consultation=partie.consultation,
        nouvelle=nouvelle,
        motif="Une visite de plus.",
        par=troupe.personnes["martine"].acteur,
        maintenant=scene.DEBUT + timedelta(days=1),
    )

    changes = Courriel.objects.filter(
        sujet__startswith="La consultation a changé : Reprise du chemin"
    )
    assert changes.count() == 2


@pytest.mark.moteurs
def test_la_demande_se_corrige_avant_de_partir_et_pas_apres(troupe, accord):
    ouverte = scene.remise(troupe, accord)
    commun = {"par": troupe.personnes["martine"], "maintenant": scene.DEBUT}
    services.modifier(
        remise=ouverte, demande=replace(scene.DEMANDE, besoin="Trois cents mètres."), **commun
    )
    ouverte.refresh_from_db()
    assert "Trois cents mètres." in ouverte.consultation.objet
    scene.envoyer(troupe, ouverte)

    with pytest.raises(RegleEnfreinte, match="publiée"):
        services.modifier(remise=ouverte, demande=scene.DEMANDE, **commun)
