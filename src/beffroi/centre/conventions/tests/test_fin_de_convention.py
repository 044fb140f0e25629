"""Finir une convention :
la lettre, la fin, la clôture, l'extinction, la remise (rulings 21 à 34).
"""

from datetime import date, datetime, timedelta

import pytest

from beffroi.achat.consultations.tests.scene import Scene
from beffroi.centre.conventions import queries, taches
from beffroi.centre.conventions.models import Convention
from beffroi.centre.conventions.services import avenants, fin, litiges
from beffroi.centre.conventions.services.cycle import Signature
from beffroi.centre.conventions.services.parametres import decider
from beffroi.centre.conventions.services.pieces import Fichier
from beffroi.centre.conventions.tests import gestes
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.tests.personnes import LUNDI, ouvrir_le_lien
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.acteurs import PLATEFORME

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def centre(db):
    return gestes.le_centre()


def la_convention() -> Convention:
    return Convention.objects.select_related("adherent__organisme").get()


def test_l_adherent_qui_se_retire_est_couvert_deux_mois_apres_la_reception():
    denonciation = gestes.denoncee()

    assert denonciation.fin_le == date(2027, 1, 2) and la_convention().fin == date(2027, 1, 2)
    assert la_convention().etat == "denoncee" and not la_convention().fin_pour_impaye


def test_le_centre_qui_resilie_couvre_encore_six_mois():
    assert gestes.denoncee(par="centre").fin_le == date(2027, 5, 2)


def test_apres_un_impaye_la_fin_est_le_jour_de_la_notification_et_se_motive():
    with pytest.raises(RegleEnfreinte, match="motivée"):
        gestes.denoncee(par="impaye")
    denonciation = gestes.denoncee(
        la_convention(), "impaye", motif="mise en demeure restée sans effet"
    )

    assert denonciation.fin_le == LUNDI.date() and la_convention().fin_pour_impaye


def test_une_lettre_recue_demain_se_refuse_et_rien_ne_change():
    with pytest.raises(RegleEnfreinte, match="n'est pas encore venu"):
        gestes.denoncee(recue_le=date(2026, 11, 3))
    assert la_convention().etat == "active" and la_convention().fin is None


def test_sans_preuve_jointe_la_lettre_ne_se_note_pas():
    with pytest.raises(RegleEnfreinte, match="Joignez la preuve"):
        gestes.denoncee(preuve=Fichier("", b""))


def test_une_denonciation_n_attend_pas_le_terme_de_trois_ans():
    denonciation = gestes.denoncee(recue_le=date(2026, 10, 20))

    assert denonciation.fin_le == date(2026, 12, 20) < la_convention().terme


def test_la_preuve_est_au_dossier_et_la_fin_s_annonce_par_courriel():
    gestes.denoncee()

    assert la_convention().pieces.filter(sorte="preuve_postale").count() == 1
    assert Courriel.objects.filter(cle__startswith="convention:fin:").count() == 1


@pytest.mark.moteurs
def test_la_copie_aux_archives_se_note_apres_coup():
    gestes.denoncee()
    denonciation = fin.noter_la_copie(
        convention=la_convention(),
        preuve=fin.PreuveAuxArchives(
            LUNDI.date(), " 2C 123 456 7890 1 ", LUNDI.date(), Fichier("ar.pdf", gestes.PDF)
        ),
        par=PLATEFORME,
        maintenant=LUNDI,
    )

    assert denonciation.copie_archives_le == denonciation.archives_presentee_le == LUNDI.date()
    assert denonciation.archives_numero == "2C 123 456 7890 1"
    assert la_convention().pieces.filter(sorte="copie_aux_archives").count() == 1


@pytest.mark.parametrize("jours", [-1, 1])
def test_une_lettre_aux_archives_se_presente_apres_son_depart_et_pas_demain(jours):
    gestes.denoncee()
    presentee = LUNDI.date() + timedelta(days=jours)

    with pytest.raises(RegleEnfreinte, match=r"avant d'être partie|à venir"):
        fin.noter_la_copie(
            convention=la_convention(),
            preuve=fin.PreuveAuxArchives(LUNDI.date(), presentee_le=presentee),
            par=PLATEFORME,
            maintenant=LUNDI,
        )
    assert queries.denonciation_en_cours(la_convention()).copie_archives_le is None


