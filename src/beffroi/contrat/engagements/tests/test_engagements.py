"""Un accord-cadre, deux titulaires : chacun son acte, sa signature, sa réception ;
un contrat, qui prend effet au dernier.
"""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from beffroi.choix.echanges.services import lire
from beffroi.contrat.engagements import queries, taches
from beffroi.contrat.engagements.documents import engage_de, rendre
from beffroi.contrat.engagements.models import Engagement
from beffroi.contrat.engagements.services import notification, signature
from beffroi.contrat.engagements.tests.scene import (
    CELUI_DE_L_AUTRE,
    LE,
    LE_SIEN,
    conclu,
    deux,
    recu,
    signe,
)
from beffroi.contrat.marches import documents, echeances, fiche
from beffroi.contrat.marches import queries as marches
from beffroi.contrat.marches.gestes_de_l_ecran import gestes_possibles
from beffroi.contrat.marches.models import Marche
from beffroi.contrat.marches.services import notification as du_contrat
from beffroi.contrat.marches.services import signature as d_un_seul
from beffroi.contrat.marches.services import vie
from beffroi.contrat.marches.services.signature import Signataire
from beffroi.contrat.marches.tests import gestes
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.journal.acteurs import PLATEFORME
from formats.sommes import en_euros

pytestmark = pytest.mark.django_db
DEMAIN = LE + timedelta(days=1)


def test_chacun_a_son_acte_aux_conditions_de_son_offre_et_rien_de_celle_de_l_autre(marche):
    premier, second = deux(marche)

    assert (premier.montant, second.montant) == (LE_SIEN, CELUI_DE_L_AUTRE)
    dit = str(documents.acte_d_engagement(marche, engage_de(second), le=LE)).replace(
        "\\xa0", "\xa0"
    )
    assert en_euros(CELUI_DE_L_AUTRE) in dit and en_euros(LE_SIEN) not in dit
    assert second.nom in dit and premier.nom not in dit
    assert rendre(second, "pdf") == rendre(second, "pdf") != rendre(premier, "pdf")


def test_un_contrat_a_un_titulaire_ou_un_groupement_n_a_pas_d_engagement(ouvert):
    organisme = ouvert.consultation.organisme
    gestes.inscrit(organisme, numero="2026-901", nature="accord_cadre", maximum=gestes.Decimal(9))
    gestes.accord_cadre(organisme, numero="2026-902")

    assert not Engagement.objects.filter(marche__numero__startswith="2026-90").exists()


def test_les_titulaires_signent_dans_l_ordre_qu_ils_veulent_puis_l_acheteur_chacun(marche):
    premier, second = deux(marche)
    signe(second, "titulaire")
    with pytest.raises(RegleEnfreinte, match=f"{premier.nom} n'a pas encore signé"):
        signe(second, "acheteur")
    with pytest.raises(ConflitEtat, match="déjà signé"):
        signe(second, "titulaire")
    assert Marche.toutes.get(pk=marche.pk).signe_par_le_titulaire_le is None
    signe(premier, "titulaire", le=DEMAIN)
    assert Marche.toutes.get(pk=marche.pk).signe_par_le_titulaire_le == DEMAIN.date()

    signe(premier, "acheteur", le=DEMAIN)
    assert Marche.toutes.get(pk=marche.pk).etat == Marche.Etat.A_SIGNER
    signe(second, "acheteur", le=DEMAIN + timedelta(days=1))
    conclu = Marche.toutes.get(pk=marche.pk)
    assert (conclu.etat, conclu.signe_le) == (
        Marche.Etat.SIGNE,
        (DEMAIN + timedelta(days=1)).date(),
    )


def test_signe_a_demi_par_l_acheteur_il_ne_s_abandonne_plus_et_ne_se_decide_plus(marche):
    for engagement in deux(marche):
        signe(engagement, "titulaire")
    assert marches.contrat_conclu(marche.consultation, None) == ""
    signe(deux(marche)[0], "acheteur")

    with pytest.raises(ConflitEtat, match="ne s'abandonne plus"):
        d_un_seul.abandonner(marche=marche, motif="Non.", par=PLATEFORME, maintenant=LE)
    assert marches.contrat_conclu(marche.consultation, None) == marche.numero


def test_le_chemin_d_un_seul_titulaire_lui_est_ferme(marche):
    with pytest.raises(ConflitEtat, match="chacun signe son acte"):
        gestes.signe(marche, le=LE.date(), maintenant=LE)
    assert marches.contrats_a_signer(marche.pli, le=LE) == []
    assert "signature" not in {geste.nom for geste in gestes_possibles(marche)["attendus"]}
    notifiable = conclu(marche)
    for acte in (
        lambda: du_contrat.envoyer_la_notification(marche=notifiable, par=None, maintenant=LE),
        lambda: du_contrat.notifier(
            marche=notifiable, recue_le=LE.date(), preuve=gestes.ACTE, par=PLATEFORME, maintenant=LE
        ),
    ):
        with pytest.raises(ConflitEtat, match="chacun signe son acte"):
            acte()


