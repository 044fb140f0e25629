"""Une intervention : motivée, bornée, lue par l'organisme ;
sans elle, le centre ne change rien chez qui est en service.
"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from beffroi.centre.interventions import queries, taches
from beffroi.centre.interventions.models import Intervention
from beffroi.centre.interventions.services import cycle, gestes
from beffroi.centre.interventions.services.gestes import Agent
from beffroi.centre.interventions.tests.theatre import (
    D_ACCORD,
    HEURE,
    RAISON,
    SIRET_VOISIN,
    agent,
    centre,
    commune,
    en_service,
    intervenir,
)
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.services import revoquer_utilisateur
from beffroi.personnes.comptes.tests.personnes import LUNDI, ouvrir_le_lien, personne
from beffroi.personnes.organismes.models import Habilitation, HabilitationEnAttente, Organisme
from beffroi.personnes.organismes.queries import habilitation_dans, roles_en_cours
from beffroi.personnes.organismes.services import habiliter, retirer_habilitation
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.acteurs import PLATEFORME

pytestmark = pytest.mark.django_db
YVETTE = Agent("yvette@bomy.example", "Yvette Cordier", ["lecteur"], service="Mairie")


def accueillir(organisme, par, *, qui: Agent = YVETTE, le=LUNDI):
    return gestes.accueillir(organisme=organisme, agent=qui, par=par, maintenant=le)


def refus(organisme, par, *, qui: Agent = YVETTE, le=LUNDI) -> str:
    with pytest.raises(RegleEnfreinte) as erreur:
        accueillir(organisme, par, qui=qui, le=le)
    assert not Utilisateur.objects.filter(courriel=YVETTE.courriel).exists()
    return erreur.value.message


def dits(intervention) -> list[str]:
    return [
        geste.dit for geste in queries.gestes_de([intervention]).get(intervention.reference, ())
    ]


def test_chez_un_organisme_en_service_rien_ne_change_sans_intervention(bomy, fanny):
    assert "ouvrez une intervention, avec son motif" in refus(bomy, fanny)


def test_sous_intervention_l_agent_est_accueilli_et_le_geste_porte_sa_reference(bomy, fanny):
    intervention = intervenir(bomy, fanny)
    habilitation = accueillir(bomy, fanny, le=LUNDI + HEURE)

    assert habilitation.service == "Mairie" and isinstance(habilitation, HabilitationEnAttente)
    assert dits(intervention) == ["Yvette Cordier (Mairie) : Lecteur, en attente de son adresse"]


def test_l_administrateur_est_prevenu_a_l_ouverture_puis_a_la_fin_avec_ce_qui_a_ete_fait(
    bomy, fanny
):
    intervention = intervenir(bomy, fanny)
    accueillir(bomy, fanny)
    cycle.finir(
        intervention=intervention, bilan="Un compte créé.", par=fanny, maintenant=LUNDI + HEURE
    )

    ouverte, close = Courriel.objects.filter(destinataire="martine@atelier.example").order_by("pk")
    assert RAISON.motif in ouverte.texte and "Appel du 2 novembre" in ouverte.texte
    assert "Yvette Cordier (Mairie) : Lecteur" in close.texte and "Un compte créé." in close.texte


def test_elle_finit_a_la_minute_dite(bomy, fanny):
    intervenir(bomy, fanny, minutes=60)
    fin = LUNDI + HEURE

    assert "a pris fin à 11:00" in refus(bomy, fanny, le=fin)
    assert accueillir(bomy, fanny, le=fin - timedelta(microseconds=1))


@pytest.mark.moteurs
def test_l_ouvrier_clot_une_fois_celles_dont_l_heure_est_passee(bomy, fanny):
    intervenir(bomy, fanny, minutes=60)
    for passage in (59, 61, 75):
        taches.clore_les_expirees(LUNDI + timedelta(minutes=passage))

    close = Intervention.objects.get()
    assert (close.cloture, close.close_le) == ("expiree", LUNDI + HEURE)
    assert Courriel.objects.filter(destinataire="martine@atelier.example").count() == 2


def test_l_organisme_l_arrete_et_l_acte_suivant_est_refuse(bomy, fanny):
    intervention = intervenir(bomy, fanny)
    martine = Utilisateur.objects.get(nom="Martine Caron")
    cycle.arreter(intervention=intervention, par=martine, maintenant=LUNDI + timedelta(minutes=5))

    assert "a arrêté votre intervention à 10:05" in refus(
        bomy, fanny, le=LUNDI + timedelta(minutes=6)
    )


@pytest.mark.parametrize("clore", ["arreter", "finir", "expirer"])
def test_clore_attend_l_organisme_avant_l_intervention_comme_tout_acte(
    bomy, fanny, monkeypatch, clore
):
    intervention, pris = intervenir(bomy, fanny), []
    prendre = cycle.verrouiller
    monkeypatch.setattr(
        cycle,
        "verrouiller",
        lambda objet, **avec: pris.append(type(objet)) or prendre(objet, **avec),
    )
    de_plus = {"arreter": {"par": fanny}, "finir": {"par": fanny, "bilan": ""}, "expirer": {}}[
        clore
    ]

    getattr(cycle, clore)(intervention=intervention, maintenant=LUNDI, **de_plus)
    assert pris == [Organisme, Intervention]


@pytest.mark.parametrize(("minutes", "motif"), [(481, "Une raison"), (0, "Une raison"), (60, "  ")])
def test_sans_motif_ou_trop_longue_elle_ne_s_ouvre_pas(bomy, fanny, minutes, motif):
    with pytest.raises(RegleEnfreinte):
        intervenir(bomy, fanny, raison=cycle.Raison(motif), minutes=minutes)

    assert not Intervention.objects.exists()


def test_la_base_refuse_une_intervention_de_plus_de_huit_heures(bomy, fanny):
    intervention = intervenir(bomy, fanny)

    with pytest.raises(IntegrityError), transaction.atomic():
        Intervention.objects.filter(pk=intervention.pk).update(minutes=481)


def test_l_intervention_d_une_collegue_ne_sert_pas(bomy, fanny):
    intervenir(bomy, agent(centre(), "Claire Dubreuil", "technicien"))

    assert "ouvrez une intervention" in refus(bomy, fanny)


def test_deux_interventions_a_la_fois_chacune_garde_ses_gestes(bomy, fanny):
    claire = agent(centre(), "Claire Dubreuil", "technicien")
    la_sienne, l_autre = intervenir(bomy, fanny), intervenir(bomy, claire)
    accueillir(bomy, fanny)
    cycle.finir(intervention=la_sienne, bilan="", par=fanny, maintenant=LUNDI)
    accueillir(bomy, claire, qui=Agent("paul@bomy.example", "Paul Duval", ["lecteur"]))

    assert (dits(la_sienne), dits(l_autre)) == (
        ["Yvette Cordier (Mairie) : Lecteur, en attente de son adresse"],
        ["Paul Duval : Lecteur, en attente de son adresse"],
    )


def test_la_meme_personne_n_en_ouvre_pas_deux_au_meme_endroit(bomy, fanny):
    intervenir(bomy, fanny)

    with pytest.raises(RegleEnfreinte, match="déjà une intervention ouverte ici, jusqu'à 12:00"):
        intervenir(bomy, fanny)


def test_une_intervention_n_ouvre_rien_chez_le_voisin(bomy, fanny):
    voisin = en_service(SIRET_VOISIN, "Commune d'Azincourt", "Odile Fasquelle")
    intervenir(bomy, fanny)

    assert "ouvrez une intervention" in refus(voisin, fanny)


def test_nul_agent_du_centre_n_entre_chez_un_organisme(bomy, fanny):
    intervenir(bomy, fanny)
    soi = Agent(fanny.courriel, fanny.nom, ["ouvreur"])

    assert "rôle au centre de gestion" in refus(bomy, fanny, qui=soi)
    assert roles_en_cours(fanny, bomy) == []


def test_faire_un_administrateur_demande_l_accord_de_l_organisme(bomy, fanny):
    administratrice = Agent(YVETTE.courriel, YVETTE.nom, ["administrateur"])
    sans = intervenir(bomy, fanny)
    assert "appartient à l'organisme" in refus(bomy, fanny, qui=administratrice)

    cycle.finir(intervention=sans, bilan="", par=fanny, maintenant=LUNDI)
    intervenir(bomy, fanny, raison=D_ACCORD)
    assert accueillir(bomy, fanny, qui=administratrice).roles == ["administrateur"]


def test_defaire_l_administratrice_le_demande_aussi(bomy, fanny):
    intervenir(bomy, fanny)
    martine = Habilitation.objects.get(organisme=bomy)

    with pytest.raises(RegleEnfreinte, match="appartient à l'organisme"):
        gestes.retirer(habilitation=martine, par=fanny, maintenant=LUNDI)


def test_la_mise_en_place_se_fait_sans_ouvrir_mais_se_lira(fanny):
    neuve = commune()
    accueillir(neuve, fanny, qui=Agent("m@bomy.example", "Martine Caron", ["administrateur"]))
    accueillir(neuve, fanny, le=LUNDI + HEURE)

    intervention = Intervention.objects.get()
    assert intervention.sorte == "mise_en_place"
    assert dits(intervention) == [
        "Martine Caron : Administrateur, en attente de son adresse",
        "Yvette Cordier (Mairie) : Lecteur, en attente de son adresse",
    ]


def test_des_que_l_administratrice_est_entree_la_mise_en_place_ne_sert_plus(fanny):
    neuve = commune()
    accueillir(neuve, fanny, qui=Agent("m@bomy.example", "Martine Caron", ["administrateur"]))
    ouvrir_le_lien("m@bomy.example")

    assert "ouvrez une intervention" in refus(neuve, fanny, le=LUNDI + HEURE)
    assert intervenir(neuve, fanny).sorte == "assistance"


def test_un_organisme_qui_a_perdu_son_administratrice_n_est_pas_a_mettre_en_place(bomy, fanny):
    martine = Utilisateur.objects.get(nom="Martine Caron")
    Utilisateur.objects.filter(pk=martine.pk).update(last_login=LUNDI)
    revoquer_utilisateur(utilisateur=martine, par=PLATEFORME, maintenant=LUNDI)

    assert "ouvrez une intervention" in refus(bomy, fanny)


def _changer(habilitation, par):
    gestes.changer(
        habilitation=habilitation, roles=["ouvreur"], service="", par=par, maintenant=LUNDI + HEURE
    )


def _retirer(habilitation, par):
    gestes.retirer(habilitation=habilitation, par=par, maintenant=LUNDI + HEURE)


def yvette_entree(organisme, par) -> Habilitation:
    """Ses rôles donnés, et son adresse prouvée."""
    accueillir(organisme, par)
    return habilitation_dans(ouvrir_le_lien(YVETTE.courriel), organisme, LUNDI)


@pytest.mark.parametrize("geste", [_changer, _retirer])
def test_l_agent_que_l_administratrice_a_retire_pendant_la_saisie_ne_revient_pas(
    bomy, fanny, geste
):
    intervention = intervenir(bomy, fanny)
    lue = yvette_entree(bomy, fanny)
    retirer_habilitation(habilitation=lue, par=PLATEFORME, maintenant=LUNDI)

    with pytest.raises(ConflitEtat, match="Yvette Cordier ne tient plus ces rôles"):
        geste(lue, fanny)
    assert roles_en_cours(lue.utilisateur, bomy) == [] and len(dits(intervention)) == 1


def test_l_agente_faite_administratrice_pendant_la_saisie_n_est_pas_defaite_sans_accord(
    bomy, fanny
):
    intervenir(bomy, fanny)
    lue = yvette_entree(bomy, fanny)
    habiliter(
        organisme=bomy,
        utilisateur=lue.utilisateur,
        roles=["administrateur"],
        par=PLATEFORME,
        maintenant=LUNDI,
    )

    with pytest.raises(ConflitEtat, match="Yvette Cordier ne tient plus ces rôles"):
        _changer(lue, fanny)
    assert roles_en_cours(lue.utilisateur, bomy) == ["administrateur"]


def test_relancer_puis_annuler_des_roles_en_attente_se_note(bomy, fanny):
    intervention = intervenir(bomy, fanny)
    attente = gestes.accueillir(organisme=bomy, agent=YVETTE, par=fanny, maintenant=LUNDI)

    gestes.inviter(attente=attente, par=fanny, maintenant=LUNDI + HEURE)
    assert dits(intervention)[-1] == "Yvette Cordier : lien renvoyé"
    gestes.annuler(attente=attente, par=fanny, maintenant=LUNDI + HEURE)
    assert dits(intervention)[-1] == "Yvette Cordier : rôles en attente annulés"
    assert not HabilitationEnAttente.objects.exists()


def test_un_compte_d_ailleurs_garde_son_nom(bomy, fanny):
    personne("Yvette Cordier", courriel=YVETTE.courriel)
    intervenir(bomy, fanny)

    assert (
        accueillir(bomy, fanny, qui=Agent(YVETTE.courriel, "Autre", ["lecteur"])).utilisateur.nom
        == "Yvette Cordier"
    )
