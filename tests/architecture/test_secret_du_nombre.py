"""Avant l'heure limite, l'acheteur ne voit ni nom ni nombre, nulle part (REQ-68, ADR 0009).

Un agent ouvre toutes les adresses du service ; cinq entreprises déposent, la sonde aussi ;
il les rouvre. Rien n'a changé. Les statuts qu'il reçoit sont ceux de la table du cloisonnement
(`test_cloisonnement`), qui ne rouvre pas ces pages.
"""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from http.cookies import SimpleCookie
from unittest import mock

import pytest
from django.urls import reverse
from django.utils import timezone

from beffroi.achat.consultations import queries as consultations
from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.entreprises.models import Membre
from beffroi.reponse.depots import services
from beffroi.reponse.depots.models import Pli
from beffroi.reponse.depots.tests import factories
from beffroi.service.sonde import services as sonde
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.models import Ecriture
from tests.architecture.adresses import Monde
from tests.architecture.test_cloisonnement import DECLAREES, TABLE, observable
from tests.architecture.visites import (
    Reponse,
    erreurs_en_bref,
    seance_de,
    tour_du_monde,
    visiter,
)

CURIEUX = ("anonyme", "agent", "agent_sans_role")
DEPOTS = 5
LISIBLES = [nom for nom in DECLAREES if "get" in TABLE[nom].methodes]
CHEZ_L_ACHETEUR = {
    "copies_de_sauvegarde",
    "antivirus",
    "archives",
    "versements",
    "restitution",
    "candidatures",
    "commissions",
    "dume",
    "consultations",
    "ouverture",
    "proces_verbaux",
    "registre_des_depots",
    "retraits",
    "remises_en_concurrence",
    "selection",
    "signatures",
}
# L'heure d'un jeton, une clé d'envoi, un secret : ce qui diffère d'une page à la même page.
HASARD = re.compile(
    r'\d{4}-\d\d-\d\dT[\d:.]+(?:Z|\+00:00)|(?<=name="cle" value=")[\w-]{32}|[A-Za-z0-9+/_=-]{40,}'
)


