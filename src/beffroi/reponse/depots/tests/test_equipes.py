"""Nul ne voit, ne compte, ne remplace ni ne retire la réponse d'une autre équipe (ADR 0049)."""

import json
from datetime import timedelta

import pytest
import time_machine

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.services import delivrer_jeton, prouver_l_adresse
from beffroi.personnes.comptes.tests.personnes import avec_second_facteur, personne
from beffroi.personnes.entreprises.models import Membre
from beffroi.personnes.entreprises.services import detacher_membre, reunir
from beffroi.personnes.entreprises.tests.gestes import inscrit
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.services import habiliter
from beffroi.reponse.depots import acces, queries, services
from beffroi.reponse.depots.limits import REPONSES_EN_PREPARATION
from beffroi.reponse.depots.models import Pli
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.tests.factories import LIMITE, VEILLE
from beffroi.socle.fondations.erreurs import ConflitEtat, Introuvable, RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.acteurs import PLATEFORME

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stockage_a_part")]
OFFRE = ("offre", None)
HEURE = timedelta(hours=1)


@pytest.fixture
def consultation():
    return factories.consultation()


@pytest.fixture
def faitage(consultation):
    return factories.Candidat(consultation)


@pytest.fixture(params=["meme_que", "meme_siren_que"])
def intrus(request, consultation, faitage):
    """Qui dit le SIRET du déposant, ou celui d'un autre établissement du même SIREN."""
    chez = factories.equipe(**{request.param: faitage.membre.equipe})
    return factories.Candidat(consultation, factories.membre("Ivan Lentour", chez))


def test_un_intrus_ne_remplace_pas(faitage, intrus, consultation):
    victime = faitage.depose(OFFRE)

    sien = intrus.depose(OFFRE, le=VEILLE + HEURE)

    victime.refresh_from_db()
    assert (victime.etat, sien.remplace) == (Pli.Etat.DEPOSE, None)
    assert json.loads(sien.accuse.contenu)["remplace"] is None
    assert queries.plis_proposes(consultation) == [victime, sien]


def test_un_intrus_n_apprend_pas_qu_on_a_repondu(faitage, intrus):
    faitage.depose(OFFRE)
    brouillon = intrus.commence()

    assert queries.plis_que_ce_depot_remplacera(brouillon, intrus.personne, le=VEILLE) == []
    assert not acces.plis_lisibles(intrus.personne).exists()
    assert list(acces.reponses_de(intrus.personne)) == [brouillon]


def test_un_intrus_ne_retire_pas(faitage, intrus):
    pli = faitage.depose(OFFRE)

    with pytest.raises(Introuvable):
        queries.pli_pour(intrus.personne, pli.reference)
    with pytest.raises(Introuvable):
        services.retirer_pli(pli=pli, par=intrus.personne, maintenant=VEILLE)
    pli.refresh_from_db()
    assert pli.etat == Pli.Etat.DEPOSE


def test_retirer_le_sien_ne_prive_la_victime_de_rien(faitage, intrus, consultation):
    victime, sien = faitage.depose(OFFRE), intrus.depose(OFFRE, le=VEILLE + HEURE)
    services.retirer_pli(pli=sien, par=intrus.personne, maintenant=VEILLE + 2 * HEURE)

    assert queries.plis_proposes(consultation) == [victime]


def test_un_intrus_n_empeche_personne_de_commencer(faitage, intrus):
    for _ in range(REPONSES_EN_PREPARATION):
        intrus.commence()

    assert faitage.commence().pk


# ---------------------------------------------------------------- un soumissionnaire, ou deux


@pytest.fixture
def en_question(faitage, intrus, consultation):
    plis = [faitage.depose(OFFRE), intrus.depose(OFFRE, le=VEILLE + HEURE)]
    assert queries.plis_en_question(consultation) == [plis]
    return plis


def dire(consultation, plis, *, un_seul, motif="Même gérant.", le=LIMITE + HEURE):
    return services.dire_les_soumissionnaires(
        plis=plis, un_seul=un_seul, motif=motif, par=consultation.redigee_par, maintenant=le
    )


def test_un_seul_soumissionnaire_seule_la_derniere_offre_s_ouvre(en_question, consultation):
    dire(consultation, en_question, un_seul=True)

    assert queries.plis_proposes(consultation) == en_question[1:]
    assert queries.plis_en_question(consultation) == []


