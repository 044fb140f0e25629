"""Ouvrir, protéger et fermer un compte."""

import json
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from beffroi.personnes.comptes import liens, queries, services
from beffroi.personnes.comptes.models import JetonDApi
from beffroi.personnes.comptes.tests.personnes import (
    LUNDI,
    SECRET,
    attendue,
    avec_second_facteur,
    code,
    ouvrir_le_lien,
    personne,
)
from beffroi.socle.fondations.erreurs import Introuvable, RegleEnfreinte
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


@pytest.mark.parametrize("prise", ["dgſ@testville.example", "dgs@testvılle.example"])
def test_une_adresse_qui_ressemble_n_est_le_compte_de_personne_d_autre(prise):
    personne("Inconnue", courriel=prise)

    assert queries.utilisateur_par_courriel("dgs@testville.example") is None


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


def test_le_lien_ouvre_un_compte_prouve_et_ne_sert_qu_une_fois():
    invitee = attendue()
    jeton = liens.jeton(invitee, le=LUNDI)

    sophie = ouvrir_le_lien(invitee.courriel)

    assert queries.adresse_prouvee(sophie) and sophie.nom == "Sophie Merlin"
    with pytest.raises(Introuvable, match="déjà servi"):
        liens.personne_attendue(invitee.reference, jeton, le=LUNDI)


def test_un_lien_de_plus_de_trois_jours_le_dit():
    invitee = attendue()
    jeton = liens.jeton(invitee, le=LUNDI)
    limite = LUNDI + liens.VALIDITE

    assert liens.personne_attendue(invitee.reference, jeton, le=limite) == invitee
    with pytest.raises(Introuvable, match="plus de trois jours"):
        liens.personne_attendue(invitee.reference, jeton, le=limite + timedelta(seconds=1))


@pytest.mark.parametrize("abime", ["", "~", "x~y", "ffffffffffffffff~y"])
def test_un_lien_abime_ou_d_une_autre_attente_ne_designe_personne(abime):
    invitee, autre = attendue(), attendue("k@bomy.example")

    for jeton in (abime, liens.jeton(autre, le=LUNDI)):
        with pytest.raises(Introuvable, match="n'est pas entier"):
            liens.personne_attendue(invitee.reference, jeton, le=LUNDI)


def test_le_lien_d_un_compte_deja_prouve_demande_de_s_y_connecter():
    invitee = attendue("sophie@atelier.example")
    personne()

    with pytest.raises(RegleEnfreinte, match="Connectez-vous"):
        ouvrir_le_lien(invitee.courriel)


def test_ce_que_tenait_un_compte_jamais_prouve_meurt_quand_l_adresse_l_est():
    intrus = avec_second_facteur(personne("Sophie Merlin", verifiee=False))
    _, secret = services.delivrer_jeton(utilisateur=intrus, libelle="Outil", maintenant=LUNDI)
    EmailAddress.objects.create(user=intrus, email="ailleurs@evil.example", verified=False)
    attendue(intrus.courriel, nom="Sophie Vraie")

    vraie = ouvrir_le_lien(intrus.courriel)

    assert vraie == intrus and vraie.nom == "Sophie Vraie"
    assert vraie.password != intrus.password
    assert queries.utilisateur_du_jeton(secret, le=LUNDI) is None
    assert not queries.a_un_second_facteur(vraie)
    assert [une.email for une in EmailAddress.objects.filter(user=vraie)] == [vraie.courriel]


def test_la_base_refuse_un_jeton_qui_ne_permet_rien():
    jeton, _ = services.delivrer_jeton(utilisateur=personne(), libelle="Outil", maintenant=LUNDI)

    with pytest.raises(IntegrityError), transaction.atomic():
        JetonDApi.objects.filter(pk=jeton.pk).update(portees=[])
