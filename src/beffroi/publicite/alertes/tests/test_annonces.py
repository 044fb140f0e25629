"""Une consultation parue s'annonce une fois, à qui l'attend, tant qu'on peut y répondre."""

import threading
import time

import pytest
from django.db import connection, transaction
from django.test import Client

from beffroi.achat.consultations import services as consultations
from beffroi.personnes.abonnements.models import AdresseAbonnee
from beffroi.personnes.abonnements.tests.gestes import SOPHIE, SUJET, suivre
from beffroi.publicite.alertes import services
from beffroi.publicite.alertes.models import ConsultationParue, Trouvaille
from beffroi.publicite.alertes.tests.gestes import (
    TOITURE,
    alertes,
    annoncer,
    fiche_ouverte,
    garder,
    paraitre,
)
from beffroi.publicite.recherche.models import FicheIndexee
from beffroi.publicite.recherche.rules.requete import Recherche
from beffroi.socle.fondations.horloge import maintenant
from formats import dates

pytestmark = pytest.mark.django_db
ECRIVAINS, PUBLICATIONS = 5, 6


class Tuee(Exception):
    """L'ouvrier meurt ici."""


def test_une_consultation_publiee_s_annonce_a_la_recherche_qui_l_attend(client, scene_d_achat):
    garder(client)
    garder(client, Recherche(mots="zygomatique"), courriel="autre@example.org")

    consultation = scene_d_achat.publiee()
    annoncer()

    (alerte,) = alertes()
    assert alerte.sujet == "Une nouvelle consultation : Réfection de la toiture de l'école"
    assert alertes("autre@example.org") == []
    assert consultation.reference in alerte.texte


def test_l_alerte_dit_l_objet_l_acheteur_le_lieu_l_heure_et_la_reference_de_la_page(client):
    garder(client)
    fiche = paraitre(acheteur="Commune de Lens", lieu="Lens")
    annoncer()

    texte = alertes()[0].texte
    assert (
        f"- {fiche.titre}\n  Commune de Lens, Lens\n  Heure limite : "
        f"{dates.jour_et_heure(fiche.limite)}"
    ) in texte
    assert (
        f"Consultation {fiche.reference} : http" in texte
        and f"/consultations/{fiche.reference}/" in texte
    )


def test_l_objet_dit_combien_et_la_premiere_a_fermer(client):
    garder(client)
    paraitre("Toiture de la mairie", dans_jours=9)
    paraitre("Toiture du gymnase", dans_jours=3)
    annoncer()

    assert [alerte.sujet for alerte in alertes()] == [
        "2 nouvelles consultations, dont : Toiture du gymnase"
    ]


def test_une_consultation_ne_s_annonce_qu_une_fois(client):
    garder(client)
    fiche = paraitre()
    for _ in range(3):
        annoncer()
        services.noter_la_publication(services.ConsultationPubliee(fiche.reference, maintenant()))

    assert len(alertes()) == 1


def test_deux_recherches_d_une_adresse_ne_lui_ecrivent_pas_deux_fois_la_meme(client):
    garder(client, Recherche(departement="62"), cadence="quotidien")
    garder(client)
    paraitre()
    annoncer()

    assert (len(alertes()), Trouvaille.objects.count()) == (1, 0)


def test_ce_qui_est_clos_ou_sans_suite_ne_s_annonce_pas(client, scene_d_achat):
    garder(client)
    paraitre(dans_jours=-0.01)
    abandonnee = scene_d_achat.publiee()
    consultations.declarer_sans_suite(
        consultation=abandonnee,
        motif="Le besoin a disparu.",
        par=scene_d_achat.martine.acteur,
        maintenant=scene_d_achat.le,
    )
    annoncer()

    assert alertes() == [] and not ConsultationParue.objects.filter(annoncee_le=None).exists()


def test_sans_confirmation_rien_ne_s_annonce():
    services.garder(courriel=SOPHIE, recherche=TOITURE, cadence="instant", maintenant=maintenant())
    paraitre()
    annoncer()

    assert alertes() == []


def test_un_suivi_de_consultation_n_est_pas_une_recherche(client):
    suivre(client, SUJET)
    paraitre()
    annoncer()

    assert alertes() == []


def test_une_adresse_refusee_ne_recoit_plus_d_alerte(client):
    garder(client)
    AdresseAbonnee.objects.update(refusee_le=maintenant())
    paraitre()
    annoncer()

    assert alertes() == []


