"""Publier à l'heure dite :
figée d'ici là, vérifiée deux fois, en retard plutôt que jamais, et jamais malgré une règle.
"""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from beffroi.achat.consultations import services, taches
from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.models import Courriel, Tache
from beffroi.socle.fondations.taches import vider_la_file
from beffroi.socle.journal.models import Ecriture
from droit.citation import Article
from droit.decision import Decision, Motif
from formats.dates import PARIS

HEURE = timedelta(hours=1)
JOUE = {"decision": Decision.accord()}


def attente_d_essai(consultation: Consultation, *, maintenant: datetime) -> Decision:
    return JOUE["decision"]


@pytest.fixture(autouse=True)
def joue(settings):
    settings.ADAPTATEURS = {
        **settings.ADAPTATEURS,
        "consultations.AttenteDuJoue": f"{__name__}.attente_d_essai",
    }
    JOUE["decision"] = Decision.accord()


@pytest.fixture
def prete(scene) -> Consultation:
    return scene.completer(scene.brouillon())


@pytest.fixture
def martine(scene):
    return connecter(Client(), scene.martine)


def programmer(scene, consultation, *, dans=HEURE):
    return services.programmer_la_publication(
        consultation=consultation, prevue_le=scene.le + dans, par=scene.martine, maintenant=scene.le
    )


def a_l_heure(scene, consultation, *, apres=HEURE):
    return services.publier_a_l_heure_dite(consultation=consultation, maintenant=scene.le + apres)


def actes():
    return list(Ecriture.objects.order_by("numero").values_list("acte", flat=True))


def saisie(instant):
    local = instant.astimezone(PARIS)
    return {"jour_dit": f"{local:%Y-%m-%d}", "heure_dit": f"{local:%H:%M}"}


def chez(consultation, suite):
    return f"/consultations/{consultation.reference}/preparer/{suite}"


def test_programmee_rien_n_est_public_et_plus_rien_ne_change(scene, prete):
    programmee = programmer(scene, prete)

    assert Client().get(f"/consultations/{prete.reference}/").status_code == 404
    with pytest.raises(RegleEnfreinte, match="La publication est programmée"):
        scene.joindre(programmee, "autre.pdf")


def test_a_l_heure_dite_la_consultation_est_publique_au_nom_de_qui_l_a_voulu(scene, prete):
    programmer(scene, prete)

    publiee = a_l_heure(scene, prete)

    ecriture = Ecriture.objects.get(acte="consultation.publier")
    assert (publiee.etat, publiee.publiee_le) == ("publiee", scene.le + HEURE)
    assert scene.martine.reference in ecriture.contenu and "heure_dite" in ecriture.contenu
    assert set(publiee.pieces.values_list("publiee_le", flat=True)) == {publiee.publiee_le}


def test_avant_l_heure_dite_rien_ne_se_publie(scene, prete):
    programmer(scene, prete)

    assert a_l_heure(scene, prete, apres=timedelta(minutes=59)).etat == "programmee"


def test_rejouee_la_publication_ne_se_fait_qu_une_fois(scene, prete):
    programmer(scene, prete)

    premiere, seconde = a_l_heure(scene, prete), a_l_heure(scene, prete, apres=2 * HEURE)

    assert premiere.publiee_le == seconde.publiee_le
    assert actes().count("consultation.publier") == 1


def test_l_ouvrier_la_publie_quand_la_tache_est_due(scene, prete):
    programmer(scene, prete, dans=timedelta(milliseconds=1))

    vider_la_file()

    prete.refresh_from_db()
    assert prete.etat == "publiee"


@pytest.mark.moteurs
def test_une_tache_perdue_est_rattrapee_par_la_ronde(scene, prete):
    programmer(scene, prete, dans=timedelta(milliseconds=1))
    Tache.objects.update(etat=Tache.Etat.ABANDONNEE)

    taches.publier_ce_qui_est_du(maintenant())

    prete.refresh_from_db()
    assert prete.etat == "publiee"


