"""Les écrans : ce que le centre voit et règle,
ce que l'organisme en lit, une saisie qui survit à l'heure.
"""

from datetime import timedelta

import pytest
from django.test import Client

from beffroi.centre.interventions.models import Intervention
from beffroi.centre.interventions.services import gestes
from beffroi.centre.interventions.tests.theatre import (
    HEURE,
    SIRET,
    SIRET_VOISIN,
    commune,
    en_service,
    intervenir,
)
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.tests.personnes import LUNDI, a_confirmer, connecter, ouvrir_le_lien
from beffroi.personnes.organismes.models import Habilitation

pytestmark = pytest.mark.django_db
ICI, CHEZ_NOUS = f"/cdg/comptes/{SIRET}/", f"/organisme/{SIRET}/interventions/"
YVETTE = {
    "courriel": "yvette@bomy.example",
    "nom": "Yvette Cordier",
    "service": "Mairie",
    "roles": ["lecteur"],
}


@pytest.fixture
def heure(monkeypatch):
    """L'heure que lisent les vues : un test l'avance."""
    lue = [LUNDI]
    for module in ("acces", "agents", "centre", "chez_nous"):
        monkeypatch.setattr(
            f"beffroi.centre.interventions.views.{module}.maintenant", lambda: lue[0]
        )
    return lue


@pytest.fixture
def technicienne(fanny, heure) -> Client:
    return connecter(Client(), fanny)


@pytest.fixture
def martine(bomy, heure) -> Client:
    return connecter(Client(), Utilisateur.objects.get(nom="Martine Caron"))