def test_deux_soumissionnaires_chaque_offre_s_ouvre(en_question, consultation):
    dire(consultation, en_question, un_seul=False)

    assert queries.plis_proposes(consultation) == en_question
    assert queries.plis_en_question(consultation) == []


def test_rien_ne_se_dit_avant_l_heure(en_question, consultation):
    with pytest.raises(RegleEnfreinte, match="L'heure limite n'est pas passée"):
        dire(consultation, en_question, un_seul=True, le=LIMITE)


def test_ce_qui_se_dit_se_motive(en_question, consultation):
    with pytest.raises(RegleEnfreinte, match="Dites vos raisons"):
        dire(consultation, en_question, un_seul=True, motif="  ")


def test_ce_qui_est_dit_ne_se_redit_pas(en_question, consultation):
    dire(consultation, en_question, un_seul=False)

    with pytest.raises(ConflitEtat, match="Cela vient d'être dit"):
        dire(consultation, en_question, un_seul=True)


def test_une_troisieme_equipe_remet_tout_en_question(en_question, faitage, consultation):
    dire(consultation, en_question, un_seul=False)
    chez = factories.equipe(meme_que=faitage.membre.equipe)
    factories.Candidat(consultation, factories.membre("Zoé", chez)).depose(OFFRE, le=LIMITE)

    assert len(queries.plis_en_question(consultation)[0]) == 3


# ---------------------------------------------------------------- dans l'équipe


@pytest.fixture
def kevin(faitage):
    return factories.Candidat(
        faitage.consultation, factories.membre("Kévin Masson", faitage.membre.equipe)
    )


def test_une_personne_de_l_equipe_remplace_et_toute_l_equipe_l_apprend(faitage, kevin):
    premier = faitage.depose(OFFRE)

    dernier = kevin.depose(OFFRE, le=VEILLE + HEURE)

    premier.refresh_from_db()
    assert (premier.etat, dernier.remplace) == (Pli.Etat.REMPLACE, premier)
    (courriel,) = Courriel.objects.filter(cle__startswith="remplacement:")
    assert courriel.destinataire == faitage.personne.courriel
    assert "par Kévin Masson" in courriel.texte


def test_un_retrait_se_dit_a_toute_l_equipe(faitage, kevin):
    pli = faitage.depose(OFFRE)

    services.retirer_pli(pli=pli, par=kevin.personne, maintenant=VEILLE)

    recus = Courriel.objects.filter(cle__startswith="retrait:")
    assert {courriel.destinataire for courriel in recus} == {
        faitage.personne.courriel,
        kevin.personne.courriel,
    }


@pytest.mark.moteurs
def test_qui_est_retire_a_l_instant_ne_depose_plus_et_n_efface_rien(faitage, kevin, consultation):
    pli, brouillon = faitage.depose(OFFRE), kevin.commence()
    enveloppes = [kevin.enveloppe(brouillon, *OFFRE)]
    detacher_membre(membre=kevin.membre, par=faitage.personne.acteur, maintenant=VEILLE)

    with pytest.raises(Introuvable):
        kevin.depose_ces_enveloppes(brouillon, enveloppes, le=VEILLE + HEURE)
    assert queries.plis_proposes(consultation) == [pli]


def test_qui_est_parti_garde_son_recepisse_et_ne_change_plus_rien(faitage, kevin):
    pli = kevin.depose(OFFRE)
    detacher_membre(membre=kevin.membre, par=faitage.personne.acteur, maintenant=VEILLE)

    assert queries.recepisse_pour(kevin.personne, pli.reference) == pli
    with pytest.raises(Introuvable):
        services.retirer_pli(pli=pli, par=kevin.personne, maintenant=VEILLE)
    assert queries.pli_pour(faitage.personne, pli.reference) == pli


def test_qui_est_parti_puis_refonde_une_equipe_ne_remplace_pas_l_ancienne(
    faitage, kevin, consultation
):
    ancien = kevin.depose(OFFRE)
    detacher_membre(membre=kevin.membre, par=faitage.personne.acteur, maintenant=VEILLE)
    ailleurs = Membre.objects.create(
        equipe=factories.equipe(meme_que=faitage.membre.equipe),
        utilisateur=kevin.personne,
        depuis_le=VEILLE,
    )

    sien = factories.Candidat(consultation, ailleurs).depose(OFFRE, le=VEILLE + HEURE)

    assert queries.plis_proposes(consultation) == [ancien, sien]


