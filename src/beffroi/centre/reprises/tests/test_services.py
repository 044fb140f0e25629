"""Du tableur à la convention active : ce que les actes font, refusent, et notent au journal."""

from datetime import timedelta

import pytest

from beffroi.centre.adherents.models import Adherent, Effectif
from beffroi.centre.conventions.models import Convention
from beffroi.centre.conventions.tests import gestes as conventions
from beffroi.centre.reprises.models import CopieDeReprise, LigneDeReprise, Vague
from beffroi.centre.reprises.services import copies, depot, lignes, vagues
from beffroi.centre.reprises.tests import gestes
from beffroi.personnes.comptes.tests.personnes import LUNDI, avec_second_facteur, personne
from beffroi.personnes.organismes.models import Habilitation, HabilitationEnAttente, Organisme
from beffroi.personnes.organismes.services import habiliter
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.fondations.taches import vider_la_file
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.queries import histoire

pytestmark = pytest.mark.django_db
AUJOURD_HUI = LUNDI.date()


@pytest.fixture
def benoit(db):
    return gestes.gestionnaire()


def actes(sujet: str) -> list[str]:
    return [ecriture.acte for ecriture in histoire(sujet)]


@pytest.mark.moteurs
def test_deposer_ne_cree_ni_adherent_ni_convention_ni_courriel(benoit):
    reprise = gestes.deposee(benoit)

    assert gestes.plan(reprise).toutes_pretes == 2
    assert not Adherent.objects.exists() and not Convention.objects.exists()
    assert not Courriel.objects.exists()
    assert actes(reprise.reference) == ["reprise.deposer"]


def test_un_fichier_illisible_nomme_sa_premiere_ligne_et_ne_garde_rien(benoit):
    octets = gestes.tableur(gestes.ligne(1)) + b"\r\n\x00\x01\x02;x"

    with pytest.raises(RegleEnfreinte, match="La ligne 3 ne se lit pas"):
        depot.deposer(nom="a.csv", octets=octets, par=benoit, maintenant=LUNDI)
    assert not LigneDeReprise.objects.exists()


def test_les_accents_de_windows_se_lisent(benoit):
    octets = gestes.tableur(gestes.ligne(1, nom="Commune d'Étaples")).decode().encode("cp1252")

    reprise = depot.deposer(nom="a.csv", octets=octets, par=benoit, maintenant=LUNDI)
    assert gestes.premiere(reprise).valeurs["nom"] == "Commune d'Étaples"


def test_les_autres_colonnes_sont_gardees_et_ignorees(benoit):
    reprise = gestes.deposee(benoit)

    assert gestes.premiere(reprise).autres == {"Observations": "à rappeler le mardi"}
    assert reprise.ignorees == ["Observations"]


@pytest.mark.moteurs
def test_une_case_se_corrige_ici(benoit):
    reprise = gestes.deposee(benoit, gestes.ligne(1, courriel="mairie"))
    assert gestes.plan(reprise).a_corriger == 1

    cases = {2: {"courriel": "mairie@champ.example"}}
    depot.corriger(reprise=reprise, cases=cases, gardees={}, par=benoit, maintenant=LUNDI)
    assert gestes.plan(reprise).toutes_pretes == 1
    assert actes(reprise.reference)[-1] == "reprise.corriger"


def test_deux_lignes_pour_un_siren_se_departagent(benoit):
    reprise = gestes.deposee(benoit, gestes.ligne(1), gestes.ligne(1, signee_le="01/02/2026"))
    (doublon,) = gestes.plan(reprise).doublons

    gardees = {doublon.siren: 3}
    depot.corriger(reprise=reprise, cases={}, gardees=gardees, par=benoit, maintenant=LUNDI)
    plan = gestes.plan(reprise)
    assert [une.numero for une in plan.pretes] == [3]
    assert plan.laissees[0][1] == "Doublon : la ligne 3 a été gardée."


@pytest.mark.moteurs
def test_une_ligne_se_laisse_et_se_reprend(benoit):
    reprise = gestes.deposee(benoit)

    depot.laisser(reprise=reprise, numero=2, par=benoit, maintenant=LUNDI)
    assert len(gestes.plan(reprise).laissees) == 1
    depot.laisser(reprise=reprise, numero=2, par=benoit, maintenant=LUNDI)
    assert gestes.plan(reprise).toutes_pretes == 2


@pytest.mark.moteurs
def test_un_tableur_numerote_ne_remplace_que_ses_lignes(benoit):
    reprise = gestes.deposee(benoit, gestes.ligne(1, courriel="faux"), gestes.ligne(2))
    octets = f"Ligne;{gestes.ENTETES}\n2;{gestes.ligne(1)}\n".encode()

    depot.redeposer(reprise=reprise, nom="b.csv", octets=octets, par=benoit, maintenant=LUNDI)
    assert gestes.plan(reprise).toutes_pretes == 2 and gestes.plan(reprise).lues == 2