@pytest.fixture(scope="module")
def scene(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[tuple[Monde, dict, dict]]:
    """Le monde, ce que chaque curieux voyait avant les dépôts, et ce qu'il voit après."""
    # Les curieux téléchargent aussi le dossier :
    # leurs propres retraits changeraient le registre qu'ils relisent.
    sans_retraits = mock.patch("beffroi.publicite.retraits.port.noter")
    with sans_retraits, tour_du_monde(django_db_blocker) as monde, heure_arretee(monde):
        consultation = ouverte_de(monde)
        seances = {curieux: seance_de(monde.personne(curieux)) for curieux in CURIEUX}
        avant = {curieux: tout_voir(monde, seances[curieux], consultation) for curieux in CURIEUX}
        courriels = set(Courriel.objects.values_list("pk", flat=True))
        for _ in range(DEPOTS):
            candidat = factories.Candidat(consultation, factories.membre("Sophie Merlin"))
            candidat.depose(("candidature", None), ("offre", None), le=monde.maintenant)
        offrir_dans_un_tour(monde)
        eprouver(monde)
        assert Pli.objects.filter(consultation=consultation).count() == DEPOTS
        monde.objets["courriels du dépôt"] = Courriel.objects.exclude(pk__in=courriels)
        yield (
            monde,
            avant,
            {curieux: tout_voir(monde, seances[curieux], consultation) for curieux in CURIEUX},
        )


def heure_arretee(monde: Monde) -> AbstractContextManager[object]:
    """À l'heure du monde : il a pu être créé avant ce test, et le registre avance à chaque heure
    ronde.
    """
    return mock.patch.object(timezone, "now", lambda: monde.maintenant)


def ouverte_de(monde: Monde) -> Consultation:
    """Une consultation de Bomy, publiée, sans lot, dont l'heure limite est encore loin."""
    return factories.consultation(
        limite=monde.maintenant + timedelta(days=2), organisme_=monde.bomy
    )


def offrir_dans_un_tour(monde: Monde) -> None:
    """L'Atelier du Faîtage, invité, remet son offre :
    les candidatures sont connues, les offres ne le sont pas.
    """
    invitation, avant = monde.objets["invitation_a_offrir"], monde.maintenant - timedelta(hours=1)
    consultation = invitation.tour.consultation
    candidat = factories.Candidat(consultation, monde.membre)
    brouillon = services.commencer_reponse(
        consultation=consultation,
        equipe=invitation.equipe,
        lots=(),
        par=candidat.personne,
        maintenant=avant,
        invitation=invitation,
    )
    offre = replace(
        candidat.enveloppe(brouillon, "offre", None, avant), empreinte=invitation.tour.cle.empreinte
    )
    pli = candidat.depose_ces_enveloppes(brouillon, [offre], le=monde.maintenant)
    assert (pli.tour, pli.hors_delai) == (invitation.tour, False)


def eprouver(monde: Monde) -> None:
    """La sonde ouvre sa consultation technique et y dépose :
    elle ne paraît sur aucune page (ADR 0039).
    """
    sonde.preparer_le_terrain(sonde="ici", maintenant=monde.maintenant)
    technique = consultations.technique()
    assert technique is not None
    deposante = Membre.objects.get(utilisateur__courriel=sonde.COURRIEL)
    factories.Candidat(technique, deposante).depose(("offre", None), le=monde.maintenant)


def tout_voir(monde: Monde, seance: SimpleCookie, consultation: Consultation) -> dict[str, Reponse]:
    """Chaque adresse lisible, sur les objets du monde et sur cette consultation."""
    with erreurs_en_bref(d_abord_entieres=True):
        return {
            url: sans_hasard(observable(visiter(seance, "get", url, TABLE[nom]), {}))
            for url, nom in a_voir(monde, consultation).items()
        }


def a_voir(monde: Monde, consultation: Consultation) -> dict[str, str]:
    """Les adresses à ouvrir, et le nom de chacune."""
    adresses = {}
    for nom in LISIBLES:
        arguments = TABLE[nom].arguments(monde)
        autres = [consultation.reference]
        if nom.split(":")[0] in CHEZ_L_ACHETEUR:
            autres.append(monde.objets["en_deux_temps"].reference)
        for choix in (arguments, *(arguments | {"reference": reference} for reference in autres)):
            if choix.keys() == arguments.keys():
                adresses[reverse(nom, kwargs=choix)] = nom
    return adresses


def sans_hasard(vue: Reponse) -> Reponse:
    """La vue, moins ce que deux visites de suite ne rendent jamais pareil :
    les aléas des clés et des archives.
    """
    entetes = {nom: valeur for nom, valeur in vue.entetes.items() if nom not in ("Expires", "ETag")}
    return Reponse(vue.statut, entetes, HASARD.sub("…", vue.texte))


@pytest.mark.parametrize("curieux", CURIEUX)
def test_rien_ne_change_pour_qui_n_a_pas_depose(scene, curieux):
    _, avant, apres = scene

    assert [url for url, vue in apres[curieux].items() if vue != avant[curieux][url]] == []


@pytest.mark.parametrize("curieux", CURIEUX)
def test_chacun_y_recoit_ce_qui_lui_revient(scene, curieux):
    monde, avant, _ = scene

    recus = {
        nom: avant[curieux][reverse(nom, kwargs=TABLE[nom].arguments(monde))].statut
        for nom in LISIBLES
    }
    assert {
        nom: statut
        for nom, statut in recus.items()
        if statut not in TABLE[nom].statuts("get", curieux)
    } == {}


@pytest.mark.parametrize("curieux", CURIEUX)
def test_aucune_page_ne_tombe_en_panne(scene, curieux):
    _, avant, apres = scene

    vues = [*avant[curieux].items(), *apres[curieux].items()]
    assert [url for url, vue in vues if vue.statut >= 500] == []


def test_le_curieux_a_bien_vu_des_pages(scene):
    """L'épreuve regarde de vraies pages, et parmi elles celle de la consultation qui reçoit."""
    _, avant, _ = scene

    lues = [url for url, vue in avant["agent"].items() if vue.statut == 200]
    assert len(lues) > 40
    assert any(Consultation.toutes.latest("pk").reference in url for url in lues)


def test_aucun_courriel_de_depot_ne_part_vers_l_acheteur(scene):
    monde, _, _ = scene
    agents = {monde.agent.courriel, monde.agent_sans_role.courriel, monde.agent_etranger.courriel}

    assert not agents & set(
        monde.objets["courriels du dépôt"].values_list("destinataire", flat=True)
    )
    assert Ecriture.objects.filter(acte="pli.deposer").count() >= DEPOTS