def page(reponse) -> str:
    return " ".join(reponse.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def test_ouvrir_puis_ajouter_une_personne(bomy, technicienne):
    ouverte = technicienne.post(
        f"{ICI}intervenir/", {"motif": "Une remplaçante arrive", "minutes": "120"}
    )
    assert ouverte.status_code == 302

    assert technicienne.post(f"{ICI}agents/ajouter/", YVETTE).url == ICI
    lue = page(technicienne.get(ICI))
    assert "Vous intervenez ici" in lue and "Yvette Cordier" in lue and "Mairie : 1 personne" in lue


def test_la_duree_reglee_est_proposee(bomy, technicienne, settings):
    settings.DUREE_DES_INTERVENTIONS_MIN = 60

    coche = next(
        champ
        for champ in page(technicienne.get(f"{ICI}intervenir/")).split("<input")
        if " checked" in champ
    )
    assert 'value="60"' in coche


def test_une_intervention_qui_expire_pendant_la_saisie_la_rend_entiere(
    bomy, technicienne, fanny, heure
):
    intervenir(bomy, fanny, minutes=60)
    assert technicienne.get(f"{ICI}agents/ajouter/").status_code == 200
    heure[0] = LUNDI + HEURE

    rendue = technicienne.post(f"{ICI}agents/ajouter/", YVETTE)

    lue = page(rendue)
    assert (
        rendue.status_code == 422
        and "a pris fin à 11:00" in lue
        and "Ouvrir une intervention" in lue
    )
    assert all(
        f'value="{saisi}"' in lue for saisi in ("yvette@bomy.example", "Yvette Cordier", "Mairie")
    )
    assert not Habilitation.objects.filter(utilisateur__nom="Yvette Cordier").exists()


def test_sans_intervention_l_ecran_se_lit_sans_rien_proposer_d_autre_que_d_en_ouvrir_une(
    bomy, technicienne
):
    lue = page(technicienne.get(ICI))

    assert (
        "Aucune intervention ouverte" in lue
        and "agents/ajouter" not in lue
        and "/retirer/" not in lue
    )


def test_les_coordonnees_les_roles_et_le_depart_passent_par_l_intervention(
    bomy, technicienne, fanny
):
    intervenir(bomy, fanny)
    technicienne.post(f"{ICI}agents/ajouter/", YVETTE)
    ouvrir_le_lien(YVETTE["courriel"])
    yvette = Habilitation.objects.get(utilisateur__nom="Yvette Cordier")
    technicienne.post(f"{ICI}coordonnees/", {"ville": "Bomy"})
    technicienne.post(
        f"{ICI}agents/{yvette.reference}/", {"roles": ["ouvreur"], "service": "Conseil"}
    )
    changee = Habilitation.objects.get(utilisateur=yvette.utilisateur, jusqu_au=None)
    assert "clé aucune" in page(technicienne.get(ICI))
    technicienne.post(f"{ICI}agents/{changee.reference}/retirer/")

    bomy.refresh_from_db()
    assert (
        bomy.ville == "Bomy"
        and not Habilitation.objects.filter(utilisateur=yvette.utilisateur, jusqu_au=None).exists()
    )


def test_retirer_sans_intervention_se_refuse_sur_la_page(bomy, technicienne):
    martine = Habilitation.objects.get(utilisateur__nom="Martine Caron")

    recu = technicienne.post(f"{ICI}agents/{martine.reference}/retirer/")

    assert recu.status_code == 422 and "ouvrez une intervention" in page(recu)


def test_l_administratrice_lit_qui_pourquoi_quand_et_chaque_geste(
    bomy, technicienne, martine, fanny
):
    intervenir(bomy, fanny)
    technicienne.post(f"{ICI}agents/ajouter/", YVETTE)

    lue = page(martine.get(CHEZ_NOUS))
    assert "Fanny Roussel, centre de gestion" in lue and "Madame Caron est absente" in lue
    assert "Yvette Cordier (Mairie) : Lecteur" in lue and "Arrêter cette intervention" in lue


def test_elle_l_arrete(bomy, martine, technicienne, fanny):
    arreter = f"{CHEZ_NOUS}{intervenir(bomy, fanny).reference}/arreter/"
    assert "Une intervention arrêtée ne reprend pas" in a_confirmer(martine, arreter)
    assert "Arrêter cette intervention" in page(martine.get(CHEZ_NOUS))
    martine.post(arreter)

    assert technicienne.post(f"{ICI}agents/ajouter/", YVETTE).status_code == 422
    assert "Arrêtée par l’organisme" in page(martine.get(CHEZ_NOUS))


def test_l_intervention_chez_le_voisin_est_introuvable_et_ne_s_arrete_pas(bomy, martine, fanny):
    voisin = en_service(SIRET_VOISIN, "Commune d'Azincourt", "Odile Fasquelle")
    ailleurs = intervenir(voisin, fanny)

    assert martine.get(f"/organisme/{SIRET_VOISIN}/interventions/").status_code == 404
    assert martine.post(f"{CHEZ_NOUS}{ailleurs.reference}/arreter/").status_code == 404
    assert "jamais intervenu" in page(martine.get(CHEZ_NOUS))


def test_passee_son_heure_elle_se_lit_finie_avant_meme_le_passage_de_l_ouvrier(
    bomy, martine, fanny, heure
):
    intervenir(bomy, fanny, minutes=30)
    heure[0] = LUNDI + timedelta(minutes=30)

    lue = page(martine.get(CHEZ_NOUS))
    assert "Arrivée à son heure" in lue and "Arrêter cette intervention" not in lue


def test_finir_dit_ce_qui_a_ete_fait_et_une_collegue_ne_finit_pas_a_sa_place(
    bomy, technicienne, fanny, martine
):
    intervention = intervenir(bomy, fanny)
    adresse = f"{ICI}interventions/{intervention.reference}/"
    assert martine.post(adresse).status_code == 404

    technicienne.post(adresse, {"bilan": "Un compte créé."})
    assert "Un compte créé." in page(martine.get(CHEZ_NOUS))
    assert Intervention.objects.get().cloture == "finie"


def test_la_liste_dit_ou_en_est_chaque_organisme_et_ce_qui_court(bomy, technicienne, fanny):
    commune(SIRET_VOISIN, "Commune d'Azincourt")
    intervenir(bomy, fanny)

    lue = page(technicienne.get("/cdg/comptes/"))
    assert "En service" in lue
    assert (
        "2 organismes, par nom" in lue
        and "Sans administrateur" in lue
        and "jusqu'à" in lue.replace("’", "'")
    )
    assert "Azincourt" not in page(technicienne.get(f"/cdg/comptes/?q={SIRET}")).split("<table")[1]


def test_chercher_un_caractere_nul_ne_casse_rien(bomy, technicienne):
    trouve = technicienne.get("/cdg/comptes/?q=B%00omy")

    assert (
        trouve.status_code == 200 and "Commune de Bomy" in page(trouve) and "\0" not in page(trouve)
    )


def test_la_mise_en_place_ne_s_affiche_plus_des_que_l_administratrice_est_entree(
    technicienne, fanny
):
    neuve = commune()
    administratrice = gestes.Agent("m@bomy.example", "Martine Caron", ["administrateur"])
    gestes.accueillir(organisme=neuve, agent=administratrice, par=fanny, maintenant=LUNDI)
    assert "Première mise en place" in page(technicienne.get(ICI))
    ouvrir_le_lien(administratrice.courriel)

    lue = page(technicienne.get(ICI))
    assert (
        "Aucune intervention ouverte" in lue
        and "Vous intervenez ici" not in lue
        and "agents/ajouter" not in lue
    )


def test_l_agent_retire_pendant_la_saisie_se_dit_en_une_phrase(
    bomy, technicienne, fanny, monkeypatch
):
    intervenir(bomy, fanny)
    technicienne.post(f"{ICI}agents/ajouter/", YVETTE)
    ouvrir_le_lien(YVETTE["courriel"])
    lue = Habilitation.objects.select_related("organisme", "utilisateur").get(
        utilisateur__nom="Yvette Cordier"
    )
    monkeypatch.setattr(
        "beffroi.centre.interventions.views.agents._agent", lambda organisme, reference: lue
    )
    Habilitation.objects.filter(pk=lue.pk).update(jusqu_au=LUNDI)

    changer = {"roles": ["ouvreur"], "service": ""}
    for suite, saisi, statut in (("", changer, 422), ("retirer/", {}, 409)):
        recu = technicienne.post(f"{ICI}agents/{lue.reference}/{suite}", saisi)
        assert recu.status_code == statut and "Yvette Cordier ne tient plus ces rôles" in page(recu)


def test_inviter_de_nouveau_depuis_l_ecran(bomy, technicienne, fanny):
    intervenir(bomy, fanny)
    invitee = gestes.accueillir(
        organisme=bomy,
        agent=gestes.Agent("y@bomy.example", "Yvette", ["lecteur"]),
        par=fanny,
        maintenant=LUNDI,
    )

    recu = technicienne.post(f"{ICI}agents/{invitee.reference}/inviter/", follow=True)
    assert "Un nouveau lien part vers y@bomy.example" in page(recu)

    annuler = f"{ICI}agents/{invitee.reference}/annuler/"
    assert "ne donnera plus rien ici" in a_confirmer(technicienne, annuler)
    assert "Rien n’attend plus y@bomy.example ici" in page(technicienne.post(annuler, follow=True))


def test_la_liste_ne_lit_pas_plus_pour_plus_d_organismes(
    bomy, technicienne, django_assert_max_num_queries
):
    for rang in range(5):
        commune(f"2162005350{rang:04}", f"Commune {rang}")

    with django_assert_max_num_queries(25):
        technicienne.get("/cdg/comptes/")
