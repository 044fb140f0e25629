"""La réserve de ceux qui envoient, la part de qui rien ne prouve, ce qui cède faute de place."""

from datetime import timedelta

import pytest

from beffroi.personnes.comptes.services import prouver_l_adresse
from beffroi.reponse.depots import place, rondes, services
from beffroi.reponse.depots.limits import GIGAOCTET, OCTETS_PAR_FICHIER
from beffroi.reponse.depots.models import BrouillonDeReponse, FichierScelle
from beffroi.reponse.depots.rules import place as regles
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.tests.factories import LIMITE, VEILLE, Candidat
from beffroi.socle.fondations.erreurs import EspaceInsuffisant, LimiteDepassee
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.fondations.place import Place
from sceau.profile import sealed_size

JOUR = timedelta(days=1)
UN_GO = sealed_size(GIGAOCTET)


@pytest.fixture
def disque(monkeypatch):
    """Règle ce qui reste de libre sur un disque d'un téraoctet."""

    def regler(libre):
        monkeypatch.setattr(place, "place_des_reponses", lambda: Place(libre, 1000 * GIGAOCTET))

    regler(500 * GIGAOCTET)
    return regler


@pytest.fixture
def sophie(consultation):
    return Candidat(consultation)


def annonce(brouillon, taille, nom="plan.pdf"):
    return services.ouvrir_fichier(
        brouillon=brouillon,
        enveloppe="offre",
        lot=None,
        nom=nom,
        taille=taille,
        maintenant=VEILLE,
    )


def prouver(personne):
    prouver_l_adresse(utilisateur=personne, maintenant=VEILLE)


# ------------------------------------------------------------------ règles


@pytest.mark.parametrize(("total", "reserve"), [(1000, 20), (400, 20), (100, 5)])
def test_la_reserve_finit_une_reponse_ou_tient_en_un_vingtieme(total, reserve):
    assert regles.reserve(total * GIGAOCTET) == reserve * GIGAOCTET
    assert regles.manque(libre=reserve * GIGAOCTET, total=total * GIGAOCTET) == 0
    assert regles.manque(libre=reserve * GIGAOCTET - 1, total=total * GIGAOCTET) == 1


@pytest.mark.parametrize(
    ("manque", "envoie_deja", "permis"), [(0, False, True), (1, True, True), (1, False, False)]
)
def test_la_reserve_est_a_ceux_qui_envoient_deja(manque, envoie_deja, permis):
    decision = regles.peut_commencer_a_envoyer(manque=manque, envoie_deja=envoie_deja)

    assert decision.favorable is permis
    assert permis or "R. 2132-11" in str(decision.motifs[0])


@pytest.mark.parametrize(
    ("est_connue", "est_sa_reponse", "tenus", "permis"),
    [
        (False, False, 2 * GIGAOCTET, True),
        (False, False, 2 * GIGAOCTET + 1, False),
        (True, False, 90 * GIGAOCTET, True),
        (False, True, 90 * GIGAOCTET, True),
    ],
)
def test_sans_adresse_prouvee_deux_gigaoctets_en_plus_de_sa_reponse(
    est_connue, est_sa_reponse, tenus, permis
):
    decision = regles.peut_tenir(est_connue=est_connue, est_sa_reponse=est_sa_reponse, tenus=tenus)

    assert decision.favorable is permis


@pytest.mark.parametrize(
    ("limite", "est_connue", "est_sa_reponse", "repos", "tour"),
    [
        (-JOUR, True, True, JOUR, 0),
        (-JOUR + timedelta(seconds=1), True, True, JOUR, None),
        (JOUR, True, False, 9 * JOUR, None),
        (JOUR, False, False, JOUR, 1),
        (JOUR, False, True, JOUR, 2),
        (JOUR, False, False, JOUR - timedelta(seconds=1), None),
        (-9 * JOUR, False, False, timedelta(0), None),
    ],
)
def test_ce_qui_cede_et_dans_quel_ordre(limite, est_connue, est_sa_reponse, repos, tour):
    garde = regles.Garde(LIMITE + limite, est_connue, est_sa_reponse, LIMITE - repos)

    assert regles.tour_de_ceder(garde, le=LIMITE) == tour


# ------------------------------------------------------------------ actes


@pytest.mark.django_db
def test_quand_la_place_manque_qui_arrive_l_apprend_avant_de_commencer(disque, sophie):
    disque(19 * GIGAOCTET)

    with pytest.raises(EspaceInsuffisant, match="réponses déjà commencées"):
        sophie.commence()
    assert not BrouillonDeReponse.objects.exists()


@pytest.mark.django_db
def test_qui_a_commence_sans_rien_envoyer_l_apprend_avant_son_premier_octet(disque, sophie):
    brouillon = sophie.commence()
    disque(19 * GIGAOCTET)

    with pytest.raises(EspaceInsuffisant, match="copie de sauvegarde"):
        annonce(brouillon, UN_GO)
    assert not FichierScelle.objects.exists()