def test_le_dernier_jour_la_convention_court_encore():
    gestes.denoncee()
    taches.faire_le_tour(datetime(2027, 1, 2, 22, 59, tzinfo=LUNDI.tzinfo))

    assert la_convention().etat == "denoncee"
    assert la_convention().adherent.organisme.peut_creer_des_consultations


def test_a_minuit_la_convention_se_clot_et_seules_les_consultations_nouvelles_s_arretent():
    gestes.denoncee()
    taches.faire_le_tour(datetime(2027, 1, 2, 23, 1, tzinfo=LUNDI.tzinfo))
    taches.faire_le_tour(datetime(2027, 1, 3, 9, tzinfo=LUNDI.tzinfo))

    organisme = la_convention().adherent.organisme
    assert la_convention().etat == "close" and not organisme.peut_creer_des_consultations
    assert "2 janvier 2027" in organisme.motif_de_suspension


def test_une_convention_close_reste_dans_l_exercice_qu_elle_a_couvert():
    gestes.denoncee()
    taches.faire_le_tour(gestes.lendemain(date(2027, 1, 2)))

    [ligne] = queries.conventions_de_l_exercice(2027)
    assert ligne.fin == date(2027, 1, 2) and queries.conventions_de_l_exercice(2028) == []


@pytest.mark.moteurs
def test_une_denonciation_annulee_avant_la_fin_rend_la_convention_active():
    gestes.denoncee()
    convention = fin.annuler_la_denonciation(
        convention=la_convention(),
        motif="retirée d'un commun accord",
        par=PLATEFORME,
        maintenant=LUNDI,
    )

    assert (convention.etat, convention.fin) == ("active", None)
    assert gestes.denoncee(la_convention(), "centre").fin_le == date(2027, 5, 2)


def test_une_convention_finie_ne_revient_pas():
    gestes.denoncee()

    with pytest.raises(ConflitEtat, match="est finie"):
        fin.annuler_la_denonciation(
            convention=la_convention(),
            motif="regret",
            par=PLATEFORME,
            maintenant=gestes.lendemain(date(2027, 1, 2)),
        )


def test_un_adherent_parti_peut_revenir_et_creer_de_nouveau():
    gestes.denoncee()
    apres = gestes.lendemain(date(2027, 1, 2))
    taches.faire_le_tour(apres)
    adherent = la_convention().adherent
    gestes.active(
        gestes.signee(gestes.deliberee(gestes.envoyee(gestes.projet(gestes.demande(adherent)))))
    )

    adherent.organisme.refresh_from_db()
    assert (
        adherent.organisme.peut_creer_des_consultations
        and adherent.organisme.motif_de_suspension == ""
    )


def etape(nom: str, le: date = LUNDI.date()):
    return fin.noter_une_etape(
        convention=la_convention(), etape=nom, le=le, fichier=None, par=PLATEFORME, maintenant=LUNDI
    )


def test_la_remise_se_note_dans_l_ordre():
    gestes.denoncee()
    with pytest.raises(RegleEnfreinte, match="notez d'abord la remise"):
        etape("accuse_le")
    etape("remis_le")
    with pytest.raises(RegleEnfreinte, match="accusé réception"):
        gestes.effacee(la_convention(), LUNDI.date(), maintenant=LUNDI)
    etape("accuse_le")

    effacee = gestes.effacee(la_convention(), LUNDI.date(), maintenant=LUNDI)
    assert effacee.efface_le == LUNDI.date()


def test_six_mois_avant_son_terme_la_convention_est_a_renouveler():
    gestes.active()
    taches.faire_le_tour(datetime(2029, 4, 10, 12, tzinfo=LUNDI.tzinfo))
    assert la_convention().etat == "active"
    taches.faire_le_tour(datetime(2029, 4, 11, 12, tzinfo=LUNDI.tzinfo))

    assert la_convention().etat == "a_renouveler"


