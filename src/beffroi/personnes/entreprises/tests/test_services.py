"""Fonder une équipe, y être reconnu, la quitter, réunir ce qu'on avait fait seul."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from beffroi.personnes.comptes.services import creer_utilisateur
from beffroi.personnes.entreprises import queries, services
from beffroi.personnes.entreprises.models import DemandeDeRejoindre, Equipe, Membre
from beffroi.personnes.entreprises.tests import gestes
from beffroi.socle.fondations.erreurs import ConflitEtat, Introuvable, RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db
LUNDI = datetime(2026, 11, 2, 9, tzinfo=UTC)
MARDI = LUNDI + timedelta(days=1)
SIRET = "73282932000074"


def personne(nom: str, *, verifiee: bool = True):
    return creer_utilisateur(
        courriel=f"{nom.lower()}@exemple.fr",
        nom=nom,
        adresse_verifiee=verifiee,
        maintenant=LUNDI,
    )


def inscrire(utilisateur, identifiant: str = SIRET, pays: str = "FR") -> Membre:
    return services.inscrire_membre(
        identifiant=identifiant,
        nom="Atelier du Faîtage",
        pays=pays,
        utilisateur=utilisateur,
        par=utilisateur.acteur,
        maintenant=LUNDI,
    )


def demande_de(utilisateur) -> DemandeDeRejoindre:
    return DemandeDeRejoindre.objects.get(utilisateur=utilisateur)


# ---------------------------------------------------------------- fonder


def test_qui_dit_un_siret_deja_dit_fonde_une_autre_equipe():
    sophie, kevin = inscrire(personne("Sophie")), inscrire(personne("Kevin"))

    assert sophie.equipe != kevin.equipe
    assert not queries.est_de(kevin.utilisateur, sophie.equipe)
    assert not queries.est_de(sophie.utilisateur, kevin.equipe)


def test_les_equipes_presentes_apprennent_qu_on_dit_leur_siret_et_rien_de_plus():
    inscrire(personne("Sophie"))
    inscrire(personne("Kevin"))

    (courriel,) = Courriel.objects.filter(cle__startswith="demande/")
    assert courriel.destinataire == "sophie@exemple.fr"
    assert "ne voit pas vos réponses" in courriel.texte


def test_s_inscrire_deux_fois_ne_fonde_qu_une_equipe():
    sophie = personne("Sophie")

    assert inscrire(sophie) == inscrire(sophie)
    assert Equipe.objects.count() == 1


def test_deux_etablissements_d_un_siren_disent_la_meme_entreprise():
    inscrire(personne("Sophie"), "73282932000074")
    inscrire(personne("Kevin"), "73282932000082")

    assert set(Equipe.objects.values_list("numero_d_entreprise", flat=True)) == {"732829320"}
    assert not DemandeDeRejoindre.objects.exists()


def test_le_siret_se_saisit_avec_des_espaces():
    assert inscrire(personne("Sophie"), "732 829 320 00074").equipe.identifiant == SIRET


def test_un_siret_faux_ne_cree_rien():
    with pytest.raises(RegleEnfreinte, match="un chiffre est faux"):
        inscrire(personne("Sophie"), "73282932000075")

    assert not Equipe.objects.exists()


def test_une_entreprise_belge_est_connue_par_sa_tva():
    membre = inscrire(personne("Lucas"), "BE 0403.170.701", "BE")

    assert membre.equipe.nature == Equipe.Nature.UNION
    assert membre.equipe.identifiant == membre.equipe.numero_d_entreprise == "BE0403170701"


def test_le_meme_numero_dans_deux_pays_ne_fait_pas_des_collegues():
    inscrire(personne("Amy"), "12345678", "GB")
    inscrire(personne("Urs"), "12345678", "CH")

    assert not DemandeDeRejoindre.objects.exists()


def test_qui_fonde_des_equipes_pour_nuire_n_ecrit_qu_a_peu():
    for rang in range(8):
        inscrire(personne(f"Ivan{rang}"))

    inscrire(personne("Sophie"))

    assert queries.demandes_de(personne_nommee("Sophie")).count() == 5


def personne_nommee(nom: str):
    return Membre.objects.get(utilisateur__nom=nom).utilisateur


# ---------------------------------------------------------------- être reconnu


def test_un_collegue_reconnait_et_le_journal_le_retient():
    sophie, kevin = inscrire(personne("Sophie")), personne("Kevin")

    membre = gestes.reconnu(kevin, sophie, le=LUNDI)

    assert (membre.equipe, membre.reconnu_par) == (sophie.equipe, sophie.utilisateur)
    ecriture = Ecriture.objects.get(acte="membre.confirmer")
    assert ecriture.acteur_reference == sophie.utilisateur.reference


def test_l_equipe_fondee_pour_rien_se_referme_quand_un_collegue_reconnait():
    sophie, kevin = inscrire(personne("Sophie")), personne("Kevin")

    gestes.reconnu(kevin, sophie, le=LUNDI)

    assert [membre.equipe for membre in queries.membres_de(kevin)] == [sophie.equipe]


def test_toute_l_equipe_apprend_qui_arrive_et_qui_part():
    sophie, kevin = inscrire(personne("Sophie")), personne("Kevin")
    arrive = gestes.reconnu(kevin, sophie, le=LUNDI)
    services.detacher_membre(membre=arrive, par=sophie.utilisateur.acteur, maintenant=MARDI)

    assert adresses("arrivee/") == {"sophie@exemple.fr", "kevin@exemple.fr"}
    assert adresses("depart/") == {"sophie@exemple.fr", "kevin@exemple.fr"}


def adresses(cle: str) -> set[str]:
    return set(Courriel.objects.filter(cle__startswith=cle).values_list("destinataire", flat=True))


def test_une_equipe_ecarte_et_la_demande_ne_se_refait_que_le_lendemain():
    sophie, ivan = inscrire(personne("Sophie")), inscrire(personne("Ivan"))
    services.ecarter(
        demande=demande_de(ivan.utilisateur), par=sophie.utilisateur.acteur, maintenant=LUNDI
    )

    with pytest.raises(RegleEnfreinte, match="Aucune autre équipe"):
        services.demander_a_rejoindre(membre=ivan, maintenant=LUNDI)
    assert services.demander_a_rejoindre(membre=ivan, maintenant=MARDI) == 1
    assert not queries.est_de(ivan.utilisateur, sophie.equipe)


def test_qui_n_a_pas_prouve_son_adresse_n_est_reconnu_de_personne():
    sophie, intrus = inscrire(personne("Sophie")), personne("Kevin", verifiee=False)

    with pytest.raises(RegleEnfreinte, match="n'a pas confirmé son adresse"):
        gestes.reconnu(intrus, sophie, le=LUNDI)
    assert not queries.est_de(intrus, sophie.equipe)


def test_un_compte_ouvert_a_l_adresse_d_un_autre_ne_lui_choisit_pas_de_collegues():
    """Reprise par la vraie personne, l'équipe serait restée ouverte au complice."""
    ouvert_d_avance, complice = inscrire(personne("Sophie", verifiee=False)), personne("Ivan")

    with pytest.raises(RegleEnfreinte, match="Confirmez d'abord votre adresse"):
        gestes.reconnu(complice, ouvert_d_avance, le=LUNDI)
    assert not queries.est_de(complice, ouvert_d_avance.equipe)


