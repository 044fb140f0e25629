"""Ouvrir, protéger et fermer un compte."""

import json
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from beffroi.personnes.comptes import invitations, queries, services
from beffroi.personnes.comptes.models import JetonDApi
from beffroi.personnes.comptes.tests.personnes import (
    LUNDI,
    SECRET,
    avec_second_facteur,
    code,
    personne,
)
from beffroi.socle.fondations.erreurs import Introuvable, RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db


def test_une_adresse_se_retient_en_minuscules():
    assert (
        personne(courriel="Sophie.MERLIN@Atelier.example").courriel
        == "sophie.merlin@atelier.example"
    )


def test_une_adresse_n_a_qu_un_compte():
    personne(courriel="sophie@atelier.example")

    with pytest.raises(RegleEnfreinte, match="a déjà un compte"):
        personne("Sophie Durand", courriel="SOPHIE@atelier.example")


def test_le_jeton_ne_laisse_en_base_que_son_empreinte():
    sophie = personne()

    jeton, secret = services.delivrer_jeton(utilisateur=sophie, libelle="Outil", maintenant=LUNDI)

    assert secret.startswith("beffroi_") and len(secret) == 51
    assert secret not in str(JetonDApi.objects.values().get(pk=jeton.pk))
    assert queries.utilisateur_du_jeton(secret, le=LUNDI) == sophie


def test_le_journal_dit_ce_que_le_jeton_permet_et_jusqu_a_quand():
    fin = LUNDI + timedelta(days=30)

    jeton, secret = services.delivrer_jeton(
        utilisateur=personne(),
        libelle="Outil",
        portees=["questions:poser"],
        expire_le=fin,
        maintenant=LUNDI,
    )

    donnees = json.loads(
        Ecriture.objects.get(acte="jeton.delivrer", sujet=jeton.reference).contenu
    )["donnees"]
    assert (donnees["portees"], donnees["expire_le"]) == (["questions:poser"], fin.isoformat())
    assert queries.jeton_en_cours(secret, le=fin - timedelta(seconds=1)) == jeton
    assert queries.jeton_en_cours(secret, le=fin) is None


def test_une_portee_inventee_n_existe_pas():
    with pytest.raises(ValueError, match="tout"):
        services.delivrer_jeton(
            utilisateur=personne(), libelle="Outil", portees=["tout"], maintenant=LUNDI
        )


def test_le_dernier_usage_se_note_a_la_minute():
    jeton, _ = services.delivrer_jeton(utilisateur=personne(), libelle="Outil", maintenant=LUNDI)

    for secondes in (0, 59):
        services.noter_usage_du_jeton(jeton=jeton, maintenant=LUNDI + timedelta(seconds=secondes))
        jeton.refresh_from_db()

    assert jeton.dernier_usage_le == LUNDI


def test_un_jeton_revoque_ne_vaut_plus():
    sophie = personne()
    jeton, secret = services.delivrer_jeton(utilisateur=sophie, libelle="Outil", maintenant=LUNDI)

    services.revoquer_jeton(jeton=jeton, par=sophie.acteur, maintenant=LUNDI)

    assert queries.utilisateur_du_jeton(secret, le=LUNDI) is None


def test_fermer_un_compte_eteint_ses_jetons_et_s_ecrit_au_journal():
    sophie = personne()
    _, secret = services.delivrer_jeton(utilisateur=sophie, libelle="Outil", maintenant=LUNDI)

    services.revoquer_utilisateur(
        utilisateur=sophie, par=sophie.acteur, maintenant=LUNDI, raison="départ"
    )

    assert queries.utilisateur_du_jeton(secret, le=LUNDI) is None
    assert Ecriture.objects.filter(acte="utilisateur.revoquer", sujet=sophie.reference).exists()


def test_un_code_ne_sert_qu_une_fois():
    sophie = avec_second_facteur(personne())
    application = Authenticator.objects.get(user=sophie)

    premiere, seconde = (
        services.consommer_code_totp(
            authentificateur=application, code=code(LUNDI), maintenant=LUNDI
        )
        for _ in range(2)
    )

    assert premiere.favorable
    assert not seconde.favorable


def test_le_code_de_l_intervalle_precedent_convient_une_minute_plus_tard_non():
    application = Authenticator.objects.get(user=avec_second_facteur(personne()))

    def consommer(apres_s: int) -> bool:
        instant = LUNDI + timedelta(seconds=apres_s)
        return services.consommer_code_totp(
            authentificateur=application, code=code(LUNDI), maintenant=instant
        ).favorable

    assert not consommer(60)
    assert consommer(30)


def test_le_secret_du_second_facteur_n_est_pas_lisible_en_base():
    sophie = avec_second_facteur(personne())

    assert SECRET not in str(Authenticator.objects.get(user=sophie).data)


def test_l_invitation_donne_un_lien_qui_sert_une_fois():
    sophie = personne(verifiee=False)
    services.inviter(utilisateur=sophie, au_nom_de="Bomy", par=sophie.acteur, maintenant=LUNDI)
    jeton = invitations.adresse_d_invitation(sophie).rstrip("/").rsplit("/", 1)[1]

    services.accepter_invitation(
        utilisateur=sophie, mot_de_passe="un autre mot de passe", maintenant=LUNDI
    )

    assert (
        invitations.adresse_d_invitation(sophie).split("/compte/")[0]
        in Courriel.objects.get().texte
    )
    assert queries.adresse_confirmee(sophie)
    with pytest.raises(Introuvable):
        invitations.utilisateur_invite(sophie.reference, jeton)


def test_la_base_refuse_un_jeton_qui_ne_permet_rien():
    jeton, _ = services.delivrer_jeton(utilisateur=personne(), libelle="Outil", maintenant=LUNDI)

    with pytest.raises(IntegrityError), transaction.atomic():
        JetonDApi.objects.filter(pk=jeton.pk).update(portees=[])