def test_un_geste_arrete_l_alerte_sans_cookie_ni_jeton(client):
    garder(client)
    paraitre()
    annoncer()
    arret = alertes()[0].arret.partition("/suivis/")[2]

    reponse = Client(enforce_csrf_checks=True).post(
        f"/suivis/{arret}", {"List-Unsubscribe": "One-Click"}
    )
    paraitre()
    annoncer()

    assert reponse.status_code == 200
    assert alertes() == [] and not AdresseAbonnee.objects.exists()


def test_une_fiche_qui_manque_attend_que_l_index_la_retrouve(client):
    garder(client)
    fiche = paraitre()
    FicheIndexee.objects.filter(pk=fiche.pk).delete()
    annoncer()
    assert alertes() == []

    FicheIndexee.objects.bulk_create([fiche])
    annoncer()

    assert len(alertes()) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("etape", ["alertes.avant_marque", "alertes.avant_validation"])
def test_un_ouvrier_qui_meurt_n_annonce_rien_et_le_suivant_une_fois(client, monkeypatch, etape):
    garder(client)
    garder(client, Recherche(departement="62"), courriel="jour@example.org", cadence="quotidien")
    paraitre()
    monkeypatch.setattr(services, "point_de_panne", lambda nom: mourir() if nom == etape else None)
    with pytest.raises(Tuee):
        annoncer()
    assert (alertes(), Trouvaille.objects.count()) == ([], 0)
    monkeypatch.undo()

    annoncer()
    annoncer()

    assert (len(alertes()), Trouvaille.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_un_ouvrier_qui_meurt_en_ecrivant_n_oublie_pas_et_n_ecrit_pas_deux_fois(
    client, monkeypatch
):
    garder(client)
    garder(client, courriel="autre@example.org")
    paraitre()
    morts = iter([mourir, lambda: None])
    monkeypatch.setattr(
        services,
        "point_de_panne",
        lambda nom: nom == "alertes.avant_effacement" and next(morts, lambda: None)(),
    )
    with pytest.raises(Tuee):
        annoncer()
    assert (alertes(), Trouvaille.objects.count()) == ([], 2)

    annoncer()
    annoncer()

    assert (len(alertes()), len(alertes("autre@example.org")), Trouvaille.objects.count()) == (
        1,
        1,
        0,
    )


def mourir():
    raise Tuee


@pytest.mark.django_db(transaction=True)
def test_des_publications_simultanees_sont_toutes_annoncees_une_fois(client):
    """Certaines se valident longtemps après d'autres parues plus tard ; une sur trois échoue."""
    if connection.vendor == "sqlite":
        pytest.skip(
            "SQLite n'a qu'un écrivain à la fois : c'est sur PostgreSQL que l'ordre se gagne"
        )
    garder(client)
    publiees, fils = [], []
    for rang in range(ECRIVAINS):
        fiches = [fiche_ouverte(f"Toiture {rang}-{numero}") for numero in range(PUBLICATIONS)]
        fils.append(threading.Thread(target=publier, args=(rang, fiches, publiees)))
    fils += [threading.Thread(target=annoncer_pendant, args=(fils[:ECRIVAINS],)) for _ in range(2)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    annoncer()

    annoncees = [ref for alerte in alertes() for ref in references_dans(alerte.texte)]
    assert sorted(annoncees) == sorted(publiees)
    assert len(publiees) == ECRIVAINS * PUBLICATIONS * 2 // 3


def publier(rang, fiches, publiees):
    """L'index est déjà écrit :
    rien d'autre que la publication ne met ces actes l'un derrière l'autre.
    """
    try:
        for numero, fiche in enumerate(fiches):
            try:
                with transaction.atomic():
                    services.noter_la_publication(
                        services.ConsultationPubliee(fiche.reference, maintenant())
                    )
                    time.sleep(0.05 * ((rang * 7 + numero * 3) % 5))
                    if numero % 3 == 2:
                        raise Tuee
                publiees.append(fiche.reference)
            except Tuee:
                continue
    finally:
        connection.close()


def annoncer_pendant(fils):
    try:
        while any(fil.is_alive() for fil in fils):
            annoncer()
    finally:
        connection.close()


def references_dans(texte):
    return [ligne.split()[1] for ligne in texte.splitlines() if ligne.startswith("  Consultation ")]