def test_en_retard_elle_garde_sa_vraie_date_et_le_dit(scene, prete, martine):
    programmer(scene, prete)

    publiee = a_l_heure(scene, prete, apres=2 * HEURE)

    assert publiee.publiee_le == scene.le + 2 * HEURE
    assert "le service était arrêté" in Courriel.objects.get(sujet__contains="est publiée").texte
    assert (
        "Publiée en retard"
        in martine.get(f"/consultations/{prete.reference}/suivre/").content.decode()
    )


def test_a_l_heure_rien_ne_parle_de_retard(scene, prete, martine):
    programmer(scene, prete)
    a_l_heure(scene, prete)

    assert (
        "Publiée en retard"
        not in martine.get(f"/consultations/{prete.reference}/suivre/").content.decode()
    )


@pytest.mark.article("CCP", "R. 2131-20")
def test_si_le_joue_fait_encore_attendre_a_l_instant_rien_n_est_publie(scene, prete):
    programmer(scene, prete)
    JOUE["decision"] = Decision.refus(
        Motif("L'avis européen n'est pas encore paru.", Article("CCP", "R. 2131-20"))
    )

    empechee = a_l_heure(scene, prete)

    assert (empechee.etat, empechee.publiee_le, empechee.publication_prevue_le) == (
        "brouillon",
        None,
        None,
    )
    assert "pas encore paru" in empechee.motif_d_empechement
    assert actes()[-1] == "consultation.empecher_la_publication"


def test_empechee_la_personne_recoit_un_courriel_et_sa_page_le_dit(scene, prete, martine):
    programmer(scene, prete)
    JOUE["decision"] = Decision.refus(Motif("L'avis européen n'est pas encore paru."))

    a_l_heure(scene, prete)

    courriel = Courriel.objects.get(sujet__contains="n'a pas été publiée")
    assert courriel.destinataire == scene.martine.courriel and "pas encore paru" in courriel.texte
    assert "La publication prévue n" in martine.get(chez(prete, "")).content.decode()


@pytest.mark.moteurs
def test_qui_a_perdu_son_role_ne_publie_plus(scene, prete):
    programmer(scene, prete)
    scene.martine.habilitations.update(roles=["lecteur"])

    assert a_l_heure(scene, prete).etat == "brouillon"


def test_le_joue_est_interroge_pour_l_heure_dite(scene, prete):
    JOUE["decision"] = Decision.refus(Motif("L'avis européen n'est pas encore paru."))

    with pytest.raises(RegleEnfreinte, match="ne serait pas permis"):
        programmer(scene, prete)


@pytest.mark.article("CCP", "R. 2151-1")
def test_une_heure_dite_apres_l_heure_limite_est_refusee(scene, prete):
    with pytest.raises(RegleEnfreinte, match="ne serait pas permis"):
        programmer(scene, prete, dans=timedelta(days=31))


def test_une_heure_dite_passee_est_refusee(scene, prete):
    with pytest.raises(RegleEnfreinte, match="déjà passée"):
        programmer(scene, prete, dans=-HEURE)


@pytest.mark.moteurs
def test_annulee_elle_redevient_un_brouillon_que_la_tache_laisse_tranquille(scene, prete):
    programmee = programmer(scene, prete, dans=timedelta(milliseconds=1))

    services.annuler_la_programmation(
        consultation=programmee, par=scene.martine.acteur, maintenant=maintenant()
    )
    vider_la_file()

    prete.refresh_from_db()
    assert (prete.etat, prete.publication_prevue_le) == ("brouillon", None)
    assert "consultation.annuler_la_programmation" in actes()


def test_ce_qui_n_est_pas_programme_ne_s_annule_pas(scene, prete):
    with pytest.raises(ConflitEtat):
        services.annuler_la_programmation(
            consultation=prete, par=scene.martine.acteur, maintenant=scene.le
        )


