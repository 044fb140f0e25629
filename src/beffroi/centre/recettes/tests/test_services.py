"""Noter, rapprocher, contre-passer :
chaque acte une fois, jamais plus que ce qui est dû, rien ne se récrit.
"""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from beffroi.centre.recettes import lecture
from beffroi.centre.recettes.models import Paiement, TitreDeRecette
from beffroi.centre.recettes.services.paiements import contre_passer, rapprocher
from beffroi.centre.recettes.services.titres import annuler_un_titre
from beffroi.centre.recettes.tests.gestes import (
    EN_MARS,
    LE_15_MARS,
    appelee,
    avoir,
    paiement,
    recue,
    titre,
)
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db


def reste(nom="Ville de Béthune", le=LE_15_MARS):
    return lecture.reste_du(appelee(nom), le=le)


def test_un_titre_se_note_une_fois_et_s_inscrit_au_journal(emis, solange):
    titre(solange)

    with pytest.raises(RegleEnfreinte, match="Le titre 2027-118 est déjà noté"):
        titre(solange, nom="Ville d'Avion")
    assert Ecriture.objects.filter(acte="recettes.noter_un_titre").count() == 1


def test_un_appel_n_a_qu_un_titre_en_cours_et_un_titre_annule_laisse_sa_place(emis, solange):
    premier = titre(solange)
    with pytest.raises(RegleEnfreinte, match="a déjà le titre 2027-118"):
        titre(solange, numero=119)

    annuler_un_titre(
        titre=premier, le=LE_15_MARS, motif="Mauvais tiers", par=solange, maintenant=EN_MARS
    )

    assert lecture.titre_en_cours(titre(solange, numero=119).contribution).numero == 119


def test_un_titre_paye_ne_s_annule_pas(emis, solange):
    du = titre(solange)
    paiement(solange, du, "10")

    with pytest.raises(RegleEnfreinte, match="Contre-passez-les"):
        annuler_un_titre(titre=du, le=LE_15_MARS, motif="Erreur", par=solange, maintenant=EN_MARS)


def test_un_paiement_partiel_puis_le_solde_ne_laissent_rien(emis, solange):
    du = titre(solange)
    paiement(solange, du, "400.01")
    assert reste() == du.montant - Decimal("400.01")

    paiement(solange, du, str(reste()), numero="P503-2")

    assert reste() == 0


def test_un_centime_de_plus_que_le_titre_se_refuse_et_un_mandat_d_avant_l_avoir_se_recoit(
    emis, solange, olivier
):
    du = titre(solange)
    avoir(olivier, "12.50")

    with pytest.raises(RegleEnfreinte, match="et il ne reste que"):
        paiement(solange, du, str(du.montant + Decimal("0.01")))
    paiement(solange, du, str(du.montant))

    assert reste() == 0


def test_le_meme_encaissement_ne_se_note_pas_deux_fois(emis, solange):
    paiement(solange, titre(solange), "10", numero="vir  42")

    with pytest.raises(RegleEnfreinte, match="VIR 42 est déjà noté, au 10/02/2027"):
        paiement(solange, titre(solange, nom="Ville d'Avion", numero=119), "10", numero="VIR 42")


def test_un_paiement_contre_passe_redevient_du_et_peut_se_renoter_ailleurs(emis, solange):
    faux, juste = titre(solange), titre(solange, nom="Ville d'Avion", numero=119)
    note = paiement(solange, faux, "300")

    contre_passer(
        paiement=note, le=date(2027, 3, 1), motif="Payé par Avion", par=solange, maintenant=EN_MARS
    )
    paiement(solange, juste, "300")

    assert (reste(), reste(le=date(2027, 2, 28))) == (faux.montant, faux.montant - 300)
    assert Paiement.objects.count() == 2


def test_un_paiement_ne_se_contre_passe_qu_une_fois(emis, solange):
    note = paiement(solange, titre(solange), "300")
    acte = {"le": LE_15_MARS, "motif": "Erreur", "par": solange, "maintenant": EN_MARS}
    contre_passer(paiement=note, **acte)

    with pytest.raises(ConflitEtat, match="déjà contre-passé"):
        contre_passer(paiement=note, **acte)