@pytest.mark.django_db
def test_qui_envoie_deja_va_a_son_terme(disque, sophie):
    brouillon = sophie.commence()
    sophie.envoie(brouillon, "offre", None, "acte.pdf", b"acte")
    disque(1)

    sophie.envoie(brouillon, "offre", None, "prix.pdf", b"prix")
    assert sophie.depose(("offre", None), brouillon=brouillon)
    assert sophie.commence()


@pytest.mark.django_db
def test_sans_adresse_prouvee_une_reponse_entiere_passe(disque, sophie):
    brouillon = sophie.commence()
    for numero in range(2):
        annonce(brouillon, sealed_size(OCTETS_PAR_FICHIER), f"{numero}.pdf")

    assert place.tenus_en_plus(sophie.personne) == 0


@pytest.mark.django_db
def test_ses_autres_reponses_tiennent_ensemble_en_deux_gigaoctets(disque, sophie):
    sophie.commence()
    seconde, troisieme = sophie.commence(), sophie.commence()
    annonce(seconde, UN_GO)

    with pytest.raises(LimiteDepassee, match="adresse électronique n'est pas confirmée") as refus:
        annonce(troisieme, UN_GO)
    assert refus.value.contexte["limite"]["nom"] == "octets_sans_adresse_prouvee"
    annonce(troisieme, sealed_size(GIGAOCTET // 2))


@pytest.mark.django_db
def test_une_reponse_par_consultation_passe_en_entier(disque, sophie):
    sophie.commence()
    ailleurs = Candidat(factories.consultation(), sophie.membre).commence()

    assert annonce(ailleurs, sealed_size(OCTETS_PAR_FICHIER))


@pytest.mark.django_db
def test_l_adresse_confirmee_leve_la_borne(disque, sophie):
    sophie.commence()
    seconde = sophie.commence()
    prouver(sophie.personne)

    assert annonce(seconde, sealed_size(3 * GIGAOCTET))


@pytest.mark.django_db
def test_un_depot_leve_la_borne(disque, sophie):
    sophie.depose(("offre", None))
    seconde = sophie.commence()

    assert annonce(seconde, sealed_size(3 * GIGAOCTET))


@pytest.mark.moteurs
@pytest.mark.django_db
def test_la_place_qui_manque_se_prend_a_ce_que_personne_n_a_depose(disque, sophie, consultation):
    kevin = Candidat(consultation, factories.membre("Kevin Autre"))
    prouver(kevin.personne)
    deposee, laissee, connue = sophie.commence(), sophie.commence(), kevin.commence()
    sophie.envoie(laissee, "offre", None, "vieux.pdf", b"vieux", LIMITE - 3 * JOUR)
    kevin.envoie(connue, "offre", None, "prix.pdf", b"prix", LIMITE - 3 * JOUR)
    rondes.ceder_la_place(LIMITE - JOUR)
    assert FichierScelle.objects.count() == 2

    disque(0)
    rondes.ceder_la_place(LIMITE - JOUR)

    assert list(FichierScelle.objects.values_list("nom", flat=True)) == ["prix.pdf"]
    (courriel,) = Courriel.objects.filter(cle__startswith=f"place:{laissee.reference}")
    assert "Confirmez votre adresse" in courriel.texte and courriel.destinataire
    assert deposee.plis.count() == 0


@pytest.mark.django_db
def test_ce_qui_est_depose_ou_vient_de_bouger_ne_cede_jamais(disque, sophie):
    sophie.depose(("offre", None), le=LIMITE - 3 * JOUR)
    en_cours = sophie.commence(le=LIMITE)
    sophie.envoie(en_cours, "offre", None, "prix.pdf", b"prix", LIMITE + JOUR)
    avant = FichierScelle.objects.count()
    disque(0)

    rondes.ceder_la_place(LIMITE + JOUR)
    assert FichierScelle.objects.count() == avant
    rondes.ceder_la_place(LIMITE + 2 * JOUR)
    assert FichierScelle.objects.count() == avant - 1


@pytest.mark.django_db
def test_on_ne_cede_que_ce_qui_manque(disque, sophie):
    sophie.commence()
    for rang in range(2):
        seconde = sophie.commence()
        sophie.envoie(seconde, "offre", None, f"{rang}.pdf", b"x", LIMITE - (9 - rang) * JOUR)
    disque(20 * GIGAOCTET - 1)

    rondes.ceder_la_place(LIMITE - JOUR)
    assert list(FichierScelle.objects.values_list("nom", flat=True)) == ["1.pdf"]


@pytest.mark.django_db
def test_sur_s3_rien_ne_se_reserve(settings):
    settings.STOCKAGE = {**settings.STOCKAGE, "sorte": "s3"}

    assert place.qui_manque() == 0
