"""De la demande à l'activation : ce que les actes font, refusent et notent au journal."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from beffroi.centre.adherents.ports import etats_des_conventions
from beffroi.centre.conventions import actes, queries
from beffroi.centre.conventions.models import Convention, PieceDeConvention
from beffroi.centre.conventions.services import cycle
from beffroi.centre.conventions.services.parametres import decider
from beffroi.centre.conventions.services.pieces import Fichier
from beffroi.centre.conventions.tests import gestes
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.tests.personnes import LUNDI, ouvrir_le_lien
from beffroi.personnes.organismes.models import Habilitation, HabilitationEnAttente
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.fondations.stockage import empreinte_gardee
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.queries import histoire
from formats.document.plan import lignes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def centre(db):
    return gestes.le_centre()


def sortes(convention: Convention) -> list[str]:
    return sorted(convention.pieces.values_list("sorte", flat=True))


def test_un_adherent_n_a_qu_une_convention_en_vie():
    adherent = gestes.bomy()
    gestes.demande(adherent)

    with pytest.raises(RegleEnfreinte, match="déjà une convention"):
        gestes.demande(adherent)


def test_la_base_refuse_une_seconde_convention_en_vie():
    convention = gestes.demande()

    with pytest.raises(IntegrityError), transaction.atomic():
        Convention.objects.create(adherent=convention.adherent, demandee_le=LUNDI)


@pytest.mark.moteurs
def test_une_demande_ecartee_laisse_la_place_a_une_autre():
    convention = gestes.demande()
    cycle.ecarter(
        convention=convention, motif="sans suite de leur part", par=PLATEFORME, maintenant=LUNDI
    )

    assert gestes.demande(convention.adherent).etat == "demande"


def test_le_projet_garde_le_tribunal_et_le_comptable_du_jour():
    convention = gestes.projet()

    assert convention.etat == "projet"
    assert (
        "Tribunal Administratif de Lille" in convention.tribunal
        and "Augustin Caron" in convention.comptable
    )


def test_le_projet_part_avec_ses_annexes_en_pdf_et_en_odt():
    convention = gestes.envoyee()

    assert sortes(convention) == ["annexe", "annexe", "annexe", "projet", "projet"]
    courriel = Courriel.objects.get(destinataire="martine@bomy.example")
    assert [piece["nom"].rpartition(".")[2] for piece in courriel.pieces] == [
        "pdf",
        "odt",
        "pdf",
        "pdf",
        "pdf",
    ]


def test_un_projet_sans_signataire_ne_part_pas_et_dit_ce_qui_manque():
    convention = gestes.projet(acte=replace(gestes.ACTE, signataire=""))

    with pytest.raises(RegleEnfreinte, match="la qualité du signataire de l'adhérent"):
        gestes.envoyee(convention)
    assert convention.pieces.count() == 0


@pytest.mark.moteurs
def test_sans_grille_decidee_le_projet_ne_part_pas():
    convention = gestes.projet()
    queries.ParametreDate.objects.filter(nom="grille").delete()

    with pytest.raises(RegleEnfreinte, match="la grille des contributions"):
        gestes.envoyee(convention)


def test_l_exemplaire_a_signer_se_produit_sans_un_blanc_a_la_deliberation():
    convention = gestes.deliberee()

    assert (
        sortes(convention).count("exemplaire") == 2
        and sortes(convention).count("deliberation") == 1
    )
    piece = convention.pieces.get(sorte="exemplaire", nom__endswith=".pdf")
    assert (
        piece.modele == "convention.1" and empreinte_gardee(piece.cle_de_stockage) == piece.sha256
    )


def test_le_journal_engage_l_empreinte_de_chaque_piece():
    convention = gestes.deliberee()
    piece = convention.pieces.get(sorte="deliberation")

    assert any(piece.sha256 in ecriture.contenu for ecriture in histoire(convention.reference))


def test_une_deliberation_a_venir_se_refuse_et_rien_ne_change():
    convention = gestes.envoyee()

    with pytest.raises(RegleEnfreinte, match="datée de l'avenir"):
        gestes.deliberee(convention, prise_le=date(2026, 11, 3), executoire_le=date(2026, 11, 3))
    assert Convention.objects.get().etat == "chez_la_collectivite"
    assert not PieceDeConvention.objects.filter(sorte="deliberation").exists()


def test_une_seule_signature_ne_suffit_pas():
    convention = gestes.une_signature(gestes.deliberee(), "adherent", date(2026, 10, 7))

    assert convention.etat == "deliberation_recue" and convention.prise_d_effet is None


def test_la_seconde_signature_fixe_la_prise_d_effet_et_le_terme():
    convention = gestes.signee()

    assert convention.etat == "signee"
    assert (convention.prise_d_effet, convention.terme) == (date(2026, 10, 12), date(2029, 10, 11))


def test_l_ordre_des_signatures_ne_change_pas_la_prise_d_effet():
    convention = gestes.une_signature(gestes.deliberee(), "centre", date(2026, 10, 12))

    assert gestes.une_signature(convention, "adherent", date(2026, 10, 7)).prise_d_effet == date(
        2026, 10, 12
    )


def test_une_signature_avant_la_deliberation_se_refuse():
    with pytest.raises(RegleEnfreinte, match="avant la délibération"):
        gestes.une_signature(gestes.deliberee(), "adherent", date(2026, 9, 30))


def test_une_partie_ne_signe_pas_deux_fois():
    convention = gestes.une_signature(gestes.deliberee(), "adherent", date(2026, 10, 7))

    with pytest.raises(ConflitEtat, match="déjà signé"):
        gestes.une_signature(convention, "adherent", date(2026, 10, 8))


def test_un_programme_n_est_pas_une_convention_signee():
    programme = Fichier("convention.exe", b"MZ")
    signature = cycle.Signature("centre", date(2026, 10, 7), programme, gestes.VU)

    with pytest.raises(RegleEnfreinte, match="programme"):
        cycle.signer(
            convention=gestes.deliberee(), signature=signature, par=PLATEFORME, maintenant=LUNDI
        )


def test_la_base_refuse_un_effet_avant_la_deliberation_executoire():
    convention = gestes.signee()

    with pytest.raises(IntegrityError), transaction.atomic():
        Convention.objects.filter(pk=convention.pk).update(prise_d_effet=date(2026, 10, 4))


def test_l_activation_ouvre_l_organisme_et_invite_l_interlocuteur():
    convention = gestes.active()

    organisme = Convention.objects.get(pk=convention.pk).adherent.organisme
    assert (
        convention.etat == "active"
        and organisme is not None
        and organisme.siret == gestes.SIRET_DE_BOMY
    )
    attente = HabilitationEnAttente.objects.get(organisme=organisme)
    assert (attente.attendue.courriel, attente.roles) == (
        "martine@bomy.example",
        ["administrateur"],
    )
    martine = ouvrir_le_lien("martine@bomy.example")
    assert Habilitation.objects.get(utilisateur=martine, organisme=organisme).roles == [
        "administrateur"
    ]


def test_sans_siret_l_activation_attend_et_rien_n_est_fait_a_moitie():
    adherent = gestes.adherents.adherent(siren=gestes.SIRET_DE_BOMY[:9])
    convention = gestes.signee(
        gestes.deliberee(gestes.envoyee(gestes.projet(gestes.demande(adherent))))
    )

    with pytest.raises(RegleEnfreinte, match="SIRET"):
        gestes.active(convention)
    assert (
        Convention.objects.get().etat == "signee"
        and not Utilisateur.objects.filter(nom="Martine Caron").exists()
    )


def test_une_convention_signee_ne_se_reprend_pas():
    with pytest.raises(ConflitEtat):
        cycle.reprendre(
            convention=gestes.signee(), motif="autre nom", par=PLATEFORME, maintenant=LUNDI
        )


def test_reprendre_un_projet_oublie_la_deliberation_et_les_signatures():
    convention = gestes.une_signature(gestes.deliberee(), "adherent", date(2026, 10, 7))
    reprise = cycle.reprendre(
        convention=convention, motif="le maire a changé", par=PLATEFORME, maintenant=LUNDI
    )

    assert reprise.etat == "projet"
    assert (reprise.deliberation_date, reprise.signee_par_l_adherent_le) == (None, None)


@pytest.mark.moteurs
def test_une_relance_part_une_fois_par_jour():
    convention = cycle.relancer(convention=gestes.envoyee(), par=PLATEFORME, maintenant=LUNDI)

    with pytest.raises(RegleEnfreinte, match="déjà partie"):
        cycle.relancer(convention=convention, par=PLATEFORME, maintenant=LUNDI)
    assert Courriel.objects.filter(cle__startswith="convention:relance:").count() == 1


def test_un_parametre_nouveau_vaut_a_partir_de_son_jour_et_laisse_les_anciens():
    benoit = Utilisateur.objects.get(nom="Benoît Roussel")
    decider(
        nom="sigle",
        valeur="CDG 62",
        effet_le=date(2027, 1, 1),
        deliberation="",
        par=benoit,
        maintenant=LUNDI,
    )

    assert queries.parametres_en_vigueur(date(2026, 12, 31))["sigle"] == "Cdg62"
    assert queries.parametres_en_vigueur(date(2027, 1, 1))["sigle"] == "CDG 62"


def test_une_grille_mal_ecrite_se_refuse_a_sa_ligne():
    benoit = Utilisateur.objects.get(nom="Benoît Roussel")

    with pytest.raises(RegleEnfreinte, match="Ligne 2"):
        decider(
            nom="grille",
            valeur="Tranche 1 | 0 | Gratuit | 1 €\nTranche 2",
            effet_le=date(2027, 1, 1),
            deliberation="",
            par=benoit,
            maintenant=LUNDI,
        )


def test_l_exercice_liste_les_conventions_qui_y_courent_en_une_lecture(django_assert_num_queries):
    convention = gestes.active()

    with django_assert_num_queries(1):
        [ligne] = queries.conventions_de_l_exercice(2026)
        assert ligne.adherent.nom == "Commune de Bomy"
    assert (ligne.reference, ligne.debut, ligne.fin) == (
        convention.reference,
        date(2026, 10, 12),
        None,
    )
    assert (ligne.fin_pour_impaye, ligne.volume_estime) == (False, 4)
    assert queries.conventions_de_l_exercice(2025) == []


def test_une_convention_signee_mais_pas_active_n_est_pas_de_l_exercice():
    gestes.signee()

    assert queries.conventions_de_l_exercice(2026) == []


def test_l_annuaire_dit_ou_en_est_chaque_convention_en_une_lecture(django_assert_num_queries):
    convention = gestes.active()
    autre = gestes.adherents.adherent("216200535", "Commune d'Audincthun")

    with django_assert_num_queries(1):
        etats = etats_des_conventions([convention.adherent, autre], le=LUNDI)
    assert {siren: (etat.ton, etat.mot) for siren, etat in etats.items()} == {
        "216201558": ("ok", "Active")
    }


def test_un_ccas_est_une_personne_a_part_et_a_sa_propre_convention():
    commune = gestes.demande()
    ccas = gestes.demande(
        gestes.adherents.adherent("266201003", "CCAS de Bomy", "ccas", rattache_a=commune.adherent)
    )

    assert ccas.reference != commune.reference and ccas.adherent != commune.adherent


@pytest.mark.parametrize("fondement", Convention.Fondement.values)
def test_le_fondement_choisi_est_au_visa_de_la_convention(fondement):
    convention = gestes.projet(acte=replace(gestes.ACTE, fondement=fondement))
    _, document = actes.acte("convention", convention, maintenant=LUNDI)

    assert f"article {fondement[0]}.{fondement[1:]}" in " ".join(lignes(document))