def test_une_somme_sans_titre_se_rapproche_une_fois_sans_depasser_le_reste(emis, solange):
    du = titre(solange, nom="Ville d'Avion")
    seule = Paiement.objects.create(
        numero="X1",
        recu_le=date(2027, 2, 1),
        montant=du.montant + 1,
        note_par=solange,
        note_le=EN_MARS,
    )
    with pytest.raises(RegleEnfreinte, match="il ne reste que"):
        rapprocher(paiement=seule, titre=du, par=solange, maintenant=EN_MARS)

    rapprocher(paiement=seule, titre=titre(solange, numero=119), par=solange, maintenant=EN_MARS)

    with pytest.raises(ConflitEtat, match="n'est plus à rapprocher"):
        rapprocher(paiement=seule, titre=du, par=solange, maintenant=EN_MARS)


def test_un_avoir_apres_le_paiement_laisse_un_trop_percu_et_rien_a_payer(emis, solange, olivier):
    du = titre(solange)
    paiement(solange, du, str(du.montant))
    avoir(olivier, "100", le=EN_MARS)

    solde = lecture.solde(appelee(), le=LE_15_MARS)

    assert (solde.reste, solde.trop_percu) == (0, 100)


def test_un_appel_recu_et_echu_est_impaye_le_lendemain_de_son_echeance(emis, solange):
    recue(date(2027, 2, 1), par=solange)
    titre(solange)
    echeance = date(2027, 3, 3)

    (impaye,) = lecture.impayes(le=echeance + timedelta(days=1))

    assert lecture.impayes(le=echeance) == []
    assert (impaye.titre.numero, impaye.echeance, impaye.jours_de_retard) == (118, echeance, 1)


def test_ni_le_paye_ni_le_non_recu_ni_le_gratuit_ne_sont_impayes(emis, solange):
    recue(date(2027, 1, 4), par=solange)
    du = titre(solange)
    paiement(solange, du, str(du.montant))

    assert lecture.impayes(le=date(2027, 12, 31)) == []


def test_les_impayes_se_lisent_en_un_nombre_constant_de_lectures(
    emis, solange, django_assert_num_queries
):
    for nom, numero in (("Ville de Béthune", 118), ("Ville d'Avion", 119)):
        recue(date(2027, 1, 10), par=solange, nom=nom)
        paiement(solange, titre(solange, nom=nom, numero=numero), "1", numero=nom)

    with django_assert_num_queries(4):
        assert len(lecture.impayes(le=LE_15_MARS)) == 2


@pytest.mark.parametrize("champs", [{"montant": Decimal(1)}, {"numero": "autre"}, {"titre": None}])
def test_la_base_refuse_de_recrire_un_paiement(emis, solange, champs):
    note = paiement(solange, titre(solange), "300")

    with pytest.raises(IntegrityError), transaction.atomic():
        Paiement.objects.filter(pk=note.pk).update(**champs)


def test_la_base_refuse_de_recrire_ou_d_effacer_un_titre(emis, solange):
    du = titre(solange)

    with pytest.raises(IntegrityError), transaction.atomic():
        TitreDeRecette.objects.filter(pk=du.pk).update(montant=Decimal(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        du.delete()


@pytest.mark.parametrize("montant", ["0", "-5"])
def test_la_base_refuse_une_somme_qui_n_apporte_rien(emis, solange, montant):
    with pytest.raises(IntegrityError), transaction.atomic():
        Paiement.objects.create(
            numero="X1",
            recu_le=LE_15_MARS,
            montant=Decimal(montant),
            note_par=solange,
            note_le=EN_MARS,
        )


def test_le_recit_des_tests_appelle_ce_qu_il_dit(emis):
    assert [appelee(nom).montant for nom in ("Ville de Béthune", "Ville d'Avion", "Bomy")] == [
        1000,
        500,
        0,
    ]