@pytest.mark.moteurs
def test_chacun_recoit_le_sien_par_la_messagerie_et_le_contrat_prend_effet_au_dernier(
    marche, ouvert
):
    marche = conclu(marche)
    notification.envoyer_les_notifications(marche=marche, par=ouvert.martine, maintenant=LE)
    premier, second = deux(marche)
    noms = [
        [piece.nom for piece in e.notification.courrier.pieces.all()] for e in (premier, second)
    ]
    assert (
        premier.notification.fil_id != second.notification.fil_id and noms == [["acheteur.pdf"]] * 2
    )
    empreintes = {e.notification.courrier.pieces.get().sha256 for e in (premier, second)}
    assert empreintes == {e.exemplaire_signe.sha256 for e in (premier, second)}
    assert list(echeances.attendues([marche.organisme], le=LE)) == []

    lire(fil=premier.notification.fil, par=premier.pli.depose_par, maintenant=DEMAIN)
    taches.faire_le_tour(DEMAIN)
    assert [e.recue_le for e in deux(marche)] == [DEMAIN.date(), None]
    assert queries.notification_recue_le(premier.pli, None) == DEMAIN.date()
    assert queries.notification_recue_le(second.pli, None) is None
    assert Marche.toutes.get(pk=marche.pk).notifie_le is None

    apres = DEMAIN + timedelta(days=2)
    lire(fil=second.notification.fil, par=second.pli.depose_par, maintenant=apres)
    taches.faire_le_tour(apres)
    en_cours = Marche.toutes.get(pk=marche.pk)
    assert (en_cours.etat, en_cours.notifie_le) == (Marche.Etat.NOTIFIE, apres.date())
    executer(en_cours, apres)


def test_une_lecture_qui_echoue_n_arrete_pas_les_autres_et_se_reprend(
    marche, ouvert, monkeypatch, caplog
):
    marche = conclu(marche)
    notification.envoyer_les_notifications(marche=marche, par=ouvert.martine, maintenant=LE)
    for engagement in deux(marche):
        lire(fil=engagement.notification.fil, par=engagement.pli.depose_par, maintenant=DEMAIN)
    vraie, premiere = taches.constater_la_lecture, queries.lus_et_pas_encore_recus()[0]

    def echouer_une_fois(*, engagement, maintenant):
        if engagement.pk == premiere.pk:
            raise DatabaseError("deadlock detected")
        return vraie(engagement=engagement, maintenant=maintenant)

    with monkeypatch.context() as panne:
        panne.setattr(taches, "constater_la_lecture", echouer_une_fois)
        taches.faire_le_tour(DEMAIN)
    assert sorted(str(e.recue_le) for e in deux(marche)) == [str(DEMAIN.date()), "None"]
    assert premiere.reference in caplog.text

    taches.faire_le_tour(DEMAIN)
    assert [e.recue_le for e in deux(marche)] == [DEMAIN.date()] * 2


def executer(marche, le):
    """Un bon de commande, et les données essentielles :
    un contrat, un maximum, tous ses titulaires.
    """
    destinataire = marches.representants_de(marche)[1]
    bon = vie.Commande("BC-1", "Curage", gestes.Decimal(30_000), le.date(), destinataire)
    vie.commander(marche=marche, commande=bon, bon=None, par=PLATEFORME, maintenant=le)
    assert marches.consommation_de(marche).reste == 60_000
    assert destinataire.siret == deux(marche)[1].siret
    assert [t.id for t in fiche.fiche(marche, le=le).titulaires] == [e.siret for e in deux(marche)]


def test_notifie_autrement_la_date_se_recopie_de_la_preuve_et_une_fois_seulement(marche):
    marche = conclu(marche)
    premier, second = deux(marche)
    recu(premier)
    with pytest.raises(ConflitEtat, match="déjà notée"):
        recu(premier)
    assert Marche.toutes.get(pk=marche.pk).etat == Marche.Etat.SIGNE
    recu(second, le=DEMAIN)

    assert Marche.toutes.get(pk=marche.pk).notifie_le == DEMAIN.date()


def test_avant_la_transmission_rien_ne_se_notifie(marche, ouvert):
    for partie in ("titulaire", "acheteur"):
        for engagement in deux(marche):
            signe(engagement, partie)

    with pytest.raises(RegleEnfreinte, match="Dites d'abord si ce contrat se transmet"):
        notification.envoyer_les_notifications(marche=marche, par=ouvert.martine, maintenant=LE)


@pytest.mark.moteurs
def test_le_signataire_de_chaque_titulaire_se_confirme(marche):
    premier, second = deux(marche)
    dit = Signataire("Hélène Duriez", "gérante", "Kbis", "oui")
    with pytest.raises(ConflitEtat, match="n'a pas encore signé"):
        signature.confirmer_le_signataire(
            engagement=premier, dit=dit, par=PLATEFORME, maintenant=LE
        )
    signature.confirmer_le_signataire(
        engagement=signe(premier, "titulaire"), dit=dit, par=PLATEFORME, maintenant=LE
    )

    dits = queries.signataires_confirmes([premier, second])
    assert dits[premier.reference].donnees["nom"] == "Hélène Duriez"
    assert second.reference not in dits


@pytest.mark.parametrize(
    "champs", [{"titulaire_le": LE}, {"acheteur_le": LE}, {"recue_le": LE}, {"montant": 0}]
)
def test_la_base_refuse_ce_que_la_regle_refuse(marche, champs):
    with pytest.raises(IntegrityError), transaction.atomic():
        Engagement.objects.filter(marche=marche).update(**champs)
