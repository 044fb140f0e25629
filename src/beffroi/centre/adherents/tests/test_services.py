"""Tenir l'annuaire : ce que les actes font, refusent et notent au journal."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from beffroi.centre.adherents import queries, services
from beffroi.centre.adherents.models import Adherent, Contact, Effectif
from beffroi.centre.adherents.tests.gestes import (
    AUDINCTHUN,
    BOMY,
    CAISSE_DE_BOMY,
    CCAS_DE_BOMY,
    ETAT,
    adherent,
    declarer,
)
from beffroi.personnes.comptes.tests.personnes import LUNDI, personne
from beffroi.personnes.organismes.models import Habilitation, HabilitationEnAttente
from beffroi.personnes.organismes.services import creer_organisme
from beffroi.socle.fondations import chiffrement
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db
SIRET = "21620155800014"
MARTINE = services.Administrateur(
    courriel="m@bomy.example", nom="Martine Caron", qualite="secrétaire de mairie"
)


def activer(de: Adherent):
    return services.activer(adherent=de, administrateur=MARTINE, par=PLATEFORME, maintenant=LUNDI)


def succeder(ancien: Adherent, nouveau: Adherent, le: date = date(2027, 1, 1)) -> Adherent:
    return services.faire_succeder(
        adherent=ancien, successeur=nouveau, le=le, par=PLATEFORME, maintenant=LUNDI
    )


def famille() -> tuple[Adherent, Adherent, Adherent]:
    bomy = adherent()
    ccas = adherent(CCAS_DE_BOMY, "CCAS de Bomy", "ccas", rattache_a=bomy)
    return (
        bomy,
        ccas,
        adherent(CAISSE_DE_BOMY, "Caisse des écoles", "caisse_des_ecoles", rattache_a=bomy),
    )


def test_un_siren_n_a_qu_un_adherent():
    adherent()

    with pytest.raises(RegleEnfreinte, match="porte déjà ce SIREN"):
        adherent(nom="Bomy, encore")


def test_le_journal_retient_qui_entre_a_l_annuaire():
    adherent()

    assert Ecriture.objects.get(acte="adherent.creer").sujet == BOMY


def test_un_siret_etranger_au_siren_n_entre_ni_par_l_acte_ni_par_la_base():
    with pytest.raises(RegleEnfreinte):
        adherent(siret="21620053500013")
    with pytest.raises(IntegrityError), transaction.atomic():
        Adherent.objects.create(
            siren=BOMY, siret="21620053500013", nature="commune", nom="X", cree_le=LUNDI
        )


def test_l_effectif_d_une_commune_et_de_ses_equipes_donne_la_categorie_de_chacun():
    bomy, ccas, caisse = famille()
    for membre, agents in ((bomy, 300), (ccas, 45), (caisse, 6)):
        declarer(membre, agents)

    assert [queries.effectif_retenu(membre, 2026).agents for membre in (bomy, ccas, caisse)] == [
        351,
        351,
        351,
    ]


def test_corriger_un_effectif_garde_l_ancien():
    bomy = adherent()
    ancien = declarer(bomy, 300)

    declarer(bomy, 310)

    ancien.refresh_from_db()
    assert (ancien.agents, ancien.remplace_le) == (300, LUNDI)
    assert queries.effectif_retenu(bomy, 2026).agents == 310


def test_declarer_deux_fois_la_meme_chose_n_ajoute_rien():
    bomy = adherent()

    assert declarer(bomy, 300) == declarer(bomy, 300)
    assert Effectif.objects.count() == 1


def test_un_effectif_fige_ne_se_corrige_plus():
    bomy = adherent()
    effectif = declarer(bomy, 300)
    services.figer(effectifs=[effectif], motif="appel 2026", par=PLATEFORME, maintenant=LUNDI)

    with pytest.raises(RegleEnfreinte, match="il est figé"):
        declarer(bomy, 310)
    assert (
        services.figer(effectifs=[effectif], motif="appel 2026", par=PLATEFORME, maintenant=LUNDI)
        == 0
    )


@pytest.mark.parametrize("agents", [-1, 100_001])
def test_un_effectif_impossible_n_entre_pas(agents):
    with pytest.raises(RegleEnfreinte):
        declarer(adherent(), agents)
    assert not Effectif.objects.exists()


def test_un_justificatif_vide_ne_laisse_pas_d_effectif():
    bomy = adherent()

    with pytest.raises(RegleEnfreinte, match="vide"):
        declarer(bomy, 300, octets=b"")
    assert not Effectif.objects.exists()


def test_le_justificatif_est_chiffre_au_repos_et_se_relit():
    effectif = declarer(adherent(), 300)

    with stockage().lire(effectif.cle_de_stockage) as flux:
        assert ETAT not in flux.read()
    assert chiffrement.reprendre(effectif.cle_de_stockage, sha256=effectif.sha256) == ETAT


def test_activer_ouvre_l_organisme_et_invite_son_administrateur():
    bomy = adherent(siret=SIRET, ville="Bomy", code_postal="62960", code_commune="62155")

    organisme = activer(bomy)

    bomy.refresh_from_db()
    assert (bomy.organisme, organisme.siret, organisme.ville) == (organisme, SIRET, "Bomy")
    assert HabilitationEnAttente.objects.get().roles == ["administrateur"]
    assert not Habilitation.objects.exists()
    assert Courriel.objects.filter(destinataire="m@bomy.example").exists()


def test_activer_sans_siret_dit_quoi_faire():
    with pytest.raises(RegleEnfreinte, match="manque le SIRET"):
        activer(adherent())


def test_activer_deux_fois_n_ouvre_qu_un_organisme():
    bomy = adherent(siret=SIRET)
    activer(bomy)

    with pytest.raises(RegleEnfreinte, match="déjà actif"):
        activer(bomy)


def test_un_organisme_deja_ouvert_devient_celui_de_l_adherent():
    ouvert = creer_organisme(nom="Bomy", siret=SIRET, par=PLATEFORME, maintenant=LUNDI)

    assert activer(adherent(siret=SIRET)) == ouvert
    assert not Habilitation.objects.exists()


def test_le_siret_d_un_adherent_actif_ne_change_plus():
    bomy = adherent(siret=SIRET)
    activer(bomy)
    autre = services.Identite(siren=BOMY, nom="Bomy", nature="commune", siret="21620155800022")

    with pytest.raises(RegleEnfreinte, match="ne change plus"):
        services.decrire(adherent=bomy, identite=autre, par=PLATEFORME, maintenant=LUNDI)


def test_decrire_note_les_seuls_champs_changes():
    bomy = adherent()
    autre = services.Identite(siren=BOMY, nom="Commune de Bomy", nature="commune", ville="Bomy")

    services.decrire(adherent=bomy, identite=autre, par=PLATEFORME, maintenant=LUNDI)

    assert '"champs":["ville"]' in Ecriture.objects.get(acte="adherent.decrire").contenu


def test_le_successeur_prend_la_suite_au_premier_janvier():
    bomy, nouvelle = adherent(), adherent(AUDINCTHUN, "Commune nouvelle")
    declarer(bomy, 12)

    succeder(bomy, nouvelle)

    bomy.refresh_from_db()
    assert queries.effectif_retenu(bomy, 2026).agents == 12
    assert queries.effectif_retenu(bomy, 2027).agents is None
    assert queries.effectif_retenu(nouvelle, 2027).agents == 12


def test_le_ccas_d_une_commune_reprise_compte_avec_le_successeur():
    bomy, ccas, _ = famille()
    nouvelle = adherent(AUDINCTHUN, "Commune nouvelle")
    declarer(ccas, 5)
    declarer(nouvelle, 100, annee=2027)

    succeder(bomy, nouvelle)

    assert queries.effectif_retenu(ccas, 2027).agents == 105


def test_deux_successions_ne_tournent_pas_en_rond():
    bomy, autre = adherent(), adherent(AUDINCTHUN, "Audincthun")
    succeder(bomy, autre)

    with pytest.raises(RegleEnfreinte, match="ne se succède pas"):
        succeder(autre, bomy)


def test_mille_effectifs_se_lisent_en_deux_requetes():
    bomy, ccas, caisse = famille()
    declarer(bomy, 300)
    declarer(ccas, 45)
    tous = [bomy, ccas, caisse, adherent(AUDINCTHUN, "Audincthun")]

    with CaptureQueriesContext(connection) as requetes:
        retenus = queries.effectifs_retenus(tous, 2026)

    assert len(requetes) == 2
    assert [retenus[membre.pk].agents for membre in tous] == [345, 345, 345, None]


def test_retirer_un_contact_l_efface_et_retirer_un_signataire_le_date():
    bomy = adherent()
    ecrire = {"adherent": bomy, "par": PLATEFORME, "maintenant": LUNDI}
    simple = services.ecrire_contact(
        personne=services.Personne("contact", "Yvette Cordier"), **ecrire
    )
    maire = services.ecrire_contact(
        personne=services.Personne("signataire", "Hélène Duriez"), **ecrire
    )

    for contact in (simple, maire):
        services.retirer_contact(contact=contact, par=PLATEFORME, maintenant=LUNDI)

    assert [(contact.nom, contact.jusqu_au) for contact in Contact.objects.all()] == [
        ("Hélène Duriez", LUNDI.date())
    ]


def test_ne_signe_que_qui_en_a_le_pouvoir_ce_jour_la():
    bomy = adherent()
    demain = LUNDI.date() + timedelta(days=1)
    adjointe = services.Personne(
        "delegation", "Yvette Cordier", depuis_le=demain, acte="Arrêté 2026-12"
    )
    services.ecrire_contact(adherent=bomy, personne=adjointe, par=PLATEFORME, maintenant=LUNDI)

    assert queries.signataires(bomy, LUNDI.date()) == []
    assert [contact.nom for contact in queries.signataires(bomy, demain)] == ["Yvette Cordier"]


def test_une_autre_personne_peut_corriger_la_declaration():
    bomy = adherent()
    declarer(bomy, 300)

    corrige = declarer(bomy, 301, par=personne("Bernard Lefebvre"))

    assert corrige.declare_par.nom == "Bernard Lefebvre"
