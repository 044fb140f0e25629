"""Qui tient la base et prend un compte est vu : mot de passe, second facteur, adresse confirmée."""

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.db import connection, models
from django.test import Client

from beffroi.personnes.comptes import services
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.tests.personnes import (
    LUNDI,
    MOT_DE_PASSE,
    avec_second_facteur,
    code,
    connecter,
    personne,
)
from beffroi.socle.fondations import horloge
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.relecture_des_lignes import fautes_des_lignes
from beffroi.socle.journal.services import reprendre_les_lignes

pytestmark = pytest.mark.django_db
NEUF = "quatre autres mots choisis"


@pytest.fixture(autouse=True)
def essais_oublies():
    cache.clear()


@pytest.fixture
def helene():
    return avec_second_facteur(personne("Hélène Duriez", courriel="helene@atelier.example"))


def fautes() -> set[tuple[str, str]]:
    return {(faute, ou.partition(",")[0]) for faute, ou in fautes_des_lignes()}


def par_la_base(ordre: str, *valeurs: object) -> None:
    with connection.cursor() as curseur:
        curseur.execute(ordre, valeurs)
        assert curseur.rowcount == 1


@pytest.mark.moteurs
def test_un_mot_de_passe_pose_par_la_base_est_trouve(helene):
    autre = personne("Kévin Masson")
    par_la_base(
        "UPDATE comptes_utilisateur SET password = %s WHERE id = %s", autre.password, helene.pk
    )

    assert fautes() == {("« password » diffère du journal", "comptes_utilisateur")}


@pytest.mark.moteurs
def test_le_second_facteur_d_un_autre_compte_est_trouve(helene):
    faussaire = avec_second_facteur(personne("Kévin Masson"))
    Authenticator.objects.filter(user=faussaire).delete()
    services.activer_totp(utilisateur=faussaire, secret="A" * 32, maintenant=LUNDI)
    [sien] = Authenticator.objects.filter(user=faussaire)
    models.QuerySet(Authenticator).filter(user=helene).update(data=sien.data)

    assert fautes() == {("« data » diffère du journal", "mfa_authenticator")}


def test_une_adresse_dite_confirmee_par_la_base_est_trouvee():
    sophie = personne(verifiee=False)
    models.QuerySet(EmailAddress).filter(user=sophie).update(verified=True)

    assert fautes() == {("« verified » diffère du journal", "account_emailaddress")}


def test_un_second_facteur_efface_ou_ajoute_par_la_base_est_trouve(helene):
    [sien] = Authenticator.objects.all()
    models.QuerySet(Authenticator).bulk_create(
        [Authenticator(user=helene, type="webauthn", data={"credential": {}, "name": "clé"})]
    )
    par_la_base("DELETE FROM mfa_authenticator WHERE id = %s", sien.pk)

    assert fautes() == {
        ("une ligne a été effacée sans acte", "mfa_authenticator"),
        ("cette ligne n'est pas au journal", "mfa_authenticator"),
    }


def test_se_connecter_et_donner_son_code_n_ecrit_rien_au_journal(helene, client):
    avant = Ecriture.objects.count()

    with time_machine.travel(LUNDI, tick=False):
        acces = {"login": helene.courriel, "password": MOT_DE_PASSE}
        etape = client.post("/compte/connexion/", acces)
        client.post(etape.url, {"code": code(LUNDI)})

    helene.refresh_from_db()
    assert helene.last_login is not None
    assert Authenticator.objects.get().last_used_at is not None
    assert Ecriture.objects.count() == avant and fautes() == set()


def test_un_code_de_secours_qui_sert_s_engage(helene, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        RecoveryCodes.activate(helene)
    avant = Ecriture.objects.count()

    with django_capture_on_commit_callbacks(execute=True):
        secours = Authenticator.objects.get(type="recovery_codes").wrap()
        assert secours.validate_code(secours.get_unused_codes()[0])

    assert Ecriture.objects.count() == avant + 1
    assert fautes() == set()


def test_les_ecrans_d_allauth_laissent_un_journal_conforme(
    helene, django_capture_on_commit_callbacks
):
    """S'inscrire, changer de mot de passe, d'adresse : chacun écrit à sa façon."""
    client = connecter(Client(), helene)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            "/compte/mot-de-passe/",
            {"oldpassword": MOT_DE_PASSE, "password1": NEUF, "password2": NEUF},
        )
        client.post("/compte/adresse/", {"email": "neuve@atelier.example", "action_add": ""})

    helene.refresh_from_db()
    assert helene.check_password(NEUF)
    assert fautes() == set()


def test_le_mot_de_passe_d_une_installation_d_avant_s_engage_a_la_mise_a_jour(monkeypatch):
    with monkeypatch.context() as avant:
        avant.setattr(
            Utilisateur,
            "HORS_PREUVE",
            {**Utilisateur.HORS_PREUVE, "password": HorsPreuve("avant", "avant")},
        )
        personne()
    assert fautes() == {("« password » n'est pas au journal", "comptes_utilisateur")}

    assert reprendre_les_lignes(le=horloge.maintenant()) == 1
    assert fautes() == set()