def test_apres_le_dernier_depart_le_suivant_n_herite_de_rien(faitage):
    pli = faitage.depose(OFFRE)
    detacher_membre(membre=faitage.membre, par=faitage.personne.acteur, maintenant=VEILLE)
    suivant = factories.membre("Ivan", factories.equipe(meme_que=faitage.membre.equipe)).utilisateur

    with pytest.raises(Introuvable):
        queries.recepisse_pour(suivant, pli.reference)


def parti(candidat):
    detacher_membre(membre=candidat.membre, par=candidat.personne.acteur, maintenant=VEILLE)


def ferme(candidat):
    Utilisateur.objects.filter(pk=candidat.personne.pk).update(est_actif=False, revoque_le=VEILLE)
    candidat.personne.refresh_from_db()


def passe_chez_l_acheteur(candidat):
    prouver_l_adresse(utilisateur=candidat.personne, maintenant=VEILLE)
    Habilitation.objects.create(
        utilisateur=candidat.personne,
        organisme=candidat.consultation.organisme,
        roles=["lecteur"],
        depuis_le=VEILLE - timedelta(days=3650),
    )


def reste(_candidat):
    pass


@pytest.mark.parametrize(
    ("devient", "agit"),
    [(reste, True), (parti, False), (ferme, False), (passe_chez_l_acheteur, False)],
)
def test_une_reponse_se_juge_seule_comme_parmi_toutes(faitage, intrus, devient, agit):
    """Le jeton d'une réponse ouvre ce que la liste montre, ni plus, ni moins."""
    brouillon = faitage.commence()
    devient(faitage)
    siennes = acces.reponses_de(faitage.personne)

    assert siennes.contains(brouillon) == agit
    assert acces.agit_sur(faitage.personne, brouillon) == agit
    assert not acces.agit_sur(intrus.personne, brouillon)


# ---------------------------------------------------------------- réunir


def test_ce_qui_est_reuni_se_remplace_depuis_l_autre_equipe(faitage, consultation):
    """Kévin a déposé seul, puis partage avec l'équipe qui l'a reconnu : elle peut le remplacer."""
    seule = factories.membre("Kévin Masson", factories.equipe(meme_que=faitage.membre.equipe))
    premier = factories.Candidat(consultation, seule).depose(OFFRE)
    avec = Membre.objects.create(
        equipe=faitage.membre.equipe,
        utilisateur=seule.utilisateur,
        reconnu_par=faitage.personne,
        depuis_le=VEILLE,
    )
    reunir(seule=seule, avec=avec, maintenant=VEILLE)

    dernier = faitage.depose(OFFRE, le=VEILLE + HEURE)

    assert dernier.remplace == premier
    assert queries.plis_proposes(consultation) == [dernier]


def test_une_personne_de_deux_equipes_remplace_ce_qu_elle_tient(faitage, consultation):
    """Deux établissements d'un SIREN, une même personne : le même soumissionnaire (R. 2151-6)."""
    premier = faitage.depose(OFFRE)
    agence = Membre.objects.create(
        equipe=factories.equipe(meme_siren_que=faitage.membre.equipe),
        utilisateur=faitage.personne,
        depuis_le=VEILLE,
    )

    dernier = factories.Candidat(consultation, agence).depose(OFFRE, le=LIMITE)

    assert dernier.remplace == premier
    assert queries.plis_proposes(consultation) == [dernier]


def test_le_jeton_d_un_logiciel_ne_cache_pas_le_role_pris_chez_l_acheteur(consultation):
    """Délivré sans second facteur, avant le rôle, il n'en donne aucun droit ; il ne l'efface pas
    non plus (CCP, art. L. 2141-10).
    """
    faitage = factories.Candidat(
        consultation, inscrit(personne("Sophie Merlin"), le=VEILLE - 3 * HEURE)
    )
    faitage.commence()
    jeton, _ = delivrer_jeton(
        utilisateur=faitage.personne, libelle="Logiciel", maintenant=VEILLE - 2 * HEURE
    )
    habiliter(
        organisme=consultation.organisme,
        utilisateur=avec_second_facteur(faitage.personne),
        roles=("redacteur",),
        par=PLATEFORME,
        maintenant=VEILLE - HEURE,
    )
    faitage.personne.agit_par = jeton

    with time_machine.travel(VEILLE, tick=False):
        assert not acces.peut_repondre(faitage.personne, consultation).favorable
        assert not acces.reponses_de(faitage.personne).exists()