def test_qui_vient_d_etre_retire_ne_reconnait_plus_personne():
    sophie, kevin = inscrire(personne("Sophie")), personne("Kevin")
    collegue = gestes.reconnu(kevin, sophie, le=LUNDI)
    inscrire(personne("Ivan"))
    demande = DemandeDeRejoindre.objects.get(equipe=sophie.equipe)
    services.detacher_membre(membre=collegue, par=sophie.utilisateur.acteur, maintenant=LUNDI)

    with pytest.raises(ConflitEtat, match="Vous n'êtes plus de cette équipe"):
        services.reconnaitre(demande=demande, par=collegue, maintenant=LUNDI)
    assert not queries.est_de(demande.utilisateur, sophie.equipe)


def test_personne_ne_reconnait_pour_une_autre_equipe():
    sophie, ivan = inscrire(personne("Sophie")), inscrire(personne("Ivan"))
    kevin = personne("Kevin")
    inscrire(kevin)
    demande = DemandeDeRejoindre.objects.get(utilisateur=kevin, equipe=sophie.equipe)

    with pytest.raises(ConflitEtat):
        services.reconnaitre(demande=demande, par=ivan, maintenant=LUNDI)
    with pytest.raises(Introuvable):
        queries.demande_pour(ivan.utilisateur, demande.reference)