def test_un_numero_de_ligne_inconnu_ne_change_rien(benoit):
    reprise = gestes.deposee(benoit)
    octets = f"Ligne;{gestes.ENTETES}\n2;{gestes.ligne(7)}\n99;{gestes.ligne(8)}\n".encode()

    with pytest.raises(RegleEnfreinte, match="99"):
        depot.redeposer(reprise=reprise, nom="b.csv", octets=octets, par=benoit, maintenant=LUNDI)
    assert gestes.premiere(reprise).valeurs["nom"] == "Commune de Champ-1"


# ---------------------------------------------------------------- les copies


@pytest.mark.moteurs
def test_une_copie_trouve_sa_ligne_par_son_nom(benoit):
    reprise = gestes.deposee(benoit, gestes.ligne(1, copie="Chàmp-1.PDF"))

    jointes = copies.joindre(
        reprise=reprise, flux=gestes.zip_de(champ_1=gestes.PDF), par=benoit, maintenant=LUNDI
    )
    assert (jointes.gardees, jointes.refusees) == (1, 0)
    assert gestes.plan(reprise).avec_copie == 1


def test_deux_copies_identiques_sont_refusees_toutes_deux(benoit):
    reprise = gestes.deposee(benoit)
    flux = gestes.zip_de(champ_1=gestes.PDF, champ_2=gestes.PDF)

    copies.joindre(reprise=reprise, flux=flux, par=benoit, maintenant=LUNDI)
    phrases = set(CopieDeReprise.objects.values_list("refus", flat=True))
    assert len(phrases) == 1 and "2 fois dans le ZIP" in phrases.pop()


def test_l_exemplaire_envoye_a_signer_n_est_pas_une_copie_signee(benoit):
    conventions.decider_de_tout(benoit)
    piece = conventions.deliberee().pieces.exclude(modele="").filter(nom__endswith=".pdf")[0]
    from beffroi.socle.fondations.stockage import stockage

    with stockage().lire(piece.cle_de_stockage) as flux:
        envoye = flux.read()
    reprise = gestes.deposee(benoit)
    copies.joindre(
        reprise=reprise, flux=gestes.zip_de(champ_1=envoye), par=benoit, maintenant=LUNDI
    )
    assert CopieDeReprise.objects.get().refus == (
        "Ce fichier est celui envoyé à signer, il ne porte aucune signature."
    )


# ---------------------------------------------------------------- les vagues


@pytest.mark.moteurs
def test_activer_fait_l_adherent_la_convention_l_effectif_et_l_invitation(benoit):
    reprise = gestes.deposee(benoit)
    flux = gestes.zip_de(champ_1=gestes.PDF + b"1", champ_2=gestes.PDF + b"2")
    copies.joindre(reprise=reprise, flux=flux, par=benoit, maintenant=LUNDI)
    gestes.activee(reprise, benoit)

    une = Convention.objects.get(adherent__siren=gestes.siret(1)[:9])
    assert une.etat == "active" and une.reprise_le is not None and f"{une.terme}" == "2029-06-30"
    assert une.signee_par_l_adherent_le is None and f"{une.signee_ailleurs_le}" == "2026-06-10"
    assert [piece.sorte for piece in une.pieces.all()] == ["copie_signee"]
    assert Effectif.objects.get(adherent=une.adherent).agents == 12
    assert HabilitationEnAttente.objects.filter(organisme=une.adherent.organisme).count() == 1


@pytest.mark.moteurs
def test_une_ligne_deja_reprise_ne_se_reprend_pas(benoit):
    reprise = gestes.deposee(benoit, gestes.ligne(1))
    gestes.activee(reprise, benoit)

    lignes.reprendre_une_ligne(ligne=gestes.premiere(reprise), maintenant=LUNDI)
    assert Convention.objects.count() == 1
    assert Courriel.objects.filter(cle__startswith="attente/").count() == 1


@pytest.mark.moteurs
def test_une_ligne_refusee_revient_a_corriger_et_les_autres_passent(benoit):
    reprise = gestes.deposee(benoit)
    vague = gestes.composee(reprise, benoit)
    conventions.demande(
        conventions.adherents.adherent(
            siren=gestes.siret(1)[:9], siret=gestes.siret(1), nom="Champ"
        )
    )
    vagues.activer(vague=vague, par=benoit, maintenant=LUNDI)
    vider_la_file(limite=1)

    plan = gestes.plan(reprise)
    assert len(plan.reprises) == 1 and "Déjà ici" in plan.laissees[0][1]
    assert plan.lues == plan.toutes_pretes + plan.a_corriger + len(plan.laissees)


