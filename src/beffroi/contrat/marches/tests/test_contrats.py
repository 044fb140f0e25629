"""Un contrat, par les services : inscrit, signé, transmis, notifié, modifié, commandé, fini."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from beffroi.contrat.marches import echeances, ports, queries
from beffroi.contrat.marches.events import MarcheInscrit, MarcheNotifie
from beffroi.contrat.marches.models import Marche, Titulaire
from beffroi.contrat.marches.services import notification, vie
from beffroi.contrat.marches.services.contrats import Reprise, Tenant, inscrire
from beffroi.contrat.marches.states import Etat
from beffroi.contrat.marches.tests import gestes
from beffroi.personnes.comptes.tests.personnes import LUNDI
from beffroi.personnes.organismes.services import creer_organisme
from beffroi.socle.fondations import evenements
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.queries import donnees_inscrites, histoire

pytestmark = [pytest.mark.django_db, pytest.mark.moteurs]
HIER = gestes.AUJOURD_HUI - timedelta(days=1)


@pytest.fixture
def organisme():
    return gestes.bomy()[0]


def test_un_contrat_neuf_reste_a_signer_et_s_inscrit_au_journal(organisme):
    marche = gestes.inscrit(organisme)

    assert (marche.etat, str(queries.titulaires_de(marche)[0])) == (
        Etat.A_SIGNER,
        "Atelier du Faîtage",
    )
    assert Ecriture.objects.filter(
        acte="marche.inscrire", sujet=marche.reference, organisme=organisme.siret
    ).exists()


def test_deux_contrats_d_un_acheteur_n_ont_pas_le_meme_numero(organisme):
    gestes.inscrit(organisme)

    with pytest.raises(RegleEnfreinte, match="porte déjà le numéro"):
        gestes.inscrit(organisme)


def test_un_contrat_conclu_ailleurs_entre_en_cours(organisme):
    marche = gestes.en_cours(organisme)

    assert (marche.etat, queries.fin_prevue(marche)) == (Etat.NOTIFIE, date(2027, 1, 11))
    assert marche.motif_de_transmission.startswith("Déjà notifié quand il a été inscrit ici")


def test_un_contrat_notifie_avant_d_etre_signe_se_refuse(organisme):
    with pytest.raises(RegleEnfreinte, match="se suivent"):
        gestes.inscrit(organisme, reprise=Reprise(date(2026, 2, 1), None, date(2026, 1, 1)))


def test_une_concession_notifiee_sans_transmission_se_refuse(organisme):
    with pytest.raises(RegleEnfreinte, match=r"Transmettez d.abord"):
        gestes.en_cours(organisme, nature="concession", procedure="concession_sous_le_seuil")


def test_l_acheteur_signe_apres_le_titulaire(organisme):
    marche = gestes.inscrit(organisme)
    seule = gestes.signature.Signature("acheteur", gestes.AUJOURD_HUI, gestes.ACTE)

    with pytest.raises(ConflitEtat, match="titulaire signe d'abord"):
        gestes.signature.signer(marche=marche, signature=seule, par=PLATEFORME, maintenant=LUNDI)
    assert gestes.signe(marche).etat == Etat.SIGNE


def test_sans_seuil_connu_une_personne_dit_si_le_contrat_se_transmet(organisme):
    marche = gestes.signe(gestes.inscrit(organisme))

    with pytest.raises(RegleEnfreinte, match="Dites d'abord"):
        recevoir(marche, gestes.AUJOURD_HUI)
    assert recevoir(gestes.dit(marche, requise=False), gestes.AUJOURD_HUI).etat == Etat.NOTIFIE


def recevoir(marche, jour):
    return notification.notifier(
        marche=marche, recue_le=jour, preuve=gestes.ACTE, par=PLATEFORME, maintenant=LUNDI
    )


def test_un_contrat_a_transmettre_ne_se_notifie_qu_ensuite(organisme):
    marche = gestes.dit(gestes.signe(gestes.inscrit(organisme), le=HIER), requise=True)

    with pytest.raises(RegleEnfreinte, match="Transmettez d'abord"):
        recevoir(marche, gestes.AUJOURD_HUI)
    marche = notification.transmettre(
        marche=marche, le=gestes.AUJOURD_HUI, preuve=gestes.ACTE, par=PLATEFORME, maintenant=LUNDI
    )
    assert recevoir(marche, gestes.AUJOURD_HUI).etat == Etat.NOTIFIE


def test_un_tiers_de_teletransmission_rend_l_accuse(organisme, monkeypatch):
    marche = gestes.dit(gestes.signe(gestes.inscrit(organisme), le=HIER), requise=True)
    recus = []

    def tiers(acte):
        recus.append(acte)
        return ports.AccuseDeTransmission(gestes.AUJOURD_HUI, "accuse.xml", b"<accuse/>")

    monkeypatch.setattr(ports, "transmission_des_actes", lambda: tiers)
    marche = notification.transmettre_par_le_tiers(marche=marche, par=PLATEFORME, maintenant=LUNDI)

    assert (marche.etat, recus[0].fichiers) == (
        Etat.TRANSMIS,
        ((gestes.ACTE.nom, gestes.ACTE.octets),),
    )
    assert marche.pieces.get(sorte="transmission").nom == "accuse.xml"


def en_panne(_):
    raise ConnectionRefusedError


@pytest.mark.parametrize(
    ("tiers", "erreur", "phrase"),
    [
        (None, ConflitEtat, "aucun tiers n'est raccordé"),
        (en_panne, RegleEnfreinte, "ne répond pas"),
        (lambda _: None, RegleEnfreinte, "pas encore venu"),
    ],
)
def test_sans_accuse_l_acheteur_transmet_lui_meme_et_rien_n_est_note(
    organisme, monkeypatch, tiers, erreur, phrase
):
    marche = gestes.dit(gestes.signe(gestes.inscrit(organisme)), requise=True)
    monkeypatch.setattr(ports, "transmission_des_actes", lambda: tiers)

    with pytest.raises(erreur, match=phrase):
        notification.transmettre_par_le_tiers(marche=marche, par=PLATEFORME, maintenant=LUNDI)
    assert Marche.toutes.get().etat == Etat.SIGNE


def test_la_notification_recue_est_annoncee(organisme, monkeypatch):
    annonces = []
    monkeypatch.setattr(evenements, "publier", annonces.append)
    marche = recevoir(
        gestes.dit(gestes.signe(gestes.inscrit(organisme)), requise=False), gestes.AUJOURD_HUI
    )

    assert [annonce for annonce in annonces if not isinstance(annonce, MarcheInscrit)] == [
        MarcheNotifie(marche)
    ]


def test_une_modification_garde_son_calcul_et_change_le_montant(organisme):
    marche = gestes.en_cours(organisme)
    notee = gestes.modifie(marche, "faible_montant", "12000", mois_en_plus=2)

    assert (queries.montant_actuel(marche), queries.fin_prevue(marche)) == (
        Decimal(132_000),
        date(2027, 3, 11),
    )
    assert "15 %" in notee.calcul
    with pytest.raises(RegleEnfreinte, match="dépasse la limite"):
        gestes.modifie(marche, "faible_montant", "6000")
    assert marche.modifications.count() == 1


def test_un_nouveau_titulaire_remplace_l_ancien_qui_reste_lisible(organisme):
    marche = gestes.en_cours(organisme)
    gestes.modifie(
        marche, "substitution", "0", nouveau_siret="11111111800001", nouveau_nom="Toits du Nord"
    )

    assert [tenant.nom for tenant in queries.titulaires_de(marche)] == ["Toits du Nord"]
    assert Titulaire.objects.get(nom="Atelier du Faîtage").jusqu_au == gestes.AUJOURD_HUI


def test_les_commandes_s_arretent_au_maximum_et_une_annulation_rend_la_place(organisme):
    marche = gestes.accord_cadre(organisme)
    gestes.commande(marche, "BC1", "30000")

    with pytest.raises(RegleEnfreinte, match="Il reste"):
        gestes.commande(marche, "BC2", "20000.01")
    vie.annuler_une_commande(
        marche=marche, numero="BC1", motif="Doublon.", par=PLATEFORME, maintenant=LUNDI
    )
    assert gestes.commande(marche, "BC2", "50000").montant == Decimal(50_000)


def test_a_plusieurs_titulaires_une_commande_dit_lequel_elle_vise(organisme):
    marche, atelier, charpentes = gestes.a_deux(organisme)
    gestes.commande(marche, "BC1", "12000", a=charpentes)

    with pytest.raises(RegleEnfreinte, match="à quel titulaire"):
        gestes.commande(marche, "BC2", "100")
    etranger = gestes.a_deux(organisme, numero="2026-090")[1]
    with pytest.raises(RegleEnfreinte, match="ne tient pas, ou plus"):
        gestes.commande(marche, "BC2", "100", a=etranger)
    assert queries.commande_a_chacun(marche) == [
        (charpentes, Decimal(12_000)),
        (atelier, Decimal(0)),
    ]
    assert queries.consommation_de(marche).commande == Decimal(12_000)
    assert donnees_inscrites(histoire(marche.reference).last().numero, sujet=marche.reference)[
        "titulaire"
    ] == (gestes.CHARPENTES.siret)


def test_un_seul_titulaire_ou_un_groupement_ne_se_choisit_pas(organisme):
    seul = gestes.accord_cadre(organisme)
    ensemble = gestes.accord_cadre(
        organisme,
        numero="2026-091",
        groupement="solidaire",
        titulaires=(gestes.ATELIER, gestes.CHARPENTES),
    )

    assert gestes.commande(seul, "BC1", "100").titulaire is None
    assert gestes.commande(ensemble, "BC1", "100").titulaire is None
    assert queries.commande_a_chacun(seul) == []


def test_l_un_des_titulaires_se_remplace_a_son_rang_et_garde_ses_commandes(organisme):
    marche, atelier, charpentes = gestes.a_deux(organisme)
    gestes.commande(marche, "BC1", "12000", a=charpentes)
    autre = {"nouveau_siret": "11111111800001", "nouveau_nom": "Toits du Nord"}

    with pytest.raises(RegleEnfreinte, match="lequel est remplacé"):
        gestes.modifie(marche, "substitution", "0", **autre)
    gestes.modifie(marche, "substitution", "0", remplace=charpentes, **autre)
    assert [(t.rang, t.nom) for t in queries.titulaires_de(marche)] == [
        (1, atelier.nom),
        (2, "Toits du Nord"),
    ]
    assert queries.representants_de(marche) == queries.titulaires_de(marche)
    assert queries.commande_a_chacun(marche)[0] == (charpentes, Decimal(12_000))
    with pytest.raises(RegleEnfreinte, match="ne tient pas, ou plus"):
        gestes.commande(marche, "BC2", "100", a=charpentes)


def test_un_marche_subsequent_consomme_son_accord_cadre(organisme):
    accord = gestes.accord_cadre(organisme, numero="AC1")
    gestes.inscrit(
        organisme, nature="marche_subsequent", accord_cadre=accord, montant=Decimal(20_000)
    )

    assert queries.consommation_de(accord).reste == Decimal(30_000)


def test_le_marche_ne_se_sous_traite_pas_en_entier(organisme):
    marche = gestes.en_cours(organisme)
    tout = vie.SousTraitance(
        "11111111800001", "Zinc", "Zinguerie", Decimal(120_000), 3, gestes.AUJOURD_HUI
    )

    with pytest.raises(RegleEnfreinte, match="en entier"):
        vie.accepter_un_sous_traitant(
            marche=marche, sous_traitance=tout, acte=gestes.ACTE, par=PLATEFORME, maintenant=LUNDI
        )


def test_un_contrat_fini_se_clot_au_solde(organisme):
    marche = gestes.en_cours(organisme)
    marche = vie.constater_l_execution(
        marche=marche, le=HIER, piece=None, par=PLATEFORME, maintenant=LUNDI
    )
    marche = vie.clore(marche=marche, solde_le=gestes.AUJOURD_HUI, par=PLATEFORME, maintenant=LUNDI)

    assert (marche.etat, marche.fini_le) == (Etat.CLOS, HIER)
    with pytest.raises(ConflitEtat):
        gestes.modifie(marche, "reexamen", "0")


def test_l_avis_d_une_modification_imprevue_d_un_marche_formalise_se_note_une_fois(organisme):
    marche = gestes.en_cours(organisme, procedure="appel_offres_ouvert")
    notee = gestes.modifie(marche, "imprevue", "30000")
    vie.noter_l_avis_de_modification(
        marche=marche, le=gestes.AUJOURD_HUI, par=PLATEFORME, maintenant=LUNDI
    )
    notee.refresh_from_db()

    assert (notee.avis_requis, notee.avis_le) == (True, gestes.AUJOURD_HUI)
    with pytest.raises(ConflitEtat, match="n'attend d'avis"):
        vie.noter_l_avis_de_modification(
            marche=marche, le=gestes.AUJOURD_HUI, par=PLATEFORME, maintenant=LUNDI
        )


def test_un_marche_subsequent_ne_depasse_pas_le_maximum_de_son_accord_cadre(organisme):
    accord = gestes.accord_cadre(organisme, maximum="50000")
    subsequent = {"nature": "marche_subsequent", "accord_cadre": accord}

    with pytest.raises(RegleEnfreinte, match="Il reste"):
        gestes.inscrit(organisme, numero="2026-015", montant=Decimal(50_001), **subsequent)
    assert gestes.inscrit(organisme, numero="2026-016", montant=Decimal(50_000), **subsequent)


def test_un_marche_subsequent_ne_consomme_pas_l_accord_cadre_d_un_autre(organisme):
    autre = creer_organisme(
        nom="Commune d'Ailleurs", siret="21620100400013", par=PLATEFORME, maintenant=LUNDI
    )
    accord = gestes.accord_cadre(autre)

    with pytest.raises(RegleEnfreinte, match="autre acheteur"):
        gestes.inscrit(
            organisme,
            numero="2026-015",
            montant=Decimal(100),
            nature="marche_subsequent",
            accord_cadre=accord,
        )


def test_un_autre_titulaire_ne_vient_que_par_substitution(organisme):
    marche = gestes.en_cours(organisme)

    with pytest.raises(RegleEnfreinte, match="substitution"):
        gestes.modifie(
            marche, "faible_montant", "10", nouveau_nom="Autre", nouveau_siret="80295478500028"
        )


def test_les_sous_traitants_d_un_accord_cadre_se_comptent_sur_son_maximum(organisme):
    accord = gestes.en_cours(
        organisme, nature="accord_cadre", maximum=Decimal(50_000), montant=Decimal(10_000)
    )
    part = vie.SousTraitance("80295478500028", "Zinc", "Zinguerie", Decimal(30_000), 6, HIER)

    vie.accepter_un_sous_traitant(
        marche=accord, sous_traitance=part, acte=gestes.ACTE, par=PLATEFORME, maintenant=LUNDI
    )
    assert queries.valeur_actuelle(accord) == Decimal(50_000)
    with pytest.raises(RegleEnfreinte, match="sous-traité en entier"):
        vie.accepter_un_sous_traitant(
            marche=accord,
            sous_traitance=replace(part, montant=Decimal(20_000)),
            acte=gestes.ACTE,
            par=PLATEFORME,
            maintenant=LUNDI,
        )


def test_un_accord_cadre_a_plusieurs_titulaires_sans_groupement(organisme):
    termes = replace(gestes.TERMES, nature="accord_cadre", maximum=Decimal(50_000))
    tenants = [gestes.ATELIER, Tenant("80295478500028", "Charpentes de la Lys")]
    commun = {"organisme": organisme, "titulaires": tenants, "par": PLATEFORME, "maintenant": LUNDI}

    accord = inscrire(termes=termes, **commun)
    assert [titulaire.rang for titulaire in queries.titulaires_de(accord)] == [1, 2]
    with pytest.raises(RegleEnfreinte, match="conjoint ou solidaire"):
        inscrire(termes=replace(gestes.TERMES, numero="2026-015"), **commun)


@pytest.mark.parametrize(
    ("mois", "titre", "presse"),
    [
        (12, "Voir venir un terme, dans moins de 3 mois", False),
        (10, "Voir venir un terme, dans moins de 1 mois", True),
        (9, "Constater la fin d'un contrat", True),
        (36, None, None),
    ],
)
def test_le_terme_d_un_contrat_se_rappelle_a_qui_le_tient(organisme, mois, titre, presse):
    """Notifié le 12 janvier 2026 ; on est le 2 novembre."""
    marche = gestes.en_cours(organisme, duree_en_mois=mois)

    dues = [
        (une.titre, une.presse) for une in echeances.attendues([organisme], le=LUNDI) if une.jour
    ]
    assert dues == ([(titre, presse)] if titre else []), queries.fin_prevue(marche)