def test_une_demande_ne_sert_qu_une_fois():
    sophie, kevin = inscrire(personne("Sophie")), personne("Kevin")
    inscrire(kevin)
    demande = demande_de(kevin)
    services.reconnaitre(demande=demande, par=sophie, maintenant=LUNDI)

    with pytest.raises(Introuvable):
        services.reconnaitre(demande=demande, par=sophie, maintenant=LUNDI)


@pytest.mark.parametrize("garant", ["soi", "personne"])
def test_la_base_refuse_qu_on_entre_dans_une_equipe_sans_y_etre_reconnu(garant):
    sophie, ivan = inscrire(personne("Sophie")), personne("Ivan")

    with pytest.raises(IntegrityError), transaction.atomic():
        Membre.objects.create(
            equipe=sophie.equipe,
            utilisateur=ivan,
            reconnu_par=ivan if garant == "soi" else None,
            depuis_le=LUNDI,
        )


# ---------------------------------------------------------------- quitter


def test_qui_revient_apres_avoir_quitte_doit_etre_reconnu_de_nouveau():
    sophie, kevin = inscrire(personne("Sophie")), personne("Kevin")
    arrive = gestes.reconnu(kevin, sophie, le=LUNDI)
    services.detacher_membre(membre=arrive, par=kevin.acteur, maintenant=LUNDI)

    assert inscrire(kevin).equipe != sophie.equipe


def test_apres_le_depart_de_la_derniere_le_passe_reste_ferme():
    sophie = inscrire(personne("Sophie"))
    services.detacher_membre(membre=sophie, par=sophie.utilisateur.acteur, maintenant=LUNDI)

    ivan = inscrire(personne("Ivan"))
    revenue = inscrire(sophie.utilisateur)

    assert len({sophie.equipe, ivan.equipe, revenue.equipe}) == 3
    assert not DemandeDeRejoindre.objects.filter(equipe=sophie.equipe).exists()


# ---------------------------------------------------------------- réunir


@pytest.fixture
def sophie_reconnue(monkeypatch):
    """Sophie, qui avait agi seule, et que Lucie reconnaît : (la sienne, celle de Lucie)."""
    sophie = personne("Sophie")
    seule, lucie = inscrire(sophie), inscrire(personne("Lucie"))
    monkeypatch.setattr(queries, "est_vierge", lambda equipe: False)
    demande = DemandeDeRejoindre.objects.create(
        equipe=lucie.equipe, utilisateur=sophie, faite_le=LUNDI
    )
    return seule, services.reconnaitre(demande=demande, par=lucie, maintenant=LUNDI)


def test_etre_reconnu_ne_donne_a_personne_ce_qu_on_avait_fait_seul(sophie_reconnue):
    seule, avec = sophie_reconnue
    lucie = avec.equipe.membres.get(reconnu_par=None).utilisateur

    assert not queries.est_de(lucie, seule.equipe)
    assert queries.est_de(seule.utilisateur, seule.equipe)


def test_qui_le_veut_reunit_et_toute_l_equipe_y_agit(sophie_reconnue):
    seule, avec = sophie_reconnue
    lucie = avec.equipe.membres.get(reconnu_par=None).utilisateur

    services.reunir(seule=seule, avec=avec, maintenant=MARDI)

    assert queries.est_de(lucie, seule.equipe) and queries.est_de(seule.utilisateur, seule.equipe)
    assert [membre.equipe for membre in queries.membres_de(seule.utilisateur)] == [avec.equipe]
    assert avec.agissait_pour(MARDI) > avec.agissait_pour(LUNDI)


def test_on_ne_reunit_pas_une_equipe_ou_d_autres_ont_ete(sophie_reconnue):
    seule, avec = sophie_reconnue
    gestes.reconnu(personne("Kevin"), seule, le=LUNDI)

    with pytest.raises(RegleEnfreinte, match="n'ont pas reconnu vos nouveaux"):
        services.reunir(seule=seule, avec=avec, maintenant=MARDI)


def test_on_ne_reunit_pas_deux_etablissements():
    sophie = personne("Sophie")

    with pytest.raises(RegleEnfreinte, match="le même établissement"):
        services.reunir(
            seule=inscrire(sophie), avec=inscrire(sophie, "73282932000082"), maintenant=LUNDI
        )


def test_on_ne_reunit_que_ses_propres_equipes(sophie_reconnue):
    seule, _ = sophie_reconnue

    with pytest.raises(RegleEnfreinte, match="Vous n'êtes plus"):
        services.reunir(seule=seule, avec=inscrire(personne("Ivan")), maintenant=LUNDI)