@pytest.mark.moteurs
def test_une_vague_ne_part_ni_deux_fois_ni_avant_son_jour(benoit):
    reprise = gestes.deposee(benoit)
    vague = gestes.activee(reprise, benoit)
    with pytest.raises(ConflitEtat, match="Benoît Roussel a déjà activé la vague 1"):
        vagues.activer(vague=vague, par=benoit, maintenant=LUNDI)

    autre = gestes.deposee(benoit, gestes.ligne(5))
    demain = vagues.composer(
        reprise=autre,
        nom="",
        le=AUJOURD_HUI + timedelta(days=1),
        premieres=1,
        par=benoit,
        maintenant=LUNDI,
    )
    with pytest.raises(RegleEnfreinte, match="prévue le"):
        vagues.activer(vague=demain, par=benoit, maintenant=LUNDI)


def test_une_vague_attend_la_precedente(benoit):
    reprise = gestes.deposee(benoit)
    gestes.composee(reprise, benoit, premieres=1)
    seconde = gestes.composee(reprise, benoit, premieres=1)

    with pytest.raises(RegleEnfreinte, match="La vague 1 n'est pas terminée"):
        vagues.activer(vague=seconde, par=benoit, maintenant=LUNDI)


@pytest.mark.moteurs
def test_une_vague_defaite_libere_ses_lignes(benoit):
    reprise = gestes.deposee(benoit)
    vague = gestes.composee(reprise, benoit)

    vagues.defaire(vague=vague, par=benoit, maintenant=LUNDI)
    assert len(gestes.plan(reprise).pretes) == 2
    with pytest.raises(ConflitEtat, match="défaite"):
        vagues.activer(vague=vague, par=benoit, maintenant=LUNDI)


@pytest.mark.moteurs
def test_relancer_ne_confie_que_ce_qui_reste(benoit):
    reprise = gestes.deposee(benoit)
    vague = gestes.composee(reprise, benoit)
    vagues.activer(vague=vague, par=benoit, maintenant=LUNDI)
    lignes.reprendre_une_ligne(ligne=gestes.premiere(reprise), maintenant=LUNDI)

    assert vagues.relancer(vague=vague, par=benoit, maintenant=LUNDI) == 1


@pytest.mark.moteurs
def test_noter_un_refus_sort_la_ligne_de_la_vague(benoit):
    reprise = gestes.deposee(benoit)
    vagues.activer(vague=gestes.composee(reprise, benoit), par=benoit, maintenant=LUNDI)

    lignes.noter_un_refus(
        ligne=gestes.premiere(reprise), pourquoi="Il manque le SIRET.", maintenant=LUNDI
    )
    assert gestes.premiere(reprise).vague is None
    assert gestes.plan(reprise).fautives[0].jugee.fautes[0].phrase == "Il manque le SIRET."


# ---------------------------------------------------------------- annuler


def annulee(vague: Vague, par) -> None:
    vagues.annuler(vague=vague, motif="Mauvais tableur.", par=par, maintenant=LUNDI)
    vider_la_file()


@pytest.mark.moteurs
def test_annuler_clot_eteint_l_invitation_et_rend_la_ligne(benoit):
    reprise = gestes.deposee(benoit)
    annulee(gestes.activee(reprise, benoit), benoit)

    assert set(Convention.objects.values_list("etat", flat=True)) == {"close"}
    assert not HabilitationEnAttente.objects.exists()
    assert not Organisme.objects.filter(peut_creer_des_consultations=True, role="acheteur")
    assert len(gestes.plan(reprise).pretes) == 2
    assert actes(reprise.reference).count("reprise.annuler_une_ligne") == 2


def test_une_vague_annulee_se_refait_et_invite_de_nouveau(benoit):
    reprise = gestes.deposee(benoit, gestes.ligne(1))
    annulee(gestes.activee(reprise, benoit), benoit)
    gestes.activee(reprise, benoit)

    assert Convention.objects.filter(etat="active").count() == 1
    assert HabilitationEnAttente.objects.count() == 1
    assert Organisme.objects.get(role="acheteur").peut_creer_des_consultations


@pytest.mark.moteurs
def test_ou_quelqu_un_est_venu_la_convention_reste(benoit):
    reprise = gestes.deposee(benoit)
    vague = gestes.activee(reprise, benoit)
    venue = Convention.objects.order_by("pk")[0]
    habiliter(
        organisme=venue.adherent.organisme,
        utilisateur=avec_second_facteur(personne("Odile Venue")),
        roles=[Habilitation.Role.ADMINISTRATEUR],
        par=PLATEFORME,
        maintenant=LUNDI,
    )
    annulee(vague, benoit)

    assert sorted(Convention.objects.values_list("etat", flat=True)) == ["active", "close"]
    with pytest.raises(RegleEnfreinte, match="déjà ouvert son accès"):
        lignes.annuler_une_ligne(
            ligne=LigneDeReprise.objects.get(convention=venue), par=benoit, maintenant=LUNDI
        )
