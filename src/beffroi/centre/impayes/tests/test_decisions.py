"""Ce qui gèle ou finit se décide à deux ; une fin se reprend à deux, dans les sept jours."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from beffroi.centre.conventions import taches as taches_des_conventions
from beffroi.centre.conventions.models import Convention, Denonciation
from beffroi.centre.conventions.services import fin
from beffroi.centre.conventions.tests import gestes as conventions
from beffroi.centre.impayes import taches
from beffroi.centre.impayes.models import Defaut
from beffroi.centre.impayes.services import cloture, decisions
from beffroi.centre.impayes.tests import gestes
from beffroi.centre.impayes.tests.gestes import midi
from beffroi.centre.propositions.models import Proposition
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.acteurs import PLATEFORME

pytestmark = pytest.mark.django_db
POURQUOI = "Le mandat 412 est parti avant la notification."
UN_JOUR = timedelta(days=1)
LIMITE = gestes.NOTIFICATION + timedelta(days=7)


def organisme() -> Organisme:
    return Organisme.objects.get(role="acheteur")


def decider(defaut, par, *, acte="decider_la_fin", le=gestes.DECISION):
    return decisions.decider(
        defaut=defaut, acte=acte, motif=gestes.MOTIF, par=par, maintenant=midi(le)
    )


def finie(impayee, fanny) -> Defaut:
    defaut = gestes.notifiee(impayee, fanny, acte="decider_la_fin")
    taches_des_conventions.faire_le_tour(midi(gestes.NOTIFICATION + UN_JOUR))
    return defaut


def reprendre(defaut, fanny, olivier, *, le) -> Defaut:
    faits = {"defaut": defaut, "motif": POURQUOI, "maintenant": midi(le)}
    decisions.proposer_le_retour(**faits, par=fanny)
    return decisions.revenir_sur_la_fin(**faits, par=olivier)


def test_rien_ne_se_decide_que_personne_n_a_propose(impayee, fanny, olivier):
    defaut = gestes.en_demeure(impayee, fanny)

    with pytest.raises(RegleEnfreinte, match="Personne ne l'a proposé"):
        decider(defaut, olivier)
    assert not defaut.lettres.filter(sorte="fin").exists()


def test_qui_propose_ne_decide_pas_et_la_base_le_refuse_aussi(impayee, fanny, olivier):
    defaut = gestes.proposee(gestes.en_demeure(impayee, fanny), fanny, acte="decider_la_fin")

    with pytest.raises(RegleEnfreinte, match="proposé vous-même"):
        decider(defaut, fanny)
    tranchee = {"issue": "retenue", "tranchee_par": fanny, "tranchee_le": midi(gestes.DECISION)}
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposition.objects.filter(sujet=defaut.reference).update(**tranchee)


def test_une_proposition_sur_le_blocage_ne_vaut_pas_pour_la_fin(impayee, fanny, olivier):
    defaut = gestes.proposee(gestes.en_demeure(impayee, fanny), fanny)

    with pytest.raises(RegleEnfreinte, match="Personne ne l'a proposé"):
        decider(defaut, olivier)


def test_une_proposition_ne_vaut_qu_une_fois(impayee, fanny, olivier):
    defaut = gestes.notifiee(impayee, fanny)
    leve = {"defaut": defaut, "motif": POURQUOI, "maintenant": midi(gestes.NOTIFICATION + UN_JOUR)}
    decisions.lever_le_blocage(**leve, par=olivier)

    with pytest.raises(RegleEnfreinte, match="Personne ne l'a proposé"):
        decider(defaut, olivier, acte="decider_le_blocage", le=gestes.NOTIFICATION + UN_JOUR)


def test_on_ne_propose_pas_deux_fois_ni_avant_son_jour(impayee, fanny):
    defaut = gestes.en_demeure(impayee, fanny)
    with pytest.raises(RegleEnfreinte, match="à partir du 25 avril 2027"):
        gestes.proposee(defaut, fanny, le=gestes.DECISION - UN_JOUR)
    gestes.proposee(defaut, fanny)

    with pytest.raises(ConflitEtat, match="déjà proposé"):
        gestes.proposee(defaut, fanny)


def test_payee_ou_abandonnee_ce_qui_etait_propose_est_sans_objet(impayee, fanny, olivier):
    defaut = gestes.proposee(gestes.en_demeure(impayee, fanny), fanny)
    cloture.abandonner(
        defaut=defaut, motif="Remise.", par=olivier, maintenant=midi(gestes.DECISION)
    )

    assert Proposition.objects.get().issue == "sans_objet"


def test_payee_la_proposition_tombe_avec_le_defaut(impayee, fanny, olivier):
    defaut = gestes.proposee(gestes.en_demeure(impayee, fanny), fanny, acte="decider_la_fin")
    gestes.payer(impayee, olivier, le=gestes.DECISION)
    taches.faire_le_tour(midi(gestes.DECISION))

    assert Proposition.objects.get().issue == "sans_objet"
    with pytest.raises(ConflitEtat):
        decider(defaut, olivier)


def test_une_notification_notee_plus_tard_ne_finit_rien_dans_le_passe(impayee, fanny):
    defaut, tard = gestes.decidee(impayee, fanny, acte="decider_la_fin"), date(2027, 5, 6)
    decisions.notifier(
        defaut=defaut,
        reception=gestes.reception(gestes.NOTIFICATION),
        par=fanny,
        maintenant=midi(tard),
    )

    convention, lettre = Convention.objects.get(), Denonciation.objects.get()
    assert (convention.fin, lettre.recue_le) == (tard, gestes.NOTIFICATION)


@pytest.mark.moteurs
def test_la_fin_reprise_le_septieme_jour_rend_la_convention_et_ses_consultations(
    impayee, fanny, olivier
):
    defaut = reprendre(finie(impayee, fanny), fanny, olivier, le=LIMITE)
    convention = Convention.objects.get()

    assert (convention.etat, convention.fin, convention.fin_pour_impaye) == ("active", None, False)
    assert (defaut.etat, defaut.finie_le) == ("en_demeure", None)
    assert organisme().peut_creer_des_consultations
    assert Courriel.objects.filter(sujet__endswith="votre convention reprend").count() == 1
    assert Denonciation.objects.get().motif_d_annulation == POURQUOI


def test_le_huitieme_jour_il_faut_une_autre_convention(impayee, fanny):
    defaut = finie(impayee, fanny)

    with pytest.raises(RegleEnfreinte, match="jusqu'au 5 mai 2027"):
        decisions.proposer_le_retour(
            defaut=defaut, motif=POURQUOI, par=fanny, maintenant=midi(LIMITE + UN_JOUR)
        )


def test_proposee_a_temps_elle_ne_se_decide_pas_apres(impayee, fanny, olivier):
    defaut = finie(impayee, fanny)
    decisions.proposer_le_retour(defaut=defaut, motif=POURQUOI, par=fanny, maintenant=midi(LIMITE))

    with pytest.raises(RegleEnfreinte, match="jusqu'au 5 mai 2027"):
        decisions.revenir_sur_la_fin(
            defaut=defaut, motif=POURQUOI, par=olivier, maintenant=midi(LIMITE + UN_JOUR)
        )
    assert Convention.objects.get().etat == "close"


def test_payee_apres_la_fin_elle_se_reprend_et_le_dossier_reste_clos(impayee, fanny, olivier):
    defaut, lendemain = finie(impayee, fanny), gestes.NOTIFICATION + 2 * UN_JOUR
    gestes.payer(impayee, olivier, le=lendemain)
    taches.faire_le_tour(midi(lendemain))
    defaut = reprendre(defaut, fanny, olivier, le=lendemain + UN_JOUR)

    assert defaut.etat == "reglee" and Convention.objects.get().etat == "active"
    assert organisme().peut_creer_des_consultations


def test_rien_ne_s_efface_tant_que_la_fin_se_reprend(impayee, fanny):
    finie(impayee, fanny)
    convention = Convention.objects.get()
    jour = gestes.NOTIFICATION + UN_JOUR
    remettre = {"convention": convention, "fichier": None, "par": PLATEFORME}
    for etape in ("remis_le", "accuse_le"):
        fin.noter_une_etape(**remettre, etape=etape, le=jour, maintenant=midi(jour))

    with pytest.raises(RegleEnfreinte, match="reprise jusqu'au 5 mai 2027"):
        conventions.effacee(convention, LIMITE, maintenant=midi(LIMITE))


def test_ce_qui_n_a_pas_fini_ne_se_reprend_pas(impayee, fanny):
    defaut = gestes.notifiee(impayee, fanny)

    with pytest.raises(ConflitEtat, match="n'a pas fini de convention"):
        decisions.proposer_le_retour(
            defaut=defaut, motif=POURQUOI, par=fanny, maintenant=midi(LIMITE)
        )


def test_la_fin_pour_impaye_ne_s_annule_pas_par_la_porte_des_lettres(impayee, fanny):
    gestes.notifiee(impayee, fanny, acte="decider_la_fin")

    with pytest.raises(RegleEnfreinte, match="se reprend à deux"):
        fin.annuler_la_denonciation(
            convention=Convention.objects.get(),
            motif=POURQUOI,
            par=fanny.acteur,
            maintenant=midi(gestes.NOTIFICATION),
        )
    assert Convention.objects.get().etat == "denoncee"
