"""Chaque étape d'un impayé : qui n'est jamais automatique, et ce qu'elle change."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from beffroi.centre.contributions.documents import numero_d_appel
from beffroi.centre.contributions.models import Contribution, Exercice
from beffroi.centre.contributions.services import avoirs, comptes
from beffroi.centre.conventions import taches as taches_des_conventions
from beffroi.centre.conventions.models import Convention
from beffroi.centre.conventions.services.parametres import decider
from beffroi.centre.impayes import queries, taches
from beffroi.centre.impayes.models import Defaut, LettreDImpaye, SuspensionDImpaye
from beffroi.centre.impayes.rules.etapes import prochain
from beffroi.centre.impayes.services import cloture, decisions, etapes, suspensions
from beffroi.centre.impayes.tests import gestes
from beffroi.centre.impayes.tests.gestes import midi
from beffroi.centre.recettes.models import Paiement
from beffroi.centre.recettes.services.titres import annuler_un_titre
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db


def organisme() -> Organisme:
    return Organisme.objects.get(role="acheteur")


def test_un_rappel_a_sa_lettre_en_pdf_et_en_odt_son_courriel_et_son_ecriture(impayee, fanny):
    defaut = gestes.relancee(impayee, fanny)
    [lettre] = defaut.lettres.all()

    assert (
        lettre.pdf.nom.endswith(".pdf")
        and lettre.odt.nom.endswith(".odt")
        and lettre.pdf.modele == "relance.1"
    )
    assert Courriel.objects.filter(cle=f"impaye/rappel/{lettre.reference}").count() == 1
    assert Ecriture.objects.filter(acte="defaut.relancer", sujet=defaut.reference).count() == 1


def test_un_rappel_trop_tot_se_refuse_avec_son_jour(impayee, fanny):
    with pytest.raises(RegleEnfreinte, match="à partir du 6 mars 2027"):
        gestes.relancee(impayee, fanny, le=date(2027, 3, 5))
    assert not Defaut.objects.exists()


def test_deux_personnes_ne_relancent_pas_deux_fois(impayee, fanny, olivier):
    gestes.relancee(impayee, fanny)

    with pytest.raises(ConflitEtat, match="déjà relancée"):
        gestes.relancee(impayee, olivier)
    assert LettreDImpaye.objects.count() == 1


def test_une_mise_en_demeure_avant_son_jour_se_refuse(impayee, fanny):
    with pytest.raises(RegleEnfreinte, match="à partir du 22 mars 2027"):
        gestes.demeure_envoyee(impayee, fanny, le=date(2027, 3, 21))


def test_la_mise_en_demeure_ne_court_que_de_sa_preuve(impayee, fanny):
    defaut = gestes.demeure_envoyee(impayee, fanny)
    assert defaut.en_demeure_le is None

    with pytest.raises(RegleEnfreinte, match="n'est pas encore venu"):
        etapes.noter_la_reception(
            defaut=defaut,
            reception=gestes.reception(date(2027, 3, 26)),
            par=fanny,
            maintenant=midi(date(2027, 3, 25)),
        )


def test_les_trente_jours_courent_de_la_preuve_et_non_du_jour_ou_on_la_note(impayee, fanny):
    defaut = gestes.en_demeure(impayee, fanny)
    situation = queries.situation(impayee, defaut, le=gestes.DECISION)

    assert defaut.en_demeure_le == gestes.RECEPTION
    assert prochain(situation).des == gestes.DECISION


def test_une_decision_sans_motif_se_refuse(impayee, fanny):
    defaut = gestes.en_demeure(impayee, fanny)

    with pytest.raises(RegleEnfreinte, match="se motive"):
        decisions.decider(
            defaut=defaut,
            acte="decider_la_fin",
            motif=" ",
            par=fanny,
            maintenant=midi(gestes.DECISION),
        )


def test_une_decision_la_veille_se_refuse(impayee, fanny):
    defaut, veille = gestes.en_demeure(impayee, fanny), gestes.DECISION - timedelta(days=1)

    with pytest.raises(RegleEnfreinte, match="à partir du 25 avril 2027"):
        decisions.decider(
            defaut=defaut, acte="decider_le_blocage", motif="x", par=fanny, maintenant=midi(veille)
        )


def test_une_decision_ne_bloque_rien_avant_d_etre_notifiee(impayee, fanny):
    gestes.decidee(impayee, fanny)
    taches.faire_le_tour(midi(date(2027, 12, 1)))

    assert organisme().peut_creer_des_consultations


def test_notifie_le_blocage_dit_pourquoi_et_qui_appeler(impayee, fanny):
    gestes.notifiee(impayee, fanny)

    assert not organisme().peut_creer_des_consultations
    assert "contribution 2027 n'est pas payée" in organisme().motif_de_suspension
    assert "appelez le centre de gestion : 03" in organisme().motif_de_suspension


def test_deux_personnes_qui_decident_au_meme_instant_la_seconde_lit_pourquoi(
    impayee, fanny, olivier
):
    defaut = gestes.en_demeure(impayee, fanny)
    instant = midi(gestes.DECISION)
    gestes.proposee(gestes.proposee(defaut, fanny), fanny, acte="decider_la_fin")
    decisions.decider(
        defaut=defaut,
        acte="decider_le_blocage",
        motif=gestes.MOTIF,
        par=olivier,
        maintenant=instant,
    )

    with pytest.raises(ConflitEtat, match="Blocage à notifier"):
        decisions.decider(
            defaut=defaut, acte="decider_la_fin", motif=gestes.MOTIF, par=fanny, maintenant=instant
        )


def test_payer_clot_et_leve_le_blocage(impayee, fanny, olivier):
    defaut = gestes.notifiee(impayee, fanny)
    gestes.payer(impayee, olivier, le=date(2027, 5, 3))
    taches.faire_le_tour(midi(date(2027, 5, 3)))
    taches.faire_le_tour(midi(date(2027, 5, 4)))

    defaut.refresh_from_db()
    assert defaut.etat == "reglee" and defaut.clos_le == midi(date(2027, 5, 3))
    assert organisme().peut_creer_des_consultations
    assert Courriel.objects.filter(cle=f"impaye/reglee/{defaut.reference}").count() == 1


def test_payer_une_part_ne_leve_rien(impayee, fanny, olivier):
    gestes.notifiee(impayee, fanny)
    gestes.payer(impayee, olivier, le=date(2027, 5, 3), montant=Decimal("249.99"))
    taches.faire_le_tour(midi(date(2027, 5, 3)))

    assert not organisme().peut_creer_des_consultations


def test_la_fin_passe_par_les_conventions_sans_avoir_de_depart(impayee, fanny, olivier):
    gestes.notifiee(impayee, fanny, acte="decider_la_fin")
    convention = Convention.objects.get()
    rendu = avoirs.rendre_apres_un_depart(
        contribution=impayee, par=olivier, maintenant=midi(date(2027, 5, 3))
    )

    assert (convention.etat, convention.fin, convention.fin_pour_impaye) == (
        "denoncee",
        gestes.NOTIFICATION,
        True,
    )
    assert convention.denonciations.get().motif == gestes.MOTIF and rendu is None


def test_payer_apres_la_fin_ne_fait_pas_revenir_la_convention(impayee, fanny, olivier):
    gestes.notifiee(impayee, fanny, acte="decider_la_fin")
    taches_des_conventions.faire_le_tour(midi(date(2027, 4, 30)))
    gestes.payer(impayee, olivier, le=date(2027, 5, 3))
    taches.faire_le_tour(midi(date(2027, 5, 3)))

    assert Defaut.objects.get().etat == "reglee" and Convention.objects.get().etat == "close"
    assert not organisme().peut_creer_des_consultations
    assert "a pris fin le 28 avril 2027" in organisme().motif_de_suspension


def test_bloquee_puis_finie_payer_ne_leve_que_sa_cause(impayee, fanny, olivier):
    defaut = gestes.notifiee(impayee, fanny)
    finir = {
        "acte": "decider_la_fin",
        "motif": gestes.MOTIF,
        "par": olivier,
        "maintenant": midi(date(2027, 6, 1)),
    }
    gestes.proposee(defaut, fanny, acte="decider_la_fin", le=date(2027, 6, 1))
    defaut = decisions.decider(defaut=defaut, **finir)
    decisions.notifier(
        defaut=defaut,
        reception=gestes.reception(date(2027, 6, 4)),
        par=fanny,
        maintenant=midi(date(2027, 6, 5)),
    )
    taches_des_conventions.faire_le_tour(midi(date(2027, 6, 6)))
    assert set(organisme().suspensions) == {"impaye", "convention"}
    gestes.payer(impayee, olivier, le=date(2027, 6, 7))
    taches.faire_le_tour(midi(date(2027, 6, 7)))

    assert (
        set(organisme().suspensions) == {"convention"}
        and not organisme().peut_creer_des_consultations
    )


def test_une_somme_contestee_arrete_tout_jusqu_a_la_reponse_motivee(impayee, fanny, olivier):
    defaut = gestes.proposee(gestes.en_demeure(impayee, fanny), fanny)
    suspension = gestes.contestee(impayee, fanny, le=date(2027, 4, 1))
    acte = {"acte": "decider_le_blocage", "motif": gestes.MOTIF, "par": olivier}
    with pytest.raises(RegleEnfreinte, match="contestée depuis le 1er avril"):
        decisions.decider(defaut=defaut, **acte, maintenant=midi(date(2027, 6, 1)))
    gestes.repondue(suspension, fanny, le=date(2027, 4, 11))
    with pytest.raises(RegleEnfreinte, match="à partir du 5 mai 2027"):
        decisions.decider(defaut=defaut, **acte, maintenant=midi(date(2027, 5, 4)))

    assert (
        decisions.decider(defaut=defaut, **acte, maintenant=midi(date(2027, 5, 5))).etat
        == "blocage_decide"
    )


def test_un_compte_conteste_arrete_aussi_l_impaye(impayee, fanny):
    comptes.contester(
        contribution=impayee, texte="Une de trop.", par=fanny, maintenant=midi(date(2027, 1, 20))
    )

    with pytest.raises(RegleEnfreinte, match="contestée depuis le 20 janvier 2027"):
        gestes.relancee(impayee, fanny, le=date(2027, 6, 1))


def test_l_adherent_conteste_une_fois_en_ligne(impayee, fanny):
    suspension = gestes.contestee(impayee, fanny, le=date(2027, 3, 1))
    with pytest.raises(RegleEnfreinte, match="déjà reçue"):
        gestes.contestee(impayee, fanny, le=date(2027, 3, 2))
    gestes.repondue(suspension, fanny, le=date(2027, 3, 3))

    with pytest.raises(RegleEnfreinte, match="appelez-le"):
        gestes.contestee(impayee, fanny, le=date(2027, 3, 4))


def test_une_contestation_arrivee_par_lettre_se_note_a_sa_date_jamais_a_venir(impayee, fanny):
    faits = {
        "contribution": impayee,
        "motif": "Lettre du maire.",
        "par": fanny,
        "maintenant": midi(date(2027, 3, 10)),
    }
    with pytest.raises(RegleEnfreinte, match="à venir"):
        suspensions.suspendre(**faits, du=date(2027, 3, 11))

    assert suspensions.suspendre(**faits, du=date(2027, 3, 8)).du == date(2027, 3, 8)


def test_on_ne_repond_qu_une_fois(impayee, fanny):
    suspension = gestes.repondue(
        gestes.contestee(impayee, fanny, le=date(2027, 3, 1)), fanny, le=date(2027, 3, 3)
    )

    with pytest.raises(ConflitEtat, match="déjà sa réponse"):
        gestes.repondue(suspension, fanny, le=date(2027, 3, 4))
    assert SuspensionDImpaye.objects.get().issue == "rejetee"


def test_un_delai_decide_vaut_pour_ce_qui_commence_apres_lui(impayee, fanny):
    defaut = gestes.en_demeure(impayee, fanny)
    regle = {"nom": "jours_en_demeure", "valeur": "60", "deliberation": "2027-9", "par": fanny}
    decider(**regle, effet_le=date(2027, 3, 26), maintenant=midi(date(2027, 3, 26)))
    assert prochain(queries.situation(impayee, defaut, le=gestes.DECISION)).des == gestes.DECISION
    decider(**regle, effet_le=date(2027, 3, 25), maintenant=midi(date(2027, 3, 27)))

    suite = prochain(queries.situation(impayee, defaut, le=gestes.DECISION))
    assert suite.des == gestes.RECEPTION + timedelta(days=61)


@pytest.mark.parametrize("valeur", ["7", "366", "trente", "-30", "3O", "00030"])
def test_un_delai_se_decide_entre_huit_jours_et_un_an(impayee, fanny, valeur):
    with pytest.raises(RegleEnfreinte, match="de 8 à 365"):
        decider(
            nom="jours_en_demeure",
            valeur=valeur,
            effet_le=date(2027, 1, 1),
            deliberation="",
            par=fanny,
            maintenant=midi(date(2027, 1, 1)),
        )


def test_une_lettre_perdue_se_refait_et_la_premiere_reste(impayee, fanny):
    defaut = gestes.demeure_envoyee(impayee, fanny)
    defaut = etapes.refaire_la_lettre(
        defaut=defaut,
        motif="La Poste a perdu la lettre.",
        par=fanny,
        maintenant=midi(date(2027, 4, 20)),
    )
    etapes.mettre_en_demeure(defaut=defaut, par=fanny, maintenant=midi(date(2027, 4, 20)))

    assert defaut.lettres.filter(sorte="mise_en_demeure").count() == 2


def test_renoncer_dit_pourquoi_et_leve_le_blocage(impayee, fanny, olivier):
    defaut = gestes.notifiee(impayee, fanny)
    faits = {"defaut": defaut, "par": olivier, "maintenant": midi(date(2027, 5, 3))}
    with pytest.raises(RegleEnfreinte, match="se motive"):
        cloture.abandonner(**faits, motif="")

    assert cloture.abandonner(**faits, motif="Remise gracieuse.").etat == "abandonnee"
    assert organisme().peut_creer_des_consultations


def test_le_blocage_se_leve_par_une_decision_motivee_et_la_somme_reste_due(impayee, fanny, olivier):
    defaut = decisions.lever_le_blocage(
        defaut=gestes.notifiee(impayee, fanny),
        motif="Échéancier accordé.",
        par=olivier,
        maintenant=midi(date(2027, 5, 3)),
    )

    assert (defaut.etat, defaut.bloquee_le) == (
        "en_demeure",
        None,
    ) and organisme().peut_creer_des_consultations


def test_payer_une_annee_ne_leve_pas_le_blocage_d_une_autre(impayee, fanny, olivier):
    gestes.notifiee(impayee, fanny)
    exercice = Exercice.objects.create(annee=2026, ouvert_par=fanny, ouvert_le=midi(gestes.RECU))
    autre = Contribution.objects.create(
        exercice=exercice,
        adherent=impayee.adherent,
        nom=impayee.nom,
        siret=impayee.siret,
        volume=3,
        creees=3,
        comptees=3,
        debut=gestes.RECU,
        agents=420,
        tranche=1,
        montant=250,
        numero=1,
        emise_le=midi(gestes.RECU),
        recue_le=gestes.RECU,
    )
    Defaut.objects.create(
        contribution=autre,
        etat="bloquee",
        echeance=gestes.ECHEANCE,
        relancee_le=gestes.RELANCE,
        en_demeure_le=gestes.RECEPTION,
        bloquee_le=gestes.NOTIFICATION,
        ouvert_le=midi(gestes.RELANCE),
    )
    gestes.payer(impayee, olivier, le=date(2027, 5, 3))
    taches.faire_le_tour(midi(date(2027, 5, 3)))

    assert Defaut.objects.get(contribution=impayee).etat == "reglee"
    assert not organisme().peut_creer_des_consultations
    assert "contribution 2026 n'est pas payée" in organisme().motif_de_suspension


def test_sans_titre_note_rien_ne_se_reclame(impayee, fanny):
    annuler_un_titre(
        titre=impayee.titres.get(),
        le=gestes.RECU,
        motif="Refait.",
        par=fanny,
        maintenant=midi(gestes.RELANCE),
    )

    with pytest.raises(RegleEnfreinte, match="titre de recette n'est pas noté"):
        gestes.relancee(impayee, fanny)


def test_un_encaissement_a_rapprocher_qui_cite_l_appel_arrete_le_rappel(impayee, fanny):
    Paiement.objects.create(
        numero="VIR-7",
        recu_le=gestes.RELANCE,
        montant=250,
        libelle=f"MAIRIE {numero_d_appel(impayee)}",
        note_par=fanny,
        note_le=midi(gestes.RELANCE),
    )

    with pytest.raises(RegleEnfreinte, match="Rapprochez-le d'abord"):
        gestes.relancee(impayee, fanny)


def test_une_somme_payee_ne_se_conteste_plus_par_lettre(impayee, fanny):
    gestes.payer(impayee, fanny, le=gestes.RELANCE)

    with pytest.raises(ConflitEtat, match="est payée"):
        suspensions.suspendre(
            contribution=impayee,
            motif="Compte faux.",
            du=gestes.RELANCE,
            par=fanny,
            maintenant=midi(gestes.RELANCE),
        )
