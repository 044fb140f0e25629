"""Prouver, constater, poster, révoquer, rouvrir : les actes, leur écriture, ce qui s'en dit."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from beffroi.personnes.comptes.tests.personnes import personne
from beffroi.personnes.entreprises import queries as entreprises
from beffroi.personnes.entreprises.models import Membre
from beffroi.personnes.entreprises.services import detacher_membre
from beffroi.personnes.entreprises.tests.gestes import inscrit, reconnu, reconnu_autrefois
from beffroi.personnes.niveaux import queries, rules, services
from beffroi.personnes.niveaux.models import Defi, LettreDeCode, PreuveDEntreprise
from beffroi.personnes.niveaux.queries import Point, faits_de
from beffroi.personnes.niveaux.rules import Niveau
from beffroi.personnes.niveaux.services import lettres
from beffroi.personnes.niveaux.tests import gestes
from beffroi.personnes.niveaux.tests.gestes import BONNE, FRERE, LE, SIRET
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db
AVANT = LE - timedelta(days=30)


@pytest.fixture
def sophie() -> Membre:
    return inscrit(personne("Sophie Merlin"), le=AVANT)


@pytest.fixture
def jean():
    """Du centre de gestion."""
    return personne("Jean Dubois", courriel="jean@centre.example")


def niveau(membre, le=LE):
    return faits_de([Point(membre.equipe, membre.utilisateur_id, le)])[0].niveau


# ---------------------------------------------------------------- le défi


def test_un_defi_releve_prouve_l_equipe_l_inscrit_et_le_dit_a_chacun(sophie):
    kevin = reconnu(personne("Kevin Masson"), sophie, le=AVANT)
    gestes.prouver(sophie)

    assert niveau(sophie) is niveau(kevin) is Niveau.PROUVEE
    assert Ecriture.objects.filter(
        acte="equipe.prouver_par_certificat", sujet=sophie.equipe.reference
    ).exists()
    assert Courriel.objects.filter(cle__startswith="preuve/").count() == 2


def test_un_defi_ne_sert_qu_une_fois(sophie):
    defi = services.lancer_un_defi(membre=sophie, maintenant=LE)
    services.relever_le_defi(rendu=gestes.rendu(defi), membre=sophie, maintenant=LE)

    with pytest.raises(RegleEnfreinte, match="déjà servi"):
        services.relever_le_defi(rendu=gestes.rendu(defi), membre=sophie, maintenant=LE)


def test_un_defi_d_une_autre_equipe_du_meme_siret_ne_prouve_rien(sophie):
    mallory = inscrit(personne("Mallory Intruse"), le=AVANT)
    defi = services.lancer_un_defi(membre=sophie, maintenant=LE)

    with pytest.raises(RegleEnfreinte, match="autre équipe"):
        services.relever_le_defi(rendu=gestes.rendu(defi), membre=mallory, maintenant=LE)
    assert niveau(mallory) is Niveau.ADRESSE_PROUVEE


def test_un_defi_rendu_trop_tard_se_dit_et_s_oublie_bien_apres(sophie):
    defi = services.lancer_un_defi(membre=sophie, maintenant=LE)
    tard = LE + rules.DUREE_D_UN_DEFI

    with pytest.raises(RegleEnfreinte, match="a expiré"):
        services.relever_le_defi(rendu=gestes.rendu(defi), membre=sophie, maintenant=tard)
    assert services.oublier_les_defis(le=tard) == 0
    assert services.oublier_les_defis(le=tard + timedelta(days=61)) == 1


def test_un_fichier_inconnu_se_dit_et_rien_ne_s_inscrit(sophie):
    avant = Ecriture.objects.count()
    with pytest.raises(RegleEnfreinte, match="n'est pas un défi"):
        services.relever_le_defi(rendu=gestes.rendu(None), membre=sophie, maintenant=LE)

    assert Ecriture.objects.count() == avant


def test_un_certificat_refuse_laisse_le_defi_a_signer_de_nouveau(sophie):
    defi = services.lancer_un_defi(membre=sophie, maintenant=LE)
    revoque = gestes.rendu(defi, replace(BONNE, sous_indication="REVOKED"))
    with pytest.raises(RegleEnfreinte, match="révoqué"):
        services.relever_le_defi(rendu=revoque, membre=sophie, maintenant=LE)

    assert services.relever_le_defi(rendu=gestes.rendu(defi), membre=sophie, maintenant=LE)


def test_qui_a_quitte_l_equipe_ne_la_prouve_plus(sophie):
    defi = services.lancer_un_defi(membre=sophie, maintenant=LE)
    detacher_membre(membre=sophie, par=sophie.utilisateur.acteur, maintenant=LE)

    with pytest.raises(ConflitEtat):
        services.relever_le_defi(rendu=gestes.rendu(defi), membre=sophie, maintenant=LE)


def test_les_defis_d_un_jour_sont_comptes(sophie, monkeypatch):
    monkeypatch.setattr("beffroi.personnes.niveaux.services.defis.DEFIS_PAR_JOUR", 1)
    services.lancer_un_defi(membre=sophie, maintenant=LE)

    with pytest.raises(RegleEnfreinte, match="reprenez demain"):
        services.lancer_un_defi(membre=sophie, maintenant=LE)
    assert Defi.objects.count() == 1


# ---------------------------------------------------------------- les faits, alors et maintenant


def test_ce_qui_etait_etabli_au_depot_ne_change_plus_quand_la_preuve_vient_apres(sophie):
    gestes.prouver(sophie)

    assert niveau(sophie, LE - timedelta(minutes=1)) is Niveau.ADRESSE_PROUVEE
    assert niveau(sophie, LE) is Niveau.PROUVEE


def test_une_preuve_revoquee_ne_vaut_plus_mais_elle_valait(sophie, jean):
    preuve = gestes.prouver(sophie)
    demain = LE + timedelta(days=1)
    services.revoquer(preuve=preuve, motif="Société radiée", par=jean, maintenant=demain)

    assert niveau(sophie, LE) is Niveau.PROUVEE
    assert niveau(sophie, demain) is Niveau.ADRESSE_PROUVEE
    assert "Société radiée" in Courriel.objects.get(cle__startswith="revocation/").texte


def test_une_preuve_finit_a_son_terme(sophie):
    gestes.prouver(sophie)
    fin = LE + rules.DUREE_D_UNE_PREUVE

    assert niveau(sophie, fin - timedelta(seconds=1)) is Niveau.PROUVEE
    assert niveau(sophie, fin) is Niveau.ADRESSE_PROUVEE


def test_deux_comptes_sans_adresse_prouvee_ne_se_reconnaissent_pas_pour_l_acheteur(sophie):
    faux = reconnu_autrefois(personne("Paul Faux", verifiee=False), sophie, le=AVANT)

    assert niveau(faux) is Niveau.RECONNUE  # par Sophie, dont l'adresse est prouvée
    assert niveau(sophie) is Niveau.ADRESSE_PROUVEE


def test_un_collegue_parti_ne_reconnait_plus_personne(sophie):
    kevin = reconnu(personne("Kevin Masson"), sophie, le=AVANT)
    detacher_membre(membre=kevin, par=kevin.utilisateur.acteur, maintenant=LE)

    assert niveau(sophie, LE - timedelta(hours=1)) is Niveau.RECONNUE
    assert niveau(sophie, LE + timedelta(hours=1)) is Niveau.ADRESSE_PROUVEE


def test_la_preuve_d_une_equipe_n_eclaire_pas_celle_d_a_cote(sophie):
    mallory = inscrit(personne("Mallory Intruse"), le=AVANT)
    gestes.prouver(sophie)

    assert niveau(mallory) is Niveau.ADRESSE_PROUVEE


# ---------------------------------------------------------------- le centre


def test_le_centre_constate_sur_pieces_et_n_en_garde_que_la_description(sophie, jean):
    preuve = gestes.constater(sophie.equipe, jean)

    assert (preuve.moyen, preuve.precision) == ("pieces", "Kbis du 3 novembre 2026")
    assert niveau(sophie) is Niveau.PROUVEE
    with pytest.raises(RegleEnfreinte, match="déjà prouvée"):
        gestes.constater(sophie.equipe, jean)


def test_une_equipe_vide_se_rouvre_sur_pieces_et_ceux_d_avant_l_apprennent(sophie, jean):
    detacher_membre(membre=sophie, par=sophie.utilisateur.acteur, maintenant=AVANT)
    kevin = personne("Kevin Masson")
    membre = rouvrir(sophie.equipe, kevin, jean)

    assert entreprises.est_de(kevin, sophie.equipe) and membre.reconnu_par == jean
    assert niveau(membre) is Niveau.PROUVEE
    ecrits = Courriel.objects.filter(cle__startswith="rouverte/")
    assert {un.destinataire for un in ecrits} == {"sophie@atelier.example", "kevin@atelier.example"}
    assert Ecriture.objects.filter(acte="equipe.rouvrir", sujet=sophie.equipe.reference).exists()


def rouvrir(equipe, qui, par, pieces="Kbis, pièce d'identité de la gérante"):
    return services.rouvrir(equipe=equipe, personne=qui, pieces=pieces, par=par, maintenant=LE)


def test_une_equipe_habitee_ne_se_rouvre_a_personne(sophie, jean):
    kevin = personne("Kevin Masson")
    with pytest.raises(RegleEnfreinte, match="encore dans cette équipe"):
        rouvrir(sophie.equipe, kevin, jean)

    assert not entreprises.est_de(kevin, sophie.equipe)


@pytest.mark.parametrize(
    ("qui", "pieces", "dit"),
    [
        (lambda jean: personne("Paul Faux", verifiee=False), "Kbis", "pas prouvé son adresse"),
        (lambda jean: jean, "Kbis", "soi-même"),
        (lambda jean: None, "Kbis", "Aucun compte"),
        (lambda jean: personne("Kevin Masson"), "  ", "quelles pièces"),
    ],
)
def test_on_ne_rouvre_ni_sans_piece_ni_sans_adresse_ni_a_soi(sophie, jean, qui, pieces, dit):
    detacher_membre(membre=sophie, par=sophie.utilisateur.acteur, maintenant=AVANT)

    with pytest.raises(RegleEnfreinte, match=dit):
        rouvrir(sophie.equipe, qui(jean), jean, pieces)


# ---------------------------------------------------------------- la lettre


@pytest.fixture
def code(sophie, jean, monkeypatch):
    """Celui qui est sur la lettre, et là seulement."""
    composees = []
    monkeypatch.setattr(
        lettres.lettre, "composer", lambda demandee, *, code, maintenant: composees.append(code)
    )
    demandee = services.demander_une_lettre(membre=sophie, maintenant=LE)
    services.imprimer_la_lettre(
        demandee=demandee, adresse="1 place du Jeu\n62960 Bomy", par=jean, maintenant=LE
    )
    return composees[0]


def test_le_code_de_la_lettre_prouve_l_equipe(sophie, code):
    preuve = services.taper_le_code(
        membre=sophie, code=f" {code[:4]} {code[4:].lower()}", maintenant=LE
    )

    assert preuve.moyen == "courrier" and "1 place du Jeu 62960 Bomy" in preuve.precision
    assert niveau(sophie) is Niveau.PROUVEE
    with pytest.raises(RegleEnfreinte, match="Aucune lettre"):
        services.taper_le_code(membre=sophie, code=code, maintenant=LE)


def test_une_lettre_en_route_survit_a_une_cle_du_service_changee(sophie, code, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "une toute autre clé"

    assert services.taper_le_code(membre=sophie, code=code, maintenant=LE).moyen == "courrier"


def test_cinq_codes_faux_epuisent_la_lettre_et_le_bon_vient_trop_tard(sophie, code):
    for _ in range(rules.ESSAIS_D_UN_CODE):
        with pytest.raises(services.CodeFaux):
            services.taper_le_code(membre=sophie, code="AAAA", maintenant=LE)

    with pytest.raises(RegleEnfreinte, match="mal tapé 5 fois"):
        services.taper_le_code(membre=sophie, code=code, maintenant=LE)


def test_la_base_et_le_journal_ne_gardent_pas_le_code(sophie, code):
    lettre = LettreDeCode.objects.get()
    ecrit = " ".join(str(une.contenu) for une in Ecriture.objects.all())

    assert code not in str(lettre.__dict__) and code not in ecrit
    assert re.fullmatch(r"[0-9a-f]{64}", lettre.empreinte_du_code)


def test_un_code_ne_vaut_que_pour_l_equipe_qui_l_attend(sophie, code):
    mallory = inscrit(personne("Mallory Intruse"), le=AVANT)

    with pytest.raises(RegleEnfreinte, match="Aucune lettre"):
        services.taper_le_code(membre=mallory, code=code, maintenant=LE)


def test_un_code_expire_se_clot_de_lui_meme(sophie, code):
    tard = LE + rules.DUREE_D_UN_CODE
    with pytest.raises(RegleEnfreinte, match="a expiré"):
        services.taper_le_code(membre=sophie, code=code, maintenant=tard)
    services.oublier_les_lettres(le=tard + timedelta(seconds=1))

    assert services.demander_une_lettre(membre=sophie, maintenant=tard).close_le is None


def test_une_lettre_refusee_dit_pourquoi(sophie, jean):
    demandee = services.demander_une_lettre(membre=sophie, maintenant=LE)
    services.refuser_la_lettre(
        demandee=demandee, motif="Fermé dans Sirene", par=jean, maintenant=LE
    )

    assert "Fermé dans Sirene" in Courriel.objects.get(cle__startswith="lettre-refusee/").texte
    assert queries.lettre_en_cours(sophie.equipe) is None


# ---------------------------------------------------------------- ce qu'un niveau donne


def test_le_nom_publie_est_celui_de_l_equipe_prouvee_puis_de_la_plus_ancienne(jean):
    mallory = inscrit(personne("Mallory Intruse"), nom="Faux Atelier", le=AVANT)
    sophie = inscrit(personne("Sophie Merlin"), le=AVANT)
    assert queries.au_nom_public([SIRET]) == {SIRET: mallory.equipe}

    preuve = gestes.prouver(sophie)
    assert queries.au_nom_public([SIRET, "inconnu"]) == {SIRET: sophie.equipe}

    services.revoquer(preuve=preuve, motif="Erreur", par=jean, maintenant=LE)
    assert queries.au_nom_public([SIRET]) == {SIRET: mallory.equipe}


def test_une_preuve_echue_ne_renomme_rien_de_publie(sophie):
    gestes.prouver(sophie, le=LE - 2 * rules.DUREE_D_UNE_PREUVE)
    inscrit(personne("Mallory Intruse"), nom="Faux Atelier", le=AVANT)

    assert queries.au_nom_public([SIRET])[SIRET] == sophie.equipe


def test_une_equipe_prouvee_apprend_qu_une_autre_dit_son_entreprise(sophie):
    gestes.prouver(sophie)
    inscrit(personne("Mallory Intruse"), FRERE, nom="Faux Atelier", le=LE)

    (courriel,) = Courriel.objects.filter(cle__startswith="voisine/")
    assert "Faux Atelier" in courriel.texte and "mallory" not in courriel.texte.lower()


def test_du_meme_siret_la_demande_suffit_a_prevenir(sophie):
    gestes.prouver(sophie)
    inscrit(personne("Mallory Intruse"), nom="Faux Atelier", le=LE)

    assert not Courriel.objects.filter(cle__startswith="voisine/").exists()
    assert Courriel.objects.filter(cle__startswith="demande/").exists()


def test_une_equipe_qui_n_a_rien_prouve_n_apprend_rien_d_un_etablissement_frere(sophie):
    inscrit(personne("Mallory Intruse"), FRERE, nom="Faux Atelier", le=LE)

    assert not Courriel.objects.filter(cle__startswith="voisine/").exists()


def test_une_preuve_ne_se_prolonge_pas_elle_s_ajoute(sophie, jean):
    gestes.prouver(sophie)
    gestes.constater(sophie.equipe, jean)

    assert PreuveDEntreprise.objects.count() == 2
    assert len(faits_de([Point(sophie.equipe, sophie.utilisateur_id, LE)])[0].moyens) == 2