def test_publier_sans_attendre_efface_l_heure_dite(scene, prete):
    programmer(scene, prete)

    assert scene.publier(prete).publication_prevue_le is None


@pytest.mark.moteurs
def test_quand_l_organisme_publie_a_deux_le_redacteur_ne_programme_pas(scene, prete):
    scene.organisme.publication_a_deux = True
    scene.organisme.save()

    with pytest.raises(RegleEnfreinte, match="ne serait pas permis"):
        programmer(scene, Consultation.toutes.get(pk=prete.pk))


@pytest.mark.parametrize(
    "champs",
    [{"etat": "programmee"}, {"publication_prevue_le": datetime(2027, 1, 1, tzinfo=PARIS)}],
)
def test_la_base_veut_l_heure_dite_avec_l_etat(scene, prete, champs):
    with pytest.raises(IntegrityError, match="programmee_avec_son_heure"), transaction.atomic():
        Consultation.toutes.filter(pk=prete.pk).update(**champs)


def test_la_page_programme_puis_annule(scene, prete, martine):
    martine.post(chez(prete, "publier/programmer/"), saisie(scene.le + 3 * HEURE))
    prete.refresh_from_db()
    assert prete.etat == "programmee"
    assert "Publication programmée" in martine.get(chez(prete, "")).content.decode()

    martine.post(chez(prete, "publier/annuler/"))

    prete.refresh_from_db()
    assert prete.etat == "brouillon"


def test_l_heure_passee_sans_publication_se_dit_tant_que_le_service_est_arrete(
    scene, prete, martine
):
    programmer(scene, prete, dans=timedelta(milliseconds=1))

    for page in ("", "verifier/"):
        assert "Cette heure est passée" in martine.get(chez(prete, page)).content.decode()


@pytest.mark.parametrize(
    ("jour", "heure"),
    [("2027-03-28", "02:30"), ("2027-10-31", "02:30")],
    ids=["inexistante", "ambiguë"],
)
def test_une_heure_du_changement_d_heure_est_refusee_au_champ(prete, martine, jour, heure):
    reponse = martine.post(
        chez(prete, "publier/programmer/"), {"jour_dit": jour, "heure_dit": heure}
    )

    assert reponse.status_code == 422
    assert 'id="id_heure_dit_error"' in reponse.content.decode()


@pytest.mark.article("CCP", "R. 2131-20")
def test_le_joue_se_dit_la_ou_l_on_publie(prete, martine):
    JOUE["decision"] = Decision.refus(
        Motif("L'avis européen n'est pas encore paru.", Article("CCP", "R. 2131-20"))
    )

    for page in ("verifier/", "publier/"):
        lue = martine.get(chez(prete, page)).content.decode()
        assert "R. 2131-20" in lue.replace("\N{NO-BREAK SPACE}", " ")
        assert f"/consultations/{prete.reference}/publicite/" in lue


def test_une_heure_avant_le_joue_se_corrige_au_champ(scene, prete, martine):
    JOUE["decision"] = Decision.refus(
        Motif("L'avis européen n'est pas encore paru.", Article("CCP", "R. 2131-20"))
    )

    reponse = martine.post(chez(prete, "publier/programmer/"), saisie(scene.le + 3 * HEURE))
    page = reponse.content.decode()

    assert reponse.status_code == 422
    assert 'id="id_heure_dit_error"' in page and "ne serait pas permis" in page
    assert len(reponse.context["form"].errors["heure_dit"]) == 1


def test_une_publication_empechee_est_dans_a_faire(scene, prete, martine):
    programmer(scene, prete)
    JOUE["decision"] = Decision.refus(Motif("L'avis européen n'est pas encore paru."))
    a_l_heure(scene, prete)

    assert "La publication prévue n" in martine.get("/a-faire/").content.decode()