@pytest.mark.moteurs
def test_le_terme_passe_la_convention_court_sans_terme():
    gestes.active()
    taches.faire_le_tour(datetime(2029, 10, 11, 12, tzinfo=LUNDI.tzinfo))
    assert la_convention().etat == "a_renouveler"
    taches.faire_le_tour(datetime(2029, 10, 12, 12, tzinfo=LUNDI.tzinfo))

    assert (la_convention().etat, la_convention().terme) == ("active", None)


def test_l_exploitant_qui_reconduit_par_periodes_d_un_an_change_un_parametre():
    gestes.active()
    benoit = Utilisateur.objects.get(nom="Benoît Roussel")
    decider(
        nom="duree_reconduite",
        valeur="1",
        effet_le=date(2027, 1, 1),
        deliberation="2026/40",
        par=benoit,
        maintenant=LUNDI,
    )
    taches.faire_le_tour(datetime(2029, 10, 12, 12, tzinfo=LUNDI.tzinfo))

    assert (la_convention().etat, la_convention().terme) == ("active", date(2030, 10, 11))


def un_avenant(voulu: date = date(2027, 1, 1), *, grille: bool = True):
    changement = avenants.Changement(
        "La grille de l'annexe 1 est remplacée.", voulu, change_la_grille=grille
    )
    return avenants.proposer(
        convention=la_convention(), changement=changement, par=PLATEFORME, maintenant=LUNDI
    )


def signe(avenant, partie: str, le: date = LUNDI.date(), maintenant: datetime = LUNDI):
    fichier = Fichier("avenant.pdf", f"%PDF-1.7 signé {partie}".encode())
    signature = Signature(partie, le, fichier, gestes.VU)
    return avenants.signer_un_avenant(
        avenant=avenant, signature=signature, par=PLATEFORME, maintenant=maintenant
    )


@pytest.mark.moteurs
def test_un_avenant_de_grille_vaut_au_1er_janvier_qui_suit_les_deux_signatures():
    gestes.active()
    avenant = signe(un_avenant(), "adherent")
    assert avenant.effet_le is None

    assert signe(avenant, "centre").effet_le == date(2027, 1, 1)


def test_un_avenant_se_numerote_et_se_produit_sans_blanc():
    gestes.active()
    assert [un_avenant().numero, un_avenant().numero] == [1, 2]

    assert la_convention().pieces.filter(sorte="avenant", modele="avenant.1").count() == 4


@pytest.mark.moteurs
def test_un_litige_s_essaie_a_l_amiable_puis_va_au_tribunal_puis_se_clot():
    litige = litiges.ouvrir_un_litige(
        convention=gestes.active(),
        objet="Compte contesté",
        le=LUNDI.date(),
        par=PLATEFORME,
        maintenant=LUNDI,
    )
    with pytest.raises(RegleEnfreinte, match="au moins un échange"):
        litiges.porter_au_tribunal(litige=litige, par=PLATEFORME, maintenant=LUNDI)
    litiges.noter_un_echange(
        litige=litige,
        le=LUNDI.date(),
        de="le maire",
        texte="Il conteste deux consultations.",
        fichier=Fichier("lettre.pdf", gestes.PDF),
        par=PLATEFORME,
        maintenant=LUNDI,
    )

    assert (
        litiges.porter_au_tribunal(litige=litige, par=PLATEFORME, maintenant=LUNDI).etape
        == "tribunal"
    )
    clos = litiges.clore_le_litige(
        litige=litige,
        issue="Jugement",
        le=LUNDI.date(),
        par=PLATEFORME,
        maintenant=LUNDI + timedelta(days=1),
    )
    assert clos.etape == "clos"


def test_apres_la_fin_une_consultation_nouvelle_se_refuse_avec_sa_raison():
    gestes.denoncee()
    taches.faire_le_tour(gestes.lendemain(date(2027, 1, 2)))
    organisme = la_convention().adherent.organisme
    martine = ouvrir_le_lien("martine@bomy.example")

    with pytest.raises(RegleEnfreinte, match="a pris fin le 2 janvier 2027"):
        Scene(organisme, martine, martine, LUNDI).brouillon()
